import WasmFormats
import WasmModel

/// A module whose index spaces are bound to the items of a store.
///
/// Spec: core 3.0, section 4.2.4 "Module Instances".
public final class ModuleInstance {
    /// The module.
    public let module: ValidatedModule
    /// The store type of every type.
    let types: [UInt32]
    /// The addresses of all functions, imports first.
    public internal(set) var functions: [FunctionAddress] = []
    /// The addresses of all tables, imports first.
    public internal(set) var tables: [TableAddress] = []
    /// The addresses of all memories, imports first.
    public internal(set) var memories: [MemoryAddress] = []
    /// The addresses of all globals, imports first.
    public internal(set) var globals: [GlobalAddress] = []
    /// The addresses of all tags, imports first.
    public internal(set) var tags: [TagAddress] = []
    /// What the module offers, in the order of its exports.
    public internal(set) var exports: [ExternalValue] = []
    /// What the module offers, by the exact name.
    var exportsByName: [ExactName: ExternalValue] = [:]
    /// The position in the store of the first element segment; the others follow.
    var firstElementSegment = 0
    /// The position in the store of the first data segment; the others follow.
    var firstDataSegment = 0
    /// The first word of every field of the structures that were asked for, and behind them the number of words.
    private var structureLayouts: [TypeIndex: [UInt32]] = [:]
    /// The lowest index of every function, by address; made at the first question.
    private lazy var functionIndices: [FunctionAddress: FunctionIndex] = {
        Dictionary(
            functions.enumerated().map { ($1, FunctionIndex($0)) },
            uniquingKeysWith: { first, _ in first }
        )
    }()

    /// The memory that functions of the host work on; nil where there is none.
    private(set) lazy var memoryForHost = module.module.memoryForHost

    init(module: ValidatedModule, types: [UInt32]) {
        self.module = module
        self.types = types
    }

    /// The lowest index by which the module knows a function; nil where it has none.
    public func index(of function: FunctionAddress) -> FunctionIndex? { functionIndices[function] }

    /// The number of 8-byte words that the fields of a structure type take.
    func structureWords(_ type: TypeIndex) -> UInt32 { structureLayout(type).last ?? 0 }

    /// The first word of a field of a structure type.
    func structureOffset(_ type: TypeIndex, _ field: FieldIndex) -> UInt32 { structureLayout(type)[field.position] }

    private func structureLayout(_ type: TypeIndex) -> [UInt32] {
        if let layout = structureLayouts[type] { return layout }
        guard case .structure(let fields) = module.module.types[type.position].composite else { return [] }
        var layout: [UInt32] = [0]
        layout.reserveCapacity(fields.count + 1)
        for field in fields {
            layout.append(layout[layout.count - 1] + UInt32(StorageKind(field.storage).slotCount))
        }
        structureLayouts[type] = layout
        return layout
    }

    /// What the module offers under a name; nil where there is nothing.
    public func export(_ name: String) -> ExternalValue? { exportsByName[ExactName(name)] }

    /// The exported function of a name.
    public func exportedFunction(_ name: String) -> FunctionAddress? {
        if case .function(let address) = export(name) { address } else { nil }
    }
}

/// A name as WebAssembly compares names: code point by code point, where strings of Swift are equal by canonical
/// equivalence.
///
/// Spec: core 3.0, section 2.2.4 "Names".
struct ExactName: Hashable {
    let bytes: [UInt8]

    init(_ name: String) { bytes = Array(name.utf8) }
}
