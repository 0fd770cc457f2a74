import BugZoo
import Campaign
import Foundation
import FuzzMutator
import InTreeEngines
import WorkerIsolation

// Bytes that are a module, in every engine against the oracle. libFuzzer is given changes that leave modules valid.
AllocatorTuning.keepLargeBlocks()
fuzz_mutator_set { data, size, greatestSize, seed in
    guard let data, greatestSize > 0 else { return 0 }
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    let changed = ModuleInput.mutated(bytes, seed: UInt64(seed), greatestSize: greatestSize) ?? []
    UnsafeMutableRawBufferPointer(start: data, count: changed.count).copyBytes(from: changed)
    return changed.count
}
var settings = WorkerSettings()
settings.takesModules = true
let status = CampaignWorker.run(arguments: Array(CommandLine.arguments.dropFirst()), defaults: settings) { specimen in
    guard let specimen else { return InTreeEngines.registry(instrumentation: .fuzzing) }
    guard let known = Specimen(identifier: specimen) else { throw WorkerError("unknown specimen '\(specimen)'") }
    return InTreeEngines.registry(change: known.breakPipeline, instrumentation: .fuzzing)
}
exit(status)
