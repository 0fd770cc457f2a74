/// Which instructions are needed, and which of them are done before a loop instead of in it.
struct CodeMotion {
    static let none = UInt32.max
    /// By instruction, whether something needs it.
    private(set) var isNeeded: [Bool]
    /// By block, the instructions that come from loops, to be done before the terminator.
    private(set) var arrivals: [[UInt32]]
    /// By instruction, whether it moved to another block.
    private(set) var hasMoved: [Bool]
    /// By value, the block in which it is defined once everything has moved.
    private var home: [UInt32]
    /// By value, whether something that is needed uses it.
    private var isUsed: [Bool]
    /// The values whose definitions are still to be looked at.
    private var pending: [UInt32] = []

    init(_ source: Simplification) {
        let function = source.function
        isNeeded = [Bool](repeating: false, count: function.instructions.count)
        hasMoved = isNeeded
        arrivals = [[UInt32]](repeating: [], count: function.blocks.count)
        home = [UInt32](repeating: Self.none, count: function.valueTypes.count)
        isUsed = [Bool](repeating: false, count: function.valueTypes.count)
        findNeeded(source)
        moveInvariants(source)
    }

    // MARK: Needed instructions

    private mutating func findNeeded(_ source: Simplification) {
        let function = source.function
        var parameterBlock = [UInt32](repeating: Self.none, count: function.valueTypes.count)
        var incoming = [[UInt32]](repeating: [], count: function.blocks.count)
        for block in function.blocks.indices where source.isReachable[block] {
            for parameter in function.parameters(of: Block(block)) {
                parameterBlock[parameter.position] = UInt32(block)
            }
            for position in function.blocks[block].instructions.positions where !source.isDropped[position] {
                let instruction = function.instructions[position]
                for target in instruction.targets.positions {
                    incoming[function.targetPool[target].block.position].append(UInt32(target))
                }
                if instruction.operation.isRemovable { continue }
                isNeeded[position] = true
                for operand in instruction.operands.positions { use(function.valuePool[operand], source) }
            }
        }
        while let value = pending.popLast() {
            let block = parameterBlock[Int(value)]
            if block != Self.none {
                let offset = Int(value - function.blocks[Int(block)].firstParameter)
                for target in incoming[Int(block)] {
                    let arguments = function.targetPool[Int(target)].arguments
                    use(function.valuePool[Int(arguments.start) + offset], source)
                }
                continue
            }
            let position = source.definition[Int(value)]
            guard position != Self.none, !isNeeded[Int(position)] else { continue }
            isNeeded[Int(position)] = true
            for operand in function.instructions[Int(position)].operands.positions {
                use(function.valuePool[operand], source)
            }
        }
    }

    private mutating func use(_ value: Value, _ source: Simplification) {
        let value = source.resolve(value)
        if isUsed[Int(value)] || source.isNumber[Int(value)] { return }
        isUsed[Int(value)] = true
        pending.append(value)
    }

    // MARK: Motion

    private mutating func moveInvariants(_ source: Simplification) {
        let function = source.function
        let nest = LoopNest(function)
        let effects = LoopEffects(source, nest)
        for block in function.blocks.indices where source.isReachable[block] {
            for parameter in function.parameters(of: Block(block)) { home[parameter.position] = UInt32(block) }
            for position in function.blocks[block].instructions.positions {
                let instruction = function.instructions[position]
                var place = UInt32(block)
                if isNeeded[position] && nest.loopOf[block] != LoopNest.none && source.passes.contains(.codeMotion) {
                    place = self.place(of: instruction, in: UInt32(block), source, nest, effects)
                    if place != UInt32(block) {
                        hasMoved[position] = true
                        arrivals[Int(place)].append(UInt32(position))
                    }
                }
                for result in function.results(of: instruction) { home[result.position] = place }
            }
        }
    }

    /// The block before the outermost loop in which the instruction is always the same.
    private func place(
        of instruction: InstructionRecord,
        in block: UInt32,
        _ source: Simplification,
        _ nest: LoopNest,
        _ effects: LoopEffects
    ) -> UInt32 {
        let isContextLoad = instruction.operation == .loadContext
        guard instruction.operation.isSpeculative || isContextLoad, instruction.operation != .constant else {
            return block
        }
        var place = block
        var loop = nest.loopOf[Int(block)]
        while loop != LoopNest.none {
            let before = nest.preheaderOf[Int(loop)]
            if before == LoopNest.none { break }
            if isContextLoad && effects.changes(instruction.immediate, in: loop) { break }
            for operand in instruction.operands.positions {
                let value = source.resolve(source.function.valuePool[operand])
                if source.isNumber[Int(value)] { continue }
                if nest.contains(loop, home[Int(value)]) { return place }
            }
            place = before
            loop = nest.parentOf[Int(loop)]
        }
        return place
    }
}

/// What loops do to the fields of the instance context.
private struct LoopEffects {
    private struct Store: Hashable {
        var loop: UInt32
        var offset: Int64
    }
    private var stores: Set<Store> = []
    private var loopsWithCalls: Set<UInt32> = []

    init(_ source: Simplification, _ nest: LoopNest) {
        let function = source.function
        for block in function.blocks.indices where source.isReachable[block] && nest.loopOf[block] != LoopNest.none {
            for position in function.blocks[block].instructions.positions where !source.isDropped[position] {
                let instruction = function.instructions[position]
                guard instruction.operation.isCall || instruction.operation == .storeContext else { continue }
                var loop = nest.loopOf[block]
                while loop != LoopNest.none {
                    let isNew =
                        instruction.operation.isCall
                        ? loopsWithCalls.insert(loop).inserted
                        : stores.insert(Store(loop: loop, offset: instruction.immediate)).inserted
                    if !isNew { break }
                    loop = nest.parentOf[Int(loop)]
                }
            }
        }
    }

    func changes(_ offset: Int64, in loop: UInt32) -> Bool {
        if stores.contains(Store(loop: loop, offset: offset)) { return true }
        return offset >= Int64(InstanceContextLayout.headerSize) && loopsWithCalls.contains(loop)
    }
}
