import Testing
import WasmFormats
import WasmModel

struct TextParserTests {
    @Test
    func `flat and folded instructions give the same body`() throws {
        let flat = try TextParser.module(
            "(module (func $f (param $x i32) (result i32) local.get $x if (result i32) i32.const 1 else i32.const 2 end))"
        )
        let folded = try TextParser.module(
            "(func $f (param $x i32) (result i32) (if (result i32) (local.get $x) (then (i32.const 1)) (else (i32.const 2))))"
        )
        #expect(flat == folded)
        #expect(flat.functions[0].body.count == 6 + 1)
        #expect(flat.names.functions == [0: "f"])
        #expect(flat.names.locals == [0: [0: "x"]])
    }

    @Test
    func `implicit types are added after the explicit ones, once each, in the order of their uses`() throws {
        let module = try TextParser.module(
            """
            (func (result f64) (block (param i32) (result i32 i32) unreachable) unreachable)
            (func (param i32))
            (func (result f64) (f64.const 1))
            (type $t (func (param i32)))
            """
        )
        #expect(module.functions.map(\.type) == [1, 0, 1])
        #expect(
            module.types.map(\.functionType) == [
                FunctionType(parameters: [.i32]), FunctionType(results: [.f64]),
                FunctionType(parameters: [.i32], results: [.i32, .i32]),
            ]
        )
    }

    @Test
    func `an error names its line and its column`() throws {
        let error = #expect(throws: TextError.self) {
            try TextParser.module("(module\n  (func (; é ;) (br $nowhere)))")
        }
        #expect(error?.description == "2:21: unknown label $nowhere")
    }

    @Test(arguments: [
        "(elem (table 0) (i32.const 0) $f)", "(elem (table 0) (i32.const 0))",
        "(elem (table 0) (offset i32.const 0) 0)",
        "(elem)", "(elem declare $f)", "(elem $f)", "(elem declare)",
    ])
    func `a list of functions without func has no table, and an offset`(segment: String) {
        let error = #expect(throws: TextError.self) {
            try TextParser.module("(table 1 funcref) (func $f) \(segment)")
        }
        #expect(error?.reason.hasPrefix("unexpected token") == true)
    }

    @Test
    func `deep nesting needs no deep stack`() throws {
        let depth = 20_000
        let text = "(func " + String(repeating: "(block ", count: depth) + String(repeating: ")", count: depth + 1)
        let module = try TextParser.module(text)
        #expect(module.functions[0].body.count == 2 * depth + 1)
    }

    @Test(
        arguments: [
            ("0x1p0", 0x3F80_0000), ("-0x0p0", 0x8000_0000), ("0x1.000001p0", 0x3F80_0000),
            ("0x1.000003p0", 0x3F80_0002),
            ("0x1.00000100000000000000001p0", 0x3F80_0001), ("0x1p-149", 1), ("0x1p-150", 0), ("0x1.8p-150", 1),
            ("0x0.00000000000000000000000000000001p-21", 1), ("0x1.fffffep127", 0x7F7F_FFFF),
            ("0x1.fffffefffffp127", 0x7F7F_FFFF), ("0x1.fffffep-127", 0x0080_0000), ("nan", 0x7FC0_0000),
            ("-nan:0x7f_ffff", 0xFFFF_FFFF), ("1e-45", 1), ("340282346638528859811704183484516925440", 0x7F7F_FFFF),
            ("-inf", 0xFF80_0000), ("1_0.2_5e+0_1", 0x42CD_0000), ("0x1P2", 0x4080_0000), ("1.", 0x3F80_0000),
        ] as [(String, UInt32)]
    )
    func `a float is rounded to the nearest, ties to even`(_ text: String, _ bits: UInt32) throws {
        let module = try TextParser.module("(global f32 (f32.const \(text)))")
        #expect(module.globals[0].initializer[0] == Instruction(.f32Const, .f32(bits)))
    }
}
