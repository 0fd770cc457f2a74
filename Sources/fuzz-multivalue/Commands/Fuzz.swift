import ArgumentParser
import BugZoo
import Campaign
import Execution
import Foundation
import InTreeEngines
import WasmGenerator
import WorkerIsolation

/// The campaign: the main job.
struct Fuzz: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Sweeps edges by boundaries, fuzzes beside that, and keeps what it finds.",
        discussion: """
            Workers with libFuzzer come with a release, and are built on first use where the sources and the toolchain are here; \
            otherwise they choose at random. Whatever is found is written down at once, then reduced, and kept as one folder. Ctrl-C ends the campaign with its \
            summary.

            Exit status 0 where something was compared and nothing found but what a person has accepted, 1 where something else was found \
            and stored, 3 where nothing was compared in one of the engines, an engine could not be run in a case, or a finding or the \
            summary could not be stored or read, 130 after Ctrl-C.

            Examples:
            fuzz-multivalue fuzz --time 600 --engines arm64 --max-arity 300 --json summary.json
            fuzz-multivalue fuzz --minimize-corpus --corpus night/corpus
            """
    )

    @Option(
        parsing: .unconditional,
        help: """
            How long to sweep and fuzz, in seconds, 60 by default, with --cases as long as they take; builds and trials of engines come on \
            top.
            """
    )
    var time: Double?

    @Option(
        parsing: .unconditional,
        help: """
            How much longer what was found is reduced and stored, in seconds, 3 by default, with --cases alone as long as it takes; what is \
            left then waits for the next start.
            """
    )
    var storeTime: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            How many open folders an engine may have that are as severe as a finding; more wait until a person has looked at those. \
            0 for no limit.
            """,
            valueName: "number"
        )
    )
    var mostFolders = CampaignOptions().mostFolders ?? 0

    @Option(
        parsing: .unconditional,
        help: """
            End after exactly so many cases, each worker after its share. The same --seed and --workers give the same cases, findings and \
            summary, but for times; so coverage guides nothing, and no time is measured.
            """
    )
    var cases: Int?

    @Option(parsing: .unconditional, help: "Worker processes; one for each core by default.")
    var workers: Int?

    @Option(parsing: .unconditional, help: "Decides the random choices.")
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            """
            This machine's part of several that run the same campaign, such as 2/5: no two run the same case of the sweep, the random \
            stream or the modules. Their crashes and corpora are put together by triage merge and corpus merge.
            """,
            valueName: "i/n"
        ),
        transform: NamedChoice.shard
    )
    var shard = Shard.whole

    @Option(
        help: ArgumentHelp(
            """
            Biases of the generator, with weights where one is to get more cases than another, such as everything=3,calls; may be \
            repeated: \(Profile.all.map(\.name).joined(separator: ", ")).
            """,
            valueName: "name[=weight],..."
        ),
        transform: NamedChoice.profiles
    )
    var profile: [[ProfileWeight]] = []

    @Option(
        help:
            "Engines, separated by commas: x86_64, arm64, with :none or :speed and :definitions or :loads; all by default."
    )
    var engines: String?

    @OptionGroup
    var real: RealEngineOptions

    @Option(parsing: .unconditional, help: "The greatest number of parameters and results.")
    var maxArity = ArityBoundary.usualMaximum

    @Option(help: "The folder for crashes: Crashes, or findings where a bug is injected or a real engine is named.")
    var crashes: String?

    @Option(help: "A folder that keeps the corpus.")
    var corpus: String?

    @Option(
        help: ArgumentHelp(
            "Take what covers more from another corpus, as of another machine, before the campaign begins; may be repeated.",
            valueName: "folder"
        )
    )
    var mergeCorpus: [String] = []

    @Flag(
        help: """
            Run no campaign: take out of the corpus what covers nothing that smaller inputs do not, say how large it was and is, and end.
            """
    )
    var minimizeCorpus = false

    @Option(
        help: ArgumentHelp(
            "Run the .wasm files of a folder, then changed ones, in place of generated cases.",
            valueName: "folder"
        )
    )
    var modules: String?

    @Flag(name: .customLong("no-coverage"), help: "Do not build instrumented workers; choose at random.")
    var withoutCoverage = false

    @Option(
        help: ArgumentHelp("A deliberate bug to inject; 'zoo' lists them.", valueName: "specimen"),
        transform: NamedChoice.specimen
    )
    var inject: Specimen?

    @OptionGroup
    var limits: LimitOptions

    @Option(help: ArgumentHelp("Write the summary as JSON; - for standard output.", valueName: "file"))
    var json: String?

    @Flag(help: "Say nothing but the summary.")
    var quiet = false

    func validate() throws {
        if let time { try LimitOptions.validate(seconds: time, "--time") }
        if let storeTime { try LimitOptions.validate(seconds: storeTime, "--store-time") }
        guard maxArity >= 0, maxArity <= 50_000 else {
            throw ValidationError("--max-arity is a number from 0 to 50000")
        }
        if let workers, !(1...1024).contains(workers) { throw ValidationError("--workers is a number from 1 to 1024") }
        for (option, isGiven) in [("--corpus", corpus != nil), ("--merge-corpus", !mergeCorpus.isEmpty)]
        where isGiven && cases != nil {
            throw ValidationError("\(option) has no use beside --cases, as where coverage leads depends on time")
        }
        if corpus != nil, withoutCoverage {
            throw ValidationError("--corpus has no use beside --no-coverage, as only coverage chooses what is kept")
        }
        if !mergeCorpus.isEmpty, withoutCoverage || modules != nil {
            throw ValidationError("--merge-corpus has no use without coverage, nor beside --modules")
        }
        if corpus != nil, modules != nil {
            throw ValidationError("--corpus has no use beside --modules, whose modules are changed at random")
        }
        if minimizeCorpus { try validateMinimization() }
        guard mostFolders >= 0 else { throw ValidationError("--most-folders is a number above 0, or 0 for no limit") }
        if let cases, cases < 1 { throw ValidationError("--cases is a number above 0") }
    }

    /// Refuses what has no use where only the corpus is made smaller: all compilers look at it, as coverage has them.
    private func validateMinimization() throws {
        let useless = [
            (engines != nil, "--engines"), (!real.chosen.isEmpty, "--engine"), (modules != nil, "--modules"),
            (withoutCoverage, "--no-coverage"), (inject != nil, "--inject"), (cases != nil, "--cases"),
            (json != nil, "--json"),
        ]
        for (isGiven, option) in useless where isGiven {
            throw ValidationError("\(option) has no use beside --minimize-corpus")
        }
    }

    func run() async throws {
        if minimizeCorpus { return try await runMinimization() }
        try OutputFile.check(json, "--json")
        var options = CampaignOptions()
        limitTimes(&options)
        options.mostFolders = mostFolders == 0 ? nil : mostFolders
        options.caseCount = cases
        options.workers = workers
        options.seed = seed
        options.shard = shard
        options.profiles = profile.flatMap { $0 }
        options.provenance = .ofThisRun(
            seed: seed,
            profiles: options.profiles.isEmpty ? nil : options.profiles.map(\.name)
        )
        let definitions = try real.definitions()
        let registry = RealEngines.registry(
            InTreeEngines.registry(),
            definitions,
            interruption: nil,
            secondsOfTrial: limits.timeout
        )
        options.engines = try real.names(in: registry, and: engines).map(\.description)
        options.optionalEngines = Set(try optionalEngines(options.engines, registry))
        options.variablesOfExternalEngines = try RealEngines.environment(
            definitions,
            secondsOfTrial: limits.timeout
        )
        if options.engines.contains(where: { registry.isExternal(EngineName($0)) }) {
            // Each run goes to another process and back.
            options.reductionSeconds = max(options.reductionSeconds, 60)
        }
        if corpus != nil, options.engines.allSatisfy({ registry.isExternal(EngineName($0)) }) {
            throw CommandFailure(
                "--corpus has no use without an engine in the program, as no other one shows its coverage"
            )
        }
        options.maximumArity = maxArity
        // What others have to mend is not kept beside what we have.
        let namesReal = options.engines.contains { registry.isExternal(EngineName($0)) }
        options.crashes = crashes ?? (namesReal ? "findings" : Campaign.defaultCrashes(specimen: inject?.identifier))
        options.corpus = corpus
        options.mergedCorpora = mergeCorpus
        options.modules = modules
        options.usesCoverage = !withoutCoverage
        options.specimen = inject?.identifier
        options.revision = options.provenance?.revision?.description ?? FuzzMultivalue.version
        options.budget = limits.budget(options.budget)
        options.isQuiet = quiet
        options.isTerminal = isatty(STDERR_FILENO) == 1
        options.fallbackWorker = [Bundle.main.executablePath ?? CommandLine.arguments[0], Worker.name]
        options.shippedWorker = Installation.ofThisProgram?.worker
        let summary: CampaignSummary
        do {
            summary = try await Campaign.run(options, registry)
        } catch let error as CampaignMisuse {
            throw CommandFailure("--\(error.option.rawValue): \(error)")
        } catch {
            // No worker, or no place for what is found.
            throw CommandFailure(error.oneLine, status: .nothingCompared)
        }
        try OutputFile.write(summary.text + "\n", and: try JSONText.text(summary), to: json)
        try ExitStatus(summary.conclusion).end()
    }
}

extension Fuzz {
    /// How long a reduction takes at most where it is to be the same each time, in seconds: it ends by itself before.
    private static let longestReduction = 600.0

    /// Bounds the search and what comes behind it: where only the number of cases is said, time decides nothing.
    fileprivate func limitTimes(_ options: inout CampaignOptions) {
        options.seconds = time ?? (cases == nil ? options.seconds : nil)
        if cases != nil, time == nil, storeTime == nil {
            options.storingSeconds = nil
            options.reductionSeconds = Self.longestReduction
        } else if let storeTime {
            options.storingSeconds = storeTime
        }
    }

    /// Makes the corpus smaller.
    fileprivate func runMinimization() async throws {
        var options = CampaignOptions()
        options.profiles = profile.flatMap { $0 }
        options.maximumArity = maxArity
        options.crashes = crashes ?? Campaign.defaultCrashes(specimen: nil)
        options.corpus = corpus
        options.mergedCorpora = mergeCorpus
        options.isQuiet = quiet
        options.isTerminal = isatty(STDERR_FILENO) == 1
        try await CorpusReport.minimize(options)
    }

    /// Of the chosen engines those that came in by the name of all that are here, and by no other: what is not missed where it cannot be used.
    fileprivate func optionalEngines(_ chosen: [String], _ registry: EngineRegistry) throws -> [String] {
        var names = real.chosen.map(RealEngineOptions.name(of:))
        names += (engines ?? "").split(separator: ",").map(String.init)
        guard names.contains(EngineRegistry.nameOfExternal) else { return [] }
        var named: Set<String> = []
        for name in names where name != EngineRegistry.nameOfExternal {
            named.formUnion(try registry.engines(named: name).map(\.name.description))
        }
        return chosen.filter { registry.isExternal(EngineName($0)) && !named.contains($0) }
    }
}

extension ExitStatus {
    /// The status of a campaign.
    fileprivate init(_ conclusion: CampaignSummary.Conclusion) {
        switch conclusion {
        case .agreement: self = .agreement
        case .difference: self = .difference
        case .nothingCompared: self = .nothingCompared
        case .interrupted: self = .interrupted
        }
    }
}
