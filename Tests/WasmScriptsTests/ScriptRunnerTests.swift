import Execution
import Testing
import WasmFormats
import WasmInterpreter
import WasmModel
import WasmScripts

struct ScriptRunnerTests {
    private func run(
        _ source: String,
        on engine: any StoreEngine = InterpreterEngine(),
        features: FeatureSet = .wasm3
    ) throws -> ScriptReport {
        ScriptRunner.run(try ScriptParser.script(source), on: engine, features: features)
    }

    @Test
    func `what a script says is compared with what happens`() throws {
        let report = try run(
            """
            (module (func (export "one") (result i32) i32.const 1) (func (export "trap") unreachable))
            (assert_return (invoke "one") (i32.const 1))
            (assert_return (invoke "one") (i32.const 2))
            (assert_return (invoke "one"))
            (assert_trap (invoke "trap") "unreachable")
            (assert_trap (invoke "trap") "integer overflow")
            (assert_trap (invoke "one") "unreachable")
            (assert_exception (invoke "trap"))
            (assert_exhaustion (invoke "one") "call stack exhausted")
            (invoke "trap")
            (invoke "missing")
            (assert_return (invoke "one" (i32.const 1)) (i32.const 1))
            (get "one")
            """
        )
        #expect(report.passed == 3)
        #expect(report.skipped == 0)
        #expect(report.failures.map(\.line) == [3, 4, 6, 7, 8, 9, 10, 11, 12, 13])
        #expect(report.failures[0].description == "line 3: expected (i32.const 2), got (i32.const 1)")
        #expect(report.failures[2].description == "line 6: expected trap: integer overflow, got trap: unreachable")
    }

    @Test
    func `a module must be rejected at the stated stage for the stated reason`() throws {
        let report = try run(
            """
            (assert_invalid (module (func (result i32))) "type mismatch")
            (assert_invalid (module (func (result i32))) "unknown local")
            (assert_invalid (module) "type mismatch")
            (assert_malformed (module quote "(func") "unexpected token")
            (assert_malformed (module quote "(func)") "unexpected token")
            (assert_malformed (module binary "\\00asm\\01\\00\\00\\00\\ff") "malformed section id")
            (assert_malformed (module quote "(func (result i32))") "type mismatch")
            (assert_unlinkable (module (import "a" "b" (func))) "unknown import")
            (assert_unlinkable (module (import "spectest" "memory" (func))) "incompatible import type")
            (assert_unlinkable (module (import "spectest" "memory" (func))) "unknown import")
            (assert_trap (module (memory 0) (data (i32.const 1) "a")) "out of bounds memory access")
            (assert_trap (module (func unreachable) (start 0)) "out of bounds memory access")
            """
        )
        #expect(report.passed == 6)
        #expect(report.failures.map(\.line) == [2, 3, 5, 7, 10, 12])
        #expect(report.differences.isEmpty)
    }

    @Test
    func `instances are found by name, and the latest one otherwise`() throws {
        let report = try run(
            """
            (module $a (global (export "g") (mut i32) (i32.const 1))
              (func (export "set") (param i32) (global.set 0 (local.get 0))))
            (register "a")
            (module $b (import "a" "g" (global (mut i32))) (func (export "get") (result i32) (global.get 0)))
            (invoke $a "set" (i32.const 7))
            (assert_return (invoke "get") (i32.const 7))
            (assert_return (get $a "g") (i32.const 7))
            (module definition $d (global (export "g") i32 (i32.const 3)))
            (module instance $one $d)
            (module instance $two $d)
            (assert_return (get $two "g") (i32.const 3))
            (register "again" $one)
            (module (import "again" "g" (global i32)) (export "h" (global 0)))
            (assert_return (get "h") (i32.const 3))
            (assert_return (get $missing "h") (i32.const 3))
            """
        )
        #expect(report.failures.map(\.line) == [15])
        #expect(report.passed == 13)
    }

    @Test
    func `names are compared code point by code point`() throws {
        let report = try run(
            """
            (module (func (export "\\u{e9}") (result i32) i32.const 1)
              (func (export "e\\u{301}") (result i32) i32.const 2))
            (assert_return (invoke "\\u{e9}") (i32.const 1))
            (assert_return (invoke "e\\u{301}") (i32.const 2))
            """
        )
        #expect(report.passed == 3)
    }

    @Test
    func `what an engine refuses is skipped with all that depends on it, and named`() throws {
        let source = """
            (module $a (memory 1) (func (export "f") (result i32) i32.const 1))
            (assert_return (invoke "f") (i32.const 1))
            (register "a")
            (module $b (import "a" "f" (func)))
            (assert_return (invoke $b "f"))
            (module $c (func (export "f") (result i32) i32.const 1))
            (assert_return (invoke "f") (i32.const 1))
            (assert_return (invoke $a "f") (i32.const 1))
            (assert_unlinkable (module (import "a" "f" (func))) "unknown import")
            (assert_invalid (module (func (result i32))) "type mismatch")
            """
        let report = try run(source, on: EngineWithoutMemory())
        #expect(report.failures.isEmpty)
        #expect(report.passed == 3)
        #expect(report.skipped == 7)
        #expect(report.refused == ["memories"])
        #expect(report.commandCount == 10)
    }

    @Test
    func `what a refused module would have written is not held against those that share it`() throws {
        let source = """
            (module $m (memory (export "m") 1) (func (export "f") (result i32) (i32.load8_u (i32.const 0))))
            (register "m")
            (module $n (import "m" "m" (memory 1)) (func (export "f") (result i32) (i32.load8_u (i32.const 0))))
            (module $o (memory 1) (func (export "f") (result i32) (i32.load8_u (i32.const 0))))
            (module (import "m" "m" (memory 1)) (memory 1) (data (memory 0) (i32.const 0) "\\07"))
            (assert_return (invoke $m "f") (i32.const 7))
            (assert_return (invoke $n "f") (i32.const 7))
            (assert_return (invoke $o "f") (i32.const 7))
            (assert_return (invoke $o "f") (i32.const 0))
            """
        let report = try run(source, features: .wasm2)
        #expect(report.failures.map(\.line) == [8])
        #expect(report.skipped == 3)
        #expect(report.passed == 5)
        #expect(try run(source).failures.map(\.line) == [8])
    }

    @Test
    func `what has no end within the fuel is undecided, and so is what depends on it`() throws {
        let source = """
            (module $m (global $g (mut i32) (i32.const 0))
              (func (export "f") (result i32) (global.get $g))
              (func (export "l") (global.set $g (i32.const 7)) (loop $t (br $t))))
            (module $n (func (export "f") (result i32) i32.const 1))
            (script (assert_return (invoke $m "f") (i32.const 0)) (assert_return (invoke $m "l")))
            (assert_trap (invoke $n "f") "unreachable")
            (assert_return (invoke $m "f") (i32.const 0))
            (module $s (func $l (loop $t (br $t))) (start $l) (func (export "f")))
            (invoke $s "f")
            (assert_exhaustion (invoke $m "l") "fuel exhausted")
            """
        let script = try ScriptParser.script(source)
        let report = ScriptRunner.run(script, on: InterpreterEngine(), within: Budget(fuel: 1_000))
        #expect(report.undecided.map(\.line) == [5, 8])
        #expect(report.undecided.map(\.number) == [4, 7])
        #expect(report.undecided.allSatisfy { $0.reason == "fuel exhausted" })
        #expect(report.failures.map(\.line) == [6])
        #expect((report.passed, report.skipped) == (5, 2))
        #expect(report.commandCount == 10)
        // Who is not asked says the same, and runs none of it: this one has no fuel to end.
        let others = ScriptRunner.run(script, on: InterpreterEngine(), leavingOut: [4, 7, 9])
        #expect(others.undecided.map(\.number) == [4, 7, 9])
        #expect((others.passed, others.skipped, others.failures.count) == (5, 1, 1))
    }

    @Test
    func `what a left out module may have changed is not held against those that share it`() throws {
        let source = """
            (module $a (global (export "g") (mut i32) (i32.const 0)) (table (export "t") 1 funcref))
            (register "a" $a)
            (module $b (import "a" "g" (global $g (mut i32)))
              (func $s (global.set $g (i32.const 5)) (loop (br 0))) (start $s))
            (assert_return (get $a "g") (i32.const 5))
            (assert_trap (module (import "a" "g" (global $g (mut i32))) (func $s (br_if 0 (i32.ne (global.get $g) (i32.const 5)))
              unreachable) (start $s)) "unreachable")
            (module $c (import "a" "t" (table 1 funcref)) (elem (i32.const 1) func 0) (func (export "x")))
            (assert_return (invoke $c "x"))
            """
        let script = try ScriptParser.script(source)
        let oracle = ScriptRunner.run(script, on: InterpreterEngine(), within: Budget(fuel: 1_000))
        #expect(oracle.undecided.map(\.number) == [2])
        #expect(oracle.failures.isEmpty, "\(oracle.failures)")
        let other = ScriptRunner.run(script, on: InterpreterEngine(), leavingOut: [2])
        #expect(other.failures.isEmpty, "\(other.failures)")
        #expect(other.skipped == 4)
    }

    @Test
    func `a module is a definition of its name, too`() throws {
        let source = """
            (module $a (func (export "f") (result i32) i32.const 1))
            (module instance $i $a)
            (assert_return (invoke $i "f") (i32.const 1))
            (module (func (export "f") (result i32) i32.const 2))
            (module instance)
            (assert_return (invoke "f") (i32.const 2))
            """
        #expect(try run(source).passed == 6)
    }

    @Test
    func `names that Unicode takes for the same are two`() throws {
        let source = #"""
            (module $"\c3\a9" (func (export "\c3\a9") (result i32) i32.const 1) (func (export "e\cc\81") (result i32) i32.const 2))
            (module $"e\cc\81" (func (export "f") (result i32) i32.const 3))
            (assert_return (invoke $"\c3\a9" "\c3\a9") (i32.const 1))
            (assert_return (invoke $"\c3\a9" "e\cc\81") (i32.const 2))
            (assert_return (invoke $"e\cc\81" "f") (i32.const 3))
            """#
        #expect(try run(source).passed == 5)
    }

    @Test
    func `what the features do not have is skipped by its name`() throws {
        let source = """
            (module (memory i64 1) (func (export "f")))
            (invoke "f")
            (module (func (export "f") (result i32 i32) (i32.const 1) (i32.const 2)))
            (assert_return (invoke "f") (i32.const 1) (i32.const 2))
            """
        let second = try run(source, features: .wasm2)
        #expect(second.passed == 2)
        #expect(second.skipped == 2)
        #expect(second.refused == ["memory with 64-bit addresses requires feature memory64"])
        let first = try run(source, features: .mvp)
        #expect(first.passed == 0)
        #expect(first.skipped == 4)
        #expect(try run(source).passed == 4)
    }
}

/// The interpreter without memories.
private struct EngineWithoutMemory: StoreEngine {
    let name: EngineName = "without-memory"
    private let base = InterpreterEngine()

    func prepare(_ module: ValidatedModule) throws(EngineFailure) -> any PreparedModule {
        guard module.memoryTypes.isEmpty else { throw .refused("memories") }
        return try base.prepare(module)
    }

    func makeStore(within budget: Budget) throws(EngineFailure) -> any Store {
        try base.makeStore(within: budget)
    }
}
