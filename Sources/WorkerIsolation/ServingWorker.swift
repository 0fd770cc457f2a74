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
    private var answersSinceLook = 0
    /// Of the last request that was answered.
    private var lastProcessorSeconds = 0.0

    /// Makes a worker; no process is started yet.
    /// - Parameter interruption: ends the request that is under way and refuses others.
    public init(_ invocation: WorkerInvocation, interruption: Interruption? = nil) {
        self.invocation = invocation
        self.interruption = interruption
    }

    /// How long a process may take to end whose pipes are closed; on a busy machine that is more than a moment.
    private static let secondsForEnd = 5.0
    /// How often it is looked at what a process has in memory.
    private static let intervalOfLooks = Duration.milliseconds(50)

    /// How a request ended.
    enum Ending {
        case answered(HostResponse)
        case died(Termination)
        /// The worker did not answer in time, and was stopped.
        case stopped
        /// The worker closed its standard output and stayed, and was stopped.
        case fellSilent
        /// The worker used more memory than it may, and was stopped.
        case overMemory
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
        // What a host says late would be taken for the answer to this request.
        let before = process.lines(waitingMilliseconds: 0)
        for line in before.errors { _ = note(line) }
        if let unasked = before.output.first {
            self.process = nil
            throw WorkerError("a worker wrote a line that nobody asked for: \(unasked.prefix(200))")
        }
        var isOverOutput = false
        var clock = RunClock(worker: process.identifier, seconds: request.budget.seconds)
        var isOverMemory = false
        var nextLook = ContinuousClock.now + Self.intervalOfLooks
        if process.write(line, until: clock.deadline) {
            process.awaitAnswer()
            while !clock.isOver, !process.isSilent, !isInterrupted {
                if invocation.memory == .resident, ContinuousClock.now >= nextLook {
                    isOverMemory = process.residentBytes > request.budget.processBytes
                    if isOverMemory { break }
                    nextLook = .now + Self.intervalOfLooks
                }
                let (output, errors) = process.lines(waitingMilliseconds: 50)
                for line in errors where note(line) {
                    clock = RunClock(worker: process.identifier, seconds: request.budget.seconds)
                }
                if let answer = output.first {
                    lastProcessorSeconds = clock.processorSecondsSoFar
                    renew(process, request.budget)
                    return .answered(try response(answer, alone: output.count == 1))
                }
                isOverOutput = process.unfinishedBytes > Self.greatestAnswer
                if isOverOutput { break }
                // What it started may hold its pipes.
                if output.isEmpty, errors.isEmpty, process.terminationIfEnded() != nil { break }
            }
        }
        self.process = nil
        let isStopped = !process.isSilent && process.terminationIfEnded() == nil
        if isStopped { process.send(SIGKILL) }
        // A process whose output is closed is dead or about to be; one that closed it itself and stays is helped.
        let ending = process.termination(withinSeconds: Self.secondsForEnd)
        if ending == nil { process.send(SIGKILL) }
        let termination = process.wait()
        var lines = process.lines(waitingMilliseconds: 0).errors
        while !lines.isEmpty {
            for line in lines { _ = note(line) }
            lines = process.lines(waitingMilliseconds: 0).errors
        }
        if isInterrupted { return .interrupted }
        if isOverMemory { return .overMemory }
        if isOverOutput { throw WorkerError("a worker wrote more than \(Self.greatestAnswer) bytes without an answer") }
        if isStopped { return .stopped }
        return ending == nil ? .fellSilent : .died(termination)
    }

    /// A memory of the greatest size that a budget has, in Base64, is of this order; in bytes.
    private static let greatestAnswer = 256 << 20

    /// How much processor time the last request that was answered took, in seconds; 0 where that cannot be had.
    public var processorSecondsOfLastAnswer: Double { lock.withLock { lastProcessorSeconds } }

    /// What became of a case; not run where no worker can be had, which says nothing of the engine.
    public func outcome(of request: HostRequest) -> Outcome {
        var log = WorkerLog()
        do {
            switch try exchange(request, { log.note($0) }) {
            case .answered(.outcome(let outcome)): return outcome
            case .answered(.failed(let reason)), .answered(.unreadable(let reason)): return .notRun(reason: reason)
            case .answered(.script), .answered(.description), .answered(.compilation):
                return .notRun(reason: "the worker answered another request")
            case .died(let termination): return termination.outcome(in: log, executable: invocation.executable)
            case .stopped: return .timedOut(log.phase)
            case .fellSilent: return .crashed(Crash(phase: log.phase, message: Self.silence))
            case .overMemory: return .memoryExhausted(log.phase)
            case .interrupted: return .notRun(reason: "interrupted")
            }
        } catch {
            return .notRun(reason: error.description)
        }
    }

    /// What the host says of itself.
    /// - Throws: why it says nothing, with the last lines that it wrote to standard error.
    public func description(engine: EngineName, within budget: Budget) throws(WorkerError) -> HostDescription {
        var log = WorkerLog()
        let request = HostRequest(.description, engine: engine, specimen: nil, budget: budget)
        let ending = try exchange(request) { log.note($0) }
        let said = log.lines.last.map { ": \($0)" } ?? ""
        switch ending {
        case .answered(.description(let description)): return description
        case .answered(.failed(let reason)): throw WorkerError("it cannot describe itself: \(reason)")
        case .answered(.outcome), .answered(.script), .answered(.compilation), .answered(.unreadable):
            throw WorkerError("it answered another request than to describe itself")
        case .died(.exited(let status)): throw WorkerError("it ended with status \(status)\(said)")
        case .died(.signalled(let number)): throw WorkerError("\(Termination.name(ofSignal: number)) ended it\(said)")
        case .stopped: throw WorkerError("it did not describe itself in time\(said)")
        case .fellSilent: throw WorkerError("it \(Self.silence)\(said)")
        case .overMemory: throw WorkerError("it used more memory than the budget has\(said)")
        case .interrupted: throw WorkerError("interrupted")
        }
    }

    /// What ``Ending/fellSilent`` is, in words.
    static let silence = "closed its standard output and did not end"

    private var isInterrupted: Bool { interruption?.isRequested ?? false }

    /// The process's number, while one runs.
    var processIdentifier: pid_t? { lock.withLock { process?.identifier } }

    /// Ends a process that holds more than half of what it may hold, as engines keep what earlier cases left, so that no case is the
    /// one that is too much.
    private func renew(_ process: WorkerProcess, _ budget: Budget) {
        guard invocation.memory == .resident else { return }
        answersSinceLook += 1
        guard answersSinceLook >= 64 else { return }
        answersSinceLook = 0
        if process.residentBytes > budget.processBytes / 2 { self.process = nil }
    }

    private func running(_ budget: Budget) throws(WorkerError) -> WorkerProcess {
        // A process with less than what it has mapped already would fail for what earlier requests did.
        let canHold = invocation.memory == .resident || budget.processBytes >= processBytes
        if let process, canHold, process.terminationIfEnded() == nil {
            processBytes = budget.processBytes
            return process
        }
        process = nil
        let started = try WorkerProcess(invocation)
        process = started
        processBytes = budget.processBytes
        return started
    }

    /// - Parameter alone: whether the line was all that the worker wrote.
    private func response(_ line: String, alone isAlone: Bool) throws(WorkerError) -> HostResponse {
        let response: HostResponse
        do {
            response = try JSONLine.decode(HostResponse.self, line)
        } catch {
            let reason = (error as? DecodingError)?.reason(of: "answer") ?? "\(error)"
            throw WorkerError("a worker answered what is no answer (\(reason)): \(line.prefix(200))")
        }
        guard isAlone else {
            process = nil
            throw WorkerError("a worker answered one request with several lines")
        }
        return response
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
