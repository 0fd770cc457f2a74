import WasmFormats
import WasmInterpreter
import WasmModel

/// A module in the text format, instantiated in a store of its own.
struct Program {
    let store: InterpreterStore
    let instance: ModuleInstance

    init(
        _ text: String,
        limits: ExecutionLimits = ExecutionLimits(),
        imports: (InterpreterStore) -> [ExternalValue] = { _ in [] }
    )
        throws
    {
        store = InterpreterStore(limits: limits)
        let module = try Validator.validate(try TextParser.module(text))
        instance = try store.instantiate(module, imports: imports(store))
    }

    /// Calls an export; nil where there is none of the name.
    func run(_ name: String = "f", _ arguments: WasmValue...) -> CallOutcome? { run(name, arguments) }

    /// Calls an export; nil where there is none of the name.
    func run(_ name: String, _ arguments: [WasmValue]) -> CallOutcome? {
        instance.exportedFunction(name).map { store.invoke($0, arguments) }
    }
}

/// `count` times the text that a number gives, separated by blanks.
func list(_ range: Range<Int>, _ text: (Int) -> String) -> String { range.map(text).joined(separator: " ") }

/// Returned `i32` values.
func returned(_ values: [Int]) -> CallOutcome {
    .returned(values.map { .i32(UInt32(truncatingIfNeeded: $0)) })
}
