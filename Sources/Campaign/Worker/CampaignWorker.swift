import Differential
import Execution
import Foundation
import FuzzChecks
import Triage
import WasmGenerator
import WorkerIsolation

/// The workers of a campaign, as subcommands of any program that knows the deliberate bugs.
public enum CampaignWorker {
    /// Runs a worker: `serve`, `sweep` or `random`; any other arguments are those of libFuzzer or files to replay, which ends the process.
    /// - Parameter memoryLimitInBytes: what it may map; nil for what the settings in the environment say.
    /// - Returns: the exit status.
    public static func run(
        arguments: [String],
        memoryLimitInBytes: UInt64? = nil,
        _ registry: @escaping RegistryOfSpecimen
    ) -> Int32 {
        do {
            let settings = try WorkerSettings.ofEnvironment()
            limitMemory(toBytes: memoryLimitInBytes ?? settings.memoryLimitInBytes)
            endWithParent()
            switch arguments.first {
            case "serve":
                restoreSignals()
                EngineServer.serve(registry)
                return 0
            case "sweep":
                restoreSignals()
                try CaseLoop(settings, registry).sweep()
                return 0
            case "random":
                restoreSignals()
                try CaseLoop(settings, registry).random()
                return 0
            default:
                let loop = try CaseLoop(settings, registry)
                FuzzTarget.run { loop.run(input: $0) }
            }
        } catch {
            FileDescriptorLine.write("error: \(error)", to: 2)
            return 2
        }
    }

    /// The sanitizers' runtime, which comes with libFuzzer, turns signals into exit statuses; the signal says more.
    private static func restoreSignals() {
        for number in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT] { signal(number, SIG_DFL) }
    }

    private static func limitMemory(toBytes bytes: UInt64) {
        var limit = rlimit(rlim_cur: rlim_t(bytes), rlim_max: rlim_t(bytes))
        #if canImport(Darwin)
            _ = setrlimit(RLIMIT_AS, &limit)
        #else
            _ = setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
        #endif
    }

    /// A case without end must not outlive a supervisor that was killed.
    private static func endWithParent() {
        let parent = getppid()
        Thread.detachNewThread {
            while getppid() == parent { sleep(1) }
            _exit(0)
        }
    }
}
