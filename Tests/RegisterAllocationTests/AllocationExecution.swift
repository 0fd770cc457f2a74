import RegisterAllocation

/// Executes a problem and its solution side by side on random paths, with a different word for every value that is
/// defined: a judge of allocations that shares nothing with the checker. It sees only the paths that it takes.
struct AllocationExecution {
    private let problem: AllocationProblem
    private let allocation: Allocation
    private var random: SeededGenerator
    private var words: [UInt64]
    /// By register two halves, then by slot one.
    private var units: [UInt64]
    private var firstEdits: [Int]
    private var serial: UInt64 = 0

    /// Whether some use on the paths reads another value than it should.
    static func goesWrong(_ problem: AllocationProblem, _ allocation: Allocation, seed: UInt64, paths: Int = 6) -> Bool
    {
        for path in 0..<paths {
            var execution = AllocationExecution(problem, allocation, seed: seed &* 31 &+ UInt64(path))
            if execution.goesWrong() { return true }
        }
        return false
    }

    private init(_ problem: AllocationProblem, _ allocation: Allocation, seed: UInt64) {
        self.problem = problem
        self.allocation = allocation
        random = SeededGenerator(seed: seed)
        words = [UInt64](repeating: 0, count: problem.registerKinds.count)
        units = [UInt64](repeating: 0, count: 128 + allocation.spillSlotCount)
        firstEdits = [Int](repeating: 0, count: problem.instructions.count * 2 + 2)
        for edit in allocation.edits { firstEdits[Int(edit.point.rawValue) + 1] += 1 }
        for point in 1..<firstEdits.count { firstEdits[point] += firstEdits[point - 1] }
        for unit in units.indices { units[unit] = newWord() }
        for word in words.indices { words[word] = newWord() }
    }

    private mutating func newWord() -> UInt64 {
        serial += 1
        return serial &* 0x9E37_79B9_7F4A_7C15
    }

    private mutating func goesWrong() -> Bool {
        var block = 0
        for _ in 0..<60 {
            let shape = problem.blocks[block]
            var edge = AllocationEdge(target: 0, arguments: 0..<0)
            if !shape.successors.isEmpty {
                edge = problem.edges[shape.successors.lowerBound + random.below(shape.successors.count)]
            }
            for instruction in shape.instructions {
                let isLast = instruction == shape.instructions.upperBound - 1
                move(at: .before(instruction))
                if goesWrong(at: instruction, definesNothing: isLast && edge.isExceptional) { return true }
                move(at: .after(instruction))
            }
            if shape.successors.isEmpty { return false }
            let target = problem.blocks[edge.target]
            let arguments = edge.arguments.map { words[problem.edgeArguments[$0].position] }
            for (position, word) in zip(target.parameters, arguments) {
                words[problem.blockParameters[position].position] = word
            }
            block = edge.target
        }
        return false
    }

    /// - Parameter definesNothing: the instruction ends by an exception, with anything in the places of its definitions.
    private mutating func goesWrong(at instruction: Int, definesNothing: Bool) -> Bool {
        let shape = problem.instructions[instruction]
        for position in shape.operands where problem.operands[position].role == .use {
            if !holds(position) { return true }
        }
        if !definesNothing { define(.early, shape.operands) }
        for register in 0..<64 where shape.clobbers.bits >> UInt64(register) & 1 != 0 {
            units[register * 2] = newWord()
            units[register * 2 + 1] = newWord()
        }
        for register in problem.scratch { units[Int(register.number) * 2] = newWord() }
        for position in shape.operands
        where problem.operands[position].role == .use && problem.operands[position].position == .late {
            if !holds(position) { return true }
        }
        if definesNothing {
            for position in shape.operands where problem.operands[position].role == .definition {
                let kind = problem.registerKinds[problem.operands[position].register.position]
                write(newWord(), newWord(), to: allocation.locations[position], kind)
            }
            return false
        }
        define(.late, shape.operands)
        for position in shape.operands where problem.operands[position].role == .definition {
            if !holds(position) { return true }
        }
        return false
    }

    private mutating func define(_ time: OperandPosition, _ operands: Range<Int>) {
        for position in operands {
            let operand = problem.operands[position]
            guard operand.role == .definition, operand.position == time else { continue }
            let word = newWord()
            words[operand.register.position] = word
            write(word, ~word, to: allocation.locations[position], problem.registerKinds[operand.register.position])
        }
    }

    private func holds(_ position: Int) -> Bool {
        let value = problem.operands[position].register.position
        let (low, high) = read(allocation.locations[position])
        return low == words[value] && (problem.registerKinds[value] != .vector || high == ~words[value])
    }

    private mutating func move(at point: ProgramPoint) {
        for edit in firstEdits[Int(point.rawValue)]..<firstEdits[Int(point.rawValue) + 1] {
            let (low, high) = read(allocation.edits[edit].source)
            write(low, high, to: allocation.edits[edit].destination, allocation.edits[edit].kind)
        }
    }

    private func read(_ location: Location) -> (UInt64, UInt64) {
        switch location {
        case .none: return (0, 0)
        case .register(let register): return (units[Int(register.number) * 2], units[Int(register.number) * 2 + 1])
        case .slot(let slot):
            let unit = 128 + Int(slot)
            return (units[unit], unit + 1 < units.count ? units[unit + 1] : 0)
        }
    }

    private mutating func write(_ low: UInt64, _ high: UInt64, to location: Location, _ kind: VirtualRegisterKind) {
        switch location {
        case .none: break
        case .register(let register):
            units[Int(register.number) * 2] = low
            units[Int(register.number) * 2 + 1] = kind == .vector ? high : newWord()
        case .slot(let slot):
            units[128 + Int(slot)] = low
            if kind == .vector { units[128 + Int(slot) + 1] = high }
        }
    }
}
