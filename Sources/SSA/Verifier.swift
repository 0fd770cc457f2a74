import WasmModel

/// Checks the rules of SSA form: structure, one definition that dominates all uses, types, and the form of branches.
///
/// Linear in the size of the function but for the logarithm of ``DominatorTree``.
public struct Verifier {
    let function: IRFunction
    /// By value, the block that defines it; `UInt32.max` where none does.
    private var definingBlocks: [UInt32]
    /// By value, the position of the instruction that defines it; -1 for parameters.
    private var definingInstructions: [Int]
    private var predecessorCounts: [Int]

    /// Checks a function.
    /// - Throws: the first broken rule that is found.
    public static func verify(_ function: IRFunction) throws(VerificationError) {
        var verifier = Verifier(function)
        try verifier.run()
    }

    private init(_ function: IRFunction) {
        self.function = function
        definingBlocks = [UInt32](repeating: .max, count: function.valueTypes.count)
        definingInstructions = [Int](repeating: -1, count: function.valueTypes.count)
        predecessorCounts = [Int](repeating: 0, count: function.blocks.count)
    }

    private mutating func run() throws(VerificationError) {
        try checkStructure()
        try collectDefinitions()
        let tree = DominatorTree(function)
        try checkLayout(tree)
        for (number, record) in function.blocks.enumerated() {
            let block = Block(number)
            for position in record.instructions.positions {
                let instruction = function.instructions[position]
                for operand in function.operands(of: instruction) {
                    try checkUse(of: operand, tree, block, position)
                }
                for call in function.targets(of: instruction) {
                    for argument in function.arguments(of: call) {
                        try checkUse(of: argument, tree, block, position)
                    }
                }
                do {
                    try checkTypes(of: instruction)
                    try checkTargets(of: instruction)
                } catch {
                    throw VerificationError(error, block: block, instruction: position)
                }
            }
        }
    }

    // MARK: Structure

    private func checkStructure() throws(VerificationError) {
        if function.blocks.isEmpty { throw VerificationError(.noBlocks) }
        var next = 0
        for (number, record) in function.blocks.enumerated() {
            let block = Block(number)
            let positions = record.instructions.positions
            guard positions.lowerBound == next, positions.upperBound <= function.instructions.count else {
                throw VerificationError(.instructionsNotInLayoutOrder, block: block)
            }
            next = positions.upperBound
            for position in positions {
                let instruction = function.instructions[position]
                try checkPools(of: instruction, block, position)
                let isLast = position == positions.upperBound - 1
                if instruction.operation.isTerminator && !isLast {
                    throw VerificationError(.terminatorInsideBlock, block: block, instruction: position)
                }
            }
            guard let last = positions.last, function.instructions[last].operation.isTerminator else {
                throw VerificationError(.missingTerminator, block: block)
            }
        }
        if next != function.instructions.count { throw VerificationError(.instructionsNotInLayoutOrder) }
        let parameters = function.parameters(of: Block(0))
        guard parameters.count == function.signature.parameters.count,
            Int(parameters.lowerBound) + parameters.count <= function.valueTypes.count,
            parameters.elementsEqual(function.signature.parameters, by: { function.type(of: $0) == $1 })
        else { throw VerificationError(.entryParameters, block: Block(0)) }
    }

    private func checkPools(
        of instruction: InstructionRecord,
        _ block: Block,
        _ position: Int
    ) throws(VerificationError) {
        func fail(_ reason: VerificationError.Reason) throws(VerificationError) {
            throw VerificationError(reason, block: block, instruction: position)
        }
        if instruction.operands.positions.upperBound > function.valuePool.count
            || instruction.targets.positions.upperBound > function.targetPool.count
        {
            try fail(.listOutsidePool)
        }
        if !instruction.operation.isTerminator && instruction.targets.count > 0 {
            try fail(.targetCount(expected: 0, found: Int(instruction.targets.count)))
        }
        for call in function.targets(of: instruction) {
            if call.arguments.positions.upperBound > function.valuePool.count { try fail(.listOutsidePool) }
            if call.block.position >= function.blocks.count { try fail(.unknownBlock(call.block)) }
            if call.block.position == 0 { try fail(.branchToEntry) }
        }
        if instruction.operation.isCall && Int(instruction.signature) >= function.signatures.count {
            try fail(.unknownSignature(instruction.signature))
        }
    }

    private mutating func collectDefinitions() throws(VerificationError) {
        for (number, record) in function.blocks.enumerated() {
            let block = Block(number)
            for parameter in function.parameters(of: block) {
                if let reason = define(parameter, block, -1) { throw VerificationError(reason, block: block) }
            }
            for position in record.instructions.positions {
                let instruction = function.instructions[position]
                // The results of a call with two targets are those of the first target, before its first instruction.
                let isTryCall = instruction.operation.isTryCall && instruction.targets.count == 2
                let place = isTryCall ? function.targets(of: instruction).first!.block : block
                for result in function.results(of: instruction) {
                    if let reason = define(result, place, isTryCall ? -1 : position) {
                        throw VerificationError(reason, block: block, instruction: position)
                    }
                }
            }
        }
    }

    private mutating func define(_ value: Value, _ block: Block, _ instruction: Int) -> VerificationError.Reason? {
        guard value.position < definingBlocks.count else { return .undefined(value) }
        if definingBlocks[value.position] != .max { return .definedTwice(value) }
        definingBlocks[value.position] = block.index
        definingInstructions[value.position] = instruction
        return nil
    }

    private mutating func checkLayout(_ tree: DominatorTree) throws(VerificationError) {
        var hasEarlierPredecessor = [Bool](repeating: false, count: function.blocks.count)
        for number in function.blocks.indices {
            for call in function.targets(of: function.terminator(of: Block(number))) {
                predecessorCounts[call.block.position] += 1
                if number < call.block.position { hasEarlierPredecessor[call.block.position] = true }
            }
        }
        try checkLandings()
        for number in function.blocks.indices.dropFirst() {
            let block = Block(number)
            if !tree.isReachable(block) { throw VerificationError(.unreachableBlock, block: block) }
            if !hasEarlierPredecessor[number] { throw VerificationError(.noEarlierPredecessor, block: block) }
        }
    }

    /// Checks that `landingPad` stands where exceptions arrive, and nowhere else.
    private func checkLandings() throws(VerificationError) {
        var isLanding = [Bool](repeating: false, count: function.blocks.count)
        for number in function.blocks.indices {
            let terminator = function.terminator(of: Block(number))
            if terminator.operation.isTryCall, let landing = function.targets(of: terminator).dropFirst().first {
                isLanding[landing.block.position] = true
            }
        }
        for (number, record) in function.blocks.enumerated() {
            for position in record.instructions.positions where function.instructions[position].operation == .landingPad
            {
                if !isLanding[number] || position != record.instructions.positions.lowerBound {
                    throw VerificationError(.misplacedLandingPad, block: Block(number), instruction: position)
                }
            }
            if isLanding[number],
                function.instructions[record.instructions.positions.lowerBound].operation != .landingPad
            {
                throw VerificationError(.missingLandingPad(Block(number)), block: Block(number))
            }
        }
    }

    // MARK: Uses

    private func checkUse(
        of value: Value,
        _ tree: DominatorTree,
        _ block: Block,
        _ position: Int
    ) throws(VerificationError) {
        guard value.position < definingBlocks.count, definingBlocks[value.position] != .max else {
            throw VerificationError(.undefined(value), block: block, instruction: position)
        }
        let definition = definingBlocks[value.position]
        let dominates =
            definition == block.index
            ? definingInstructions[value.position] < position
            : tree.dominates(Block(Int(definition)), block)
        if !dominates {
            throw VerificationError(.definitionDoesNotDominate(value), block: block, instruction: position)
        }
    }

    // MARK: Branches

    private func checkTargets(of instruction: InstructionRecord) throws(VerificationError.Reason) {
        for call in function.targets(of: instruction) {
            let parameters = function.parameters(of: call.block)
            let arguments = function.arguments(of: call)
            guard parameters.count == arguments.count else {
                throw .argumentCount(call.block, expected: parameters.count, found: arguments.count)
            }
            var position = 0
            for (parameter, argument) in zip(parameters, arguments) {
                let expected = function.type(of: parameter)
                let found = function.type(of: argument)
                if expected != found {
                    throw .argumentType(call.block, position: position, expected: expected, found: found)
                }
                position += 1
            }
            if instruction.operation.isTryCall {
                if !arguments.isEmpty { throw .argumentsOnTryCall(call.block) }
                if predecessorCounts[call.block.position] != 1 { throw .tryCallTargetShared(call.block) }
            }
            if arguments.isEmpty { continue }
            if instruction.operation == .branchTable { throw .argumentsOnBranchTable(call.block) }
            if instruction.operation == .branchIf && predecessorCounts[call.block.position] > 1 {
                throw .argumentsOnCriticalEdge(call.block)
            }
        }
    }
}
