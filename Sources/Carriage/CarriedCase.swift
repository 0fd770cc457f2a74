import Execution
import WasmFormats
import WasmModel

/// A case as a host with a narrow boundary runs it, and how its outcome is that of the case.
public struct CarriedCase: Sendable {
    /// A function that the host has to provide.
    public struct ImportedFunction: Hashable, Sendable {
        public let module: String
        public let name: String
        /// How it answers. Equal ones are one function.
        public let function: HostFunction
    }

    public let carriage: Carriage
    /// What the host runs, one after the other. There are several, of the same module, where each call is made on an instance of its
    /// own and the host is to look at what the instance holds.
    public let tests: [TestCase]
    /// The functions that the host has to provide, one for each import of the module, in their order; only of a direct carriage.
    public let importedFunctions: [ImportedFunction]
    /// The name of an exported table whose element N is function N of the module of the case, by which the host takes and names
    /// functions; nil where no function can be seen. Only of a direct carriage.
    public let functionTable: String?
    /// The names by which tags are exported, by their indices in the module of the case: the tag of an exception is the first that is
    /// the same. Empty where no exception can be seen. Only of a direct carriage.
    public let tagNames: [String]
    private let reading: Reading

    /// How outcomes become those of the case.
    enum Reading: Sendable {
        case direct(DirectReading)
        case stored(CarriedReading)
    }

    init(
        _ carriage: Carriage,
        _ tests: [TestCase],
        _ reading: Reading,
        importedFunctions: [ImportedFunction] = [],
        functionTable: String? = nil,
        tagNames: [String] = []
    ) {
        self.carriage = carriage
        self.tests = tests
        self.reading = reading
        self.importedFunctions = importedFunctions
        self.functionTable = functionTable
        self.tagNames = tagNames
    }

    /// The outcome of the case.
    ///
    /// What is not completed stays as it is. Where the storage of the carriage does not hold what it has to, the outcome is a crash;
    /// where a log grew beyond its bound, or the host shows no storage, it is a refusal.
    /// - Parameter observed: the outcomes of ``tests`` in their order; those after one that is not completed may be absent.
    public func outcome(of observed: [Outcome]) -> Outcome {
        var observations: [Observation] = []
        observations.reserveCapacity(observed.count)
        for outcome in observed {
            guard case .completed(let observation) = outcome else { return outcome }
            observations.append(observation)
            if observation.instantiation != nil { break }
        }
        guard observations.count == tests.count || observations.last?.instantiation != nil else {
            return .notRun(reason: "\(observations.count) of \(tests.count.counted("test")) were run")
        }
        do throws(CarriageFailure) {
            switch reading {
            case .direct(let reading): return .completed(try reading.observation(of: observations))
            case .stored(let reading): return .completed(try reading.observation(of: observations))
            }
        } catch {
            return error.outcome
        }
    }

    /// Runs the tests until one is not completed, and gives the outcome of the case.
    public func outcome(running run: (TestCase) -> Outcome) -> Outcome {
        var observed: [Outcome] = []
        for test in tests {
            let outcome = run(test)
            observed.append(outcome)
            guard case .completed = outcome else { break }
        }
        return outcome(of: observed)
    }
}

/// Why an observation has no meaning for the case.
enum CarriageFailure: Error {
    /// The host does not show what it has to.
    case unseen(String)
    /// More was to be kept than there is place for.
    case overflow
    /// What the storage holds, no correct engine writes.
    case nonsense(String)

    var outcome: Outcome {
        switch self {
        case .unseen(let what): .refused(reason: "the host does not show \(what)")
        case .overflow: .refused(reason: "more is to be kept than the memory of the carriage takes")
        case .nonsense(let what): .crashed(Crash(phase: .execute, message: "storage of the carriage: \(what)"))
        }
    }
}
