import WasmFormats
import WasmModel

/// Adds what the host of a test case puts behind the imports of one module, after its functions were added.
struct HostAllocation {
    private let store: InterpreterStore
    private let types: ModuleTypes
    /// What stands behind the imported functions.
    private let functions: [FunctionAddress]
    private var functionCount = 0
    /// What was added, in the order of the imports.
    private var items: [ExternalValue] = []
    /// By ordinal.
    private var valueFunctions: [Int: FunctionAddress] = [:]

    init(_ store: InterpreterStore, _ types: ModuleTypes, functions: [FunctionAddress]) {
        self.store = store
        self.types = types
        self.functions = functions
    }

    /// Takes what stands behind the next import from elsewhere.
    mutating func skip(_ value: ExternalValue) {
        if case .function = value { functionCount += 1 }
        items.append(value)
    }

    /// Adds what stands behind the next import; nil where there is no value for it.
    mutating func next(_ item: HostImport) throws(InstantiationError) -> ExternalValue? {
        let value: ExternalValue
        switch item {
        case .function: value = .function(functions[functionCount])
        case .table(let type, nil): value = .table(try store.allocateTable(type, in: types))
        case .table(let type, let element?):
            value = .table(try store.allocateTable(type, filledWith: try bits(of: element).low, in: types))
        case .memory(let type): value = .memory(try store.allocateMemory(type))
        case .global(let type, let first):
            value = .global(store.allocateGlobal(type, try bits(of: first), in: types))
        case .tag(let type): value = .tag(store.allocateTag(type, in: types))
        case .again(let position): value = items[position]
        case .unavailable: return nil
        }
        skip(value)
        return value
    }

    /// A value as it stands in slots.
    private mutating func bits(of value: HostImport.Value) throws(InstantiationError) -> V128 {
        switch value {
        case .made(let value): return store.slotBits(of: value, functions)
        case .function(let function): return V128(low: UInt64(address(of: function).rawValue) + 1, high: 0)
        case .structure(let type): return try object(Instruction(.structNewDefault, .type(type)))
        case .array(let type): return try object(Instruction(.arrayNewFixed, .typeAndLength(type, 0)))
        }
    }

    private mutating func address(of function: HostImport.ValueFunction) -> FunctionAddress {
        let ordinal = function.function.importOrdinal
        if let known = valueFunctions[ordinal] { return known }
        let address =
            function.type.map { store.allocateFunction(function.function, type: $0, in: types) }
            ?? store.allocateFunction(function.function)
        valueFunctions[ordinal] = address
        return address
    }

    private func object(_ instruction: Instruction) throws(InstantiationError) -> V128 {
        var stack: [V128] = []
        let module = ModuleInstance(module: types.module, types: types.numbers)
        try store.evaluateAggregate(instruction, in: module, &stack)
        return stack[0]
    }
}
