/// Which values each unit (64 registers, then spill slots of 8 bytes) holds: pairs in two lists each, by unit and by value. A 128-bit value in a
/// slot is listed at the first of its two units.
struct HeldValues {
    private struct Pair {
        var unit: Int32
        var value: Int32
        var nextOfUnit: Int32
        var previousOfUnit: Int32
        var nextOfValue: Int32
        var previousOfValue: Int32
    }

    private var pairs: [Pair] = []
    private var free: [Int32] = []
    private var firstOfUnit: [Int32]
    private var firstOfValue: [Int32]
    /// Units that may hold something, without repetition.
    private(set) var activeUnits: [Int32] = []
    private var isActive: [Bool]
    private let kinds: [VirtualRegisterKind]

    init(unitCount: Int, kinds: [VirtualRegisterKind]) {
        self.kinds = kinds
        firstOfUnit = [Int32](repeating: -1, count: unitCount)
        firstOfValue = [Int32](repeating: -1, count: kinds.count)
        isActive = [Bool](repeating: false, count: unitCount)
    }

    mutating func add(_ value: Int, at unit: Int) {
        let pair = Pair(
            unit: Int32(unit),
            value: Int32(value),
            nextOfUnit: firstOfUnit[unit],
            previousOfUnit: -1,
            nextOfValue: firstOfValue[value],
            previousOfValue: -1
        )
        let index: Int32
        if let reused = free.popLast() {
            index = reused
            pairs[Int(index)] = pair
        } else {
            index = Int32(pairs.count)
            pairs.append(pair)
        }
        if pair.nextOfUnit >= 0 { pairs[Int(pair.nextOfUnit)].previousOfUnit = index }
        if pair.nextOfValue >= 0 { pairs[Int(pair.nextOfValue)].previousOfValue = index }
        firstOfUnit[unit] = index
        firstOfValue[value] = index
        if !isActive[unit] {
            isActive[unit] = true
            activeUnits.append(Int32(unit))
        }
    }

    private mutating func remove(_ index: Int32) {
        let pair = pairs[Int(index)]
        if pair.previousOfUnit >= 0 {
            pairs[Int(pair.previousOfUnit)].nextOfUnit = pair.nextOfUnit
        } else {
            firstOfUnit[Int(pair.unit)] = pair.nextOfUnit
        }
        if pair.nextOfUnit >= 0 { pairs[Int(pair.nextOfUnit)].previousOfUnit = pair.previousOfUnit }
        if pair.previousOfValue >= 0 {
            pairs[Int(pair.previousOfValue)].nextOfValue = pair.nextOfValue
        } else {
            firstOfValue[Int(pair.value)] = pair.nextOfValue
        }
        if pair.nextOfValue >= 0 { pairs[Int(pair.nextOfValue)].previousOfValue = pair.previousOfValue }
        free.append(index)
    }

    /// Forgets what a unit holds, and a 128-bit value that it is the second half of.
    mutating func clear(unit: Int) {
        while firstOfUnit[unit] >= 0 { remove(firstOfUnit[unit]) }
        guard unit > 64, unit % 2 != 0 else { return }
        var index = firstOfUnit[unit - 1]
        while index >= 0 {
            let next = pairs[Int(index)].nextOfUnit
            if kinds[Int(pairs[Int(index)].value)] == .vector { remove(index) }
            index = next
        }
    }

    /// Forgets where a value is.
    mutating func forget(_ value: Int) {
        while firstOfValue[value] >= 0 { remove(firstOfValue[value]) }
    }

    mutating func removeAll() {
        for unit in activeUnits {
            while firstOfUnit[Int(unit)] >= 0 { remove(firstOfUnit[Int(unit)]) }
            isActive[Int(unit)] = false
        }
        activeUnits.removeAll(keepingCapacity: true)
    }

    /// Searches both lists at once, as either may be long.
    func isHeld(_ value: Int, at unit: Int) -> Bool {
        var byUnit = firstOfUnit[unit]
        var byValue = firstOfValue[value]
        while byUnit >= 0 && byValue >= 0 {
            if pairs[Int(byUnit)].value == Int32(value) || pairs[Int(byValue)].unit == Int32(unit) { return true }
            byUnit = pairs[Int(byUnit)].nextOfUnit
            byValue = pairs[Int(byValue)].nextOfValue
        }
        return false
    }

    func appendValues(at unit: Int, to values: inout [Int]) {
        var index = firstOfUnit[unit]
        while index >= 0 {
            values.append(Int(pairs[Int(index)].value))
            index = pairs[Int(index)].nextOfUnit
        }
    }

    func appendUnits(of value: Int, to units: inout [Int]) {
        var index = firstOfValue[value]
        while index >= 0 {
            units.append(Int(pairs[Int(index)].unit))
            index = pairs[Int(index)].nextOfValue
        }
    }
}

/// The part of the check that follows values through the function.
struct AllocationFlowCheck {
    let problem: AllocationProblem
    let allocation: Allocation
    var held: HeldValues
    /// By value, whether it is a block parameter or used outside its own block; other values are forgotten at the end of a block.
    var isShared: [Bool]
    /// By block, pairs (unit in the upper half, value in the lower half) in ascending order at its start; nil where it was not reached.
    var entries: [[UInt64]?]
    var isPending: [Bool]
    /// By point, the first edit at or after it.
    var firstEdits: [Int]
    /// By value, a mark for the parameters of the current target.
    var parameterMark: [Int32]
    var mark: Int32 = 0
    var values: [Int] = []
    let scratchBits: UInt64

    init(_ problem: AllocationProblem, _ allocation: Allocation) {
        self.problem = problem
        self.allocation = allocation
        held = HeldValues(unitCount: 64 + allocation.spillSlotCount, kinds: problem.registerKinds)
        entries = [[UInt64]?](repeating: nil, count: problem.blocks.count)
        isPending = [Bool](repeating: false, count: problem.blocks.count)
        parameterMark = [Int32](repeating: 0, count: problem.registerKinds.count)
        scratchBits = RegisterSet(problem.scratch).bits
        firstEdits = [Int](repeating: 0, count: problem.instructions.count * 2 + 2)
        isShared = [Bool](repeating: false, count: problem.registerKinds.count)
        for edit in allocation.edits { firstEdits[Int(edit.point.rawValue) + 1] += 1 }
        for point in 1..<firstEdits.count { firstEdits[point] += firstEdits[point - 1] }
        findSharedValues()
    }

    private mutating func findSharedValues() {
        var definingBlock = [Int32](repeating: -1, count: problem.registerKinds.count)
        for (block, shape) in problem.blocks.enumerated() {
            for instruction in shape.instructions {
                for position in problem.instructions[instruction].operands
                where problem.operands[position].role == .definition {
                    definingBlock[problem.operands[position].register.position] = Int32(block)
                }
            }
        }
        for parameter in problem.blockParameters { isShared[parameter.position] = true }
        for (block, shape) in problem.blocks.enumerated() {
            for instruction in shape.instructions {
                for position in problem.instructions[instruction].operands {
                    let value = problem.operands[position].register.position
                    if definingBlock[value] != Int32(block) { isShared[value] = true }
                }
            }
            for edge in shape.successors {
                for position in problem.edges[edge].arguments {
                    let value = problem.edgeArguments[position].position
                    if definingBlock[value] != Int32(block) { isShared[value] = true }
                }
            }
        }
    }

    mutating func check() throws(AllocationViolation) {
        guard !problem.blocks.isEmpty else { return }
        let order = reversePostorder()
        entries[0] = []
        isPending[0] = true
        var isAnyPending = true
        while isAnyPending {
            isAnyPending = false
            for block in order where isPending[block] {
                isPending[block] = false
                isAnyPending = true
                try check(block: block)
            }
        }
    }

    private func reversePostorder() -> [Int] {
        var order: [Int] = []
        var isSeen = [Bool](repeating: false, count: problem.blocks.count)
        var path: [(block: Int, next: Int)] = [(0, problem.blocks[0].successors.lowerBound)]
        isSeen[0] = true
        while let (block, next) = path.last {
            if next == problem.blocks[block].successors.upperBound {
                order.append(block)
                path.removeLast()
                continue
            }
            path[path.count - 1].next += 1
            let target = problem.edges[next].target
            if !isSeen[target] {
                isSeen[target] = true
                path.append((target, problem.blocks[target].successors.lowerBound))
            }
        }
        return order.reversed()
    }

    private mutating func check(block: Int) throws(AllocationViolation) {
        held.removeAll()
        for pair in entries[block] ?? [] { held.add(Int(pair & 0xFFFF_FFFF), at: Int(pair >> 32)) }
        let shape = problem.blocks[block]
        for instruction in shape.instructions {
            apply(editsAt: .before(instruction))
            try check(instruction: instruction)
            apply(editsAt: .after(instruction))
        }
        leave(shape)
    }

    private mutating func apply(editsAt point: ProgramPoint) {
        for position in firstEdits[Int(point.rawValue)]..<firstEdits[Int(point.rawValue) + 1] {
            let edit = allocation.edits[position]
            if edit.source == edit.destination { continue }
            let destination = units(edit.destination, edit.kind)
            values.removeAll(keepingCapacity: true)
            held.appendValues(at: units(edit.source, edit.kind).lowerBound, to: &values)
            for unit in destination { held.clear(unit: unit) }
            for value in values where problem.registerKinds[value] == edit.kind {
                held.add(value, at: destination.lowerBound)
            }
        }
    }

    private func units(_ location: Location, _ kind: VirtualRegisterKind) -> Range<Int> {
        switch location {
        case .none: return 0..<0
        case .register(let register): return Int(register.number)..<Int(register.number) + 1
        case .slot(let slot): return 64 + Int(slot)..<64 + Int(slot) + kind.slotCount
        }
    }

    private mutating func check(instruction: Int) throws(AllocationViolation) {
        let shape = problem.instructions[instruction]
        for position in shape.operands where problem.operands[position].role == .use {
            let value = problem.operands[position].register
            let location = allocation.locations[position]
            let unit = units(location, problem.registerKinds[value.position]).lowerBound
            if held.isHeld(value.position, at: unit) { continue }
            values.removeAll()
            held.appendValues(at: unit, to: &values)
            throw AllocationViolation(
                .wrongValue(expected: value, in: location, found: values.map { VirtualRegister($0) }),
                instruction: instruction,
                operand: position - shape.operands.lowerBound
            )
        }
        var overwritten = shape.clobbers.bits | scratchBits
        while overwritten != 0 {
            held.clear(unit: overwritten.trailingZeroBitCount)
            overwritten &= overwritten - 1
        }
        for position in shape.operands where problem.operands[position].role == .definition {
            let value = problem.operands[position].register.position
            let destination = units(allocation.locations[position], problem.registerKinds[value])
            held.forget(value)
            for unit in destination { held.clear(unit: unit) }
            held.add(value, at: destination.lowerBound)
        }
    }

    /// Hands what is held to the successors.
    private mutating func leave(_ shape: AllocationBlock) {
        guard !shape.successors.isEmpty else { return }
        var all: [UInt64] = []
        for unit in held.activeUnits {
            values.removeAll(keepingCapacity: true)
            held.appendValues(at: Int(unit), to: &values)
            for value in values where isShared[value] { all.append(UInt64(unit) << 32 | UInt64(value)) }
        }
        all.sort()
        for edgePosition in shape.successors {
            let edge = problem.edges[edgePosition]
            let parameters = problem.blocks[edge.target].parameters
            if parameters.isEmpty {
                arrive(all, at: edge.target)
                continue
            }
            mark += 1
            for position in parameters { parameterMark[problem.blockParameters[position].position] = mark }
            var arriving = all.filter { parameterMark[Int($0 & 0xFFFF_FFFF)] != mark }
            for (position, argumentPosition) in zip(parameters, edge.arguments) {
                let parameter = problem.blockParameters[position].position
                let argument = problem.edgeArguments[argumentPosition].position
                guard problem.registerKinds[parameter] == problem.registerKinds[argument] else { continue }
                values.removeAll(keepingCapacity: true)
                held.appendUnits(of: argument, to: &values)
                for unit in values { arriving.append(UInt64(unit) << 32 | UInt64(parameter)) }
            }
            arriving.sort()
            arrive(arriving, at: edge.target)
        }
    }

    private mutating func arrive(_ arriving: [UInt64], at target: Int) {
        guard let known = entries[target] else {
            entries[target] = arriving
            isPending[target] = true
            return
        }
        var common: [UInt64] = []
        common.reserveCapacity(known.count)
        var position = 0
        for pair in known {
            while position < arriving.count && arriving[position] < pair { position += 1 }
            if position < arriving.count && arriving[position] == pair { common.append(pair) }
        }
        if common.count < known.count {
            entries[target] = common
            isPending[target] = true
        }
    }
}
