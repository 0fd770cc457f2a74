import Execution
import Foundation

@testable import WorkerIsolation

/// The program beside the test bundle whose engines misbehave.
enum ProbeProgram {
    static let path: String = {
        var folder = Bundle.main.executableURL?.deletingLastPathComponent()
        while let current = folder, current.path != "/" {
            let candidate = current.appendingPathComponent("isolation-probe").path
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
            folder = current.deletingLastPathComponent()
        }
        return "isolation-probe, which is not beside the tests"
    }()

    static func worker() -> ServingWorker {
        ServingWorker(WorkerInvocation(executable: path, arguments: ["serve"]))
    }

    /// The outcome of a deed of the misbehaving engine.
    static func outcome(of deed: String, path: String = "", within budget: Budget = Budget()) -> Outcome {
        IsolatedEngine(name: EngineName("misbehaving:\(deed)"), worker: worker())
            .run(TestCase(wasm: [UInt8](path.utf8), invocations: []), within: budget)
    }
}
