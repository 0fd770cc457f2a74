import MachineCode
import WasmFormats
import WasmModel

/// An instance of a compiled module in a store, which it keeps alive.
public struct CompiledInstance {
    /// The store that the instance belongs to.
    public let store: CompiledStore
    let state: InstanceState

    init(store: CompiledStore, state: InstanceState) {
        self.store = store
        self.state = state
    }

    /// Makes an instance in a store of its own; what it imports is that of ``WasmFormats/HostImport``.
    /// - Throws: ``RuntimeFailure``; also where the host has no value for an import.
    public init(
        _ module: ValidatedModule,
        compiled: CompiledModule,
        runner: any CodeRunner,
        limits: CompiledStore.Limits = CompiledStore.Limits()
    ) throws(RuntimeFailure) {
        let store = try CompiledStore(runner: runner, limits: limits)
        let imports = try store.allocateImports(of: module)
        self = try store.instantiate(module, compiled: compiled, imports: imports)
    }

    /// What the module is.
    public var module: ValidatedModule { state.module }
    /// The compiled code, as it was emitted.
    public var compiled: CompiledModule { state.compiled }

    /// Calls a function from outside.
    /// - Parameter arguments: as many as the function has parameters, of their types.
    /// - Throws: where the function cannot be called from outside, or memory for the values is missing.
    public func call(_ function: FunctionIndex, _ arguments: [WasmValue]) throws(RuntimeFailure) -> CallEnd {
        try store.call(state, function, arguments)
    }

    /// The value of a global.
    public func globalValue(_ global: GlobalIndex) -> WasmValue {
        let cell = state.globals[global.position]
        return state.value(at: cell.address, of: cell.type.valueType)
    }

    /// The bytes of a memory.
    public func memoryBytes(_ memory: MemoryIndex) -> [UInt8] {
        let memory = state.memories[memory.position]
        return [UInt8](UnsafeRawBufferPointer(start: memory.pages.start, count: memory.byteCount))
    }

    /// The elements of a table.
    public func tableElements(_ table: TableIndex) -> [WasmReference] {
        let table = state.tables[table.position]
        return table.elements.map { state.reference($0, of: table.type.element) }
    }
}
