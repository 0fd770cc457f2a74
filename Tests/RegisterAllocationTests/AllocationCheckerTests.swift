import Testing

@testable import RegisterAllocation

@Suite struct AllocationCheckerTests {
    private func violation(_ problem: AllocationProblem, _ allocation: Allocation) -> AllocationViolation? {
        do {
            try AllocationChecker().check(problem, allocation)
            return nil
        } catch {
            return error
        }
    }

    /// Whether every operand is in a location that its constraint allows, stated without the checker.
    private func constraintsHold(_ problem: AllocationProblem, _ allocation: Allocation) -> Bool {
        for instruction in problem.instructions {
            for position in instruction.operands {
                let location = allocation.locations[position]
                var register: PhysicalRegister?
                if case .register(let found) = location { register = found }
                switch problem.operands[position].constraint {
                case .any: break
                case .register: if register == nil { return false }
                case .stack: if register != nil { return false }
                case .fixed(let wanted): if register != wanted { return false }
                case .reuse(let use):
                    if allocation.locations[instruction.operands.lowerBound + Int(use)] != location { return false }
                }
            }
        }
        return true
    }

    private func randomLocation(
        _ kind: VirtualRegisterKind,
        _ problem: AllocationProblem,
        _ slotCount: Int,
        _ random: inout SeededGenerator
    ) -> Location {
        let slots = kind == .vector ? slotCount / 2 : slotCount
        if slots > 0 && random.oneIn(2) {
            return .slot(UInt32(random.below(slots) * kind.slotCount))
        }
        while true {
            let register = PhysicalRegister(kind.registerClass, UInt8(random.below(12)))
            if problem.allocatable.contains(register) { return .register(register) }
        }
    }

    /// Changes one thing; nil where the change is none.
    private func mutation(
        of allocation: Allocation,
        _ problem: AllocationProblem,
        _ random: inout SeededGenerator
    ) -> Allocation? {
        var changed = allocation
        let slotCount = allocation.spillSlotCount
        if random.oneIn(3) || allocation.edits.isEmpty {
            guard !problem.operands.isEmpty else { return nil }
            let position = random.below(problem.operands.count)
            let kind = problem.registerKinds[problem.operands[position].register.position]
            changed.locations[position] = randomLocation(kind, problem, slotCount, &random)
            return changed.locations[position] == allocation.locations[position] ? nil : changed
        }
        let position = random.below(allocation.edits.count)
        let edit = allocation.edits[position]
        switch random.below(4) {
        case 0:
            changed.edits.remove(at: position)
        case 1:
            guard position + 1 < allocation.edits.count, allocation.edits[position + 1].point == edit.point else {
                return nil
            }
            changed.edits.swapAt(position, position + 1)
        case 2:
            changed.edits[position].source = randomLocation(edit.kind, problem, slotCount, &random)
        default:
            changed.edits[position].destination = randomLocation(edit.kind, problem, slotCount, &random)
        }
        return changed.edits == allocation.edits ? nil : changed
    }

    @Test(arguments: [false, true])
    func `a single change of an allocation that changes its meaning is always reported`(isBacktracking: Bool) throws {
        let allocator = isBacktracking ? RegisterAllocator.backtracking() : RegisterAllocator.singlePass()
        var harmful = 0
        var unreported = 0
        for seed in UInt64(1)...700 {
            let problem = RandomProblem.make(seed: seed, size: 16)
            let allocation = try allocator.allocate(problem)
            var random = SeededGenerator(seed: seed &+ 1_000_000)
            for _ in 0..<5 {
                guard let changed = mutation(of: allocation, problem, &random) else { continue }
                let isHarmful =
                    !constraintsHold(problem, changed) || AllocationExecution.goesWrong(problem, changed, seed: seed)
                if !isHarmful { continue }
                harmful += 1
                if violation(problem, changed) == nil {
                    unreported += 1
                    Issue.record("not reported:\n\(problem.text(with: changed))")
                    return
                }
            }
        }
        #expect(harmful > 1000)
        #expect(unreported == 0)
    }

    /// A definition, a call that clobbers everything, and a use.
    private func acrossCall() throws -> (AllocationProblem, Allocation) {
        let problem = straightLine { builder in
            let value = builder.value()
            builder.instruction([Operand(.definition, value, .register)])
            builder.instruction([], clobbers: builder.problem.allocatable)
            builder.instruction([Operand(.use, value, .register)])
        }
        let allocation = try SinglePassAllocator().allocate(problem)
        #expect(violation(problem, allocation) == nil)
        return (problem, allocation)
    }

    @Test func `a violation names the instruction, the operand, what was expected and what was found`() throws {
        var (problem, allocation) = try acrossCall()
        allocation.edits = []
        let found = try #require(violation(problem, allocation))
        #expect(
            found.reason == .wrongValue(expected: VirtualRegister(0), in: allocation.locations[1], found: [])
        )
        #expect(found.instruction == 2)
        #expect(found.operand == 0)
        #expect(found.description == "instruction 2, operand 0: expected %0 in i0, found no value")
        problem.operands[1].constraint = .fixed(i(3))
        #expect(violation(problem, allocation)?.reason == .constraint(.fixed(i(3)), found: .register(i(0))))
    }

    @Test func `malformed solutions are reported`() throws {
        let (problem, allocation) = try acrossCall()
        var changed = allocation
        changed.locations.removeLast()
        #expect(violation(problem, changed)?.reason == .locationCount(expected: 2, found: 1))
        changed = allocation
        changed.edits.reverse()
        #expect(violation(problem, changed)?.reason == .unsortedEdits)
        changed = allocation
        changed.spillSlotCount = 0
        #expect(violation(problem, changed)?.reason == .slotOutsideArea(0, slotCount: 0))
        changed = allocation
        changed.locations[0] = .register(i(20))
        #expect(violation(problem, changed)?.reason == .unsuitableRegister(i(20), .integer))
        changed = allocation
        changed.edits.append(
            Edit(point: .after(3), source: .register(i(0)), destination: .register(i(1)), kind: .integer)
        )
        #expect(violation(problem, changed)?.reason == .editOutsideBlock)
        changed = allocation
        changed.edits[0].source = .slot(0)
        #expect(violation(problem, changed)?.reason == .unsupportedMove(from: .slot(0), to: .slot(0)))
    }

    @Test func `a definition in a clobbered register is reported unless it is fixed`() throws {
        let problem = straightLine { builder in
            builder.instruction(
                [Operand(.definition, builder.value(), .any), Operand(.definition, builder.value(), .fixed(i(1)))],
                clobbers: builder.problem.allocatable
            )
        }
        var allocation = try SinglePassAllocator().allocate(problem)
        #expect(violation(problem, allocation) == nil)
        allocation.locations[0] = .register(i(0))
        #expect(violation(problem, allocation)?.reason == .clobbered(i(0)))
    }

    @Test func `definitions in one place are reported`() throws {
        let problem = straightLine { builder in
            let values = [builder.value(.vector), builder.value()]
            builder.instruction(values.map { Operand(.definition, $0, .stack) })
        }
        var allocation = try SinglePassAllocator().allocate(problem)
        #expect(violation(problem, allocation) == nil)
        allocation.locations = [.slot(0), .slot(1)]
        #expect(violation(problem, allocation)?.reason == .sharedLocation(.slot(1), otherOperand: 0))
        allocation.locations = [.slot(1), .slot(0)]
        #expect(violation(problem, allocation)?.reason == .slotOutsideArea(1, slotCount: allocation.spillSlotCount))
    }

    @Test func `an early definition in the register of a use is reported`() throws {
        let problem = straightLine { builder in
            let values = [builder.value(), builder.value()]
            builder.instruction([Operand(.definition, values[0], .register)])
            builder.instruction([
                Operand(.use, values[0], .register), Operand(.definition, values[1], .register, .early),
            ])
        }
        var allocation = try SinglePassAllocator().allocate(problem)
        #expect(violation(problem, allocation) == nil)
        allocation.locations[2] = allocation.locations[1]
        let found = violation(problem, allocation)
        #expect(found?.reason == .sharedLocation(allocation.locations[1], otherOperand: 0))
        #expect(found?.operand == 1)
    }

    @Test func `a value of the previous iteration is not the value of this one`() throws {
        var builder = ProblemBuilder(integers: 4, vectors: 4)
        let start = builder.value()
        let parameter = builder.value()
        let next = builder.value()
        let labels = (0..<4).map { _ in builder.label() }
        builder.begin(labels[0])
        builder.instruction([Operand(.definition, start, .register)])
        builder.instruction([])
        builder.end([(labels[1], [start])])
        builder.begin(labels[1], parameters: [parameter])
        builder.instruction([Operand(.use, parameter, .register), Operand(.definition, next, .register)])
        builder.instruction([Operand(.use, next, .register)])
        builder.end([(labels[2], []), (labels[3], [])])
        builder.begin(labels[2])
        builder.instruction([])
        builder.end([(labels[1], [next])])
        builder.begin(labels[3])
        builder.instruction([Operand(.use, parameter, .register)])
        builder.end()
        let problem = builder.finished()
        let allocation = try SinglePassAllocator().allocate(problem)
        #expect(violation(problem, allocation) == nil)
        // Without the moves on the back edge the parameter's slot keeps the value of the first iteration.
        var changed = allocation
        let backEdge = problem.blocks[2].instructions.upperBound - 1
        changed.edits.removeAll { $0.point == .before(backEdge) }
        #expect(changed.edits.count < allocation.edits.count)
        #expect(violation(problem, changed)?.instruction != nil)
    }

    @Test func `the text shows operands, locations and moves`() throws {
        let (problem, allocation) = try acrossCall()
        #expect(
            problem.text(with: allocation) == """
                block 0():
                    0: define %0 register = i0
                        move i0 -> slot 0 (integer)
                    1: clobbers i0 i1 i2 i3 v0 v1 v2 v3
                        move slot 0 -> i0 (integer)
                    2: use %0 register = i0
                    3: no operands

                """
        )
    }

    /// A call that ends its block, with a value kept in slot 0 and a result in slot 1 that may throw.
    private func throwingCall(usesResultIn: String) -> (AllocationProblem, Allocation) {
        var builder = ProblemBuilder(integers: 2, vectors: 0)
        let kept = builder.value()
        let result = builder.value()
        let normal = builder.label()
        let exceptional = builder.label()
        builder.begin(builder.label())
        builder.instruction([Operand(.definition, kept, .any)])
        builder.instruction([Operand(.definition, result, .any)], clobbers: RegisterSet([i(0), i(1)]))
        builder.end([(normal, []), (exceptional, [])], exceptional: 1)
        builder.begin(normal)
        builder.instruction([Operand(.use, usesResultIn == "normal" ? result : kept, .any)])
        builder.end()
        builder.begin(exceptional)
        builder.instruction([Operand(.use, usesResultIn == "exceptional" ? result : kept, .any)])
        builder.end()
        var allocation = Allocation()
        allocation.spillSlotCount = 2
        allocation.locations = [
            .slot(0), .slot(1), .slot(usesResultIn == "normal" ? 1 : 0), .slot(usesResultIn == "exceptional" ? 1 : 0),
        ]
        return (builder.finished(), allocation)
    }

    @Test func `the results of a call that ends its block exist on the normal edge only`() {
        let (right, allocation) = throwingCall(usesResultIn: "normal")
        #expect(violation(right, allocation) == nil)
        let (wrong, other) = throwingCall(usesResultIn: "exceptional")
        #expect(
            violation(wrong, other)
                == AllocationViolation(
                    .wrongValue(expected: VirtualRegister(1), in: .slot(1), found: []),
                    instruction: 3,
                    operand: 0
                )
        )
    }

    @Test func `what a throwing call might have written is lost on the exceptional edge`() {
        var (problem, allocation) = throwingCall(usesResultIn: "normal")
        // The result replaces the kept value, which the exceptional edge still needs.
        allocation.locations[1] = .slot(0)
        allocation.locations[2] = .slot(0)
        #expect(violation(problem, allocation)?.instruction == 3)
        // A register does not outlive the call on either edge.
        (problem, allocation) = throwingCall(usesResultIn: "normal")
        allocation.locations[0] = .register(i(0))
        allocation.locations[3] = .register(i(0))
        #expect(violation(problem, allocation)?.instruction == 3)
    }

    /// A loop of so many parameters, all but one equal at first, that rotates them.
    private func rotatingLoop(_ count: Int) -> AllocationProblem {
        var builder = ProblemBuilder(integers: 4, vectors: 4)
        let start = builder.value()
        let other = builder.value()
        let parameters = (0..<count).map { _ in builder.value() }
        let labels = (0..<4).map { _ in builder.label() }
        builder.begin(labels[0])
        builder.instruction([Operand(.definition, start, .register), Operand(.definition, other, .register)])
        builder.instruction([])
        builder.end([(labels[1], [other] + [VirtualRegister](repeating: start, count: count - 1))])
        builder.begin(labels[1], parameters: parameters)
        builder.instruction([Operand(.use, parameters[0], .any)])
        builder.end([(labels[2], []), (labels[3], [])])
        builder.begin(labels[2])
        builder.instruction([])
        builder.end([(labels[1], Array(parameters[1...]) + [parameters[0]])])
        builder.begin(labels[3])
        builder.instruction(parameters.map { Operand(.use, $0, .any) })
        builder.end()
        return builder.finished()
    }

    @Test func `parameters of which all but one are equal at first, and that rotate, are told apart`() throws {
        let problem = rotatingLoop(2000)
        let allocation = try SinglePassAllocator().allocate(problem)
        #expect(violation(problem, allocation) == nil)
        // The last use reads the slots of two parameters in exchanged places.
        var changed = allocation
        changed.locations.swapAt(changed.locations.count - 1, changed.locations.count - 2)
        #expect(violation(problem, changed)?.instruction == problem.instructions.count - 1)
    }

    /// Values that live through so many blocks, each of which may leave the chain for the last one, which uses them all.
    ///
    /// - Parameter isLoop: whether the values are parameters of a loop around the chain, in which they rotate.
    private func chain(of blockCount: Int, values valueCount: Int, isLoop: Bool) -> AllocationProblem {
        var builder = ProblemBuilder(integers: 4, vectors: 4)
        let values = (0..<valueCount).map { _ in builder.value() }
        let parameters = isLoop ? (0..<valueCount).map { _ in builder.value() } : values
        let labels = (0...blockCount + 1).map { _ in builder.label() }
        let last = labels[blockCount + 1]
        builder.begin(labels[0])
        builder.instruction(values.map { Operand(.definition, $0, .any) })
        builder.instruction([])
        builder.end([(labels[1], isLoop ? values : [])])
        for block in 1...blockCount {
            builder.begin(labels[block], parameters: isLoop && block == 1 ? parameters : [])
            builder.instruction([])
            if block < blockCount {
                builder.end([(labels[block + 1], []), (last, [])])
            } else {
                builder.end([isLoop ? (labels[1], parameters[1...] + [parameters[0]]) : (last, [])])
            }
        }
        builder.begin(last)
        builder.instruction(parameters.map { Operand(.use, $0, .any) })
        builder.end()
        return builder.finished()
    }

    @Test(arguments: [false, true], [false, true])
    func `a value that stays in its slot is not looked for in every block`(isLoop: Bool, isBacktracking: Bool) throws {
        let problem = chain(of: 300, values: 100, isLoop: isLoop)
        let allocator = isBacktracking ? RegisterAllocator.backtracking() : RegisterAllocator.singlePass()
        let allocation = try allocator.allocate(problem)
        var check = AllocationFlowCheck(problem, allocation)
        try check.check()
        // Registers are looked for, of which there are four.
        #expect(check.entryDemandCount < 300 * 6 + 100 * 3)
        // The uses read the slots of two values in exchanged places.
        var changed = allocation
        let slots = changed.locations.indices.suffix(100).filter {
            if case .slot = changed.locations[$0] { true } else { false }
        }
        changed.locations.swapAt(slots[0], slots[1])
        #expect(violation(problem, changed)?.instruction == problem.instructions.count - 1)
    }
}
