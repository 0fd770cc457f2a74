import Execution
import WasmModel

/// What the texts of engines say of the end of a call.
enum TrapText {
    /// What a part of a text stands for.
    private enum Meaning {
        case trap(Trap)
        case exhausted(String)
    }

    /// How a call ended, by the message of its trap; ``WasmModel/Trap/unnamed`` where the message does not tell, or fits several traps.
    ///
    /// Only the cause is looked at, not a list of the functions that were active, whose names may be anything.
    static func ending(_ message: String) -> InvocationOutcome {
        let text = cause(of: message)
        for (part, meaning) in rows where text.contains(part) {
            switch meaning {
            case .trap(let trap): return .trapped(trap)
            case .exhausted(let reason): return .exhausted(reason: reason)
            }
        }
        return .trapped(.unnamed)
    }

    static let stackExhaustion = InvocationOutcome.stackExhaustion
    static let heapExhaustion = "heap exhausted"

    /// The line with the cause, in small letters.
    private static func cause(of message: String) -> String {
        let lines = message.split(whereSeparator: { $0 == "\n" || $0 == "\0" })
        let line = lines.last { $0.contains("wasm trap: ") } ?? lines.first ?? ""
        return line.lowercased()
    }

    /// In the order in which they are looked for: a part of a later row may be in the text of an earlier one.
    ///
    /// An access out of the bounds of a table may be one of two traps, and so may a null reference be one of several.
    ///
    /// Source: the texts of Wasmtime (environ, `trap_encoding.rs`), V8 (`message-template.h`), Wasmer (`trapcode.rs`) and wasm3 (`wasm3.h`).
    private static let rows: [(part: String, meaning: Meaning)] = [
        ("call stack exhausted", .exhausted(stackExhaustion)),
        ("stack overflow", .exhausted(stackExhaustion)),
        ("maximum call stack size exceeded", .exhausted(stackExhaustion)),
        ("all fuel consumed", .exhausted(InvocationOutcome.fuelExhaustion)),
        ("interrupt", .exhausted(InvocationOutcome.fuelExhaustion)),
        ("allocation size too large", .exhausted(heapExhaustion)),
        ("out of memory", .exhausted(heapExhaustion)),
        ("out of bounds memory access", .trap(.outOfBoundsMemoryAccess)),
        ("memory access out of bounds", .trap(.outOfBoundsMemoryAccess)),
        ("out of bounds array access", .trap(.outOfBoundsArrayAccess)),
        ("array element access out of bounds", .trap(.outOfBoundsArrayAccess)),
        ("table index is out of bounds", .trap(.unnamed)),
        ("out of bounds table access", .trap(.unnamed)),
        ("undefined element", .trap(.undefinedElement)),
        ("uninitialized element", .trap(.uninitializedElement)),
        ("null function or function signature mismatch", .trap(.unnamed)),
        ("indirect call type mismatch", .trap(.indirectCallTypeMismatch)),
        ("indirect call signature mismatch", .trap(.indirectCallTypeMismatch)),
        ("integer divide by zero", .trap(.integerDivideByZero)),
        ("divide by zero", .trap(.integerDivideByZero)),
        ("remainder by zero", .trap(.integerDivideByZero)),
        ("divide result unrepresentable", .trap(.integerOverflow)),
        ("float unrepresentable in integer range", .trap(.unnamed)),
        ("integer overflow", .trap(.integerOverflow)),
        ("invalid conversion to integer", .trap(.invalidConversionToInteger)),
        ("cast failure", .trap(.castFailure)),
        ("illegal cast", .trap(.castFailure)),
        ("unreachable", .trap(.unreachable)),
    ]
}
