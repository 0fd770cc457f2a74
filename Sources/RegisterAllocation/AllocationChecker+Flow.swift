/// What is known at the start of a block: which units and values have the same content.
///
/// Units (64 registers, then spill slots of 8 bytes) and, numbered after them, virtual registers are keys; keys with
/// the same class number hold the same content. Only classes with a unit and a value are kept, so that a unit holds a
/// value if, and only if, both are here with one class. This stays linear where many values are equal.
private struct HeldClasses {
    /// Keys in the upper half, in ascending order, classes in the lower half, numbered in the order of their first
    /// keys.
    var members: [UInt64] = []
    var classCount = 0

    init() {}

    /// Makes it from members in ascending order with any class numbers below a bound.
    init(_ all: [UInt64], unitCount: Int, classBound: Int) {
        // Bit 0: has a unit; bit 1: has a value.
        var contents = [UInt8](repeating: 0, count: classBound)
        for member in all { contents[Int(member & 0xFFFF_FFFF)] |= Int(member >> 32) < unitCount ? 1 : 2 }
        var names = [Int32](repeating: -1, count: classBound)
        members.reserveCapacity(all.count)
        for member in all {
            let old = Int(member & 0xFFFF_FFFF)
            guard contents[old] == 3 else { continue }
            if names[old] < 0 {
                names[old] = Int32(classCount)
                classCount += 1
            }
            members.append(member & ~0xFFFF_FFFF | UInt64(names[old]))
        }
    }

    /// What holds in both.
    func intersection(_ other: HeldClasses, unitCount: Int) -> HeldClasses {
        if members == other.members { return self }
        var common: [UInt64] = []
        common.reserveCapacity(members.count)
        var names: [UInt64: UInt64] = [:]
        var position = 0
        for member in members {
            let key = member >> 32
            while position < other.members.count && other.members[position] >> 32 < key { position += 1 }
            guard position < other.members.count else { break }
            guard other.members[position] >> 32 == key else { continue }
            let pair = member << 32 | other.members[position] & 0xFFFF_FFFF
            let next = UInt64(names.count)
            let name = names[pair] ?? next
            if name == next { names[pair] = next }
            common.append(key << 32 | name)
        }
        return HeldClasses(common, unitCount: unitCount, classBound: names.count)
    }
}

/// The part of the check that follows values through the function.
struct AllocationFlowCheck {
    let problem: AllocationProblem
    let allocation: Allocation
    let unitCount: Int
    /// By value, whether it is a block parameter or used outside its own block; others are forgotten at the end of a
    /// block.
    var isShared: [Bool]
    /// By block, what is known at its start; nil where it was not reached.
    private var entries: [HeldClasses?]
    var isPending: [Bool]
    /// By point, the first edit at or after it.
    var firstEdits: [Int]
    /// By value, a mark for the parameters of the current target.
    var parameterMark: [Int32]
    var mark: Int32 = 0
    let scratchBits: UInt64

    // At the current place:
    /// By unit, the class of what it holds, or -1.
    var classOfUnit: [Int32]
    /// By unit, the kind of what it holds.
    var kindOfUnit: [VirtualRegisterKind]
    /// By value, its class, or -1.
    var classOfValue: [Int32]
    var classCount: Int32 = 0
    /// What was known at the start of the block.
    private var entry = HeldClasses()
    /// Keys that were given classes since then, perhaps more than once.
    var changedKeys: [UInt64] = []

    init(_ problem: AllocationProblem, _ allocation: Allocation) {
        self.problem = problem
        self.allocation = allocation
        unitCount = 64 + allocation.spillSlotCount
        classOfUnit = [Int32](repeating: -1, count: unitCount)
        kindOfUnit = [VirtualRegisterKind](repeating: .integer, count: unitCount)
        classOfValue = [Int32](repeating: -1, count: problem.registerKinds.count)
        entries = [HeldClasses?](repeating: nil, count: problem.blocks.count)
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
        entries[0] = HeldClasses()
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
        enter(block)
        let shape = problem.blocks[block]
        for instruction in shape.instructions {
            apply(editsAt: .before(instruction))
            try checkUses(of: instruction)
            overwrite(by: instruction)
            if instruction == shape.instructions.upperBound - 1 { leave(shape, exceptionally: true) }
            define(by: instruction)
            apply(editsAt: .after(instruction))
        }
        leave(shape, exceptionally: false)
    }

    private mutating func enter(_ block: Int) {
        for member in entry.members { forget(Int(member >> 32)) }
        for key in changedKeys { forget(Int(key)) }
        changedKeys.removeAll(keepingCapacity: true)
        entry = entries[block] ?? HeldClasses()
        classCount = Int32(entry.classCount)
        var kinds = [VirtualRegisterKind](repeating: .integer, count: entry.classCount)
        for member in entry.members.reversed() {
            // Values come first here, so that the kinds of the classes are known at the units.
            let key = Int(member >> 32)
            let heldClass = Int32(truncatingIfNeeded: member)
            if key < unitCount {
                classOfUnit[key] = heldClass
                kindOfUnit[key] = kinds[Int(heldClass)]
            } else {
                kinds[Int(heldClass)] = problem.registerKinds[key - unitCount]
                classOfValue[key - unitCount] = heldClass
            }
        }
    }

    private mutating func forget(_ key: Int) {
        if key < unitCount { classOfUnit[key] = -1 } else { classOfValue[key - unitCount] = -1 }
    }

    private mutating func setUnit(_ unit: Int, _ heldClass: Int32, _ kind: VirtualRegisterKind) {
        changedKeys.append(UInt64(unit))
        classOfUnit[unit] = heldClass
        kindOfUnit[unit] = kind
    }

    private mutating func setValue(_ value: Int, _ heldClass: Int32) {
        changedKeys.append(UInt64(unitCount + value))
        classOfValue[value] = heldClass
    }

    /// Writes a content of a kind, or something unknown (-1), to a location.
    private mutating func write(_ heldClass: Int32, _ kind: VirtualRegisterKind, to units: Range<Int>) {
        let first = units.lowerBound
        // The second half of a 128-bit slot.
        if first > 64 && first % 2 != 0 && kindOfUnit[first - 1] == .vector { classOfUnit[first - 1] = -1 }
        if units.count == 2 { classOfUnit[first + 1] = -1 }
        if heldClass < 0 { classOfUnit[first] = -1 } else { setUnit(first, heldClass, kind) }
    }

    private mutating func apply(editsAt point: ProgramPoint) {
        for position in firstEdits[Int(point.rawValue)]..<firstEdits[Int(point.rawValue) + 1] {
            let edit = allocation.edits[position]
            if edit.source == edit.destination { continue }
            let source = units(edit.source, edit.kind).lowerBound
            let isWhole = kindOfUnit[source] == edit.kind
            write(isWhole ? classOfUnit[source] : -1, edit.kind, to: units(edit.destination, edit.kind))
        }
    }

    private func units(_ location: Location, _ kind: VirtualRegisterKind) -> Range<Int> {
        switch location {
        case .none: return 0..<0
        case .register(let register): return Int(register.number)..<Int(register.number) + 1
        case .slot(let slot): return 64 + Int(slot)..<64 + Int(slot) + kind.slotCount
        }
    }

    private func checkUses(of instruction: Int) throws(AllocationViolation) {
        let shape = problem.instructions[instruction]
        for position in shape.operands where problem.operands[position].role == .use {
            let value = problem.operands[position].register
            let location = allocation.locations[position]
            let unit = units(location, problem.registerKinds[value.position]).lowerBound
            if classOfUnit[unit] >= 0 && classOfUnit[unit] == classOfValue[value.position] { continue }
            throw AllocationViolation(
                .wrongValue(expected: value, in: location, found: values(at: unit)),
                instruction: instruction,
                operand: position - shape.operands.lowerBound
            )
        }
    }

    /// Forgets what the registers that an instruction clobbers and the locations of its definitions hold.
    private mutating func overwrite(by instruction: Int) {
        let shape = problem.instructions[instruction]
        var overwritten = shape.clobbers.bits | scratchBits
        while overwritten != 0 {
            classOfUnit[overwritten.trailingZeroBitCount] = -1
            overwritten &= overwritten - 1
        }
        for position in shape.operands where problem.operands[position].role == .definition {
            let kind = problem.registerKinds[problem.operands[position].register.position]
            write(-1, kind, to: units(allocation.locations[position], kind))
        }
    }

    private mutating func define(by instruction: Int) {
        let shape = problem.instructions[instruction]
        for position in shape.operands where problem.operands[position].role == .definition {
            let value = problem.operands[position].register.position
            let kind = problem.registerKinds[value]
            setValue(value, classCount)
            write(classCount, kind, to: units(allocation.locations[position], kind))
            classCount += 1
        }
    }

    /// The values that a unit holds, for a report.
    private func values(at unit: Int) -> [VirtualRegister] {
        guard classOfUnit[unit] >= 0 else { return [] }
        return classOfValue.indices.filter { classOfValue[$0] == classOfUnit[unit] }.map { VirtualRegister($0) }
    }

    /// Hands what is held to the successors on exceptional edges, or on all others.
    private mutating func leave(_ shape: AllocationBlock, exceptionally: Bool) {
        guard shape.successors.contains(where: { problem.edges[$0].isExceptional == exceptionally }) else { return }
        let all = sharedMembers()
        var unchanged: HeldClasses?
        for edgePosition in shape.successors where problem.edges[edgePosition].isExceptional == exceptionally {
            let edge = problem.edges[edgePosition]
            let parameters = problem.blocks[edge.target].parameters
            if parameters.isEmpty {
                let arriving = unchanged ?? HeldClasses(all, unitCount: unitCount, classBound: Int(classCount))
                unchanged = arriving
                arrive(arriving, at: edge.target)
                continue
            }
            mark += 1
            for position in parameters { parameterMark[problem.blockParameters[position].position] = mark }
            var arriving: [UInt64] = []
            arriving.reserveCapacity(all.count + parameters.count)
            for member in all {
                let key = Int(member >> 32)
                if key < unitCount || parameterMark[key - unitCount] != mark { arriving.append(member) }
            }
            for (position, argumentPosition) in zip(parameters, edge.arguments) {
                let parameter = problem.blockParameters[position].position
                let argument = problem.edgeArguments[argumentPosition].position
                guard classOfValue[argument] >= 0,
                    problem.registerKinds[parameter] == problem.registerKinds[argument]
                else { continue }
                arriving.append(UInt64(unitCount + parameter) << 32 | UInt64(classOfValue[argument]))
            }
            arriving.sort()
            arrive(HeldClasses(arriving, unitCount: unitCount, classBound: Int(classCount)), at: edge.target)
        }
    }

    /// Units and shared values with their classes, in ascending order: the keys of the block's start and those changed
    /// since.
    private mutating func sharedMembers() -> [UInt64] {
        changedKeys.sort()
        var all: [UInt64] = []
        all.reserveCapacity(entry.members.count + changedKeys.count)
        var position = 0
        for key in changedKeys {
            while position < entry.members.count && entry.members[position] >> 32 <= key {
                append(entry.members[position] >> 32, to: &all)
                position += 1
            }
            append(key, to: &all)
        }
        for member in entry.members[position...] { append(member >> 32, to: &all) }
        return all
    }

    private func append(_ key: UInt64, to all: inout [UInt64]) {
        if let last = all.last, last >> 32 == key { return }
        let isUnit = key < UInt64(unitCount)
        let value = Int(key) - unitCount
        guard isUnit || isShared[value] else { return }
        let heldClass = isUnit ? classOfUnit[Int(key)] : classOfValue[value]
        if heldClass >= 0 { all.append(key << 32 | UInt64(heldClass)) }
    }

    private mutating func arrive(_ arriving: HeldClasses, at target: Int) {
        guard let known = entries[target] else {
            entries[target] = arriving
            isPending[target] = true
            return
        }
        let common = known.intersection(arriving, unitCount: unitCount)
        if common.members.count < known.members.count || common.classCount > known.classCount {
            entries[target] = common
            isPending[target] = true
        }
    }
}
