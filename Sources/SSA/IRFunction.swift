/// A function in static single assignment form, with block parameters instead of phis, in flat pools.
///
/// Every value is defined once, by a block parameter or an instruction; the parameters of block 0 are those of the function. The results
/// of an instruction are consecutive values. ``Verifier`` says what must hold. The pools can be changed from outside.
public struct IRFunction: Sendable {
    public var name: String
    public var signature: Signature
    /// The type of each value, by its number.
    public var valueTypes: [IRType] = []
    /// In the order of the layout: every block but the entry comes after at least one of its predecessors.
    public var blocks: [BlockRecord] = []
    /// All instructions of all blocks, each block's in a row, in the order of ``blocks``, which is the layout.
    public var instructions: [InstructionRecord] = []
    /// The operands of instructions and the arguments of block calls.
    public var valuePool: [Value] = []
    public var targetPool: [BlockCall] = []
    /// The signatures of calls, without duplicates.
    public internal(set) var signatures: [Signature] = []
    public internal(set) var vectorConstants: [(low: UInt64, high: UInt64)] = []
    /// By byte offset of an i64 field of the instance context: what it never is less than, without sign. Not part of the text
    /// form; ``optimized()`` uses it up.
    var contextMinimums: [Int64: UInt64] = [:]

    /// Makes a function without blocks.
    public init(name: String, signature: Signature) {
        self.name = name
        self.signature = signature
    }

    /// The operands of an instruction.
    @inlinable
    public func operands(of instruction: InstructionRecord) -> ArraySlice<Value> {
        valuePool[instruction.operands.positions]
    }

    /// The targets of a terminator.
    @inlinable
    public func targets(of instruction: InstructionRecord) -> ArraySlice<BlockCall> {
        targetPool[instruction.targets.positions]
    }

    /// The arguments that a block call passes to the parameters of its block.
    @inlinable
    public func arguments(of call: BlockCall) -> ArraySlice<Value> {
        valuePool[call.arguments.positions]
    }

    /// The type of a value.
    @inlinable
    public func type(of value: Value) -> IRType { valueTypes[value.position] }
}

/// One block: its parameters and its instructions.
public struct BlockRecord: Hashable, Sendable {
    /// The parameters are the consecutive values from here on.
    public var firstParameter: UInt32
    public var parameterCount: UInt32
    /// The positions in ``IRFunction/instructions``; the last one is the terminator.
    public var instructions: PoolRange
}

/// A branch to a block with arguments for its parameters.
public struct BlockCall: Hashable, Sendable {
    public var block: Block
    /// In ``IRFunction/valuePool``.
    public var arguments: PoolRange

    /// Makes a branch.
    public init(block: Block, arguments: PoolRange) {
        self.block = block
        self.arguments = arguments
    }
}

/// One instruction.
public struct InstructionRecord: Hashable, Sendable {
    public var operation: Operation
    public var type: IRType
    /// In ``IRFunction/valuePool``.
    public var operands: PoolRange
    /// The results are the consecutive values from here on.
    public var firstResult: UInt32
    public var resultCount: UInt32
    /// In ``IRFunction/targetPool``.
    public var targets: PoolRange
    /// In ``IRFunction/signatures``, for calls.
    public var signature: UInt32
    /// What the operation says: bits, byte offset, function index, trap code.
    public var immediate: Int64
    /// Where the wasm instruction stands in the module's binary, in bytes; `UInt32.max` where unknown.
    public var wasmOffset: UInt32
}
