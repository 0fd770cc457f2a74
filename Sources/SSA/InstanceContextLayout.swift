import WasmModel

/// Where compiled code finds the state of its instance: byte offsets in the instance context, to which the pinned context register points.
///
/// The header is the same for all modules; the arrays after it depend on the module's index spaces. All fields are 8 bytes wide and
/// little-endian but for globals, which have cells of 16 bytes, and type identifiers, which have 4.
public struct InstanceContextLayout: Hashable, Sendable {
    // MARK: Header
    /// The address of the ``StoreState``.
    public static let storeState = 0
    /// The lowest address that a frame may reach.
    public static let stackLimit = 8
    /// The address of the host gate: C ABI (context, callee number, address of 16-byte values, frame pointer of the
    /// stub that calls it) -> trap code, 0 for none. At a frame pointer are the caller's frame pointer and, 8 bytes above it, the
    /// return address into the caller, up to the entry stub's frame.
    public static let hostGate = 16
    /// A number for the host.
    public static let hostData = 24
    /// The address of the instance's ``FunctionRecord``s, one for every function of the index space.
    public static let functionRecords = 32
    /// The size of the header, in bytes.
    public static let headerSize = 64

    /// The callee number of the host gate for a runtime function: this plus its raw value; smaller numbers are imported functions.
    public static let firstRuntimeCallee: UInt32 = 1 << 30

    // MARK: Records outside the context
    /// What all instances of a store share: byte offsets.
    public enum StoreState {
        /// The frame pointer of the innermost entry stub's frame, which traps return to.
        public static let entryFramePointer = 0
        /// Where the exception that was thrown last goes on: code address, frame pointer, stack pointer, context.
        public static let landingAddress = 8
        public static let landingFramePointer = 16
        public static let landingStackPointer = 24
        public static let landingContext = 32
        /// The reference to the exception that was thrown last.
        public static let exception = 40
        /// How often loops and functions may still begin, where the code counts fuel; a count of 8 bytes.
        public static let fuel = 48
        /// Size of the state, in bytes.
        public static let size = 64
    }

    /// A function reference points to a record with the code address, the context address and the type identifier.
    public enum FunctionRecord {
        public static let code = 0
        public static let context = 8
        public static let typeIdentifier = 16
        /// Size of the record, in bytes.
        public static let size = 32
    }

    /// An exception reference points to a record with the tag's identity, the number of values and the values, in 16 bytes each.
    public enum ExceptionRecord {
        public static let tag = 0
        public static let valueCount = 8
        public static let firstValue = 16
        /// Size of each value, in bytes.
        public static let valueSize = 16
    }

    /// The code by which compiled code says that the stack limit was reached; above all trap codes.
    public static let stackExhaustedCode: UInt32 = 0x1000
    /// The code by which compiled code that counts says that the fuel in the ``StoreState`` is used up.
    public static let fuelExhaustedCode: UInt32 = 0x1003
    /// The answer of the host gate for ``RuntimeFunction/throwReference`` when it has found a landing and put it into the
    /// ``StoreState``: the code goes on there.
    public static let exceptionLandedCode: UInt32 = 0x1001
    /// The answer of the host gate for ``RuntimeFunction/throwReference`` when no frame of the call from outside has a
    /// landing: the entry stub returns it, and the exception is in the ``StoreState``.
    public static let uncaughtExceptionCode: UInt32 = 0x1002

    private let memoryCount: Int
    private let tableCount: Int
    private let globalCount: Int
    private let tagCount: Int
    private let typeCount: Int

    /// Computes the layout for index spaces of so many items, imports included.
    public init(memories: Int, tables: Int, globals: Int, tags: Int, types: Int) {
        memoryCount = memories
        tableCount = tables
        globalCount = globals
        tagCount = tags
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
    /// The 16-byte cell of a global: the value, or for an imported global the address of its cell in its own instance, in 8 bytes.
    public func globalCell(_ global: GlobalIndex) -> Int {
        Self.headerSize + (memoryCount + tableCount + global.position) * 16
    }
    /// The identity of a tag: an address that no other tag of the store has.
    public func tag(_ tag: TagIndex) -> Int {
        Self.headerSize + (memoryCount + tableCount + globalCount) * 16 + tag.position * 8
    }
    /// The 4-byte identifier of a type, the same for the same type in all instances of a store, by which indirect calls compare.
    public func typeIdentifier(_ type: TypeIndex) -> Int { tag(TagIndex(tagCount)) + type.position * 4 }
    /// The size of the whole context, in bytes, a multiple of 16.
    public var size: Int { (typeIdentifier(TypeIndex(typeCount)) + 15) & ~15 }
}
