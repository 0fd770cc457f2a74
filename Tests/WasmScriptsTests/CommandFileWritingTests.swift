import Testing
import WasmFormats
import WasmModel
import WasmScripts

/// Scripts as command files.
struct CommandFileWritingTests {
    private func script(_ assertions: String) throws -> (Script, [UInt8]) {
        let module = try TextParser.module(
            #"(module (func (export "f") (param i32 f64 v128 funcref externref) (result f32 funcref) unreachable))"#
        )
        let wasm = BinaryEncoder.encode(module)
        var script = Script(commands: [ScriptCommand(.module(ScriptModule(.binary(wasm))))])
        script.commands += try ScriptParser.script(assertions).commands
        return (script, wasm)
    }

    @Test func `what is written reads back`() throws {
        let arguments = "(i32.const -1) (f64.const nan:0x4) (v128.const i32x4 1 2 3 4) (ref.null func) (ref.extern 3)"
        let (script, wasm) = try script(
            """
            (assert_return (invoke "f" \(arguments)) (f32.const nan:canonical) (ref.null))
            (assert_trap (invoke "f" \(arguments)) "unreachable")
            (assert_exception (invoke "f" \(arguments)))
            (invoke "f" \(arguments))
            """
        )
        let written = try CommandFile.written(script, source: "case.json")
        #expect(written.modules.map(\.bytes) == [wasm])
        let read = try CommandFile(Array(written.text.utf8)) { name in
            written.modules.first { $0.name == name }?.bytes
        }
        #expect(read.script.commands.map(\.line) == [1, 2, 3, 4, 5])
        guard case .assertReturn(.invoke(_, "f", let values), let patterns) = read.script.commands[1].kind else {
            Issue.record("\(read.script.commands[1])")
            return
        }
        #expect(
            values == [
                .i32(.max), .f64(0x7FF0_0000_0000_0004), .v128(V128(low: 0x2_0000_0001, high: 0x4_0000_0003)),
                .reference(.null), .reference(.external(3)),
            ]
        )
        #expect(patterns == [.f32(.canonicalNaN), .reference(.null(nil))])
    }

    @Test func `null has the type of the module, and strings have no other escape than by code`() throws {
        let (script, _) = try script(
            #"(assert_trap (invoke "f" (i32.const 0) (f64.const 0) (v128.const i64x2 0 0) (ref.null func) (ref.null extern)) "\"\\")"#
        )
        let text = try CommandFile.written(script, source: "case.json").text
        #expect(text.contains(#"{"type": "funcref", "value": "null"}, {"type": "externref", "value": "null"}"#))
        #expect(text.contains(#""text": "\u0022\u005c""#))
        #expect(text.contains(#""expected": [{"type": "f32"}, {"type": "funcref"}]"#))
    }

    @Test func `what has no form there is an error`() throws {
        let (script, _) = try script(#"(get "g")"#)
        #expect(throws: Never.self) { try CommandFile.written(script, source: "x") }
        let (linked, _) = try self.script(#"(module $m) (register "a" $m)"#)
        #expect(throws: CommandFileError.self) { try CommandFile.written(linked, source: "x") }
    }
}
