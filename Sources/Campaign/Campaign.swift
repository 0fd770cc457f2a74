import Differential
import Execution
import Foundation
import Triage
import WasmGenerator
import WorkerIsolation

/// A campaign: the sweep, then fuzzing, until its time is over; then what was found is stored.
public enum Campaign {
    /// Runs a campaign to its end.
    ///
    /// What is found is in the crash store when it returns, or waits in its inbox.
    /// - Parameter interruption: asks for an earlier end; by default Ctrl-C does, and other signals to end, which are taken over meanwhile.
    /// - Throws: an error of one line: ``CampaignMisuse`` or ``UnknownEngine`` for what was asked for, another one where no worker can be
    ///   had, or a folder cannot be written.
    public static func run(
        _ options: CampaignOptions,
        _ registry: EngineRegistry,
        interruption: Interruption? = nil
    ) async throws -> CampaignSummary {
        guard let interruption else {
            return try await Interruption.watchingSignals {
                try await run(options, registry, interruption: Interruption.signals)
            }
        }
        var status = StatusLine(isTerminal: options.isTerminal, isQuiet: options.isQuiet)
        let names = try registry.names(options.engines)
        for path in options.mergedCorpora { try WorkFolder.check(path, of: .mergedCorpus) }
        let modules = try modules(options, &status, interruption)
        let store = CrashStore(path: options.crashes)
        try store.open()
        let isInTree = !names.allSatisfy(registry.isExternal)
        let program = try program(options, isInTree: isInTree, &status, interruption)
        if interruption.isRequested {
            status.close()
            var summary = CampaignSummary(engines: names)
            summary.wasInterrupted = true
            summary.modules = modules?.census
            summary.inputs = CampaignSummary.Inputs(options, engines: names, corpus: corpus(options, program))
            return summary
        }
        let folder = try WorkFolder(
            corpus: corpus(options, program),
            guides: program.isInstrumented && options.fuzzes
        )
        let engines = TriedEngines(
            names,
            optional: Set(options.optionalEngines.map { EngineName($0) }),
            registry,
            isInterrupted: { interruption.isRequested },
            progress: { status.update("trying \($0)") }
        )
        var supervisor = try Supervisor(
            options,
            program,
            folder,
            store,
            registry,
            engines: engines,
            modules: modules,
            status,
            interruption
        )
        var summary = try supervisor.run()
        summary.inputs = CampaignSummary.Inputs(options, engines: engines.chosen, corpus: folder.keptCorpus)
        summary.isInstrumented = program.isInstrumented
        summary.modules = modules?.census
        return summary
    }

    /// The folder where crashes go if none is named: those under a deliberate bug are not kept beside real ones.
    public static func defaultCrashes(specimen: String?) -> String { specimen == nil ? "Crashes" : "findings" }

    /// What is in the folder of modules; nil where none is named.
    private static func modules(
        _ options: CampaignOptions,
        _ status: inout StatusLine,
        _ interruption: Interruption
    ) throws(CampaignMisuse) -> ModuleFolder? {
        guard let path = options.modules else { return nil }
        let folder = try ModuleFolder(
            path: path,
            progress: { status.update("looking at modules, \($0) of \($1)") },
            isInterrupted: { interruption.isRequested }
        )
        for line in folder.census.lines { status.say(line.displayed) }
        return folder
    }

    /// The instrumented worker, where there is one or this is run in a checkout, or else the one without coverage, which is said.
    /// - Parameter isInTree: whether an engine is in the program; nothing of others can be instrumented.
    private static func program(
        _ options: CampaignOptions,
        isInTree: Bool,
        _ status: inout StatusLine,
        _ interruption: Interruption
    ) throws -> WorkerProgram {
        var reason = "--no-coverage"
        if options.usesCoverage, options.caseCount != nil {
            reason = "--cases gives the same cases each time, and where coverage leads depends on time"
        } else if options.usesCoverage, isInTree {
            do throws(WorkerError) {
                return try instrumentedProgram(options, &status, interruption)
            } catch {
                reason = error.description
            }
        }
        guard let executable = options.fallbackWorker.first else {
            throw WorkerError("no worker to run: \(reason)")
        }
        if isInTree, !interruption.isRequested {
            let corpora = ([options.corpus].compactMap { $0 } + options.mergedCorpora).map {
                ", and \($0) is left alone"
            }
            status.say("uninstrumented workers, without coverage\(corpora.joined()): \(reason)")
        }
        return WorkerProgram(executable: executable, arguments: Array(options.fallbackWorker.dropFirst()))
    }

    /// The instrumented worker: the one that came with the program, or else that of the checkout, which is built where it is not up to date.
    static func instrumentedProgram(
        _ options: CampaignOptions,
        _ status: inout StatusLine,
        _ interruption: Interruption
    ) throws(WorkerError) -> WorkerProgram {
        if let worker = options.shippedWorker {
            return WorkerProgram(executable: worker, arguments: [], isInstrumented: true)
        }
        let build = try WorkerBuild()
        let start = ContinuousClock.now
        status.say("building the instrumented worker in \(build.checkout)")
        let path = try build.run(isStopped: { interruption.isRequested }) { progress in
            if progress.isWorthTelling { status.update(progress.text) }
        }
        status.say("built in \(CampaignSummary.rounded(seconds(since: start))) s")
        return WorkerProgram(
            executable: path,
            arguments: [],
            isInstrumented: true,
            corpora: "\(build.checkout)/.build/fuzz-multivalue"
        )
    }

    /// Where the corpus is kept; nil where nothing has use for one, and where it lasts as long as the campaign.
    static func corpus(_ options: CampaignOptions, _ program: WorkerProgram) -> String? {
        guard program.isInstrumented, options.fuzzes else { return nil }
        if let corpus = options.corpus { return corpus }
        // With other weights the same bytes decide other cases.
        let profiles = options.chosenProfiles.map { $0.weight == 1 ? $0.name : "\($0.name)=\($0.weight)" }
        let key = (profiles + ["\(options.maximumArity)"]).joined(separator: "-")
        return program.corpora.map { "\($0)/corpus-\(key)" }
    }

    static func seconds(since start: ContinuousClock.Instant) -> Double {
        let duration = ContinuousClock.now - start
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
}

extension EngineRegistry {
    /// The full names of the engines that names stand for, each once and without the oracle's; all that can be used where none is named.
    fileprivate func names(_ chosen: [String]) throws(UnknownEngine) -> [EngineName] {
        if chosen.isEmpty { return usableNames }
        var names: [EngineName] = []
        for text in chosen {
            for engine in try engines(named: text) where engine.name != oracle.name && !names.contains(engine.name) {
                names.append(engine.name)
            }
        }
        return names
    }
}
