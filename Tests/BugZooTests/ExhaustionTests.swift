import Differential
import Execution
import InTreeEngines
import TestedEngines
import Testing
import WasmFormats
import WasmModel

@testable import BugZoo

/// A call that uses up the oracle's stack is no call to compare, but one that an engine has to end.
@Suite struct ExhaustionTests {
    /// A recursion without end, with arguments on the stack, behind a call that ends.
    private static func test(arguments count: Int = 30) throws -> TestCase {
        let parameters = [String](repeating: "i64", count: count).joined(separator: " ")
        let arguments = (0..<count).map { "(local.get \($0))" }.joined(separator: " ")
        let module = try TextParser.module(
            """
            (module
              (func (export "f") (result i32) (i32.const 5))
              (func $deep (export "deep") (param \(parameters)) \(arguments) (call $deep)))
            """
        )
        return TestCase(
            wasm: BinaryEncoder.encode(module),
            invocations: [
                Invocation(export: "f", arguments: []),
                Invocation(export: "deep", arguments: [WasmValue](repeating: .i64(7), count: count)),
            ]
        )
    }

    @Test(arguments: TestedEngines.compilerNames)
    func `an engine ends a recursion without end before it leaves its stack`(name: EngineName) throws {
        var trial = Judge(oracle: TestedEngines.oracle).trial(of: Case(try Self.test()))
        #expect(trial.verdict(of: try TestedEngines.registry.engine(named: name)) == .agreement)
    }

    @Test func `code that checks its stack without the arguments of its calls is found by a recursion`() throws {
        let specimen = try #require(Specimen.mechanisms.first { $0.identifier == "stack-check-without-arguments" })
        let registry = InTreeEngines.registry(change: specimen.breakPipeline)
        for text in ["x86_64:none:loads", "arm64:none:loads"] {
            let engine = try registry.engine(named: EngineName(text))
            // Where the last frame ends is different for each.
            let found = try stride(from: 30, to: 260, by: 11).contains { count in
                var trial = Judge(oracle: registry.oracle).trial(of: Case(try Self.test(arguments: count)))
                return trial.verdict(of: engine).divergence?.observable == .crash(.execute)
            }
            #expect(found, "\(text)")
        }
    }
}
