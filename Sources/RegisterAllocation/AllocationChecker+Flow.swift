/// The part of the check that follows values through the function.
///
/// It goes backwards: an operand that reads a value from a location demands that the location holds it. Through a move the
/// demand goes to the source, through an edge to the argument of the parameter, and at the definition of the value, in that
/// location, it is met. Whatever else writes to the location on the way breaks it, and so does the definition of the value
/// somewhere else, or the start of the function. Each demand goes its way without the others, and through a block once: when a
/// successor of a block demands more than before, only that is followed. Going on until there is nothing new looks at every path.
struct AllocationFlowCheck {
    private let problem: AllocationProblem
    private let allocation: Allocation
    private let scratchBits: UInt64
    /// By point, the first edit at or after it.
    private var firstEdits: [Int]
    /// The blocks that can be reached, each behind those that it leads to where there is no loop.
    private let postorder: [Int]
    /// By block, those that can be reached and lead to it.
    private var predecessors: [[Int32]]
    /// By block, what its start demands, in the order in which that was found.
    private var entries: [[Demand]]
    /// By block, what is in ``entries``: units in the upper half, values in the lower one; only where a block is gone through again.
    private var known: [Set<UInt64>?]
    /// By edge, how many of the demands of its target were followed.
    private var followed: [Int]
    /// What the current place demands.
    private var table: DemandTable
    /// By value, its position in the problem's list of block parameters, or -1.
    private var parameterPosition: [Int32]

    init(_ problem: AllocationProblem, _ allocation: Allocation) {
        self.problem = problem
        self.allocation = allocation
        let valueCount = problem.registerKinds.count
        scratchBits = RegisterSet(problem.scratch).bits
        table = DemandTable(unitCount: 64 + allocation.spillSlotCount, valueCount: valueCount)
        entries = [[Demand]](repeating: [], count: problem.blocks.count)
        known = [Set<UInt64>?](repeating: nil, count: problem.blocks.count)
        followed = [Int](repeating: 0, count: problem.edges.count)
        parameterPosition = [Int32](repeating: -1, count: valueCount)
        for (position, parameter) in problem.blockParameters.enumerated() {
            parameterPosition[parameter.position] = Int32(position)
        }
        firstEdits = [Int](repeating: 0, count: problem.instructions.count * 2 + 2)
        for edit in allocation.edits { firstEdits[Int(edit.point.rawValue) + 1] += 1 }
        for point in 1..<firstEdits.count { firstEdits[point] += firstEdits[point - 1] }
        postorder = Self.postorder(of: problem)
        predecessors = [[Int32]](repeating: [], count: problem.blocks.count)
        for block in postorder {
            for edge in problem.blocks[block].successors {
                predecessors[problem.edges[edge].target].append(Int32(block))
            }
        }
    }

    private static func postorder(of problem: AllocationProblem) -> [Int] {
        guard let start = problem.blocks.first else { return [] }
        var order: [Int] = []
        var isSeen = [Bool](repeating: false, count: problem.blocks.count)
        var path: [(block: Int, next: Int)] = [(0, start.successors.lowerBound)]
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
        return order
    }

    mutating func check() throws(AllocationViolation) {
        var isPending = [Bool](repeating: true, count: problem.blocks.count)
        var isFirst = isPending
        var isAnyPending = true
        while isAnyPending {
            isAnyPending = false
            for block in postorder where isPending[block] {
                isPending[block] = false
                try check(block: block, isFirst: isFirst[block])
                let oldCount = entries[block].count
                if isFirst[block] {
                    entries[block] = table.all()
                    isFirst[block] = false
                } else {
                    addNew(to: block)
                }
                if entries[block].count == oldCount { continue }
                for predecessor in predecessors[block] {
                    isPending[Int(predecessor)] = true
                    isAnyPending = true
                }
            }
        }
        if let demand = entries.first?.first { throw violation(of: demand, found: nil) }
    }

    /// Adds what is in the table and was not demanded before to the demands of a block's start.
    private mutating func addNew(to block: Int) {
        func key(_ demand: Demand) -> UInt64 {
            UInt64(UInt32(bitPattern: demand.unit)) << 32 | UInt64(UInt32(bitPattern: demand.value))
        }
        let demands = table.all()
        if demands.isEmpty { return }
        if known[block] == nil { known[block] = Set(entries[block].lazy.map(key)) }
        for demand in demands where known[block]!.insert(key(demand)).inserted { entries[block].append(demand) }
    }

    /// Goes from the end of a block to its start, which leaves the table with what the start demands.
    /// - Parameter isFirst: whether the block's own uses are followed, too.
    private mutating func check(block: Int, isFirst: Bool) throws(AllocationViolation) {
        table.removeAll()
        let shape = problem.blocks[block]
        try demandOfSuccessors(shape, exceptionally: false)
        for instruction in shape.instructions.reversed() {
            try undo(editsAt: .after(instruction))
            try meetDefinitions(of: instruction)
            if instruction == shape.instructions.upperBound - 1 { try demandOfSuccessors(shape, exceptionally: true) }
            try passOverwrites(by: instruction)
            if isFirst { demandUses(of: instruction) }
            try undo(editsAt: .before(instruction))
        }
    }

    /// Adds what the starts of successors demand, on exceptional edges or on all others, in terms of the end of this block.
    private mutating func demandOfSuccessors(
        _ shape: AllocationBlock,
        exceptionally: Bool
    ) throws(AllocationViolation) {
        for edgePosition in shape.successors where problem.edges[edgePosition].isExceptional == exceptionally {
            let edge = problem.edges[edgePosition]
            if followed[edgePosition] == entries[edge.target].count { continue }
            let parameters = problem.blocks[edge.target].parameters
            let new = entries[edge.target][followed[edgePosition]...]
            followed[edgePosition] = entries[edge.target].count
            for demand in new {
                let position = Int(parameterPosition[Int(demand.value)])
                guard parameters.contains(position) else {
                    table.add(demand)
                    continue
                }
                let argumentPosition = edge.arguments.lowerBound + position - parameters.lowerBound
                let value = Int32(problem.edgeArguments[argumentPosition].position)
                guard problem.registerKinds[Int(value)] == problem.registerKinds[Int(demand.value)] else {
                    throw violation(of: demand, found: value)
                }
                table.add(Demand(unit: demand.unit, value: value, origin: demand.origin))
            }
        }
    }

    private mutating func undo(editsAt point: ProgramPoint) throws(AllocationViolation) {
        let edits = firstEdits[Int(point.rawValue)]..<firstEdits[Int(point.rawValue) + 1]
        for position in edits.reversed() {
            let edit = allocation.edits[position]
            if edit.source == edit.destination { continue }
            let units = units(edit.destination, edit.kind)
            try checkNeighbours(of: units, writing: nil)
            let source = Int32(self.units(edit.source, edit.kind).lowerBound)
            while let demand = table.take(from: units.lowerBound) {
                guard problem.registerKinds[Int(demand.value)] == edit.kind else {
                    throw violation(of: demand, found: nil)
                }
                table.add(Demand(unit: source, value: demand.value, origin: demand.origin))
            }
        }
    }

    /// Definitions meet demands for their values where they are, and break all other demands there, and for their values elsewhere.
    private mutating func meetDefinitions(of instruction: Int) throws(AllocationViolation) {
        for position in problem.instructions[instruction].operands.reversed()
        where problem.operands[position].role == .definition {
            let value = Int32(problem.operands[position].register.position)
            let units = units(allocation.locations[position], problem.registerKinds[Int(value)])
            while let demand = table.take(from: units.lowerBound) {
                if demand.value != value { throw violation(of: demand, found: value) }
            }
            try checkNeighbours(of: units, writing: value)
            if table.isDemanded(Int(value)), let demand = table.all().first(where: { $0.value == value }) {
                throw violation(of: demand, found: nil)
            }
        }
    }

    /// What an instruction clobbers, scratch registers, and the locations of its definitions hold nothing behind it.
    private func passOverwrites(by instruction: Int) throws(AllocationViolation) {
        let shape = problem.instructions[instruction]
        var overwritten = shape.clobbers.bits | scratchBits
        while overwritten != 0 {
            if let demand = table.any(on: overwritten.trailingZeroBitCount) { throw violation(of: demand, found: nil) }
            overwritten &= overwritten - 1
        }
        for position in shape.operands where problem.operands[position].role == .definition {
            let kind = problem.registerKinds[problem.operands[position].register.position]
            let units = units(allocation.locations[position], kind)
            if let demand = table.any(on: units.lowerBound) { throw violation(of: demand, found: nil) }
            try checkNeighbours(of: units, writing: nil)
        }
    }

    /// A location is written, but for its first unit: nothing may be demanded of its second one, nor of a 128-bit slot whose second
    /// half its first unit is.
    private func checkNeighbours(of units: Range<Int>, writing value: Int32?) throws(AllocationViolation) {
        let first = units.lowerBound
        if units.count == 2, let demand = table.any(on: first + 1) { throw violation(of: demand, found: value) }
        guard first > 64, first % 2 != 0, let demand = table.any(on: first - 1) else { return }
        if problem.registerKinds[Int(demand.value)] == .vector { throw violation(of: demand, found: value) }
    }

    private mutating func demandUses(of instruction: Int) {
        for position in problem.instructions[instruction].operands where problem.operands[position].role == .use {
            let value = problem.operands[position].register.position
            let unit = units(allocation.locations[position], problem.registerKinds[value]).lowerBound
            table.add(Demand(unit: Int32(unit), value: Int32(value), origin: Int32(position)))
        }
    }

    private func units(_ location: Location, _ kind: VirtualRegisterKind) -> Range<Int> {
        switch location {
        case .none: return 0..<0
        case .register(let register): return Int(register.number)..<Int(register.number) + 1
        case .slot(let slot): return 64 + Int(slot)..<64 + Int(slot) + kind.slotCount
        }
    }

    /// - Parameter found: the value that is in the location instead, where it is known.
    private func violation(of demand: Demand, found: Int32?) -> AllocationViolation {
        let position = Int(demand.origin)
        let instruction = problem.instructions.firstIndex { $0.operands.contains(position) }
        return AllocationViolation(
            .wrongValue(
                expected: problem.operands[position].register,
                in: allocation.locations[position],
                found: found.map { [VirtualRegister(Int($0))] } ?? []
            ),
            instruction: instruction,
            operand: instruction.map { position - problem.instructions[$0].operands.lowerBound }
        )
    }
}
