import Execution
import LibraryEngines
import Testing
import WasmFormats
import WasmModel

/// An engine behind `wasm.h` does what the interpreter does; Wasmtime has that API, too.
@Suite(.enabled(if: TestedLibrary.wasmtime.isHere, TestedLibrary.wasmtime.absence))
struct StandardLibraryTests {
    @Test func `generated cases do the same where numbers cross the edge`() throws {
        let engine = try TestedLibrary.wasmtime.engine(["api": "standard"])
        let tally = try LibraryTally(
            engine,
            profile: "everything",
            count: 400,
            maximumArity: 100,
            namesReferences: false
        )
        #expect(tally.differences == [])
        #expect(tally.agreements >= 60)
        #expect(engine.boundary.values == ["i32", "i64", "f32", "f64"])
    }

    @Test func `NaNs, functions of the host, globals, memories and traps are those of the interpreter`() throws {
        let text = """
            (module (import "host" "h" (func $h (param f32 i64) (result i64 f32 i32)))
              (memory (export "m") 1) (global (export "g") (mut f64) (f64.const nan:0x4000000000001))
              (func (export "f") (param f32) (result i64 f32 i32)
                (i32.store8 (i32.const 9) (i32.const 8)) (call $h (local.get 0) (i64.const -2)))
              (func (export "t") (result i32) (i32.div_u (i32.const 1) (i32.const 0))))
            """
        let calls = [
            Invocation(export: "f", arguments: [.f32(0x7FA0_0001)]), Invocation(export: "t", arguments: []),
        ]
        let observation = try #require(
            try TestedLibrary.wasmtime.observation(text, calls, ["api": "standard"])
        )
        #expect(observation.invocations.last == .trapped(.integerDivideByZero))
    }
}

/// The bytes of a module's text.
func wasm(_ text: String) throws -> [UInt8] { BinaryEncoder.encode(try TextParser.module(text)) }
