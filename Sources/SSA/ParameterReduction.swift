import Invariants

extension IRFunction {
    /// The function without block parameters that are always one value or that nobody needs, and with only jumps carrying arguments.
    ///
    /// A parameter goes where all branches pass the same value, and where nothing but such parameters uses it. Constants that
    /// nobody uses go with them. A block that only jumps forward without arguments is bypassed, a block with one
    /// predecessor right before it is merged with it, and a conditional branch that carries arguments gets a block for them. Every block
    /// must be reachable, and come after one that dominates it. Linear in the number of values and arguments.
    ///
    /// Source: Braun et al., "Simple and Efficient Construction of Static Single Assignment Form", CC 2013, section 3.1 (trivial phis).
    func reducingParameters() -> IRFunction {
        var reduction = ParameterReduction(self)
        reduction.replaceTrivialParameters()
        reduction.markUsedValues()
        reduction.findBypasses()
        return reduction.rebuild()
    }
}

private struct ParameterReduction {
    /// Each pass finds the trivial parameters of one more level of loops that depend on each other; more are not worth the time.
    private static let passLimit = 4
    private static let none = UInt32.max

    private let source: IRFunction
    /// For each value the one that replaces it; chains are gone once all trivial parameters are replaced.
    private var replacements: Representatives
    private var isUsed: [Bool]
    /// For each block the block to which branches to it go: itself where it stays.
    private var bypasses: [UInt32]
    private let branches: IncomingBranches
    /// Whether a branch comes from the block itself or a later one.
    private var isLoopHeader: [Bool]
    /// The block of each parameter; meaningless for other values.
    private var blockOfParameter: [UInt32]
    /// The targets of the terminator that is being rebuilt, and the blocks that take over its arguments; kept for their storage.
    private var newTargets: [BlockCall] = []
    private var carriers: [(block: Block, call: BlockCall)] = []

    init(_ source: IRFunction) {
        self.source = source
        branches = IncomingBranches(source)
        replacements = Representatives(count: source.valueTypes.count)
        isUsed = [Bool](repeating: false, count: source.valueTypes.count)
        bypasses = (0..<UInt32(source.blocks.count)).map { $0 }
        blockOfParameter = [UInt32](repeating: Self.none, count: source.valueTypes.count)
        for (block, record) in source.blocks.enumerated() {
            for offset in 0..<Int(record.parameterCount) {
                blockOfParameter[Int(record.firstParameter) + offset] = UInt32(block)
            }
        }
        isLoopHeader = [Bool](repeating: false, count: source.blocks.count)
        for block in source.blocks.indices {
            for call in source.targets(of: source.terminator(of: Block(block))) where call.block.position <= block {
                isLoopHeader[call.block.position] = true
            }
        }
    }

    // MARK: Trivial parameters

    mutating func replaceTrivialParameters() {
        defer { replacements.shorten() }
        var didReplaceInLoop = true
        var passes = 0
        while didReplaceInLoop && passes < Self.passLimit {
            didReplaceInLoop = false
            passes += 1
            for block in source.blocks.indices.dropFirst() where replaceTrivialParameters(ofBlock: block) {
                didReplaceInLoop = true
            }
        }
    }

    /// Replaces the trivial parameters of a block and says whether that may make others trivial that were looked at before.
    private mutating func replaceTrivialParameters(ofBlock block: Int) -> Bool {
        let record = source.blocks[block]
        guard record.parameterCount > 0 else { return false }
        let calls = branches.targets[branches.positions(to: block)]
        var didReplace = false
        for offset in 0..<Int(record.parameterCount) {
            let parameter = record.firstParameter + UInt32(offset)
            guard replacements[parameter] == parameter else { continue }
            var only = Self.none
            var isTrivial = true
            for position in calls {
                let arguments = source.targetPool[Int(position)].arguments
                let argument = replacements.find(source.valuePool[Int(arguments.start) + offset].index)
                if argument == parameter || argument == only { continue }
                if only != Self.none {
                    isTrivial = false
                    break
                }
                only = argument
            }
            if isTrivial && only != Self.none {
                replacements[parameter] = only
                didReplace = true
            }
        }
        return didReplace && isLoopHeader[block]
    }

    // MARK: Use

    /// Marks what instructions use, and then what the branches pass to the parameters that were marked.
    mutating func markUsedValues() {
        var worklist: [UInt32] = []
        for parameter in source.parameters(of: Block(0)) { isUsed[parameter.position] = true }
        for position in source.instructions.indices {
            let instruction = source.instructions[position]
            for operand in instruction.operands.positions { mark(source.valuePool[operand], &worklist) }
            if instruction.operation != .constant && instruction.operation != .constantVector {
                for result in source.results(of: instruction) { isUsed[result.position] = true }
            }
        }
        while let parameter = worklist.popLast() {
            let block = Int(blockOfParameter[Int(parameter)])
            let offset = Int(parameter - source.blocks[block].firstParameter)
            for position in branches.targets[branches.positions(to: block)] {
                let arguments = source.targetPool[Int(position)].arguments
                mark(source.valuePool[Int(arguments.start) + offset], &worklist)
            }
        }
    }

    private mutating func mark(_ value: Value, _ worklist: inout [UInt32]) {
        let root = replacements.find(value.index)
        if isUsed[Int(root)] { return }
        isUsed[Int(root)] = true
        if blockOfParameter[Int(root)] != Self.none { worklist.append(root) }
    }

    private func isKept(_ parameter: UInt32) -> Bool {
        isUsed[Int(parameter)] && replacements[parameter] == parameter
    }

    private func hasKeptParameters(_ block: Int) -> Bool {
        for parameter in source.parameters(of: Block(block)) where isKept(parameter.index) { return true }
        return false
    }

    // MARK: Blocks

    /// Finds the blocks that hold nothing but a jump forward without arguments; the targets of calls stay, as they must have no other
    /// predecessors.
    mutating func findBypasses() {
        var isTryCallTarget = [Bool](repeating: false, count: source.blocks.count)
        for block in source.blocks.indices {
            let terminator = source.terminator(of: Block(block))
            guard terminator.operation.isTryCall else { continue }
            for call in source.targets(of: terminator) { isTryCallTarget[call.block.position] = true }
        }
        for block in source.blocks.indices.dropFirst().reversed() {
            let record = source.blocks[block]
            let terminator = source.terminator(of: Block(block))
            guard record.instructions.count == 1, terminator.operation == .jump, !hasKeptParameters(block),
                !isTryCallTarget[block]
            else { continue }
            let target = source.targetPool[Int(terminator.targets.start)].block.position
            if target > block && !hasKeptParameters(target) { bypasses[block] = bypasses[target] }
        }
    }

    private func target(_ block: Block) -> Int { Int(bypasses[block.position]) }

    mutating func rebuild() -> IRFunction {
        var builder = FunctionBuilder(name: source.name, signature: source.signature)
        var numbers = [Value](repeating: Value(Int(Self.none)), count: source.valueTypes.count)
        let blocks = makeBlocks(in: &builder, &numbers)
        let edgeCounts = countEdges()
        let kept = source.blocks.indices.filter { bypasses[$0] == $0 }
        for (order, block) in kept.enumerated() {
            let next = order + 1 < kept.count ? kept[order + 1] : -1
            if builder.currentBlock == nil { builder.begin(blocks[block]) }
            for position in source.blocks[block].instructions.positions {
                let instruction = source.instructions[position]
                if instruction.operation.isTerminator {
                    let canJoin = next >= 0 && edgeCounts[next] == 1 && !hasKeptParameters(next)
                    if instruction.operation == .jump, canJoin,
                        target(source.targets(of: instruction).first!.block) == next
                    {
                        continue
                    }
                    rebuildTerminator(instruction, in: &builder, &numbers, blocks)
                } else {
                    rebuild(instruction, in: &builder, &numbers)
                }
            }
        }
        return builder.finish()
    }

    private func makeBlocks(in builder: inout FunctionBuilder, _ numbers: inout [Value]) -> [Block] {
        var blocks: [Block] = []
        var types: [IRType] = []
        blocks.reserveCapacity(source.blocks.count)
        for (block, record) in source.blocks.enumerated() {
            let parameters = record.firstParameter..<record.firstParameter + record.parameterCount
            if block == 0 {
                for (old, new) in zip(parameters, builder.parameters(of: builder.entry)) { numbers[Int(old)] = new }
                blocks.append(builder.entry)
                continue
            }
            types.removeAll(keepingCapacity: true)
            for parameter in parameters where isKept(parameter) { types.append(source.valueTypes[Int(parameter)]) }
            let made = builder.makeBlock(parameters: types)
            var next = builder.parameters(of: made).makeIterator()
            for parameter in parameters where isKept(parameter) {
                if let new = next.next() { numbers[Int(parameter)] = new }
            }
            blocks.append(made)
        }
        return blocks
    }

    /// How many branches go to each block once the bypassed ones are gone.
    private func countEdges() -> [Int] {
        var counts = [Int](repeating: 0, count: source.blocks.count)
        for block in source.blocks.indices where bypasses[block] == block {
            for call in source.targets(of: source.terminator(of: Block(block))) { counts[target(call.block)] += 1 }
        }
        return counts
    }

    private func rebuild(
        _ instruction: InstructionRecord,
        in builder: inout FunctionBuilder,
        _ numbers: inout [Value]
    ) {
        if instruction.operation == .constant || instruction.operation == .constantVector {
            guard isUsed[Int(instruction.firstResult)] else { return }
        }
        let operands = rebuildOperands(of: instruction, in: &builder, numbers)
        let results = builder.copy(instruction, of: source, operands: operands, targets: EmptyCollection())
        for (old, new) in zip(source.results(of: instruction), results) { numbers[old.position] = new }
    }

    private func rebuildOperands(
        of instruction: InstructionRecord,
        in builder: inout FunctionBuilder,
        _ numbers: [Value]
    ) -> PoolRange {
        let start = builder.pooledValueCount
        for position in instruction.operands.positions {
            builder.pool(numbers[Int(replacements[source.valuePool[position].index])])
        }
        return PoolRange(start: start, count: builder.pooledValueCount - start)
    }

    private mutating func rebuildTerminator(
        _ instruction: InstructionRecord,
        in builder: inout FunctionBuilder,
        _ numbers: inout [Value],
        _ blocks: [Block]
    ) {
        let operands = rebuildOperands(of: instruction, in: &builder, numbers)
        newTargets.removeAll(keepingCapacity: true)
        carriers.removeAll(keepingCapacity: true)
        for position in instruction.targets.positions {
            let call = source.targetPool[position]
            let target = target(call.block)
            let arguments = rebuildArguments(of: call, in: &builder, numbers)
            let rebuilt = BlockCall(block: blocks[target], arguments: arguments)
            if instruction.operation == .jump || arguments.count == 0 {
                newTargets.append(rebuilt)
            } else {
                let carrier = builder.makeBlock()
                newTargets.append(BlockCall(block: carrier, arguments: .empty))
                carriers.append((carrier, rebuilt))
            }
        }
        let results = builder.copy(instruction, of: source, operands: operands, targets: newTargets)
        for (old, new) in zip(source.results(of: instruction), results) { numbers[old.position] = new }
        for carrier in carriers {
            builder.begin(carrier.block)
            builder.jump(to: carrier.call)
        }
    }

    /// Puts the arguments for the parameters that are kept in the pool; a block that is bypassed has none.
    private func rebuildArguments(
        of call: BlockCall,
        in builder: inout FunctionBuilder,
        _ numbers: [Value]
    ) -> PoolRange {
        let start = builder.pooledValueCount
        let first = source.blocks[call.block.position].firstParameter
        for (offset, position) in call.arguments.positions.enumerated() where isKept(first + UInt32(offset)) {
            builder.pool(numbers[Int(replacements[source.valuePool[position].index])])
        }
        return PoolRange(start: start, count: builder.pooledValueCount - start)
    }
}
