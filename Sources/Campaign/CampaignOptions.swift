import Execution
import Foundation
import Triage
import WasmGenerator

/// What a campaign is to do.
public struct CampaignOptions: Hashable, Sendable {
    /// Wall-clock time for sweeping and fuzzing, in seconds; building workers and trying engines come on top. Nil for as long as it takes.
    public var seconds: Double? = 60
    /// Where not nil, the campaign ends after exactly so many cases, of which each worker has a share by its number, and the same seed, as many
    /// workers and an equal crash store give the same cases and the same summary but for times: coverage does not guide the search, no time
    /// is measured, and what was found is stored behind the search, in the order of the workers. What ends by a clock is excepted.
    public var caseCount: Int?
    /// Worker processes; nil for one per core.
    public var workers: Int?
    /// Determines the random choices, as far as libFuzzer permits.
    public var seed: UInt64 = 1
    /// The part of the sweep and of the random stream that this machine has.
    public var shard = Shard.whole
    /// Profiles, with how many of the cases each gets; the first of all where none is named.
    public var profiles: [ProfileWeight] = []
    /// Full or partial engine names, without the oracle; all compilers where none is named.
    public var engines: [String] = []
    /// Full names among those of ``engines`` that nobody asked for one by one: such an engine is left out where it cannot be used.
    public var optionalEngines: Set<String> = []
    public var maximumArity = ArityBoundary.usualMaximum
    /// Whether the bytes of decisions are taken for modules as they are, which is what generators are measured against.
    public var takesRawBytes = false
    /// A folder of modules that are run, and mutated, in place of cases of the generator.
    public var modules: String?
    /// Whether modules of the folder are changed once each was run as it is.
    public var changesModules = true
    /// What the reports of crashes say of where they come from; nil for nothing.
    public var provenance: Provenance?
    /// The folder of crashes.
    public var crashes = "Crashes"
    /// Where the corpus is kept; nil for a place among the build products, and for none where there are no such.
    public var corpus: String?
    /// Folders with other corpora, whose inputs are taken into the corpus where they cover more.
    public var mergedCorpora: [String] = []
    /// Whether coverage guides the search, where libFuzzer is here.
    public var usesCoverage = true
    /// The deliberate bug to inject.
    public var specimen: String?
    /// Of each run of an engine in isolation; workers have its fuel.
    public var budget = Budget(seconds: 3)
    /// Whether to say nothing but the summary.
    public var isQuiet = false
    /// Whether the deterministic sweep comes first.
    public var sweeps = true
    /// Whether the random campaign is run at all.
    public var fuzzes = true
    /// Whether the campaign ends with its first stored finding, as the bug zoo wants it.
    public var stopsAtFirstFinding = false
    /// How long a finding is reduced, and as long its boundary is searched for, at most, in seconds.
    public var reductionSeconds: Double = 20
    /// How long after the end of ``seconds`` what was found is still stored, at most, in seconds; the rest waits for the next start. While the
    /// search goes on, a processor is left for storing. Nil for as long as it takes.
    public var storingSeconds: Double? = 3
    /// How many open folders an engine may have in the store that are as severe as what is found, before nothing more like it is stored and a
    /// person is asked to look; nil for no limit.
    public var mostFolders: Int? = 5
    /// The program whose `serve`, `sweep` and `random` subcommands are the workers where no instrumented one is built; its first
    /// arguments. The command line gives itself with `worker`.
    public var fallbackWorker: [String] = []
    /// The instrumented worker that came with the program; nil where it has to be built.
    public var shippedWorker: String?
    /// Variables of the environment of workers that run engines outside of the program, by which they know them.
    public var variablesOfExternalEngines: [String: String] = [:]
    /// Of the program that runs the campaign, as the summary is to name it; nil for none.
    public var revision: String?
    /// Whether standard error is a terminal, on which one line can be updated.
    public var isTerminal = false

    /// The defaults.
    public init() {}

    /// How many worker processes run engines of this program.
    var workerCount: Int { max(1, workers ?? ProcessInfo.processInfo.activeProcessorCount) }

    /// The profiles that there are, each once.
    var chosenProfiles: [ProfileWeight] {
        let known = ProfileWeight.simplified(profiles.filter { Profile(named: $0.name) != nil })
        return known.isEmpty ? [ProfileWeight(Profile.all[0].name)] : known
    }
}
