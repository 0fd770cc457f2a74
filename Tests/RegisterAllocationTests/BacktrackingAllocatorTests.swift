import RegisterAllocation
import Testing

@Suite struct BacktrackingAllocatorTests {
    /// Allocates, checks, and executes.
    @discardableResult
    private func solve(_ problem: AllocationProblem, seed: UInt64 = 1) throws -> Allocation {
        let allocation: Allocation
        do {
            allocation = try BacktrackingAllocator().allocate(problem)
            try AllocationChecker().check(problem, allocation)
        } catch let error as AllocationViolation {
            let found = try BacktrackingAllocator().allocate(problem)
            Issue.record("seed \(seed): \(error)\n\(problem.text(with: found))")
            throw error
        } catch {
            Issue.record("seed \(seed): \(error)\n\(problem.text())")
            throw error
        }
        #expect(
            !AllocationExecution.goesWrong(problem, allocation, seed: seed, paths: 3),
            "\(problem.text(with: allocation))"
        )
        return allocation
    }

    @Test func `every allocation of a random problem passes the checker and the execution`() throws {
        for seed in UInt64(1)...1500 { try solve(RandomProblem.make(seed: seed), seed: seed) }
    }

    @Test func `every allocation of a larger random problem passes the checker and the execution`() throws {
        for seed in UInt64(1)...60 { try solve(RandomProblem.make(seed: seed, size: 300), seed: seed) }
    }

    @Test func `a value that nothing takes the registers from stays in one`() throws {
        let problem = straightLine { builder in
            let value = builder.value()
            builder.instruction([Operand(.definition, value, .register)])
            for _ in 0..<10 {
                let other = builder.value()
                builder.instruction([Operand(.definition, other, .register)])
                builder.instruction([Operand(.use, value, .register), Operand(.use, other, .any)])
            }
        }
        let allocation = try solve(problem)
        #expect(allocation.edits.isEmpty)
        #expect(allocation.spillSlotCount == 0)
    }

    @Test func `a value that lives across calls is stored once and loaded once between two calls`() throws {
        let problem = straightLine { builder in
            let value = builder.value()
            builder.instruction([Operand(.definition, value, .register)])
            for _ in 0..<5 {
                builder.instruction([], clobbers: builder.problem.allocatable)
                builder.instruction([Operand(.use, value, .register)])
                builder.instruction([Operand(.use, value, .register)])
            }
        }
        let allocation = try solve(problem)
        let stores = allocation.edits.filter { if case .slot = $0.destination { true } else { false } }
        #expect(stores.count == 1)
        #expect(allocation.edits.count == 6)
        #expect(allocation.spillSlotCount == 1)
    }

    @Test func `values that live one after the other share a slot`() throws {
        let problem = straightLine { builder in
            for _ in 0..<10 {
                let value = builder.value()
                builder.instruction([Operand(.definition, value, .register)])
                builder.instruction([], clobbers: builder.problem.allocatable)
                builder.instruction([Operand(.use, value, .any)])
            }
        }
        #expect(try solve(problem).spillSlotCount == 1)
    }

    @Test func `a definition takes over the register of the value that ends in it without a move`() throws {
        let problem = straightLine { builder in
            let value = builder.value()
            builder.instruction([Operand(.definition, value, .register)])
            let sum = builder.value()
            builder.instruction([Operand(.use, value, .register), Operand(.definition, sum, .reuse(0))])
            builder.instruction([Operand(.use, sum, .register)])
        }
        #expect(try solve(problem).edits.isEmpty)
    }

    @Test func `a loop keeps its values in registers although calls before and after it overwrite them`() throws {
        var builder = ProblemBuilder(integers: 4, vectors: 4)
        let header = builder.label()
        let exit = builder.label()
        let value = builder.value()
        builder.begin(builder.label())
        builder.instruction([Operand(.definition, value, .register)])
        builder.instruction([], clobbers: builder.problem.allocatable)
        builder.instruction([])
        builder.end([(header, [])])
        builder.begin(header)
        builder.instruction([Operand(.use, value, .register)])
        builder.instruction([Operand(.use, value, .register)])
        builder.end([(header, []), (exit, [])])
        builder.begin(exit)
        builder.instruction([], clobbers: builder.problem.allocatable)
        builder.instruction([Operand(.use, value, .any)])
        builder.end()
        let problem = builder.finished()
        let allocation = try solve(problem)
        let inLoop = allocation.edits.filter { problem.blocks[1].instructions.contains(Int($0.point.rawValue / 2)) }
        #expect(inLoop.isEmpty, "\(problem.text(with: allocation))")
    }

    @Test func `more values in registers at once than there are registers is an error that names the instruction`() {
        let problem = straightLine(integers: 2) { builder in
            let values = (0..<3).map { _ in builder.value() }
            builder.instruction(values.map { Operand(.definition, $0, .any) })
            builder.instruction(values.map { Operand(.use, $0, .register) })
        }
        #expect(throws: AllocationError.outOfRegisters(instruction: 1, operand: 0, .integer)) {
            try BacktrackingAllocator().allocate(problem)
        }
    }
}
