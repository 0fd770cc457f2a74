import WasmFormats
import WasmModel

/// Makes what the host of a test case puts behind the imports of one module, one after the other.
public struct HostAllocation {
    /// Functions of the host that no import of the module is: they are the imports of another instance, as only that has code for them.
    public struct ValueFunctions {
        let instance: CompiledInstance
        let firstOrdinal: Int

        /// Makes the functions that are the imports of an instance.
        /// - Parameter firstOrdinal: that of the first of them; those of the others follow.
        public init(importedBy instance: CompiledInstance, firstOrdinal: Int) {
            self.instance = instance
            self.firstOrdinal = firstOrdinal
            instance.state.namesFunctions = false
        }

        fileprivate func reference(to function: HostImport.ValueFunction) -> UInt64 {
            instance.state.reference(to: FunctionIndex(function.function.importOrdinal - firstOrdinal))
        }
    }

    private let store: CompiledStore
    private let types: ModuleTypes
    private let valueFunctions: ValueFunctions?
    /// What was made; nil for what is from elsewhere.
    private var items: [StoreItem?] = []
    /// By ordinal.
    private var functions: [Int: StoreItem] = [:]

    /// Makes an allocation.
    /// - Parameters:
    ///   - types: those of the module.
    ///   - valueFunctions: nil where there is no code for such functions.
    public init(_ store: CompiledStore, _ types: ModuleTypes, valueFunctions: ValueFunctions? = nil) {
        self.store = store
        self.types = types
        self.valueFunctions = valueFunctions
    }

    /// Takes what stands behind the next import from elsewhere.
    public mutating func skip() { items.append(nil) }

    /// Makes what stands behind the next import; nil where there is no value for it.
    public mutating func next(_ item: HostImport) throws(RuntimeFailure) -> StoreItem? {
        var made: StoreItem?
        switch item {
        case .function(let function, let type):
            made = functions[function.importOrdinal] ?? store.allocateFunction(function, type: type, in: types)
            functions[function.importOrdinal] = made
        case .table(let type, nil):
            made = try store.allocateTable(type, filledWith: .bits(V128(low: 0, high: 0)), in: types)
        case .table(let type, let element?):
            if let element = value(element) {
                made = try store.allocateTable(type, filledWith: element, in: types)
            }
        case .memory(let type): made = try store.allocateMemory(type)
        case .global(let type, let first):
            if let first = value(first) { made = try store.allocateGlobal(type, first, in: types) }
        case .tag(let type): made = try store.allocateTag(type, in: types)
        case .again(let position): made = items[position]
        case .unavailable: break
        }
        items.append(made)
        return made
    }

    /// Structures and arrays have an identity and nothing else, as compiled code cannot look into them.
    private func value(_ value: HostImport.Value) -> FirstValue? {
        func bits(_ low: UInt64) -> FirstValue { .bits(V128(low: low, high: 0)) }
        switch value {
        case .made(.function(let function)): return .functionToBe(function)
        case .made(let value): return .bits(value.bits)
        case .function(let function): return valueFunctions.map { bits($0.reference(to: function)) }
        case .structure: return bits(store.makeOpaqueReference(.structure))
        case .array: return bits(store.makeOpaqueReference(.array))
        }
    }
}
