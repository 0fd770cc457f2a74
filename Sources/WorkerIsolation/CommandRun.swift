import Execution
import Foundation

/// What became of a program that was run once, to its end.
public struct CommandRun: Hashable, Sendable {
    /// How it ended.
    public enum Ending: Hashable, Sendable {
        /// It ended by itself, with a status.
        case exited(Int32)
        /// A signal ended it, or it said of itself that it failed: a crash, or memory that was used up.
        case failed(Outcome)
        /// It did not end in time, and was stopped.
        case stopped
        /// It used more memory than it may, and was stopped.
        case overMemory
        /// It wrote more than ``greatestOutput``, and was stopped.
        case overOutput
        /// The user asked for the end, and it was stopped.
        case interrupted
    }

    public var ending: Ending
    /// The lines of standard output.
    public var output: [String]
    /// The lines of standard error.
    public var errors: [String]
    /// The processor time of the program itself, in seconds, as far as it was seen before the end.
    public var processorSeconds: Double

    /// How much a program may write, in bytes.
    public static let greatestOutput = 4 << 20

    /// Runs a program with an empty standard input.
    /// - Parameters:
    ///   - budget: its time and the memory of processes count.
    ///   - interruption: ends the program.
    /// - Throws: where it cannot be started.
    public init(
        _ invocation: WorkerInvocation,
        within budget: Budget,
        interruption: Interruption? = nil
    ) throws(WorkerError) {
        output = []
        errors = []
        processorSeconds = 0
        ending = .interrupted
        if interruption?.isRequested == true { return }
        let process = try WorkerProcess(invocation)
        process.closeInput()
        let clock = RunClock(worker: process.identifier, seconds: budget.seconds)
        var size = 0
        var stop: Ending?
        func take(waitingMilliseconds: Int32) -> Bool {
            let (output, errors) = process.lines(waitingMilliseconds: waitingMilliseconds)
            for line in output + errors { size += line.utf8.count + 1 }
            self.output += output
            self.errors += errors
            return !output.isEmpty || !errors.isEmpty
        }
        while !process.isClosed {
            processorSeconds = max(processorSeconds, clock.processorSecondsSoFar)
            if interruption?.isRequested == true { stop = .interrupted }
            if clock.isOver { stop = .stopped }
            if invocation.memory == .resident, process.residentBytes > budget.processBytes { stop = .overMemory }
            if size + process.unfinishedBytes > Self.greatestOutput { stop = .overOutput }
            if stop != nil { break }
            // What it started may hold its pipes.
            if !take(waitingMilliseconds: 50), process.terminationIfEnded() != nil { break }
        }
        if stop == nil, !Self.ends(process, clock) { stop = .stopped }
        if stop != nil { process.send(SIGKILL) }
        let termination = process.wait()
        if stop != .overOutput { while take(waitingMilliseconds: 0) {} }
        ending = stop ?? self.ending(termination, invocation)
    }

    /// Waits for the end of a program that has closed its outputs.
    private static func ends(_ process: WorkerProcess, _ clock: RunClock) -> Bool {
        while process.terminationIfEnded() == nil {
            if clock.isOver { return false }
            usleep(1_000)
        }
        return true
    }

    private func ending(_ termination: Termination, _ invocation: WorkerInvocation) -> Ending {
        switch termination {
        case .signalled:
            var log = WorkerLog()
            for line in errors + output { _ = log.note(line) }
            return .failed(termination.outcome(in: log, phase: .execute, executable: invocation.executable))
        case .exited(let status):
            guard status != 0 else { return .exited(0) }
            // What some say of a trap looks like what others say of themselves.
            let lines = (errors + output).filter { !$0.contains("runtime error: ") }
            guard let panic = PanicText(lines) else { return .exited(status) }
            return .failed(.crashed(Crash(phase: .execute, message: panic.message)))
        }
    }
}
