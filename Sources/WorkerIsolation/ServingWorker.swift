import Execution
import Foundation

/// A serving worker process that is started when it is needed, and again after its death.
///
/// Runs one request at a time; several threads wait for each other.
public final class ServingWorker: @unchecked Sendable {
    let invocation: WorkerInvocation
    private let interruption: Interruption?
    /// Guards the process and its limit.
    private let lock = NSLock()
    private var process: WorkerProcess?
    /// What the process was told that it may map, in bytes.
    private var processBytes: UInt64 = 0

    /// Makes a worker; no process is started yet.
    /// - Parameter interruption: ends the request that is under way and refuses others.
    public init(_ invocation: WorkerInvocation, interruption: Interruption? = nil) {
        self.invocation = invocation
        self.interruption = interruption
    }

    /// How a request ended.
    enum Ending {
        case answered(HostResponse)
        case died(Termination)
        /// The worker did not answer in time, and was stopped.
        case stopped
        /// The user asked for the end, and the worker was stopped.
        case interrupted
    }

    /// Runs a request.
    /// - Parameter note: is given each line of standard error, and says whether the time of the request begins anew with it.
    /// - Throws: where no process can be started, or it says what is no answer.
    func exchange(_ request: HostRequest, _ note: (String) -> Bool) throws(WorkerError) -> Ending {
        lock.lock()
        defer { lock.unlock() }
        if isInterrupted { return .interrupted }
        let line: [UInt8]
        do { line = try JSONLine.encode(request) } catch { throw WorkerError("the request has no JSON") }
        let process = try running(request.budget)
        var clock = RunClock(worker: process.identifier, seconds: request.budget.seconds)
        if process.write(line, until: clock.deadline) {
            while !clock.isOver, !process.isClosed, !isInterrupted {
                let (output, errors) = process.lines(waitingMilliseconds: 50)
                for line in errors where note(line) {
                    clock = RunClock(worker: process.identifier, seconds: request.budget.seconds)
                }
                if let answer = output.first { return .answered(try response(answer)) }
                // What it started may hold its pipes.
                if output.isEmpty, errors.isEmpty, process.terminationIfEnded() != nil { break }
            }
        }
        self.process = nil
        // A process whose pipes are closed is dead or about to be.
        let isStopped = !process.isClosed && process.terminationIfEnded() == nil
        if isStopped { process.send(SIGKILL) }
        let termination = process.wait()
        var lines = process.lines(waitingMilliseconds: 0).errors
        while !lines.isEmpty {
            for line in lines { _ = note(line) }
            lines = process.lines(waitingMilliseconds: 0).errors
        }
        if isInterrupted { return .interrupted }
        return isStopped ? .stopped : .died(termination)
    }

    private var isInterrupted: Bool { interruption?.isRequested ?? false }

    /// The process's number, while one runs.
    var processIdentifier: pid_t? { lock.withLock { process?.identifier } }

    private func running(_ budget: Budget) throws(WorkerError) -> WorkerProcess {
        // A process with less than what it has mapped already would fail for what earlier requests did.
        if let process, budget.processBytes >= processBytes, process.terminationIfEnded() == nil {
            processBytes = budget.processBytes
            return process
        }
        process = nil
        let started = try WorkerProcess(invocation)
        process = started
        processBytes = budget.processBytes
        return started
    }

    private func response(_ line: String) throws(WorkerError) -> HostResponse {
        do {
            return try JSONLine.decode(HostResponse.self, line)
        } catch {
            throw WorkerError("a worker answered what is no answer: \(line.prefix(200))")
        }
    }
}

/// What a worker says on standard error while it runs a request.
struct WorkerLog {
    /// The last phase that was announced.
    private(set) var phase = Phase.decode
    /// The last command of a script that was announced, from 1.
    private(set) var command: Int?
    /// What else was said.
    private(set) var lines: [String] = []

    /// The first lines say why something failed, and the last what came of it; a worker may say much between them.
    private static let maximumLines = 400

    /// - Returns: whether the line announces a command.
    mutating func note(_ line: String) -> Bool {
        if let begun = PhaseMarker.phase(of: line) {
            phase = begun
        } else if let begun = CommandMarker.command(of: line) {
            command = begun.number
            phase = .decode
            lines = []
            return true
        } else {
            lines.append(line)
            if lines.count > Self.maximumLines { lines.remove(at: Self.maximumLines / 2) }
        }
        return false
    }
}
