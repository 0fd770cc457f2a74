import SSA
import Testing
import X64Backend

@testable import MachineCode

@Suite struct RuntimeStubTests {
    /// The functions of the runtime for which a module's code has stubs.
    private func stubs(in text: String) throws -> [RuntimeFunction] {
        let compiled = try ModuleCompiler(X64Backend(), PipelineConfiguration()).compile(PipelineTests.module(text))
        let placed = compiled.regions.compactMap { region -> RuntimeFunction? in
            guard case .runtimeStub(let function) = region.kind else { return nil }
            #expect(compiled.runtimeStubOffsets[Int(function.rawValue)] == region.range.lowerBound)
            return function
        }
        #expect(compiled.runtimeStubOffsets.filter { $0 >= 0 }.count == placed.count)
        return placed
    }

    @Test func `a module that calls nothing of the runtime has none of its stubs`() throws {
        #expect(try stubs(in: "(func (export \"f\") (result i32) (i32.const 1))").isEmpty)
    }

    @Test func `each function of the runtime that a module calls has one stub`() throws {
        let text = """
            (memory 1)
            (func (drop (memory.grow (i32.const 1))) (drop (memory.grow (i32.const 2))))
            (func (memory.fill (i32.const 0) (i32.const 0) (i32.const 0)))
            """
        #expect(try stubs(in: text) == [.memoryGrow, .memoryFill])
    }
}
