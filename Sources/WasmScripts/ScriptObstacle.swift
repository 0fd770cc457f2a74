import Execution
import WasmFormats

/// Why a command of a script is not carried out.
enum ScriptObstacle: Error {
    case failure(expected: String, got: String)
    /// The engine refuses; the name is nil where it was counted before.
    case refusal(String?)

    init(_ failure: EngineFailure) {
        switch failure {
        case .refused(let what): self = .refusal(what)
        case .crashed(let text): self = .failure(expected: "no crash", got: "crash: \(text)")
        }
    }

    /// The refusal of a module that is not invalid but beyond the features or the limits; nil for any other error.
    init?(refusalOf error: ValidationError) {
        if error.missingFeatures.isEmpty && !error.isLimit { return nil }
        self = .refusal(error.reason)
    }
}

extension ScriptReport {
    /// Counts a command that was not carried out.
    mutating func add(_ obstacle: ScriptObstacle, line: Int, file: String? = nil) {
        switch obstacle {
        case .failure(let expected, let got):
            failures.append(Failure(file: file, line: line, expected: expected, got: got))
        case .refusal(let name):
            skipped += 1
            if let name { refused.insert(name) }
        }
    }
}
