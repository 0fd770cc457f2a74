import Differential
import Execution
import ExternalEngines
import Foundation
import Triage
import WasmFormats
import WorkerIsolation

/// Reduces a module for as long as a command of the user says that it is interesting.
struct PredicateReduction {
    /// What the command is given in place of the file.
    static let placeholder = "{wasm}"

    private let command: Command
    private let folder: ScratchFolder
    private let limits: Budget

    /// - Parameter text: the command as a shell takes it; the path of the module is put in place of `{wasm}`, or else behind it.
    init(_ text: String, limits: Budget) throws {
        do {
            var command = try Command(text)
            if !command.arguments.contains(where: { $0.contains(Self.placeholder) }) {
                command.arguments.append(Self.placeholder)
            }
            self.command = command
            folder = try ScratchFolder()
        } catch {
            throw CommandFailure("--predicate: \(error)")
        }
        guard command.executable != nil else {
            throw CommandFailure("--predicate: \(command.program): no such program")
        }
        self.limits = limits
    }

    private static let signature = CrashSignature(text: "the predicate says that it is interesting")

    /// The smallest module that was found; nil where the module as it is is not interesting.
    func reduced(
        _ subject: Case,
        within budget: Reducer.Budget,
        progress: @escaping (Reducer.Progress) -> Void
    ) throws -> Reduction? {
        guard try isInteresting(subject.test.wasm) else { return nil }
        let reducer = Reducer(
            budget: budget,
            progress: progress,
            isInterrupted: { Interruption.signals.isRequested }
        ) { subject in
            try self.isInteresting(subject.test.wasm) ? Self.signature : nil
        }
        // Nothing is called: the command says what matters.
        let module = Case(TestCase(wasm: subject.test.wasm, invocations: []))
        return try reducer.reduce(module, signature: Self.signature, includingModule: true)
    }

    /// Whether the command ends with status 0 for a module; one that does not end in time is not interesting.
    private func isInteresting(_ wasm: [UInt8]) throws -> Bool {
        let path = "\(folder.path)/module.wasm"
        try Data(wasm).write(to: URL(fileURLWithPath: path))
        let invocation = WorkerInvocation(
            executable: command.executable ?? command.program,
            arguments: command.arguments.map { $0.replacing(Self.placeholder, with: path) },
            environment: command.variables,
            inheritsEnvironment: true
        )
        let process = try WorkerProcess(invocation)
        process.closeInput()
        let deadline = ContinuousClock.now + .seconds(limits.seconds)
        while ContinuousClock.now < deadline, !process.isClosed {
            _ = process.lines(waitingMilliseconds: 20)
            if let ending = process.terminationIfEnded() { return ending == .exited(status: 0) }
        }
        if process.isClosed { return process.wait() == .exited(status: 0) }
        process.send(SIGKILL)
        process.wait()
        return false
    }
}
