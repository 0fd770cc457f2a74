import Testing
import WasmFormats
import WasmModel

struct AnnotationTests {
    private func reason(_ source: String) -> String? {
        do {
            _ = try TextParser.module(source)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test(arguments: [
        ("(@custom)", "@custom annotation: missing section name"),
        ("(@custom 4)", "@custom annotation: missing section name"),
        ("(@custom \"\\df\")", "@custom annotation: malformed UTF-8 encoding"),
        ("(@custom \"a\" here)", "@custom annotation: unexpected token"),
        ("(@custom \"a\" (after type) 7)", "@custom annotation: unexpected token"),
        ("(@custom \"a\" (after type func))", "@custom annotation: unexpected token"),
        ("(@custom \"a\" (after))", "@custom annotation: malformed section kind"),
        ("(@custom \"a\" (aft type))", "@custom annotation: malformed placement"),
        ("(@custom \"a\" (before types))", "@custom annotation: malformed section kind"),
        ("(func (block (@custom \"a\")))", "misplaced @custom annotation"),
        ("(type (@custom \"a\") $t (func))", "misplaced @custom annotation"),
        ("(module (@name \"a\") (@name \"b\"))", "@name annotation: multiple module"),
        ("(module (func) (@name \"a\"))", "misplaced @name annotation"),
        ("(module (start $f (@name \"a\")) (func $f))", "misplaced @name annotation"),
        ("(module (@name a))", "@name annotation: string expected"),
        (
            "(module (@metadata.code.branch_hint \"\\01\") (func))",
            "@metadata.code.branch_hint annotation: not in a function"
        ),
        (
            "(func (@metadata.code.branch_hint \"\\01\") (@metadata.code.branch_hint \"\\01\") if end)",
            "@metadata.code.branch_hint annotation: duplicate annotation"
        ),
        (
            "(func (@metadata.code.branch_hint \"\\02\") if end)",
            "@metadata.code.branch_hint annotation: invalid hint value"
        ),
        ("(func (@metadata.code.branch_hint a) if end)", "@metadata.code.branch_hint annotation: unexpected token"),
        (
            "(func nop (@metadata.code.branch_hint \"\\00\"))",
            "@metadata.code.branch_hint annotation: invalid placement"
        ),
    ])
    func `an annotation that is malformed or misplaced is refused with the suite's message`(
        source: String,
        message: String
    ) {
        #expect(reason(source)?.hasPrefix(message) == true, "\(reason(source) ?? "well-formed")")
    }

    @Test
    func `names of annotations are the names of the module and its items`() throws {
        let module = try TextParser.module(
            """
            (module $m (@name "Modül") (import "a" "b" (func (@name "x") $i))
              (func $f (@name "λ") (param (@name "p") i32)) (func) (memory (@name "m 0") 1) (global $g (@name "g") i32 (i32.const 0)))
            """
        )
        #expect(module.names.module == "Modül")
        #expect(module.names.functions == [0: "i", 1: "λ"])
        #expect(module.names.memories == [0: "m 0"])
        #expect(module.names.globals == [0: "g"])
    }

    @Test
    func `a branch hint is valid where a branch that has a condition stands`() throws {
        func violation(_ body: String) throws -> String? {
            try TextParser.invalidAnnotation(in: Array("(func (param i32) \(body))".utf8))?.reason
        }
        let hint = "(@metadata.code.branch_hint \"\\01\")"
        #expect(try violation("local.get 0 \(hint) if end") == nil)
        #expect(try violation("\(hint) (if (local.get 0) (then))") == nil)
        #expect(try violation("local.get 0 \(hint) br_if 0") == nil)
        #expect(try violation("\(hint) nop") == "@metadata.code.branch_hint annotation: invalid target")
        #expect(try violation("\(hint) (br 0)") == "@metadata.code.branch_hint annotation: invalid target")
    }
}
