import Execution
import WorkerIsolation

/// Gives an engine modules that find out what it takes.
///
/// Nothing is concluded where the answer says nothing of the engine: a trial that is interrupted is given up, and so is one whose host does
/// not keep the protocol, or dies now and then.
struct EngineTrial {
    /// What became of a module.
    enum Result {
        case taken
        /// The engine says so, or a call ended otherwise than by returning.
        case refused
        /// With the reason, twice.
        case died(String)
        /// It used up its time or memory.
        case unended(String)
    }

    private let outcome: ([UInt8]) -> Outcome
    private let clock = ContinuousClock()
    /// Processor time for each module.
    private let seconds: Double
    /// Of modules without end.
    private(set) var unendedCount = 0

    /// Makes a trial.
    /// - Parameters:
    ///   - seconds: of processor time that each module gets.
    ///   - outcome: what the engine does with a module whose start function calls all others.
    init(seconds: Double, _ outcome: @escaping ([UInt8]) -> Outcome) {
        self.seconds = seconds
        self.outcome = outcome
    }

    /// Each costs the whole time that a module gets.
    private static let greatestUnendedCount = 5
    /// Who takes so many times the processor time on the wall waits for something else than the processor.
    private static let wallFactor = 5.0

    /// Tries a module.
    /// - Parameter subject: what the module has, for errors.
    mutating func result(_ subject: String, _ wasm: [UInt8]) throws(WorkerError) -> Result {
        let start = clock.now
        switch outcome(wasm) {
        case .completed(let observation): return observation.allReturned ? .taken : .refused
        case .refused, .rejected: return .refused
        case .notRun(let reason): throw WorkerError(reason)
        case .crashed(let crash):
            switch outcome(wasm) {
            case .crashed: return .died(crash.message)
            case .notRun(let reason): throw WorkerError(reason)
            default: throw WorkerError("it dies now and then, when it is given \(subject): \(crash.message)")
            }
        case .timedOut, .memoryExhausted:
            if clock.now - start > .seconds(seconds * Self.wallFactor) {
                throw WorkerError("it does not answer when it is given \(subject)")
            }
            unendedCount += 1
            guard unendedCount < Self.greatestUnendedCount else {
                throw WorkerError(
                    "it came to no end \(unendedCount) times while it was tried, the last time with \(subject)"
                )
            }
            return .unended("no end within the budget")
        }
    }

    /// Tries a module that every engine takes.
    func expectSuccess(_ subject: String, _ wasm: [UInt8]) throws(WorkerError) {
        switch outcome(wasm) {
        case .completed(let observation) where observation.allReturned: break
        case .notRun(let reason): throw WorkerError(reason)
        case let outcome: throw WorkerError("it does not take \(subject): \(outcome.summary)")
        }
    }
}

extension Observation {
    /// Whether nothing ended otherwise than by returning.
    fileprivate var allReturned: Bool {
        instantiation == nil && invocations.allSatisfy { if case .returned = $0 { true } else { false } }
    }
}
