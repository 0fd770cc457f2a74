import Differential
import Execution
import Foundation
import FuzzChecks
import Triage
import WasmGenerator
import WorkerIsolation

/// The workers of a campaign, as subcommands of any program that knows the deliberate bugs.
public enum CampaignWorker {
    /// Runs a worker: `serve`, `sweep`, `random` or `modules`; any other arguments are those of libFuzzer or files to replay, which ends the process.
    ///
    /// Where no supervisor has started it, the variable FUZZ_SPECIMEN names a deliberate bug that the compilers have, as `--inject` does.
    /// - Parameter defaults: the settings where the environment has none.
    /// - Returns: the exit status.
    public static func run(
        arguments: [String],
        defaults: WorkerSettings = WorkerSettings(),
        _ registry: @escaping RegistryOfSpecimen
    ) -> Int32 {
        do {
            let settings = try WorkerSettings.ofEnvironment() ?? ofHand(defaults)
            guard arguments.first != "serve" else {
                restoreSignals()
                // How much it may map is said by each request.
                EngineServer.serve(registry)
                return 0
            }
            let loop = try CaseLoop(settings, registry)
            let modules = try settings.moduleFolder()
            // What starts hosts needs the rights for that, and gives its limits to them.
            if !loop.isDriver {
                if !FuzzTarget.hasShadowMemory {
                    try AddressSpaceLimit.set(toBytes: settings.memoryLimitInBytes)
                }
                try WorkerSandbox(
                    settings,
                    fuzzerArguments: ["sweep", "random", "modules"].contains(arguments.first) ? [] : arguments,
                    readable: modules?.readablePaths ?? []
                )?
                .enter()
            }
            EngineServer.endWithParent()
            switch arguments.first {
            case "sweep":
                restoreSignals()
                loop.sweep()
                return 0
            case "random":
                restoreSignals()
                loop.random()
                return 0
            case "modules":
                restoreSignals()
                if let modules { loop.run(modules) }
                return 0
            default: FuzzTarget.run { loop.run(input: $0) }
            }
        } catch {
            FileDescriptorLine.write("error: \(error.oneLine)", to: 2)
            return 2
        }
    }

    /// The settings of a worker that is run by hand, or by a fleet of machines.
    private static func ofHand(_ defaults: WorkerSettings) -> WorkerSettings {
        var settings = defaults
        settings.specimen = ProcessInfo.processInfo.environment["FUZZ_SPECIMEN"]
        if FuzzTarget.isFuzzing {
            // libFuzzer has a limit of its own, and keeps the input that takes longer.
            settings.secondsPerCase = 0
            // What is measured and where the first cases run goes by the cases before: an input would not show it again.
            settings.measurements = .none
        }
        return settings
    }

    /// The sanitizers' runtime, which comes with libFuzzer, turns signals into exit statuses; the signal says more.
    private static func restoreSignals() {
        for number in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT] { signal(number, SIG_DFL) }
    }
}
