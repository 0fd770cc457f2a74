import ExternalEngines
import Foundation
import WasmModel
import WorkerIsolation

/// A command of the user that says which modules are interesting.
struct Predicate {
    /// What stands for the path of the module.
    static let placeholder = "{wasm}"

    /// What a run of the command says of a module.
    enum Answer: Hashable {
        case interesting
        /// It ended with another status than 0; the last line that it wrote says more at times.
        case uninteresting(status: Int32, lastLine: String?)
        /// It did not end in time, and was stopped.
        case endless
        /// A signal ended it.
        case signalled(Int32)
        /// The user asked for the end, and it was stopped.
        case interrupted
    }

    /// How long a run may take on the clock on the wall, in seconds: nobody knows which of the processes that it starts does the work.
    let seconds: Double
    private let command: Command
    private let folder: ScratchFolder

    /// - Parameter text: the command as a shell takes it; the path of the module is put in place of `{wasm}` wherever that is, or else behind
    ///   the last argument.
    init(_ text: String, seconds: Double) throws(CommandFailure) {
        self.seconds = seconds
        do throws(EngineDefinition.Malformed) {
            var command = try Command(text)
            if !(command.arguments + command.variables.values).contains(where: { $0.contains(Self.placeholder) }) {
                command.arguments.append(Self.placeholder)
            }
            self.command = command
        } catch {
            throw CommandFailure("--predicate: \(error)")
        }
        guard command.executable != nil else {
            throw CommandFailure("--predicate: \(command.program): no such program")
        }
        do { folder = try ScratchFolder() } catch {
            throw CommandFailure(error.description, status: .nothingCompared)
        }
    }

    /// Runs the command.
    /// - Throws: where the module cannot be written for it, or it cannot be started.
    func answer(_ wasm: [UInt8]) throws(CommandFailure) -> Answer {
        let path = "\(folder.path)/module.wasm"
        try OutputFile.write(wasm, to: path)
        let invocation = WorkerInvocation(
            executable: command.executable ?? command.program,
            arguments: command.arguments.map { $0.replacing(Self.placeholder, with: path) },
            environment: command.variables.mapValues { $0.replacing(Self.placeholder, with: path) },
            inheritsEnvironment: true
        )
        do {
            return try answer(of: WorkerProcess(invocation))
        } catch {
            throw CommandFailure("--predicate: \(error)")
        }
    }

    /// Waits for the end of a run, which may close its outputs long before.
    private func answer(of process: WorkerProcess) -> Answer {
        process.closeInput()
        let deadline = ContinuousClock.now + .seconds(seconds)
        var lastLine: String?
        func hear(waitingMilliseconds: Int32) {
            let (output, errors) = process.lines(waitingMilliseconds: waitingMilliseconds)
            lastLine = errors.last ?? output.last ?? lastLine
        }
        while true {
            if process.isClosed { usleep(1_000) } else { hear(waitingMilliseconds: 20) }
            if let termination = process.terminationIfEnded() {
                hear(waitingMilliseconds: 0)
                return switch termination {
                case .exited(status: 0): .interesting
                case .exited(let status): .uninteresting(status: status, lastLine: lastLine)
                case .signalled(let number): .signalled(number)
                }
            }
            let isInterrupted = Interruption.signals.isRequested
            if isInterrupted || ContinuousClock.now >= deadline {
                process.send(SIGKILL)
                process.wait()
                return isInterrupted ? .interrupted : .endless
            }
        }
    }
}

extension Predicate {
    /// Why there is nothing to reduce after an answer to the module as it is; nil where it is interesting.
    /// - Parameter name: of the module.
    func refusal(_ answer: Answer, to name: String) -> CommandFailure? {
        let silence = "\(name): the command does not say whether it is interesting"
        switch answer {
        case .interesting: return nil
        case .uninteresting(let status, let lastLine):
            let line = lastLine.map { ": \($0.prefix(Self.longestLine))" } ?? ""
            return CommandFailure(
                "\(name): the command does not find it interesting (exit status \(status)\(line))",
                status: .agreement
            )
        case .endless:
            let time = Self.text(seconds: seconds)
            return CommandFailure("\(silence): no end in \(time), see --timeout", status: .nothingCompared)
        case .signalled(let number):
            return CommandFailure(
                "\(silence): \(Termination.name(ofSignal: number)) ended it",
                status: .nothingCompared
            )
        case .interrupted: return CommandFailure("interrupted", status: .interrupted)
        }
    }

    private static let longestLine = 200

    /// `10 seconds`, `0.5 seconds`.
    static func text(seconds: Double) -> String {
        seconds == seconds.rounded() ? Int(seconds).counted("second") : "\(seconds) seconds"
    }
}
