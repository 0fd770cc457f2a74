import BugZoo
import Campaign
import Execution
import Foundation
import FuzzMutator
import InTreeEngines
import WorkerIsolation

// Every engine against the oracle. Run by hand it is a libFuzzer target that stops at the first finding, or replays files; the campaign
// runs it with settings in its environment, and with subcommands as its other workers.
AllocatorTuning.keepLargeBlocks()
fuzz_mutator_set { data, size, greatestSize, seed in
    guard let data, greatestSize > 0 else { return 0 }
    let input = Array(UnsafeBufferPointer(start: data, count: size))
    let changed = DecisionInput.mutated(input, seed: UInt64(seed), greatestSize: greatestSize) ?? []
    UnsafeMutableRawBufferPointer(start: data, count: changed.count).copyBytes(from: changed)
    return changed.count
}
fuzz_crossover_set { first, firstSize, second, secondSize, result, greatestSize, seed in
    guard let first, let second, let result, greatestSize > 0 else { return 0 }
    let input = Array(UnsafeBufferPointer(start: first, count: firstSize))
    let other = Array(UnsafeBufferPointer(start: second, count: secondSize))
    let crossed = DecisionInput.crossed(input, with: other, seed: UInt64(seed), greatestSize: greatestSize) ?? []
    UnsafeMutableRawBufferPointer(start: result, count: crossed.count).copyBytes(from: crossed)
    return crossed.count
}
let status = CampaignWorker.run(arguments: Array(CommandLine.arguments.dropFirst())) { specimen in
    guard let specimen else { return InTreeEngines.registry(instrumentation: .fuzzing) }
    guard let known = Specimen(identifier: specimen) else { throw WorkerError("unknown specimen '\(specimen)'") }
    return InTreeEngines.registry(change: known.breakPipeline, instrumentation: .fuzzing)
}
exit(status)
