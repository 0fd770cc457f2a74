import Execution
import Testing
import WasmFormats
import WasmInterpreter
import WasmModel

@testable import WasmScripts

/// Scripts in engines that run modules and calls, but no scripts.
struct ScriptCaseRunnerTests {
    /// The interpreter, and what it is given.
    private struct NarrowEngine: Engine {
        let name: EngineName = "narrow"
        /// Makes an outcome into another one.
        var change: @Sendable (TestCase, Outcome) -> Outcome = { $1 }

        func run(_ test: TestCase, within budget: Budget) -> Outcome {
            guard let module = try? BinaryDecoder.decode(test.wasm), (try? Validator.validate(module)) != nil else {
                return .rejected(reason: "no module")
            }
            return change(test, InterpreterEngine().run(test, within: budget))
        }
    }

    private func run(
        _ source: String,
        _ change: @escaping @Sendable (TestCase, Outcome) -> Outcome = { $1 }
    ) throws -> ScriptReport {
        ScriptCaseRunner.run(try ScriptParser.script(source), on: NarrowEngine(change: change), within: Budget())
    }

    @Test func `calls are made on the instance that they name, one after the other`() throws {
        let report = try run(
            """
            (module $a (global $g (export "g") (mut i32) (i32.const 0))
              (func (export "next") (result i32) (global.set $g (i32.add (global.get $g) (i32.const 1))) global.get $g))
            (module (func (export "f") (result f32) (f32.div (f32.const 0) (f32.const 0))) (func (export "t") unreachable))
            (assert_return (invoke $a "next") (i32.const 1))
            (assert_return (invoke "f") (f32.const nan:canonical))
            (assert_trap (invoke "t") "unreachable")
            (assert_return (invoke $a "next") (i32.const 2))
            (assert_return (get $a "g") (i32.const 2))
            (assert_return (invoke $a "next") (i32.const 4))
            (assert_return (invoke "missing"))
            """
        )
        #expect(report.passed == 7)
        #expect(report.skipped == 0)
        #expect(report.failures.map(\.line).sorted() == [9, 10])
        #expect(report.failures.contains { $0.description == "line 9: expected (i32.const 4), got (i32.const 3)" })
    }

    @Test func `what modules import from the host module is within them`() throws {
        let report = try run(
            """
            (module
              (import "spectest" "print_i32" (func $print (param i32)))
              (import "spectest" "global_i32" (global $g i32))
              (import "spectest" "table" (table 10 funcref))
              (import "spectest" "memory" (memory 1))
              (global $h i32 (global.get $g))
              (func $f (export "f") (result i32) (call $print (i32.const 1)) global.get $h)
              (func (export "size") (result i32) table.size 0)
              (func (export "load") (result i32) (i32.load8_u (i32.const 8)))
              (elem (i32.const 0) $f) (data (i32.const 8) "a"))
            (assert_return (invoke "f") (i32.const 666))
            (assert_return (invoke "size") (i32.const 10))
            (assert_return (invoke "load") (i32.const 97))
            """
        )
        #expect(report.passed == 4)
        #expect(report.failures.isEmpty)
    }

    @Test func `what links modules is skipped, with all that may depend on it`() throws {
        let report = try run(
            """
            (module $a (memory (export "m") 1) (func (export "f") (result i32) (i32.load (i32.const 0))))
            (assert_return (invoke "f") (i32.const 0))
            (register "a")
            (module (import "a" "m" (memory 1)) (data (i32.const 0) "x") (func (export "g")))
            (assert_return (invoke "g"))
            (assert_return (invoke $a "f") (i32.const 120))
            """
        )
        #expect(report.passed == 2)
        #expect(report.failures.isEmpty)
        #expect(report.skippedFor == ["links modules": 4])
    }

    @Test func `modules that must be rejected are given to the engine, and text is not`() throws {
        let report = try run(
            """
            (assert_invalid (module (func (result i32))) "type mismatch")
            (assert_invalid (module) "type mismatch")
            (assert_malformed (module binary "") "unexpected end")
            (assert_malformed (module quote "(func") "unexpected token")
            (assert_trap (module (func $s unreachable) (start $s)) "unreachable")
            """
        )
        #expect(report.passed == 3)
        #expect(report.failures.map(\.description) == ["line 2: expected invalid: type mismatch, got a module"])
        #expect(report.commandCount == 4)
    }

    @Test func `a call that uses up the stack is made alone`() throws {
        let report = try run(
            """
            (module (func $f (export "f") (result i32) (call $f)) (func (export "one") (result i32) i32.const 1))
            (assert_exhaustion (invoke "f") "call stack exhausted")
            (assert_return (invoke "one") (i32.const 1))
            """
        )
        #expect(report.passed == 3)
        #expect(report.failures.isEmpty)
    }

    @Test func `a call that the engine cannot be given leaves the others`() throws {
        let source = """
            (module (func (export "one") (result i32) i32.const 1) (func (export "e") (param externref)))
            (assert_return (invoke "one") (i32.const 1))
            (assert_return (invoke "e" (ref.extern 1)))
            (assert_return (invoke "one") (i32.const 1))
            """
        let report = try run(source) { test, outcome in
            test.invocations.contains { $0.export == "e" } ? .refused(reason: "no externref, at byte 17") : outcome
        }
        #expect(report.passed == 3)
        #expect(report.skippedFor == ["no externref, at byte N": 1])
    }

    @Test func `what is not seen is skipped, and what differs has failed`() throws {
        let source = """
            (module (func (export "one") (result i32) i32.const 1)
              (func (export "nan") (result f32) (f32.div (f32.const 0) (f32.const 0))))
            (assert_return (invoke "one") (i32.const 1))
            (assert_return (invoke "nan") (f32.const nan:arithmetic))
            (assert_return (invoke "one") (i32.const 1))
            """
        let report = try run(source) { _, _ in
            .completed(Observation(invocations: [.unseen, .mismatched("result 0"), .mismatched("result 0")]))
        }
        #expect(report.passed == 1)
        #expect(report.skipped == 2)
        #expect(report.failures.map(\.description) == ["line 5: expected (i32.const 1), got result 0"])
    }

    @Test func `an engine that ends with the first difference is given the calls behind it again`() throws {
        let source = """
            (module (func (export "a") (result i32) i32.const 1) (func (export "b") (result i32) i32.const 2))
            (assert_return (invoke "a") (i32.const 1))
            (assert_return (invoke "b") (i32.const 2))
            (assert_return (invoke "a") (i32.const 1))
            """
        let report = try run(source) { test, outcome in
            guard case .completed(var observation) = outcome,
                let wrong = test.invocations.firstIndex(where: { $0.export == "b" })
            else { return outcome }
            observation.invocations[wrong] = .mismatched("result 0")
            for call in observation.invocations.indices.dropFirst(wrong + 1) { observation.invocations[call] = .unseen }
            return .completed(observation)
        }
        #expect(report.passed == 3)
        #expect(report.skipped == 0)
        #expect(report.failures.map(\.line) == [3])
    }

    @Test func `calls behind one with which a run ends are made again, and one that exhausts resources is skipped`()
        throws
    {
        let source = """
            (module (func (export "trap") unreachable) (func (export "b") (result i32) i32.const 2) (func (export "large")))
            (assert_trap (invoke "trap") "unreachable")
            (assert_return (invoke "b") (i32.const 2))
            (assert_return (invoke "large"))
            (assert_return (invoke "b") (i32.const 2))
            """
        let report = try run(source) { test, outcome in
            guard case .completed(var observation) = outcome,
                let last = test.invocations.firstIndex(where: { $0.export != "b" })
            else { return outcome }
            var end = last
            if test.invocations[last].export == "trap" { end += 1 }
            guard end < test.invocations.count else { return outcome }
            observation.invocations[end...] = [.exhausted(reason: "the end")]
            return .completed(observation)
        }
        #expect(report.passed == 4)
        #expect(report.skippedFor == ["resources ran out: the end": 1])
        #expect(report.failures.isEmpty)
    }

    @Test func `a module that the script has as bytes is given as these bytes`() throws {
        // The count of the types is longer than it has to be.
        let bytes: [UInt8] = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1, 5, 0x81, 0, 0x60, 0, 0]
        let source = #"(module binary "\00asm\01\00\00\00\01\05\81\00\60\00\00")"#
        let report = try run(source) { test, outcome in test.wasm == bytes ? outcome : .refused(reason: "other bytes") }
        #expect(report.passed == 1)
    }

    @Test func `an engine that dies, or takes no module, has failed once`() throws {
        let source = """
            (module (func (export "one") (result i32) i32.const 1))
            (assert_return (invoke "one") (i32.const 1))
            """
        for outcome in [Outcome.crashed(Crash(phase: .compile, message: "x")), .rejected(reason: "x")] {
            let report = try run(source) { _, _ in outcome }
            #expect(report.failures.count == 1)
            #expect(report.skippedFor == ["the engine did not come to it": 1])
        }
        #expect(try run(source) { _, _ in .refused(reason: "no") }.skippedFor == ["no": 2])
    }

    @Test func `commands that the oracle does not come to the end of are left out`() throws {
        let script = try ScriptParser.script(
            """
            (module (func (export "one") (result i32) i32.const 1))
            (assert_return (invoke "one") (i32.const 2))
            """
        )
        let report = ScriptCaseRunner.run(script, on: NarrowEngine(), within: Budget(), leavingOut: [1])
        #expect(report.passed == 1)
        #expect(report.failures.isEmpty)
        #expect(report.undecided.map(\.number) == [1])
    }
}
