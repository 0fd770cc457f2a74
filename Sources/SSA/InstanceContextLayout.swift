import WasmModel

/// Where compiled code finds the state of its instance: byte offsets in the instance context, to which the pinned context register points.
///
/// The header is the same for all modules; the arrays after it depend on the module's index spaces. All fields are 8 bytes wide and
/// little-endian but for globals, which have cells of 16 bytes, and type identifiers, which have 4.
public struct InstanceContextLayout: Hashable, Sendable {
    // MARK: Header
    /// The frame pointer of the innermost entry stub's frame, which traps return to.
    public static let entryFramePointer = 0
    /// The lowest address that a frame may reach.
    public static let stackLimit = 8
    /// The address of the host gate: C ABI (context, callee number, address of 16-byte values) -> trap code, 0 for none.
    public static let hostGate = 16
    /// A number for the host.
    public static let hostData = 24
    /// The size of the header, in bytes.
    public static let headerSize = 64

    /// The callee number of the host gate for a runtime function: this plus its raw value; smaller numbers are imported functions.
    public static let firstRuntimeCallee: UInt32 = 1 << 30

    // MARK: Records outside the context
    /// A function reference points to a record with the code address, the context address and the type identifier.
    public enum FunctionRecord {
        public static let code = 0
        public static let context = 8
        public static let typeIdentifier = 16
        /// Size of the record, in bytes.
        public static let size = 32
    }

    /// The code by which compiled code says that the stack limit was reached; above all trap codes.
    public static let stackExhaustedCode: UInt32 = 0x1000

    private let memoryCount: Int
    private let tableCount: Int
    private let globalCount: Int
    private let typeCount: Int

    /// Computes the layout for index spaces of so many items, imports included.
    public init(memories: Int, tables: Int, globals: Int, types: Int) {
        memoryCount = memories
        tableCount = tables
        globalCount = globals
        typeCount = types
    }

    /// The address of a memory's first byte.
    public func memoryBase(_ memory: MemoryIndex) -> Int { Self.headerSize + memory.position * 16 }
    /// The size of a memory, in bytes.
    public func memoryLength(_ memory: MemoryIndex) -> Int { memoryBase(memory) + 8 }
    /// The address of a table's first element; an element is an 8-byte reference, zero for null.
    public func tableBase(_ table: TableIndex) -> Int { Self.headerSize + memoryCount * 16 + table.position * 16 }
    /// The size of a table, in elements.
    public func tableLength(_ table: TableIndex) -> Int { tableBase(table) + 8 }
    /// The 16-byte cell of a global.
    public func globalCell(_ global: GlobalIndex) -> Int {
        Self.headerSize + (memoryCount + tableCount + global.position) * 16
    }
    /// The 4-byte canonical identifier of a type, by which indirect calls compare.
    public func typeIdentifier(_ type: TypeIndex) -> Int {
        Self.headerSize + (memoryCount + tableCount + globalCount) * 16 + type.position * 4
    }
    /// The size of the whole context, in bytes, a multiple of 16.
    public var size: Int { (typeIdentifier(TypeIndex(typeCount)) + 15) & ~15 }
}
