import Invariants

/// Builds a ``IRFunction`` by appending: blocks are declared first and filled one after another, in the order of the layout.
///
/// The entry block is declared and begun by the initialiser. A block is filled between ``begin(_:)`` and its terminator. ``finish()``
/// numbers the blocks in the order in which they were begun; blocks that were never begun must not be the target of a branch.
/// The builder does not check types: that is the work of ``Verifier``.
public struct FunctionBuilder: Sendable {
    var function: IRFunction
    /// The blocks that were begun, in order.
    private var layout: [Block] = []
    private var current: Block?
    private var signatureNumbers: [Signature: UInt32] = [:]
    /// The offset in the wasm binary, in bytes, that the next instructions carry; `UInt32.max` where unknown.
    public var wasmOffset: UInt32 = .max

    /// Starts a function, whose entry block has the parameters of the signature.
    public init(name: String, signature: Signature) {
        function = IRFunction(name: name, signature: signature)
        let entry = makeBlock(parameters: signature.parameters)
        begin(entry)
    }

    // MARK: Blocks

    /// The entry block.
    public var entry: Block { Block(0) }

    /// The block that is being filled; nil after a terminator.
    public var currentBlock: Block? { current }

    /// Declares a block with parameters of the given types.
    public mutating func makeBlock(parameters: some Sequence<IRType> = [IRType]()) -> Block {
        let first = function.valueTypes.count
        function.valueTypes.append(contentsOf: parameters)
        function.blocks.append(
            BlockRecord(
                firstParameter: UInt32(first),
                parameterCount: UInt32(function.valueTypes.count - first),
                instructions: .empty
            )
        )
        return Block(function.blocks.count - 1)
    }

    /// The parameters of a declared block.
    public func parameters(of block: Block) -> ValueRange { function.parameters(of: block) }

    /// The type of a value that was made.
    public func type(of value: Value) -> IRType { function.type(of: value) }

    /// Starts to fill a block, which comes next in the layout.
    public mutating func begin(_ block: Block) {
        invariant(current == nil, "the block before ends with a terminator")
        invariant(function.blocks[block.position].instructions.count == 0, "a block is filled once")
        function.blocks[block.position].instructions.start = UInt32(function.instructions.count)
        layout.append(block)
        current = block
    }

    // MARK: Instructions

    /// Appends an instruction without operands and answers its result.
    @discardableResult
    public mutating func emit(_ operation: Operation, _ type: IRType, immediate: Int64 = 0) -> Value {
        append(operation, type, operands: .empty, immediate: immediate)
    }

    /// Appends an instruction with one operand and answers its result; without a result the answer has no meaning.
    @discardableResult
    public mutating func emit(
        _ operation: Operation,
        _ type: IRType,
        _ first: Value,
        immediate: Int64 = 0
    ) -> Value {
        emit(operation, type, operands: CollectionOfOne(first), immediate: immediate)
    }

    /// Appends an instruction with two operands and answers its result; without a result the answer has no meaning.
    @discardableResult
    public mutating func emit(
        _ operation: Operation,
        _ type: IRType,
        _ first: Value,
        _ second: Value,
        immediate: Int64 = 0
    ) -> Value {
        let start = pooledValueCount
        pool(first)
        pool(second)
        return append(operation, type, operands: PoolRange(start: start, count: 2), immediate: immediate)
    }

    /// Appends an instruction with three operands and answers its result; without a result the answer has no meaning.
    @discardableResult
    public mutating func emit(
        _ operation: Operation,
        _ type: IRType,
        _ first: Value,
        _ second: Value,
        _ third: Value,
        immediate: Int64 = 0
    ) -> Value {
        let start = pooledValueCount
        pool(first)
        pool(second)
        pool(third)
        return append(operation, type, operands: PoolRange(start: start, count: 3), immediate: immediate)
    }

    /// Appends an instruction with a list of operands and answers its result; without a result the answer has no meaning.
    @discardableResult
    public mutating func emit(
        _ operation: Operation,
        _ type: IRType,
        operands: some Sequence<Value>,
        immediate: Int64 = 0
    ) -> Value {
        append(operation, type, operands: pool(operands), immediate: immediate)
    }

    /// Appends a constant of a scalar type.
    /// - Parameter bits: the number's bits; those above the type's width are not looked at.
    public mutating func constant(_ type: IRType, _ bits: Int64) -> Value {
        emit(.constant, type, immediate: type == .i32 || type == .f32 ? Int64(Int32(truncatingIfNeeded: bits)) : bits)
    }

    /// Appends a constant vector.
    public mutating func constantVector(low: UInt64, high: UInt64) -> Value {
        emit(.constantVector, .v128, immediate: number(of: (low, high)))
    }

    /// Adds a vector to those of the function, for the immediate of an operation.
    mutating func number(of vector: (low: UInt64, high: UInt64)) -> Int64 {
        function.vectorConstants.append(vector)
        return Int64(function.vectorConstants.count - 1)
    }

    // MARK: Terminators

    /// Ends the block with a jump.
    public mutating func jump(to block: Block, arguments: some Sequence<Value> = [Value]()) {
        jump(to: BlockCall(block: block, arguments: pool(arguments)))
    }

    /// Ends the block with a jump whose arguments are in the pool already.
    mutating func jump(to call: BlockCall) {
        terminate(.jump, operands: .empty, targets: pool(targets: CollectionOfOne(call)))
    }

    /// Ends the block with a jump whose arguments come in two parts.
    mutating func jump(to block: Block, arguments: some Sequence<Value>, and more: some Sequence<Value>) {
        var range = pool(arguments)
        range.count += pool(more).count
        jump(to: BlockCall(block: block, arguments: range))
    }

    /// Ends the block with a branch on a condition of type i32.
    public mutating func branchIf(
        _ condition: Value,
        then: Block,
        arguments thenArguments: some Sequence<Value> = [Value](),
        else otherwise: Block,
        arguments elseArguments: some Sequence<Value> = [Value]()
    ) {
        let first = BlockCall(block: then, arguments: pool(thenArguments))
        let second = BlockCall(block: otherwise, arguments: pool(elseArguments))
        let operands = pool(CollectionOfOne(condition))
        let start = function.targetPool.count
        function.targetPool.append(first)
        function.targetPool.append(second)
        terminate(.branchIf, operands: operands, targets: PoolRange(start: start, count: 2))
    }

    /// Ends the block with a branch on an index of type i32; the last target is for all indices beyond.
    public mutating func branchTable(_ index: Value, targets: some Sequence<Block>) {
        let operands = pool(CollectionOfOne(index))
        let range = pool(targets: targets.lazy.map { BlockCall(block: $0, arguments: .empty) })
        terminate(.branchTable, operands: operands, targets: range)
    }

    /// Ends the block with the function's return.
    public mutating func `return`(_ results: some Sequence<Value> = [Value]()) {
        terminate(.return, operands: pool(results), targets: .empty)
    }

    /// Ends the block with a trap.
    /// - Parameter code: the number of the trap in compiled code.
    public mutating func trap(code: UInt32) {
        terminate(.trap, operands: .empty, targets: .empty, immediate: Int64(code))
    }

    // MARK: Whole records

    /// Appends a copy of an instruction of another function with other operands, which are in the pool already, targets and results.
    ///
    /// The results get new consecutive numbers. A terminator ends the block.
    @discardableResult
    mutating func copy(
        _ instruction: InstructionRecord,
        of source: IRFunction,
        operands: PoolRange,
        targets: some Sequence<BlockCall>
    ) -> ValueRange {
        var record = instruction
        record.operands = operands
        record.targets = pool(targets: targets)
        record.firstResult = UInt32(function.valueTypes.count)
        for result in source.results(of: instruction) { function.valueTypes.append(source.type(of: result)) }
        if instruction.operation.isCall {
            record.signature = number(of: source.signatures[Int(instruction.signature)])
        }
        if instruction.operation.namesVector {
            record.immediate = number(of: source.vectorConstants[Int(instruction.immediate)])
        }
        append(record)
        if record.operation.isTerminator { close() }
        return ValueRange(first: record.firstResult, count: record.resultCount)
    }

    /// How many operands and arguments there are.
    var pooledValueCount: Int { function.valuePool.count }

    /// Puts a value in the pool, as an operand or an argument of what is appended next.
    mutating func pool(_ value: Value) { function.valuePool.append(value) }

    /// Puts another value in the place of one in the pool.
    mutating func replacePooled(at position: Int, with value: Value) { function.valuePool[position] = value }

    mutating func pool(_ values: some Sequence<Value>) -> PoolRange {
        let start = function.valuePool.count
        function.valuePool.append(contentsOf: values)
        return PoolRange(start: start, count: function.valuePool.count - start)
    }

    // MARK: The function

    /// The function, with its blocks numbered by the layout.
    public consuming func finish() -> IRFunction {
        invariant(current == nil, "the last block ends with a terminator")
        var numbers = [Block](repeating: Block(Int(UInt32.max)), count: function.blocks.count)
        var blocks: [BlockRecord] = []
        blocks.reserveCapacity(layout.count)
        for (position, block) in layout.enumerated() {
            numbers[block.position] = Block(position)
            blocks.append(function.blocks[block.position])
        }
        for position in function.targetPool.indices {
            let number = numbers[function.targetPool[position].block.position]
            invariant(number.index != .max, "the target of a branch was filled")
            function.targetPool[position].block = number
        }
        function.blocks = blocks
        return function
    }

    // MARK: Parts

    private mutating func pool(targets: some Sequence<BlockCall>) -> PoolRange {
        let start = function.targetPool.count
        function.targetPool.append(contentsOf: targets)
        return PoolRange(start: start, count: function.targetPool.count - start)
    }

    mutating func number(of signature: Signature) -> UInt32 {
        if let last = function.signatures.last, last == signature { return UInt32(function.signatures.count - 1) }
        if let known = signatureNumbers[signature] { return known }
        let number = UInt32(function.signatures.count)
        function.signatures.append(signature)
        signatureNumbers[signature] = number
        return number
    }

    private mutating func append(
        _ operation: Operation,
        _ type: IRType,
        operands: PoolRange,
        immediate: Int64
    ) -> Value {
        let first = function.valueTypes.count
        if let result = operation.resultType(type) { function.valueTypes.append(result) }
        append(
            InstructionRecord(
                operation: operation,
                type: type,
                operands: operands,
                firstResult: UInt32(first),
                resultCount: UInt32(function.valueTypes.count - first),
                targets: .empty,
                signature: 0,
                immediate: immediate,
                wasmOffset: wasmOffset
            )
        )
        return Value(first)
    }

    private mutating func terminate(
        _ operation: Operation,
        operands: PoolRange,
        targets: PoolRange,
        immediate: Int64 = 0
    ) {
        append(
            InstructionRecord(
                operation: operation,
                type: .i32,
                operands: operands,
                firstResult: UInt32(function.valueTypes.count),
                resultCount: 0,
                targets: targets,
                signature: 0,
                immediate: immediate,
                wasmOffset: wasmOffset
            )
        )
        close()
    }

    mutating func append(_ record: InstructionRecord) {
        invariant(current != nil, "an instruction stands in a block")
        function.instructions.append(record)
    }

    mutating func close() {
        guard let block = current else { return }
        let start = function.blocks[block.position].instructions.start
        function.blocks[block.position].instructions.count = UInt32(function.instructions.count) - start
        current = nil
    }
}
