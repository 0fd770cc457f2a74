import RegisterAllocation

/// Makes solvable random problems with loops, diamonds, calls and every constraint.
struct RandomProblem {
    private var random: SeededGenerator
    private var builder: ProblemBuilder
    private let integers: Int
    private let vectors: Int
    /// The values whose definitions dominate the current place.
    private var available: [VirtualRegister] = []
    private var budget: Int

    static func make(seed: UInt64, size: Int = 30) -> AllocationProblem {
        var random = SeededGenerator(seed: seed)
        let integers = 3 + random.below(8)
        let vectors = 3 + random.below(8)
        var maker = RandomProblem(
            random: random,
            builder: ProblemBuilder(integers: integers, vectors: vectors),
            integers: integers,
            vectors: vectors,
            budget: 2 + random.below(size)
        )
        return maker.make()
    }

    private init(random: SeededGenerator, builder: ProblemBuilder, integers: Int, vectors: Int, budget: Int) {
        self.random = random
        self.builder = builder
        self.integers = integers
        self.vectors = vectors
        self.budget = budget
    }

    private mutating func make() -> AllocationProblem {
        builder.begin(builder.label())
        var entry: [Operand] = []
        for register in 0..<random.below(integers + 1) {
            entry.append(Operand(.definition, newValue(.integer), .fixed(i(UInt8(register)))))
        }
        for register in 0..<random.below(vectors + 1) {
            let kind: VirtualRegisterKind = random.oneIn(2) ? .float : .vector
            entry.append(Operand(.definition, newValue(kind), .fixed(v(UInt8(register)))))
        }
        builder.instruction(entry)
        region(depth: 0)
        builder.instruction(fixedUses())
        builder.end()
        return builder.finished()
    }

    private mutating func newValue(_ kind: VirtualRegisterKind) -> VirtualRegister {
        let value = builder.value(kind)
        available.append(value)
        return value
    }

    private mutating func anyKind() -> VirtualRegisterKind {
        [.integer, .integer, .float, .vector][random.below(4)]
    }

    private func kind(_ value: VirtualRegister) -> VirtualRegisterKind { builder.problem.registerKinds[value.position] }

    private mutating func pick(_ wanted: VirtualRegisterKind? = nil) -> VirtualRegister? {
        for _ in 0..<8 where !available.isEmpty {
            let recent = min(available.count, random.oneIn(3) ? available.count : 6)
            let value = available[available.count - 1 - random.below(recent)]
            if wanted == nil || kind(value) == wanted { return value }
        }
        return nil
    }

    private mutating func region(depth: Int) {
        for _ in 0..<1 + random.below(4) where budget > 0 {
            budget -= 1
            switch random.below(depth > 3 ? 4 : 8) {
            case 0: call()
            case 1, 2, 3, 4: plainInstruction()
            case 5: diamond(depth: depth)
            case 6: loop(depth: depth)
            default: callThatEndsItsBlock(depth: depth)
            }
        }
    }

    /// Operands of which all that need registers fit into them at the same time.
    private mutating func plainInstruction() {
        var left = [integers, vectors]
        var clobbers = RegisterSet()
        var integerOrder = (0..<integers).shuffled(using: &random)
        var vectorOrder = (0..<vectors).shuffled(using: &random)
        if random.oneIn(5) {
            clobbers.insert(i(UInt8(integerOrder.removeLast())))
            left[0] -= 1
        }
        var operands: [Operand] = []
        for _ in 0..<random.below(5) {
            guard let value = pick() else { break }
            let classIndex = Int(kind(value).registerClass.rawValue)
            let position: OperandPosition = random.oneIn(4) ? .late : .early
            guard left[classIndex] > 0, let constraint = constraint(classIndex, &integerOrder, &vectorOrder) else {
                continue
            }
            left[classIndex] -= 1
            operands.append(Operand(.use, value, constraint, position))
        }
        let uses = operands
        var reused: Set<Int> = []
        for _ in 0..<random.below(4) {
            if random.oneIn(3), let use = uses.indices.first(where: { isReusable(uses[$0]) && !reused.contains($0) }) {
                reused.insert(use)
                let result = builder.value(kind(uses[use].register))
                operands.append(Operand(.definition, result, .reuse(UInt32(use))))
                continue
            }
            let result = builder.value(anyKind())
            let classIndex = Int(kind(result).registerClass.rawValue)
            let position: OperandPosition = random.oneIn(4) ? .early : .late
            guard left[classIndex] > 0, let constraint = constraint(classIndex, &integerOrder, &vectorOrder) else {
                continue
            }
            left[classIndex] -= 1
            operands.append(Operand(.definition, result, constraint, position))
        }
        builder.instruction(operands, clobbers: clobbers)
        for operand in operands where operand.role == .definition { available.append(operand.register) }
    }

    private func isReusable(_ operand: Operand) -> Bool {
        operand.constraint == .register && operand.position == .early
    }

    private mutating func constraint(
        _ classIndex: Int,
        _ integerOrder: inout [Int],
        _ vectorOrder: inout [Int]
    ) -> OperandConstraint? {
        switch random.below(8) {
        case 0: return .any
        case 1: return .stack
        case 2, 3:
            let number = classIndex == 0 ? integerOrder.popLast() : vectorOrder.popLast()
            return number.map { .fixed(PhysicalRegister(classIndex == 0 ? .integer : .vector, UInt8($0))) }
        default: return .register
        }
    }

    /// Uses in registers in the order of a calling convention.
    private mutating func fixedUses() -> [Operand] {
        var operands: [Operand] = []
        for register in 0..<random.below(integers + 1) {
            if let value = pick(.integer) { operands.append(Operand(.use, value, .fixed(i(UInt8(register))))) }
        }
        for register in 0..<random.below(vectors + 1) {
            guard let value = pick(), kind(value) != .integer else { continue }
            operands.append(Operand(.use, value, .fixed(v(UInt8(register)))))
        }
        return operands
    }

    private mutating func callOperands() -> [Operand] {
        var operands = fixedUses()
        for _ in 0..<random.below(3) {
            if let value = pick() { operands.append(Operand(.use, value, random.oneIn(2) ? .any : .stack)) }
        }
        for register in 0..<random.below(integers + 1) {
            operands.append(Operand(.definition, builder.value(.integer), .fixed(i(UInt8(register)))))
        }
        for register in 0..<random.below(vectors + 1) {
            operands.append(
                Operand(.definition, builder.value(random.oneIn(2) ? .float : .vector), .fixed(v(UInt8(register))))
            )
        }
        for _ in 0..<(random.oneIn(4) ? random.below(30) : random.below(3)) {
            operands.append(Operand(.definition, builder.value(anyKind()), .any))
        }
        return operands
    }

    private mutating func call() {
        let operands = callOperands()
        builder.instruction(operands, clobbers: builder.problem.allocatable)
        for operand in operands where operand.role == .definition { available.append(operand.register) }
    }

    private mutating func condition() -> [Operand] {
        guard let value = pick() else { return [] }
        return [Operand(.use, value, random.oneIn(4) ? .any : .register)]
    }

    private mutating func parameters() -> [VirtualRegister] {
        (0..<random.below(5)).compactMap { _ in pick().map { builder.value(kind($0)) } }
    }

    private mutating func arguments(for parameters: [VirtualRegister], or fallback: [VirtualRegister])
        -> [VirtualRegister]
    {
        parameters.indices.map { pick(kind(parameters[$0])) ?? fallback[$0] }
    }

    /// One value of each parameter's kind, defined here.
    private mutating func defaults(for parameters: [VirtualRegister]) -> [VirtualRegister] {
        let values = parameters.map { builder.value(kind($0)) }
        builder.instruction(values.map { Operand(.definition, $0, .any) })
        return values
    }

    private mutating func diamond(depth: Int) {
        let before = available
        let join = builder.label()
        let joined = parameters()
        let fallback = defaults(for: joined)
        let arms = [builder.label(), builder.label()]
        let armParameters = [parameters(), parameters()]
        let armFallback = armParameters.map { defaults(for: $0) }
        let entering = (0...1).map { arguments(for: armParameters[$0], or: armFallback[$0]) }
        builder.instruction(condition())
        builder.end([(arms[0], entering[0]), (arms[1], entering[1])])
        for arm in 0...1 {
            available = before + armParameters[arm]
            builder.begin(arms[arm], parameters: armParameters[arm])
            region(depth: depth + 1)
            let leaving = arguments(for: joined, or: fallback)
            builder.instruction(random.oneIn(3) ? condition() : [])
            builder.end([(join, leaving)])
        }
        available = before + joined
        builder.begin(join, parameters: joined)
    }

    private mutating func loop(depth: Int) {
        let header = builder.label()
        let body = builder.label()
        let exit = builder.label()
        let carried = parameters()
        let initial = arguments(for: carried, or: defaults(for: carried))
        builder.instruction(random.oneIn(3) ? condition() : [])
        builder.end([(header, initial)])
        available += carried
        builder.begin(header, parameters: carried)
        region(depth: depth + 1)
        let inHeader = available
        builder.instruction(condition())
        builder.end([(body, []), (exit, [])])
        builder.begin(body)
        region(depth: depth + 1)
        // Half of the arguments are the parameters in another order, so that their slots are exchanged.
        var next = arguments(for: carried, or: carried)
        for position in next.indices where random.oneIn(2) {
            let other = carried[random.below(carried.count)]
            if kind(other) == kind(carried[position]) { next[position] = other }
        }
        builder.instruction(
            random.oneIn(2) || carried.isEmpty ? [] : [Operand(.use, carried[random.below(carried.count)], .any)]
        )
        builder.end([(header, next)])
        available = inHeader
        builder.begin(exit)
    }

    private mutating func callThatEndsItsBlock(depth: Int) {
        let operands = callOperands()
        let normal = builder.label()
        let exceptional = builder.label()
        let join = builder.label()
        let before = available
        let caught = parameters()
        let entering = arguments(for: caught, or: defaults(for: caught))
        builder.instruction(operands, clobbers: builder.problem.allocatable)
        builder.end([(normal, []), (exceptional, entering)], exceptional: 1)
        for operand in operands where operand.role == .definition { available.append(operand.register) }
        builder.begin(normal)
        region(depth: depth + 1)
        builder.instruction([])
        builder.end([(join, [])])
        available = before + caught
        builder.begin(exceptional, parameters: caught)
        region(depth: depth + 1)
        builder.instruction([])
        builder.end([(join, [])])
        available = before
        builder.begin(join)
    }
}
