/// A run of consecutive values: the parameters of a block, or the results of an instruction.
@frozen
public struct ValueRange: RandomAccessCollection, Hashable, Sendable {
    /// The number of the first value.
    public var lowerBound: UInt32
    /// How many values.
    public var length: UInt32

    /// Makes a run from its first value's number and its length.
    @inlinable
    public init(first: UInt32, count: UInt32) {
        self.lowerBound = first
        self.length = count
    }

    @inlinable public var startIndex: Int { 0 }
    @inlinable public var endIndex: Int { Int(length) }
    @inlinable public subscript(position: Int) -> Value { Value(Int(lowerBound) + position) }
}

extension IRFunction {
    /// The parameters of a block.
    @inlinable
    public func parameters(of block: Block) -> ValueRange {
        let record = blocks[block.position]
        return ValueRange(first: record.firstParameter, count: record.parameterCount)
    }

    /// The results of an instruction.
    @inlinable
    public func results(of instruction: InstructionRecord) -> ValueRange {
        ValueRange(first: instruction.firstResult, count: instruction.resultCount)
    }

    /// The terminator of a block.
    @inlinable
    public func terminator(of block: Block) -> InstructionRecord {
        instructions[blocks[block.position].instructions.positions.upperBound - 1]
    }

    /// The number of values.
    @inlinable
    public var valueCount: Int { valueTypes.count }
}
