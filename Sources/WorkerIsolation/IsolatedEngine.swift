import Execution
import Foundation
import WasmModel

/// A serving worker process that is started when it is needed, and again after its death.
///
/// Runs one request at a time; several threads wait for each other.
public final class ServingWorker: @unchecked Sendable {
    private let invocation: WorkerInvocation
    /// Guards the process.
    private let lock = NSLock()
    private var process: WorkerProcess?

    /// Makes a worker; no process is started yet.
    public init(_ invocation: WorkerInvocation) { self.invocation = invocation }

    /// Runs a request; death and silence of the process are outcomes.
    /// - Throws: where no process can be started, or the worker does not understand the request.
    public func run(_ request: HostRequest) throws(WorkerError) -> Outcome {
        lock.lock()
        defer { lock.unlock() }
        let line: [UInt8]
        do { line = try JSONLine.encode(request) } catch { throw WorkerError("cannot write a request: \(error)") }
        let process = try running()
        let deadline = ContinuousClock.now + .seconds(request.budget.seconds)
        var phase = Phase.decode
        var errorLines: [String] = []
        if process.write(line, until: deadline) {
            while ContinuousClock.now < deadline, !process.isClosed {
                let (output, errors) = process.lines(waitingMilliseconds: 50)
                note(errors, &phase, &errorLines)
                guard let answer = output.first else { continue }
                return try outcome(answer)
            }
        }
        self.process = nil
        let (_, errors) = process.lines(waitingMilliseconds: 0)
        note(errors, &phase, &errorLines)
        // A process whose pipes are closed is dead or about to be.
        if !process.isClosed, process.terminationIfEnded() == nil {
            process.send(SIGKILL)
            process.wait()
            return .timedOut(phase)
        }
        let termination = process.wait()
        let (_, lastErrors) = process.lines(waitingMilliseconds: 0)
        note(lastErrors, &phase, &errorLines)
        return termination.outcome(in: phase, errorLines: errorLines, executable: invocation.executable)
    }

    /// The process's number, while one runs.
    var processIdentifier: pid_t? { lock.withLock { process?.identifier } }

    private func running() throws(WorkerError) -> WorkerProcess {
        if let process, process.terminationIfEnded() == nil { return process }
        let started = try WorkerProcess(invocation)
        process = started
        return started
    }

    private func note(_ lines: [String], _ phase: inout Phase, _ errorLines: inout [String]) {
        for line in lines {
            if let begun = PhaseMarker.phase(of: line) { phase = begun } else { errorLines.append(line) }
        }
    }

    private func outcome(_ line: String) throws(WorkerError) -> Outcome {
        let response: HostResponse
        do {
            response = try JSONLine.decode(HostResponse.self, line)
        } catch {
            throw WorkerError("a worker answered what is no answer: \(line.prefix(200))")
        }
        switch response {
        case .outcome(let outcome): return outcome
        case .failed(let reason): throw WorkerError(reason)
        }
    }
}

/// An engine in another process: its crash, its hang and its hunger are outcomes and hurt nobody.
public struct IsolatedEngine: Oracle {
    public let name: EngineName
    public let capabilities: EngineCapabilities
    private let specimen: String?
    private let worker: ServingWorker

    /// Makes an engine of a full name, e.g. `x86_64:none:loads`, with a deliberate bug where one is named.
    public init(
        name: EngineName,
        capabilities: EngineCapabilities = .unstated,
        specimen: String? = nil,
        worker: ServingWorker
    ) {
        self.name = name
        self.capabilities = capabilities
        self.specimen = specimen
        self.worker = worker
    }

    /// Runs the case in the worker; refused where no worker can be had.
    public func run(_ test: TestCase, within budget: Budget) -> Outcome {
        do {
            return try worker.run(HostRequest(test: test, engine: name, specimen: specimen, budget: budget))
        } catch {
            return .refused(reason: "no worker: \(error)")
        }
    }

    /// The same engine, which has to be an oracle's, with a choice of what relaxed instructions do.
    public func choosing(_ relaxed: RelaxedParameters) -> any Engine {
        let name = EngineName(family: name.family, options: name.options + ["relaxed-\(relaxed.number)"])
        return IsolatedEngine(name: name, capabilities: capabilities, specimen: specimen, worker: worker)
    }
}
