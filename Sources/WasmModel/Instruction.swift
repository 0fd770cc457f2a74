/// One instruction as it stands in a function body: the opcode and its immediate operands.
///
/// Bodies are flat, as in the binary format: `block`, `loop`, `if`, `else` and `end` are instructions like any other, and every
/// body ends with an `end`.
public struct Instruction: Hashable, Sendable {
    // The order of the two makes 24 bytes of an instruction; the other way round it has 32.
    public var immediate: Immediate
    public var opcode: Opcode

    /// Makes an instruction; the immediate must be of the kind that the opcode's row names.
    @inlinable
    public init(_ opcode: Opcode, _ immediate: Immediate = .none) {
        self.opcode = opcode
        self.immediate = immediate
    }
}

/// The immediate operands of an instruction; the payload is at most 16 bytes, what is larger is boxed.
///
/// Spec: core 3.0, section 5.4 "Instructions".
public enum Immediate: Hashable, Sendable {
    case none
    case i32(Int32)
    case i64(Int64)
    /// The bits of the number, so that a NaN keeps its payload.
    case f32(UInt32)
    /// The bits of the number, so that a NaN keeps its payload.
    case f64(UInt64)
    case v128(V128)
    case block(BlockType)
    indirect case tryTable(BlockType, [CatchClause])
    case label(LabelIndex)
    /// The targets of `br_table`; the last one is the default.
    case labelTable([LabelIndex])
    case local(LocalIndex)
    case global(GlobalIndex)
    case function(FunctionIndex)
    case callIndirect(TypeIndex, TableIndex)
    case type(TypeIndex)
    case types(TypeIndex, TypeIndex)
    case typeAndField(TypeIndex, FieldIndex)
    case typeAndLength(TypeIndex, UInt32)
    case typeAndData(TypeIndex, DataIndex)
    case typeAndElement(TypeIndex, ElementIndex)
    case table(TableIndex)
    /// Destination, source.
    case tables(TableIndex, TableIndex)
    case elementAndTable(ElementIndex, TableIndex)
    case element(ElementIndex)
    case memory(MemoryIndex)
    /// Destination, source.
    case memories(MemoryIndex, MemoryIndex)
    case dataAndMemory(DataIndex, MemoryIndex)
    case data(DataIndex)
    case memoryArgument(MemoryArgument)
    indirect case memoryArgumentAndLane(MemoryArgument, UInt8)
    case lane(UInt8)
    /// The sixteen lane numbers of `i8x16.shuffle`, lane 0 in the lowest byte.
    case lanes(V128)
    case tag(TagIndex)
    case selectTypes([ValueType])
    /// Also the target of `ref.test` and `ref.cast`, whose nullability is part of the opcode.
    case heapType(HeapType)
    /// Label, source type, target type of `br_on_cast` and `br_on_cast_fail`.
    indirect case castBranch(LabelIndex, ReferenceType, ReferenceType)
}

/// The type of a block: shorthand for at most one result, or a function type.
///
/// Spec: core 3.0, section 5.4.1 "Parametric/Control Instructions".
public enum BlockType: Hashable, Sendable {
    case empty
    case result(ValueType)
    case type(TypeIndex)
}

/// Where a memory instruction accesses: which memory, the constant offset, the alignment hint.
public struct MemoryArgument: Hashable, Sendable {
    /// In bytes.
    public var offset: UInt64
    public var memory: MemoryIndex
    /// The exponent of the power of two.
    public var alignment: UInt8

    /// Makes a memory argument.
    @inlinable
    public init(offset: UInt64 = 0, memory: MemoryIndex = 0, alignment: UInt8) {
        self.offset = offset
        self.memory = memory
        self.alignment = alignment
    }
}

/// One clause of a `try_table`.
public enum CatchClause: Hashable, Sendable {
    case tag(TagIndex, LabelIndex)
    case tagWithReference(TagIndex, LabelIndex)
    case all(LabelIndex)
    case allWithReference(LabelIndex)

    /// The label that the clause branches to.
    public var label: LabelIndex {
        switch self {
        case .tag(_, let label), .tagWithReference(_, let label), .all(let label), .allWithReference(let label): label
        }
    }
}

/// The 128 bits of a vector, byte 0 lowest.
@frozen
public struct V128: Hashable, Sendable {
    /// Bytes 0 to 7.
    public var low: UInt64
    /// Bytes 8 to 15.
    public var high: UInt64

    /// Makes a vector from its halves.
    @inlinable
    public init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }
}
