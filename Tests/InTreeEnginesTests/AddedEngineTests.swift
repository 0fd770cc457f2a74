import Differential
import Execution
import InTreeEngines
import Testing
import WasmFormats
import WasmInterpreter
import WasmModel
import WasmScripts

/// What one file (`NegatingEngine.swift`) and one line (the registry below) are enough for.
struct AddedEngineTests {
    private let registry = EngineRegistry(
        oracle: InterpreterEngine(),
        factories: InTreeEngines.factories() + [NegatingFactory()]
    )

    private static func subject(_ body: String) throws -> Case {
        let module = try TextParser.module("(module \(body))")
        return Case(
            TestCase(
                wasm: BinaryEncoder.encode(module),
                invocations: [Invocation(export: "f", arguments: [])]
            )
        )
    }

    @Test func `it is found by its name, by its family and by its options`() throws {
        #expect(try registry.engines(named: "negating").map(\.name) == ["negating:honest", "negating:mistaken"])
        #expect(try registry.engines(named: "negating:mistaken").map(\.name) == ["negating:mistaken"])
        #expect(registry.usableNames.suffix(2) == ["negating:honest", "negating:mistaken"])
        let unknown = #expect(throws: EngineRegistry.UnknownEngine.self) {
            try registry.engines(named: "negating:fast")
        }
        #expect(
            unknown?.description
                == "engine 'negating:fast': no such option ':fast' (choose from :honest, :mistaken)"
        )
    }

    @Test func `it is judged like all others`() throws {
        let engines = try registry.engines(named: "negating")
        let judge = Judge(oracle: registry.oracle)
        let differing = judge.judge(
            try Self.subject("(func (export \"f\") (result i64 i32) (i64.const 1) (i32.const 7))"),
            in: engines
        )
        #expect(differing.others.map { $0.verdict.isDivergence } == [false, true])
        #expect(differing.others.first?.verdict == .agreement)
        let divergence = differing.others.last?.verdict.divergence
        #expect(divergence?.observable == .result(invocation: 0, index: 1))
        #expect(divergence?.expected == "i32:7")
        #expect(differing.differs)
        let refused = judge.judge(try Self.subject("(memory 1) (func (export \"f\"))"), in: engines)
        #expect(!refused.hasComparison)
    }

    @Test func `it runs scripts`() throws {
        let script = try ScriptParser.script(
            """
            (module $m (func (export "f") (result i32) (i32.const 7)))
            (assert_return (invoke "f") (i32.const 7))
            (register "m")
            (module (import "m" "f" (func $f (result i32))) (func (export "g") (result i64) (i64.extend_i32_u (call $f))))
            (assert_return (invoke "g") (i64.const 7))
            (module (memory 1))
            """
        )
        let reports = try registry.engines(named: "negating").map { engine in
            ScriptRunner.run(script, on: try #require(engine as? any StoreEngine))
        }
        #expect(reports.map(\.passed) == [5, 4])
        #expect(reports.map { $0.failures.map(\.line) } == [[], [2]])
        #expect(reports.allSatisfy { $0.refused == ["memories"] })
    }
}
