import RegisterAllocation
import Testing

/// One block of instructions: the problem, with a terminator added.
func straightLine(
    integers: Int = 4,
    vectors: Int = 4,
    _ build: (inout ProblemBuilder) -> Void
) -> AllocationProblem {
    var builder = ProblemBuilder(integers: integers, vectors: vectors)
    builder.begin(builder.label())
    build(&builder)
    builder.instruction([])
    builder.end()
    return builder.finished()
}

@Suite struct SinglePassAllocatorTests {
    /// Allocates, checks, and executes.
    private func solve(_ problem: AllocationProblem, seed: UInt64 = 1) throws -> Allocation {
        let allocation = try SinglePassAllocator().allocate(problem)
        do {
            try AllocationChecker().check(problem, allocation)
        } catch {
            Issue.record("\(error)\n\(problem.text(with: allocation))")
            throw error
        }
        #expect(
            !AllocationExecution.goesWrong(problem, allocation, seed: seed, paths: 3),
            "\(problem.text(with: allocation))"
        )
        return allocation
    }

    @Test func `every allocation of a random problem passes the checker and the execution`() throws {
        for seed in UInt64(1)...1500 { _ = try solve(RandomProblem.make(seed: seed), seed: seed) }
    }

    @Test func `the random problems have moves before, after and between everything`() throws {
        var beforeCount = 0
        var afterCount = 0
        var cycleCount = 0
        var loopCount = 0
        for seed in UInt64(1)...200 {
            let problem = RandomProblem.make(seed: seed)
            let allocation = try SinglePassAllocator().allocate(problem)
            for edit in allocation.edits {
                if edit.point.rawValue % 2 == 0 { beforeCount += 1 } else { afterCount += 1 }
                if case .register(let register) = edit.destination, problem.scratch.contains(register) {
                    cycleCount += 1
                }
            }
            for (block, shape) in problem.blocks.enumerated() {
                for edge in shape.successors where problem.edges[edge].target <= block { loopCount += 1 }
            }
        }
        #expect(beforeCount > 1000)
        #expect(afterCount > 1000)
        #expect(cycleCount > 100)
        #expect(loopCount > 50)
    }

    @Test func `fixed operands are in their registers even where they exchange them`() throws {
        let problem = straightLine { builder in
            let first = builder.value()
            let second = builder.value()
            builder.instruction([
                Operand(.definition, first, .fixed(i(0))), Operand(.definition, second, .fixed(i(1))),
            ])
            builder.instruction([Operand(.use, first, .fixed(i(1))), Operand(.use, second, .fixed(i(0)))])
        }
        let allocation = try solve(problem)
        #expect(allocation.locations == [i(0), i(1), i(1), i(0)].map { .register($0) })
        #expect(allocation.edits.count == 3)
    }

    @Test func `a value may be needed in several registers and on the stack at once`() throws {
        let problem = straightLine { builder in
            let value = builder.value()
            builder.instruction([Operand(.definition, value, .register)])
            builder.instruction([
                Operand(.use, value, .fixed(i(2))), Operand(.use, value, .fixed(i(1))), Operand(.use, value, .stack),
                Operand(.use, value, .register), Operand(.use, value, .any, .late),
            ])
        }
        _ = try solve(problem)
    }

    @Test func `a definition that reuses leaves the used value intact where it is needed later`() throws {
        let problem = straightLine { builder in
            let value = builder.value()
            let sum = builder.value()
            builder.instruction([Operand(.definition, value, .register)])
            builder.instruction([
                Operand(.use, value, .register), Operand(.use, value, .register),
                Operand(.definition, sum, .reuse(0)),
            ])
            builder.instruction([Operand(.use, value, .register), Operand(.use, sum, .register)])
        }
        let allocation = try solve(problem)
        #expect(allocation.locations[1] == allocation.locations[3])
        #expect(allocation.locations[2] != allocation.locations[3])
    }

    @Test func `late uses and early definitions share no register`() throws {
        let problem = straightLine(integers: 3) { builder in
            let values = (0..<4).map { _ in builder.value() }
            builder.instruction([
                Operand(.definition, values[0], .register), Operand(.definition, values[1], .register),
            ])
            builder.instruction([
                Operand(.use, values[0], .register, .late), Operand(.use, values[1], .register),
                Operand(.definition, values[2], .register),
            ])
            builder.instruction([
                Operand(.use, values[2], .register), Operand(.definition, values[3], .register, .early),
            ])
        }
        let allocation = try solve(problem)
        #expect(allocation.locations[2] != allocation.locations[4])
        #expect(allocation.locations[5] != allocation.locations[6])
    }

    @Test func `values survive a call that clobbers every register`() throws {
        let problem = straightLine { builder in
            let values = (0..<6).map { builder.value($0 % 2 == 0 ? .integer : .vector) }
            builder.instruction(values.map { Operand(.definition, $0, .any) })
            builder.instruction([], clobbers: builder.problem.allocatable)
            builder.instruction(values.map { Operand(.use, $0, .register) })
        }
        _ = try solve(problem)
    }

    @Test func `stack operands are in slots`() throws {
        let problem = straightLine { builder in
            let value = builder.value(.vector)
            builder.instruction([Operand(.definition, value, .stack)])
            builder.instruction([Operand(.use, value, .register)])
        }
        let allocation = try solve(problem)
        #expect(allocation.locations[0] == .slot(0))
    }

    @Test func `a slot of a value that has ended is used again`() throws {
        let problem = straightLine { builder in
            for _ in 0..<100 {
                let value = builder.value()
                builder.instruction([Operand(.definition, value, .stack)])
                builder.instruction([Operand(.use, value, .stack)])
            }
        }
        #expect(try solve(problem).spillSlotCount <= 2)
    }

    @Test func `loop parameters that are exchanged on the back edge reach each other's slots`() throws {
        var builder = ProblemBuilder(integers: 4, vectors: 4)
        let first = builder.value()
        let second = builder.value()
        let parameters = [builder.value(), builder.value()]
        let labels = (0..<4).map { _ in builder.label() }
        builder.begin(labels[0])
        builder.instruction([Operand(.definition, first, .register), Operand(.definition, second, .register)])
        builder.instruction([])
        builder.end([(labels[1], [first, second])])
        builder.begin(labels[1], parameters: parameters)
        builder.instruction([Operand(.use, parameters[0], .register)])
        builder.end([(labels[2], []), (labels[3], [])])
        builder.begin(labels[2])
        builder.instruction([Operand(.use, parameters[0], .any), Operand(.use, parameters[1], .stack)])
        builder.end([(labels[1], [parameters[1], parameters[0]])])
        builder.begin(labels[3])
        builder.instruction([Operand(.use, parameters[1], .register)])
        builder.end()
        _ = try solve(builder.finished())
    }

    @Test func `more register operands than registers are an error that names the operand`() {
        let problem = straightLine(integers: 3) { builder in
            let values = (0..<4).map { _ in builder.value() }
            builder.instruction(values.map { Operand(.definition, $0, .any) })
            builder.instruction(values.map { Operand(.use, $0, .register) })
        }
        #expect(throws: AllocationError.outOfRegisters(instruction: 1, operand: 3, .integer)) {
            try SinglePassAllocator().allocate(problem)
        }
    }

    @Test func `two values in one fixed register are an error that names the register`() {
        let problem = straightLine { builder in
            let values = [builder.value(), builder.value()]
            builder.instruction(values.map { Operand(.definition, $0, .any) })
            builder.instruction(values.map { Operand(.use, $0, .fixed(i(2))) })
        }
        #expect(throws: AllocationError.conflictingRegister(instruction: 1, i(2))) {
            try SinglePassAllocator().allocate(problem)
        }
    }

    @Test func `a fixed register that is not allocatable is an error`() {
        let problem = straightLine { builder in
            builder.instruction([Operand(.definition, builder.value(), .fixed(i(9)))])
        }
        #expect(throws: AllocationError.unsuitableRegister(instruction: 0, operand: 0, i(9))) {
            try SinglePassAllocator().allocate(problem)
        }
    }

    @Test func `arguments on a critical edge are an error`() {
        var builder = ProblemBuilder(integers: 4, vectors: 4)
        let value = builder.value()
        let labels = (0..<3).map { _ in builder.label() }
        builder.begin(labels[0])
        builder.instruction([Operand(.definition, value, .register)])
        builder.instruction([Operand(.use, value, .register)])
        builder.end([(labels[1], []), (labels[2], [value])])
        builder.begin(labels[1])
        builder.instruction([])
        builder.end([(labels[2], [value])])
        builder.begin(labels[2], parameters: [builder.value()])
        builder.instruction([])
        builder.end()
        #expect(throws: AllocationError.criticalEdge(fromBlock: 0, toBlock: 2)) {
            try SinglePassAllocator().allocate(builder.finished())
        }
    }

    private func callWithResults(_ count: Int) -> AllocationProblem {
        straightLine(integers: 12, vectors: 14) { builder in
            let kinds: [VirtualRegisterKind] = [.integer, .float, .vector]
            let values = (0..<count).map { builder.value(kinds[$0 % 3]) }
            var operands: [Operand] = [
                Operand(.definition, values[0], .fixed(i(0))), Operand(.definition, values[1], .fixed(v(0))),
            ]
            operands += values.dropFirst(2).map { Operand(.definition, $0, .any) }
            builder.instruction(operands, clobbers: builder.problem.allocatable)
            for value in values { builder.instruction([Operand(.use, value, .register)]) }
            builder.instruction(values.reversed().map { Operand(.use, $0, .any) })
        }
    }

    // What grows with the square of these sizes takes minutes, which is noticed; how it grows exactly is for benchmarks to say.

    @Test func `a call with 10,000 results is allocated and checked`() throws {
        let problem = callWithResults(10_000)
        #expect(try solve(problem).locations.count == problem.operands.count)
    }

    /// A loop whose parameters start with one value and are rotated on the back edge, and of which some are read behind it.
    private func rotatingLoop(_ count: Int, readBehind readCount: Int) -> AllocationProblem {
        var builder = ProblemBuilder(integers: 12, vectors: 14)
        let start = builder.value()
        let parameters = (0..<count).map { _ in builder.value() }
        let labels = (0..<4).map { _ in builder.label() }
        builder.begin(labels[0])
        builder.instruction([Operand(.definition, start, .any)])
        builder.instruction([])
        builder.end([(labels[1], parameters.map { _ in start })])
        builder.begin(labels[1], parameters: parameters)
        builder.instruction([Operand(.use, parameters[0], .register)])
        builder.end([(labels[2], []), (labels[3], [])])
        builder.begin(labels[2])
        builder.instruction([])
        builder.end([(labels[1], parameters.indices.map { parameters[($0 + 1) % count] })])
        builder.begin(labels[3])
        builder.instruction(parameters.prefix(readCount).map { Operand(.use, $0, .any) })
        builder.end()
        return builder.finished()
    }

    @Test(arguments: [0, 19, 10_000])
    func `a loop that rotates 10,000 parameters with one initial value is allocated and checked`(readBehind: Int) throws
    {
        let problem = rotatingLoop(10_000, readBehind: readBehind)
        #expect(try solve(problem).locations.count == problem.operands.count)
    }

    @Test func `a naive order of moves in place of the resolver is found by the checker`() throws {
        let naive = ParallelMoveResolver { moves, scratch in
            MoveSequence(moves: moves.flatMap { ParallelMoveResolver.standard.resolve([$0], scratch).moves })
        }
        var found = 0
        for seed in UInt64(1)...200 {
            let problem = RandomProblem.make(seed: seed)
            let allocation = try RegisterAllocator.singlePass(naive).allocate(problem)
            do {
                try AllocationChecker().check(problem, allocation)
            } catch {
                found += 1
            }
        }
        #expect(found > 5)
    }
}
