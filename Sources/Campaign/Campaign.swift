import Differential
import Execution
import Foundation
import Triage
import WasmGenerator
import WorkerIsolation

/// A campaign: the sweep, then fuzzing, until its time is over.
public enum Campaign {
    /// Runs a campaign to its end.
    ///
    /// Takes over Ctrl-C meanwhile. What is found is in the crash store when it returns, or waits in its inbox.
    /// - Throws: an error of one line where no worker can be had, or a folder cannot be written.
    public static func run(_ options: CampaignOptions, _ registry: EngineRegistry) async throws -> CampaignSummary {
        Interruption.watch()
        defer { Interruption.unwatch() }
        var status = StatusLine(isTerminal: options.isTerminal, isQuiet: options.isQuiet)
        let names = try registry.names(options.engines)
        let store = CrashStore(path: options.crashes)
        try store.open()
        let program = try program(options, &status)
        let folder = try WorkFolder(
            packageRoot: WorkerBuild.packageRoot(),
            corpus: options.corpus,
            key: (options.chosenProfiles.map(\.name) + ["\(options.maximumArity)"]).joined(separator: "-")
        )
        defer { folder.clean() }
        var supervisor = Supervisor(
            options,
            program,
            folder,
            store,
            oracle: registry.oracle.name,
            engines: names,
            status
        )
        var summary = try supervisor.run()
        summary.isInstrumented = program.isInstrumented
        return summary
    }

    /// The folder where crashes go if none is named: those under a deliberate bug are not kept beside real ones.
    public static func defaultCrashes(specimen: String?) -> String { specimen == nil ? "Crashes" : "findings" }

    /// The instrumented worker, or else the one without coverage, which is said.
    private static func program(_ options: CampaignOptions, _ status: inout StatusLine) throws -> WorkerProgram {
        var reason = "--no-coverage"
        if options.usesCoverage {
            let start = ContinuousClock.now
            status.say("building the instrumented worker")
            do throws(WorkerError) {
                let path = try WorkerBuild.build { Interruption.isRequested }
                status.say("built in \(CampaignSummary.rounded(seconds(since: start))) s")
                return WorkerProgram(executable: path, arguments: [], isInstrumented: true)
            } catch {
                reason = error.description
            }
        }
        guard let executable = options.fallbackWorker.first else {
            throw WorkerError("no worker to run: \(reason)")
        }
        status.say("uninstrumented workers, without coverage: \(reason)")
        return WorkerProgram(
            executable: executable,
            arguments: Array(options.fallbackWorker.dropFirst()),
            isInstrumented: false
        )
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
