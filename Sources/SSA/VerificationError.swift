/// A rule of SSA form that a function breaks, and where.
public struct VerificationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The rule that is broken.
    public enum Reason: Hashable, Sendable {
        /// The function has no blocks.
        case noBlocks
        /// The instructions of the block do not follow those of the block before it, or some belong to no block.
        case instructionsNotInLayoutOrder
        /// The block does not end with a terminator.
        case missingTerminator
        /// A terminator stands before the end of the block.
        case terminatorInsideBlock
        /// A list of the instruction is not in its pool.
        case listOutsidePool
        /// The parameters of block 0 are not those of the signature.
        case entryParameters
        /// A branch goes to block 0.
        case branchToEntry
        /// A target is not a block of the function.
        case unknownBlock(Block)
        /// Control cannot reach the block.
        case unreachableBlock
        /// No predecessor comes before the block in the layout.
        case noEarlierPredecessor
        /// The value has two definitions.
        case definedTwice(Value)
        /// The value has no definition.
        case undefined(Value)
        /// The definition does not come before the use on every path.
        case definitionDoesNotDominate(Value)
        /// The operation does not exist for the record's type.
        case recordType(IRType)
        case operandCount(expected: Int, found: Int)
        case operandType(position: Int, expected: IRType, found: IRType)
        /// The operand has a type that the operation does not take.
        case unsuitableOperand(position: Int, IRType)
        case resultCount(expected: Int, found: Int)
        case resultType(position: Int, expected: IRType, found: IRType)
        case targetCount(expected: Int, found: Int)
        case argumentCount(Block, expected: Int, found: Int)
        case argumentType(Block, position: Int, expected: IRType, found: IRType)
        /// A target of `branchTable` carries arguments.
        case argumentsOnBranchTable(Block)
        /// A conditional branch carries arguments to a block with other predecessors.
        case argumentsOnCriticalEdge(Block)
        /// A target of a call carries arguments.
        case argumentsOnTryCall(Block)
        /// A target of a call has other predecessors.
        case tryCallTargetShared(Block)
        /// The exceptional target of a call does not begin with `landingPad`.
        case missingLandingPad(Block)
        /// A `landingPad` is not the first instruction of an exceptional target.
        case misplacedLandingPad
        /// The callee of a tail call has other results than the function.
        case resultsOfTailCall
        /// The number of the signature is not one of the function's.
        case unknownSignature(UInt32)
        /// The immediate names nothing: a vector constant, a runtime function, a trap code.
        case immediate(Int64)
    }

    public var reason: Reason
    public var block: Block?
    /// The position in ``IRFunction/instructions``.
    public var instruction: Int?

    /// Makes an error.
    public init(_ reason: Reason, block: Block? = nil, instruction: Int? = nil) {
        self.reason = reason
        self.block = block
        self.instruction = instruction
    }

    /// The reason followed by the place.
    public var description: String {
        var text = cause
        if let block { text += ", in \(block)" }
        if let instruction { text += ", instruction \(instruction)" }
        return text
    }

    private var cause: String {
        switch reason {
        case .noBlocks: "the function has no blocks"
        case .instructionsNotInLayoutOrder: "instructions are not in the order of the layout"
        case .missingTerminator: "the block does not end with a terminator"
        case .terminatorInsideBlock: "a terminator stands inside the block"
        case .listOutsidePool: "a list of the instruction is not in its pool"
        case .entryParameters: "the parameters of block0 are not those of the signature"
        case .branchToEntry: "a branch goes to block0"
        case .unknownBlock(let block): "\(block) does not exist"
        case .unreachableBlock: "the block cannot be reached"
        case .noEarlierPredecessor: "no predecessor comes before the block"
        case .definedTwice(let value): "\(value) is defined twice"
        case .undefined(let value): "\(value) is not defined"
        case .definitionDoesNotDominate(let value): "the definition of \(value) does not dominate the use"
        case .recordType(let type): "the operation does not exist for \(type)"
        case .operandCount(let expected, let found): "\(found) operands where \(expected) are expected"
        case .operandType(let position, let expected, let found):
            "operand \(position) is of type \(found) where \(expected) is expected"
        case .unsuitableOperand(let position, let type): "operand \(position) is of the unsuitable type \(type)"
        case .resultCount(let expected, let found): "\(found) results where \(expected) are expected"
        case .resultType(let position, let expected, let found):
            "result \(position) is of type \(found) where \(expected) is expected"
        case .targetCount(let expected, let found): "\(found) targets where \(expected) are expected"
        case .argumentCount(let block, let expected, let found):
            "\(found) arguments for \(block), which has \(expected) parameters"
        case .argumentType(let block, let position, let expected, let found):
            "argument \(position) for \(block) is of type \(found) where \(expected) is expected"
        case .argumentsOnBranchTable(let block): "a target of branchTable, \(block), carries arguments"
        case .argumentsOnCriticalEdge(let block):
            "a conditional branch carries arguments to \(block), which has other predecessors"
        case .argumentsOnTryCall(let block): "a target of a call, \(block), carries arguments"
        case .tryCallTargetShared(let block): "a target of a call, \(block), has other predecessors"
        case .missingLandingPad(let block): "the exceptional target \(block) does not begin with landingPad"
        case .misplacedLandingPad: "landingPad is not the first instruction of an exceptional target"
        case .resultsOfTailCall: "the callee of a tail call has other results than the function"
        case .unknownSignature(let number): "signature \(number) does not exist"
        case .immediate(let immediate): "the immediate \(immediate) names nothing"
        }
    }
}
