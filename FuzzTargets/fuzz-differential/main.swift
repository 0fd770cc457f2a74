import BugZoo
import Campaign
import Execution
import Foundation
import InTreeEngines
import WorkerIsolation

// Every engine against the oracle. Run by hand it is a libFuzzer target that stops at the first finding, or replays files; the campaign
// runs it with settings in its environment, and with subcommands as its other workers.
AllocatorTuning.keepLargeBlocks()
let status = CampaignWorker.run(arguments: Array(CommandLine.arguments.dropFirst())) { specimen in
    guard let specimen else { return InTreeEngines.registry(instrumentation: .fuzzing) }
    guard let known = Specimen(identifier: specimen) else { throw WorkerError("unknown specimen '\(specimen)'") }
    return InTreeEngines.registry(change: known.breakPipeline, instrumentation: .fuzzing)
}
exit(status)
