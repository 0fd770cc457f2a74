/// The part of the check that follows values through the function.
///
/// It goes backwards: an operand that reads a value from a location demands that the location holds it. Through a move the
/// demand goes to the source, through an edge to the argument of the parameter, and at the definition of the value, in that
/// location, it is met. Whatever else writes to the location on the way breaks it, and so does the definition of the value
/// somewhere else, or the start of the function. Each demand goes its way without the others, from one write to its location to
/// the one before, and from the start of each block once, so that every path is looked at.
struct AllocationFlowCheck {
    /// What has to be true at a place of a function, so that an operand further on reads its value.
    private struct Demand {
        /// A register or, behind the 64 registers, a spill slot of 8 bytes: the first one of a location.
        var unit: Int
        /// What the unit has to hold.
        var value: Int
        /// The position of the operand that reads it.
        var origin: Int
    }

    /// A demand at the start of a block, whoever reads the value.
    private struct EntryDemand: Hashable {
        var block: Int32
        var unit: Int32
        var value: Int32
    }

    private typealias Key = AllocationWrites.Key

    private let problem: AllocationProblem
    private let allocation: Allocation
    private let writes: AllocationWrites
    /// Made when a demand for a slot first comes to the start of a block: functions of one block have no use for it.
    private var sources: AllocationSources?
    /// By value, where an instruction defines it.
    private var definitions: [Key?]
    /// By value, its position in the problem's list of block parameters, or -1.
    private var parameterPosition: [Int32]
    /// By block, the edges that lead to it from blocks that can be reached, with where they leave from.
    private var arrivals: [[(edge: Int, block: Int)]]
    /// The blocks that can be reached.
    private let reachable: [Int]
    /// By edit, the value that a demand took through it last, plus one: another one for the same goes the same way.
    private var passed: [Int32]
    /// What the starts of blocks demand.
    private var entries: Set<EntryDemand> = []
    /// How much was looked at beside the operands and edits: the starts of blocks, once for each value in each location.
    var entryDemandCount: Int { entries.count }
    /// Those of them that were not followed to the blocks before.
    private var pending: [(block: Int, demand: Demand)] = []

    init(_ problem: AllocationProblem, _ allocation: Allocation) {
        self.problem = problem
        self.allocation = allocation
        writes = AllocationWrites(problem, allocation)
        let valueCount = problem.registerKinds.count
        parameterPosition = [Int32](repeating: -1, count: valueCount)
        for (position, parameter) in problem.blockParameters.enumerated() {
            parameterPosition[parameter.position] = Int32(position)
        }
        definitions = [Key?](repeating: nil, count: valueCount)
        for (number, instruction) in problem.instructions.enumerated() {
            for position in instruction.operands where problem.operands[position].role == .definition {
                definitions[problem.operands[position].register.position] = Key(
                    number,
                    .definitions,
                    position: position
                )
            }
        }
        passed = [Int32](repeating: 0, count: allocation.edits.count)
        reachable = Self.reachable(problem)
        arrivals = [[(edge: Int, block: Int)]](repeating: [], count: problem.blocks.count)
        for block in reachable {
            for edge in problem.blocks[block].successors { arrivals[problem.edges[edge].target].append((edge, block)) }
        }
    }

    private static func reachable(_ problem: AllocationProblem) -> [Int] {
        if problem.blocks.isEmpty { return [] }
        var isSeen = [Bool](repeating: false, count: problem.blocks.count)
        isSeen[0] = true
        var found = [0]
        var next = 0
        while next < found.count {
            for edge in problem.blocks[found[next]].successors where !isSeen[problem.edges[edge].target] {
                isSeen[problem.edges[edge].target] = true
                found.append(problem.edges[edge].target)
            }
            next += 1
        }
        return found
    }

    mutating func check() throws(AllocationViolation) {
        for block in reachable {
            for instruction in problem.blocks[block].instructions {
                for position in problem.instructions[instruction].operands
                where problem.operands[position].role == .use {
                    let value = problem.operands[position].register.position
                    let units = allocation.locations[position].units(of: problem.registerKinds[value])
                    let demand = Demand(unit: units.lowerBound, value: value, origin: position)
                    // What the instruction itself overwrites comes after its uses.
                    try follow(demand, from: Key(instruction, .overwriting), in: block)
                    while let (target, demand) = pending.popLast() { try pass(demand, toBlocksBefore: target) }
                }
            }
        }
    }

    /// Follows a demand of the start of a block through the blocks that lead to it.
    private mutating func pass(_ demand: Demand, toBlocksBefore target: Int) throws(AllocationViolation) {
        let parameters = problem.blocks[target].parameters
        let position = Int(parameterPosition[demand.value])
        for (edgePosition, block) in arrivals[target] {
            let edge = problem.edges[edgePosition]
            var demand = demand
            if parameters.contains(position) {
                let argument = problem.edgeArguments[edge.arguments.lowerBound + position - parameters.lowerBound]
                    .position
                guard problem.registerKinds[argument] == problem.registerKinds[demand.value] else {
                    throw violation(of: demand, found: argument)
                }
                demand.value = argument
            }
            let end = problem.blocks[block].instructions.upperBound
            // An exceptional edge leaves before the definitions of the last instruction.
            let place = edge.isExceptional ? Key(end - 1, .definitions) : Key(end, .editsBefore)
            try follow(demand, from: place, in: block)
        }
    }

    /// Follows a demand from a place in a block to where it is met or to the start of a block.
    private mutating func follow(_ demand: Demand, from place: Key, in block: Int) throws(AllocationViolation) {
        var (demand, place, block) = (demand, place, block)
        while true {
            let start = Key(problem.blocks[block].instructions.lowerBound, .editsBefore)
            var write = writes.last(to: demand.unit, before: place, from: start)
            if let definition = definitions[demand.value], definition < place, definition >= write ?? start {
                if definition == write { return }
                // The value is made after the last write to where it is expected.
                throw violation(of: demand, found: nil)
            }
            // The content of registers is looked for block by block.
            if write == nil, demand.unit >= 64 {
                if sources == nil {
                    sources = AllocationSources(problem, unitCount: 64 + allocation.spillSlotCount)
                }
                // Through the optional, so that nothing is copied.
                let source = sources?.source(
                    of: demand.unit,
                    holding: demand.value,
                    atStartOf: block,
                    definition: definitions[demand.value],
                    writes
                )
                switch source {
                case .write(let source, let writing):
                    (write, block) = (source, writing)
                    if definitions[demand.value] == source { return }
                case .start(let source): block = source
                case nil: break
                }
            }
            guard let write else { break }
            place = write
            if write.role == .before, problem.registerKinds[demand.value] != .vector { continue }
            switch write.step {
            case .overwriting: throw violation(of: demand, found: nil)
            case .definitions:
                throw violation(of: demand, found: problem.operands[write.position].register.position)
            case .editsBefore, .editsAfter:
                let edit = allocation.edits[write.position]
                guard write.role == .first, problem.registerKinds[demand.value] == edit.kind else {
                    throw violation(of: demand, found: nil)
                }
                if passed[write.position] == Int32(demand.value) + 1 { return }
                passed[write.position] = Int32(demand.value) + 1
                demand.unit = edit.source.units(of: edit.kind).lowerBound
            }
        }
        // The entry has no blocks before it, and nothing in it is defined without an instruction.
        if block == 0 { throw violation(of: demand, found: nil) }
        let entry = EntryDemand(block: Int32(block), unit: Int32(demand.unit), value: Int32(demand.value))
        if entries.insert(entry).inserted { pending.append((block, demand)) }
    }

    /// - Parameter found: the value that is in the location instead, where it is known.
    private func violation(of demand: Demand, found: Int?) -> AllocationViolation {
        let position = demand.origin
        let instruction = problem.instructions.firstIndex { $0.operands.contains(position) }
        return AllocationViolation(
            .wrongValue(
                expected: problem.operands[position].register,
                in: allocation.locations[position],
                found: found.map { [VirtualRegister($0)] } ?? []
            ),
            instruction: instruction,
            operand: instruction.map { position - problem.instructions[$0].operands.lowerBound }
        )
    }
}
