import Execution
import WasmFormats
import WasmModel

/// A part of a script that runs by itself: a module with the calls that are made on it, or a module that has to be rejected.
struct ScriptCase {
    /// A command that the part stands for.
    struct Place {
        /// Which of all commands, as in ``ScriptReport/Undecided``.
        var number: Int
        var file: String?
        var line: Int
    }

    /// What a script says of a call.
    enum Expectation: Hashable {
        /// Nil for any results.
        case returns([ResultPattern]?)
        case traps(String)
        case throwsException
        case exhausts(String)

        /// In words, for failures.
        var text: String {
            switch self {
            case .returns(nil): "a return"
            case .returns(let patterns?): ScriptRunner.text(of: patterns)
            case .traps(let text): "trap: \(text)"
            case .throwsException: "an exception"
            case .exhausts(let text): "exhaustion: \(text)"
            }
        }
    }

    /// A call with what the script says of it.
    struct Call {
        var place: Place
        var invocation: Invocation
        var expectation: Expectation
    }

    /// A module as engines are given it.
    struct TestedModule {
        var validated: ValidatedModule
        /// As the script has them, where the script has bytes and nothing of the module was changed.
        var wasm: [UInt8]

        init(_ validated: ValidatedModule, wasm: [UInt8]? = nil) {
            self.validated = validated
            self.wasm = wasm ?? BinaryEncoder.encode(validated.module)
        }
    }

    enum Kind {
        /// An instance on which calls are made.
        case instance(TestedModule, [Call])
        /// A module whose instantiation traps, with the beginning of the text.
        case trapsAtStart(TestedModule, String)
        /// What is no module, as the text says.
        case rejected([UInt8], String)
        /// Cannot be a part by itself, and why.
        case skipped(String)
        /// The script itself is wrong.
        case failed(expected: String, got: String)
        /// What the oracle did not come to the end of.
        case undecided
    }

    var place: Place
    var kind: Kind
    /// The calls that cannot be made, and why; they count like calls.
    var skippedCalls: [(place: Place, reason: String)] = []
}
