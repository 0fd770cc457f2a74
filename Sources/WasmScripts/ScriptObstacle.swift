import Execution
import WasmFormats

/// Why a command of a script is not carried out.
enum ScriptObstacle: Error {
    case failure(expected: String, got: String)
    /// The engine refuses; the name is nil where it was counted before.
    case refusal(String?)
    /// There was no end within the fuel, and why.
    case undecided(String)

    init(_ failure: EngineFailure) {
        switch failure {
        case .refused(let what): self = .refusal(what)
        case .crashed(let text): self = .failure(expected: "no crash", got: "crash: \(text)")
        }
    }

    /// Whether what the command would have made is missing for no mistake of the script or of the engine.
    var leavesOpen: Bool {
        switch self {
        case .refusal, .undecided: true
        case .failure: false
        }
    }

    /// The refusal of a module that is not invalid but beyond the features or the limits; nil for any other error.
    init?(refusalOf error: ValidationError) {
        guard error.isRefusal else { return nil }
        self = .refusal(error.reason)
    }
}

extension ScriptReport {
    /// Counts a command that was not carried out.
    /// - Parameter number: as in ``Undecided``.
    mutating func add(_ obstacle: ScriptObstacle, number: Int, line: Int, file: String? = nil) {
        switch obstacle {
        case .failure(let expected, let got):
            failures.append(Failure(file: file, line: line, expected: expected, got: got))
        case .refusal(let name):
            skipped += 1
            if let name { refused.insert(name) }
        case .undecided(let reason):
            undecided.append(Undecided(number: number, file: file, line: line, reason: reason))
        }
    }
}
