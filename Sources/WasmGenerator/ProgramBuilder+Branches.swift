import WasmModel

/// Branches that leave several blocks, of different kinds and with the stack at different heights, and loops that really iterate.
extension ProgramBuilder {
    /// A loop whose body is run some times, mostly with a call in it: its counter is a local that nothing else writes.
    /// - Parameter isFirst: whether nothing was written before it, so that what was loaded is still known in it.
    mutating func countedLoop(_ depth: Int, isFirst: Bool = false) {
        let counter = takeLocal(.i32)
        emit(.i32Const, .i32(Int32(2 + decisions.choose(7))))
        emit(.localSet, .local(counter))
        let slot = slots.isEmpty || (!isFirst && decisions.oneIn(2)) ? nil : takeSlot()
        if isFirst || (!isInUnfueledLoop && decisions.oneIn(2)) { return unfueledLoop(counter, slot, depth) }
        let outer = open(.loop, results: [])
        takeFuel()
        countedBody(slot, depth)
        countDown(counter)
        emit(.brIf, .label(0))
        close([], outer)
    }

    /// A loop without fuel, as its counter bounds it: a branch to it from anywhere counts down, too. What takes fuel writes a global, and
    /// compilers know less after it.
    private mutating func unfueledLoop(_ counter: LocalIndex, _ slot: Slot?, _ depth: Int) {
        let outer = open(.loop, results: [])
        countDown(counter)
        let round = open(.if, results: [])
        // The product of loops in each other would be large.
        isInUnfueledLoop = true
        countedBody(slot, depth)
        isInUnfueledLoop = false
        emit(.br, .label(1))
        close([], round)
        close([], outer)
    }

    mutating func countDown(_ counter: LocalIndex) {
        emit(.localGet, .local(counter))
        emit(.i32Const, .i32(1))
        emit(.i32Sub)
        emit(.localTee, .local(counter))
    }

    /// Often with a place in memory that is loaded first and stored last.
    private mutating func countedBody(_ slot: Slot?, _ depth: Int) {
        if let slot { access(slot, isStore: false) }
        if !decisions.oneIn(3) { call() }
        instructions(5, depth: depth + 1)
        if let slot, decisions.oneIn(2) { access(slot, isStore: true) }
        absorbAll()
    }

    // MARK: Tables

    private enum BlockKind: CaseIterable {
        case block, `if`, tryTable, loop
    }

    /// How many targets a table has, mostly as many as there are blocks.
    private static let manyTargets = [100, 255, 256, 257, 1_000, 4_096, 10_000]

    /// A `br_table` out of several blocks, which carry the same values but are of different kinds, and around which the stack has different
    /// heights. Where a loop is among them it goes through the targets one after the other.
    mutating func branchTable(_ depth: Int) {
        let types = typeList(atMost: 3)
        let index = takeLocal(.i32)
        push(.i32)
        number(7, .i32)
        emit(.i32And)
        stack.removeLast()
        emit(.localSet, .local(index))
        let first = labels.count
        let blocks = (0..<2 + decisions.choose(5)).map { number in
            // What is below the block's own part of the stack, and is gone behind a branch out of it.
            for type in smallList(atMost: 3) { push(type) }
            // The outermost ends everything.
            let kind = number == 0 ? .block : decisions.choose(from: BlockKind.allCases)
            return (kind: kind, outer: open(kind, types))
        }
        instructions(2, depth: depth + 2)
        emit(.localGet, .local(index))
        emit(.i32Const, .i32(1))
        emit(.i32Sub)
        emit(.localSet, .local(index))
        for type in types { push(type) }
        emit(.localGet, .local(index))
        let isLarge = scale != .usual && decisions.oneIn(6)
        let count = isLarge ? decisions.choose(from: Self.manyTargets) : 1 + decisions.choose(blocks.count + 2)
        let shift = decisions.choose(blocks.count)
        let targets = (0..<count).map { number in
            isLarge ? LabelIndex((number + shift) % blocks.count) : LabelIndex(decisions.choose(blocks.count))
        }
        emit(.brTable, .labelTable(targets + [LabelIndex(labels.count - 1 - first)]))
        for (number, block) in blocks.enumerated().reversed() {
            // Not reached: what came before it has branched.
            if block.kind == .if {
                emit(.else)
                restart()
                for type in types { push(type) }
            }
            emit(.end)
            labels.removeLast()
            stack.removeLast(stack.count - floor)
            floor = block.outer
            stack += types
            mark(number)
            // With what is below it.
            if number > 0 { emit(.br, .label(0)) }
        }
    }

    /// Types, but never many.
    mutating func smallList(atMost count: Int) -> [ValueType] {
        (0..<decisions.choose(count + 1)).map { _ in decisions.choose(from: types) }
    }

    /// Opens a block of a kind to which a branch carries values of the types, and which leaves such.
    private mutating func open(_ kind: BlockKind, _ types: [ValueType]) -> Int {
        switch kind {
        case .block: return open(.block, results: types)
        case .if:
            condition()
            stack.removeLast()
            return open(.if, results: types)
        case .tryTable:
            guard features.contains(.exceptions) else { return open(.block, results: types) }
            let outer = floor
            emit(.tryTable, .tryTable(.type(module.addType(FunctionType(results: types))), []))
            floor = stack.count
            labels.append(types)
            return outer
        case .loop:
            for type in types { push(type) }
            let outer = floor
            emit(.loop, .block(.type(module.addType(FunctionType(parameters: types, results: types)))))
            floor = stack.count - types.count
            labels.append(types)
            if isBounded { takeFuel() }
            return outer
        }
    }

    /// Blocks in each other, many, and a branch out of some of them.
    mutating func deepNesting() {
        let numbers = scale == .usual ? [8, 16, 33] : scale == .wide ? [64, 128, 257] : [255, 500, 1_000]
        let count = decisions.choose(from: numbers)
        let types = smallList(atMost: 2)
        require(types)
        let type = BlockType.type(module.addType(FunctionType(parameters: types, results: types)))
        for _ in 0..<count { emit(.block, .block(type)) }
        condition()
        stack.removeLast()
        emit(.brIf, .label(LabelIndex(decisions.choose(count))))
        for _ in 0..<count { emit(.end) }
    }
}
