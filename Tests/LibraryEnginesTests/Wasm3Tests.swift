import Execution
import LibraryEngines
import Testing
import WasmModel

/// wasm3 does what the interpreter does, as far as it is right itself: blocks with many values it gets wrong.
@Suite(.enabled(if: TestedLibrary.wasm3.isHere, TestedLibrary.wasm3.absence))
struct Wasm3Tests {
    @Test(arguments: ["exports", "calls"])
    func `generated cases do the same`(profile: String) throws {
        let engine = try TestedLibrary.wasm3.engine()
        let tally = try LibraryTally(
            engine,
            profile: profile,
            count: 1500,
            maximumArity: 300,
            namesReferences: false
        )
        #expect(tally.differences == [])
        #expect(tally.agreements >= 60)
    }

    @Test func `NaNs, functions of the host, globals and memories are those of the interpreter`() throws {
        let text = """
            (module (import "host" "h" (func $h (param f32 i64) (result i64 f32 i32)))
              (memory (export "m") 1) (global (export "g") (mut f64) (f64.const nan:0x4000000000001))
              (start $s) (func $s (i32.store8 (i32.const 1) (i32.const 7)))
              (func (export "f") (param f32) (result i64 f32 i32)
                (i32.store8 (i32.const 9) (i32.const 8)) (call $h (local.get 0) (i64.const -2))))
            """
        _ = try TestedLibrary.wasm3.observation(text, [Invocation(export: "f", arguments: [.f32(0x7FA0_0001)])])
    }

    @Test(
        arguments: [
            ("unreachable", Trap.unreachable), ("(drop (i32.div_u (i32.const 1) (i32.const 0)))", .integerDivideByZero),
            ("(drop (i32.div_s (i32.const 0x80000000) (i32.const -1)))", .integerOverflow),
            ("(drop (i32.trunc_f32_s (f32.const nan)))", .invalidConversionToInteger),
            ("(drop (i32.load (i32.const 65536)))", .outOfBoundsMemoryAccess),
            ("(call_indirect (param i32) (i32.const 0) (i32.const 0))", .indirectCallTypeMismatch),
            ("(call_indirect (i32.const 1))", .unnamed), ("(call_indirect (i32.const 2))", .unnamed),
        ]
    )
    func `traps are named where wasm3 tells them apart`(body: String, trap: Trap) throws {
        let text = """
            (module (memory 1) (table 2 funcref) (elem (i32.const 0) $f) (func $f (export "f") \(body)))
            """
        let test = TestCase(wasm: try wasm(text), invocations: [Invocation(export: "f", arguments: [])])
        let outcome = try TestedLibrary.wasm3.engine().run(test, within: Budget())
        guard case .completed(let observation) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(observation.invocations == [.trapped(trap)])
    }

    @Test func `a segment that does not fit traps`() throws {
        let text = #"(module (memory 1) (data (i32.const 65536) "a") (func (export "f")))"#
        _ = try TestedLibrary.wasm3.observation(text)
    }

    @Test func `a module with what it does not know is rejected`() throws {
        let test = TestCase(wasm: try wasm("(module (func (param v128)))"), invocations: [])
        guard case .rejected(let reason) = try TestedLibrary.wasm3.engine().run(test, within: Budget()) else {
            Issue.record("vectors are taken")
            return
        }
        #expect(reason.hasPrefix("unknown value_type"))
    }
}
