import Testing
import WasmFormats

/// The lines in which the commands of a printed script begin.
struct NumberedScriptTests {
    @Test func `each command begins in the line that is told`() throws {
        let script = try ScriptParser.script(
            """
            (module (func (export "a") (result i32) i32.const 1) (func (export "b") nop nop nop))
            (assert_return (invoke "a") (i32.const 1))
            (invoke "b")
            (module binary "\\00asm\\01\\00\\00\\00")
            (assert_trap (invoke "b") "x")
            """
        )
        let (text, lines) = ScriptPrinter.numberedText(of: script)
        #expect(text == ScriptPrinter.text(of: script))
        let texts = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 5)
        let beginnings = ["(module", "(assert_return", "(invoke", "(module", "(assert_trap"]
        for (line, beginning) in zip(lines, beginnings) { #expect(texts[line - 1].hasPrefix(beginning)) }
    }

    @Test func `null arguments of a binary module have the types of its parameters`() throws {
        let module = try TextParser.module(#"(module (func (export "f") (param funcref externref)))"#)
        var script = Script(commands: [ScriptCommand(.module(ScriptModule(.binary(BinaryEncoder.encode(module)))))])
        script.commands += try ScriptParser.script(#"(invoke "f" (ref.null func) (ref.null extern))"#).commands
        #expect(ScriptPrinter.text(of: script).contains(#"(invoke "f" (ref.null func) (ref.null extern))"#))
    }
}
