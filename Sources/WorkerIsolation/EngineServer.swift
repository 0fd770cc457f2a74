import Execution
import Foundation
import TrapReport
import WasmScripts

/// Finds the engines, with a deliberate bug injected where one is named.
///
/// Given from outside: neither concrete engines nor the names of deliberate bugs are known here.
public typealias RegistryOfSpecimen = @Sendable (_ specimen: String?) throws -> EngineRegistry

/// The serving worker: runs cases as lines of standard input ask for it, and answers on standard output.
public enum EngineServer {
    /// Serves until standard input ends, in a sandbox. Engines at fault take the process with them; the reader of standard error knows the
    /// phase.
    public static func serve(_ registry: RegistryOfSpecimen) {
        trap_report_install()
        Sandbox(readable: WorkerInvocation.readablePathsOfEnvironment()).enter()
        endWithParent()
        PhaseTrace.observer = { phase, engine in
            FileDescriptorLine.write(PhaseMarker.line(phase, engine: engine), to: 2)
        }
        while let line = readLine() {
            FileDescriptorLine.write(response(to: line, limitsMemory: true, registry), to: 1)
        }
    }

    /// Has this worker end soon after the process that started it, whose guard may have been killed with it.
    public static func endWithParent() {
        let parent = getppid()
        Thread.detachNewThread {
            while getppid() == parent { usleep(200_000) }
            _exit(0)
        }
    }

    /// The answer to a line, without its line feed.
    /// - Parameter limitsMemory: whether this process is a worker, which the request's limit is for.
    static func response(to line: String, limitsMemory: Bool = false, _ registry: RegistryOfSpecimen) -> String {
        let response: HostResponse
        do {
            let request = try JSONLine.decode(HostRequest.self, line)
            if limitsMemory { try AddressSpaceLimit.set(toBytes: request.budget.processBytes) }
            let engine = try registry(request.specimen).engine(named: request.engine)
            switch request.task {
            case .test(let hosted): response = .outcome(engine.run(hosted.test, within: request.budget))
            case .description:
                let capabilities = engine.capabilities
                response = .description(HostDescription(name: capabilities.summary, release: capabilities.version))
            case .script(let task): response = Self.response(to: task, engine, within: request.budget)
            case .compilation(let wasm):
                let cost = (engine as? any CompilingEngine)?.cost(ofCompiling: wasm, within: request.budget)
                response = cost.map { .compilation($0) } ?? .failed(reason: "engine '\(engine.name)' compiles it not")
            }
        } catch let error as DecodingError {
            response = .failed(reason: error.reason(of: "request"))
        } catch {
            response = .failed(reason: "\(error)")
        }
        return response.line
    }

    private static func response(to task: ScriptTask, _ engine: any Engine, within budget: Budget) -> HostResponse {
        guard let engine = engine as? any StoreEngine else {
            return .failed(reason: "engine '\(engine.name)' runs no scripts")
        }
        let content: ScriptFile.Content
        do { content = try ScriptFile(path: task.path).content() } catch {
            return .unreadable(reason: error.description)
        }
        var script = content.script
        let all = script.commands
        let count = max(0, min(task.commandLimit ?? all.count, all.count))
        script.commands = Array(all[..<count])
        if count > 0 { FileDescriptorLine.write(CommandMarker.line(1, of: all.count), to: 2) }
        let report = ScriptRunner.run(
            script,
            on: engine,
            features: task.features.subtracting(content.featuresOff),
            within: budget,
            leavingOut: task.undecided
        ) { done in
            if done < count { FileDescriptorLine.write(CommandMarker.line(done + 1, of: all.count), to: 2) }
        }
        return .script(
            ScriptAnswer(
                report: report,
                absentCount: content.absentCount,
                remainingLines: all[count...].map(\.line)
            )
        )
    }
}
