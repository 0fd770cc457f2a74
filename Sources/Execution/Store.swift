import WasmFormats
import WasmModel

/// The instances of one engine, which may share functions, tables, memories, globals and tags.
///
/// This is all that anybody needs of running wasm: a test case, a script, a fuzz check and a measurement are each one function over it. A
/// store is used by one thread. Instances live as long as the store.
///
/// Spec: core 3.0, appendix "Embedding".
public protocol Store: AnyObject {
    /// Links and instantiates a module and calls its start function.
    ///
    /// Where that fails after segments were written, what was written stays.
    /// - Parameters:
    ///   - module: made ready by the engine of the store.
    ///   - imports: what stands behind the module's imports, in their order, one each. The store compares types.
    /// - Returns: a number that the store has not given before.
    func instantiate(
        _ module: any PreparedModule,
        imports: [ImportedItem]
    ) throws(InstantiationFailure) -> InstanceNumber

    /// Calls a function of an instance from outside.
    /// - Parameters:
    ///   - function: in the whole index space of the instance's module.
    ///   - arguments: as many and of such types as the function's type says.
    func invoke(
        _ function: FunctionIndex,
        of instance: InstanceNumber,
        _ arguments: [WasmValue]
    ) throws(EngineFailure) -> InvocationOutcome

    /// The value of a global, in the whole index space of the instance's module.
    func value(of global: GlobalIndex, in instance: InstanceNumber) throws(EngineFailure) -> WasmValue

    /// The bytes of a memory, in the whole index space of the instance's module.
    func bytes(of memory: MemoryIndex, in instance: InstanceNumber) throws(EngineFailure) -> [UInt8]

    /// The elements of a table, in the whole index space of the instance's module.
    func elements(of table: TableIndex, in instance: InstanceNumber) throws(EngineFailure) -> [WasmReference]

    /// The calls of functions of the host so far, in order.
    var hostCalls: HostCallLog { get }

    /// What is left of the fuel of the last call; nil where the engine does not count it.
    var remainingFuel: UInt64? { get }
}

/// An instance, by the number that its store gave.
public struct InstanceNumber: Hashable, Sendable {
    public var position: Int

    /// Makes the number of an instance.
    public init(_ position: Int) { self.position = position }
}

/// What stands behind an import of a module.
public enum ImportedItem: Hashable, Sendable {
    /// An item of another instance, in that instance's index space.
    case item(ExternalIndex, of: InstanceNumber)
    /// A function of the host, of the type that the import has.
    case host(HostFunction)
    /// A function of the system interface.
    case system(SystemFunction)
    /// A table, memory, global or tag of the host, made as the import asks for it.
    case made

    /// The instance that the item belongs to; nil for what is the host's.
    public var exporter: InstanceNumber? {
        switch self {
        case .item(_, let instance): instance
        case .host, .system, .made: nil
        }
    }
}

/// Why a module could not be instantiated.
public enum InstantiationFailure: Error, Hashable, Sendable {
    /// The item behind the import at a position has another type.
    case incompatibleImport(position: Int)
    /// A segment did not fit, a limit was reached, or the start function did not return.
    case ended(InvocationOutcome)
    case engine(EngineFailure)
}
