import Execution
import Testing
import WasmFormats
import WasmInterpreter
import WasmModel

@testable import Differential

struct ExceptionOutcomeTests {
    private func outcome(tag: Int, _ values: [Int]) throws -> Outcome {
        let constants = values.map { "(i32.const \($0))" }.joined(separator: " ")
        let module = try TextParser.module(
            """
            (module (tag (param i32 i32)) (tag (param i32 i32)) (func (export "f") (throw \(tag) \(constants))))
            """
        )
        let test = TestCase(
            wasm: BinaryEncoder.encode(module),
            invocations: [Invocation(export: "f", arguments: [])]
        )
        return InterpreterEngine().run(test, within: Budget())
    }

    @Test func `an uncaught exception is an outcome with its tag and its values`() throws {
        let expected = Observation(
            invocations: [.threw(tag: 1, payload: [.i32(3), .i32(4)])],
            instances: [InstanceState()]
        )
        #expect(try outcome(tag: 1, [3, 4]) == .completed(expected))
    }

    @Test func `exceptions agree where their tags and all their values do`() throws {
        let oracle = try outcome(tag: 1, [3, 4])
        #expect(Verdict.on(oracle, oracle: oracle) == .agreement)
        let otherTag = Verdict.on(try outcome(tag: 0, [3, 4]), oracle: oracle)
        guard case .divergence(let divergence) = otherTag else {
            Issue.record("\(otherTag)")
            return
        }
        #expect(divergence.observable == .ending(invocation: 0))
        let otherValue = Verdict.on(try outcome(tag: 1, [3, 5]), oracle: oracle)
        guard case .divergence(let divergence) = otherValue else {
            Issue.record("\(otherValue)")
            return
        }
        #expect(divergence.observable == .payload(invocation: 0, index: 1))
    }
}
