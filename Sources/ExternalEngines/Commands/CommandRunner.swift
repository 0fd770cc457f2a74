import Execution
import Foundation
import Synchronization
import WorkerIsolation

/// Runs a command with the files of a case.
final class CommandRunner: Sendable {
    let place: EngineDefinition.FilePlace
    private let command: Command
    private let launcher: HostLauncher
    private let interruption: Interruption?
    private let processorSeconds = Mutex(0.0)
    /// Goes with the runner; made for the first case.
    private let scratch = Mutex<ScratchFolder?>(nil)

    init(_ command: Command, _ place: EngineDefinition.FilePlace, _ settings: HostSettings) {
        self.command = command
        self.place = place
        launcher = settings.launcher
        interruption = settings.interruption
    }

    /// Of the last case, in seconds.
    var lastProcessorSeconds: Double { processorSeconds.withLock { $0 } }

    func invocation(file: String) throws(WorkerError) -> WorkerInvocation {
        try launcher.invocation(of: command, place, file: file)
    }

    /// What the program prints for `--version`, ``EngineCapabilities/unknownVersion`` if that is nothing.
    func release(within budget: Budget) throws(WorkerError) -> String {
        var asked = command
        asked.arguments = ["--version"]
        let run = try CommandRun(
            try launcher.invocation(of: asked, place, file: ""),
            within: budget,
            interruption: interruption
        )
        let unknown = EngineCapabilities.unknownVersion
        guard run.ending == .exited(0) else { return unknown }
        let line = (run.output + run.errors).first { $0.contains(where: \.isNumber) }
        return line.map { String($0.prefix(Self.longestRelease)) } ?? unknown
    }

    private static let longestRelease = 100

    /// What becomes of a module that is instantiated and not called.
    func outcome(instantiating wasm: [UInt8], within budget: Budget) -> Outcome {
        switch answer(to: CommandCase(instantiating: wasm, place), within: budget) {
        case .agreement: .completed(Observation())
        case .difference(let difference): .refused(reason: difference.parts[0].text)
        case .exhausted(let text): .refused(reason: text)
        case .other(let outcome): outcome
        }
    }

    /// Writes the files of a case into a folder of their own, which is there while something is done with it.
    /// - Throws: where they cannot be written.
    private func withFiles<Result>(
        _ files: [(name: String, bytes: [UInt8])],
        _ body: (_ folder: String) throws(WorkerError) -> Result
    ) throws(WorkerError) -> Result {
        let scratch = try scratch.withLock { scratch throws(WorkerError) in
            if let made = scratch { return made }
            let made = try ScratchFolder()
            scratch = made
            return made
        }
        let folder = "\(scratch.path)/\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            for file in files { try Data(file.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(file.name)")) }
        } catch {
            throw WorkerError("cannot write the files of a case: \(error.oneLine)")
        }
        return try body(folder)
    }

    /// Runs the command with a case.
    func answer(to part: CommandCase, within budget: Budget) -> CommandCase.Answer {
        do throws(WorkerError) {
            return try withFiles(part.files) { folder throws(WorkerError) in
                let invocation = try invocation(file: "\(folder)/\(part.files[0].name)")
                let run = try CommandRun(invocation, within: budget, interruption: interruption)
                processorSeconds.withLock { $0 = run.processorSeconds }
                switch run.ending {
                case .exited(let status):
                    return part.answer(status: status, CommandText(run.errors + run.output, folder: folder))
                case .failed(let outcome): return .other(outcome)
                case .stopped: return .other(.timedOut(.execute))
                case .overMemory: return .other(.memoryExhausted(.execute))
                case .overOutput:
                    let bytes = CommandRun.greatestOutput
                    return .other(.refused(reason: "the command wrote more than \(bytes) bytes"))
                case .interrupted: return .other(.notRun(reason: "interrupted"))
                }
            }
        } catch {
            return .other(.notRun(reason: error.description))
        }
    }
}
