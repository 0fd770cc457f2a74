import Testing
import WasmFormats
import WasmModel

struct TextPrinterTests {
    /// A module that uses every kind of field and most kinds of immediates.
    static let everything = #"""
        (module $all
          (type $callback (func (param i32) (result i32)))
          (rec
            (type $node (sub (struct (field $next (mut (ref null $node))) (field i8) (field $v (mut i16)))))
            (type $leaf (sub final $node
              (struct (field (mut (ref null $node))) (field i8) (field (mut i16)) (field $x i32)))))
          (type $bytes (array (mut i8)))
          (rec (type (func)))
          (import "host\u{e9}" "print\00" (func $print (param $number i32) (param f64)))
          (import "host" "table" (table $imported i64 1 10 externref))
          (import "host" "memory" (memory 1))
          (import "host" "global" (global $mutable (mut v128)))
          (import "host" "tag" (tag $error (param i32 externref)))
          (tag $other (param i64))
          (table $t 3 funcref (ref.func $f))
          (table funcref (elem $f $f))
          (table $any (ref null $node) (elem (ref.null $node) (item ref.null none)))
          (memory $m i64 1 2)
          (memory (data "hello\n" "\ff\u{1f600}"))
          (global $g i32 (i32.const -5))
          (global (mut f32) (f32.const nan:0x200001))
          (global f64 (f64.const -0x1.8p-1060))
          (global i32 i32.const 1 i32.const 2 i32.add)
          (export "f" (func $f))
          (export "" (memory 0))
          (start $start)
          (elem $passive func $f $print)
          (elem $strange declare (ref null $callback) (ref.func $f))
          (elem (table $t) (offset i32.const 1 i32.const 1 i32.sub) func $f)
          (data $d "\00\01")
          (data (memory $m) (i64.const 3) "")
          (func $start)
          (func $f (type $callback) (local $a i32) (local i32 v128) (local $b f32)
            block $outer (result i32)
              loop $inner (type $callback)
                br_table $outer $inner 0 2
              end
              (if (result i32) (local.get $a) (then (i32.const 1)) (else (i32.const 0x80000000)))
            end
            (drop (call_indirect $t (type $callback) (i32.const 1) (i32.const 0)))
            (block $h (result exnref)
              (try_table (result exnref) (catch $error 0) (catch_all_ref $h) (throw $other (i64.const 1)))
            )
            (i32.load8_u offset=8 (i32.const 0)) drop
            (v128.load32_lane $m align=1 3 (i64.const 0) (v128.const f32x4 1 -0 nan inf)) drop
            (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31 (v128.const i64x2 1 2) (v128.const i8x16
              0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 -1)) drop
            (memory.init $m $d (i64.const 0) (i32.const 0) (i32.const 0))
            (memory.copy $m 0 (i64.const 0) (i32.const 0) (i32.const 0))
            (table.init $t $passive (i32.const 0) (i32.const 0) (i32.const 0))
            (select (result i32) (i32.const 1) (i32.const 2) (i32.const 3))
            (struct.get_s $node $v (ref.cast (ref $node) (ref.null $node)))
            (ref.test structref (array.new_fixed $bytes 1 (i32.const 1)))
            (br_on_cast 0 anyref (ref null $leaf) (ref.null any))
            (f64.const 0x1.fffffffffffffp+1023) drop
            unreachable)
          (func $"quoted \" name" (param $p i32)))
        """#

    @Test
    func `a module with every kind of field reads back as it was printed`() throws {
        let module = try TextParser.module(Self.everything)
        let text = TextPrinter.text(of: module)
        #expect(try TextParser.module(text) == module)
        #expect(TextPrinter.normalForm(of: module) == module)
    }

    @Test
    func `custom sections and a data count that nothing needs survive`() throws {
        var module = try TextParser.module(#"(module (func) (data "x"))"#)
        module.dataCount = 7
        module.customSections = [
            CustomSection(name: "first", bytes: [0, 255], followsSection: 0),
            CustomSection(name: "later", bytes: Array(repeating: 65, count: 200), followsSection: 10),
        ]
        #expect(try TextParser.module(TextPrinter.text(of: module)) == module)
        module = try TextParser.module(#"(module (func data.drop 0) (data "x"))"#)
        #expect(module.dataCount == 1)
        module.dataCount = nil
        #expect(try TextParser.module(TextPrinter.text(of: module)) == module)
    }

    @Test
    func `names that cannot be identifiers are dropped, and nothing else changes`() throws {
        var module = try TextParser.module("(func) (func) (func (local i32))")
        module.names.functions = [0: "same", 1: "same", 2: "", 9: "absent"]
        module.names.locals = [2: [0: "ok", 1: "absent"]]
        let read = try TextParser.module(TextPrinter.text(of: module))
        #expect(read.names.functions == [0: "same"])
        #expect(read == TextPrinter.normalForm(of: module))
    }

    @Test
    func `a signature of ten thousand types is wrapped into readable lines`() throws {
        var module = Module()
        let types: [ValueType] = (0..<10_000).map { $0 % 3 == 0 ? .i32 : $0 % 3 == 1 ? .f64 : .v128 }
        let type = module.addType(FunctionType(parameters: types, results: types))
        module.functions = [Function(type: type, body: [Instruction(.unreachable), Instruction(.end)])]
        let text = TextPrinter.text(of: module)
        #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 120 })
        #expect(try TextParser.module(text) == module)
    }

    @Test
    func `a label is named only where the name means the block that is meant`() throws {
        let text = "(func block $a block $a br 0 br 1 end end)"
        let module = try TextParser.module(text)
        let printed = TextPrinter.text(of: module)
        #expect(printed.contains("br $a"))
        #expect(printed.contains("br 1"))
        #expect(try TextParser.module(printed) == module)
    }

    @Test
    func `every opcode with a plain immediate prints and parses back`() throws {
        for row in OpcodeTable.rows where row.immediate == .none && ![.else, .end].contains(row.opcode) {
            let module = try TextParser.module("(func \(row.name))")
            #expect(module.functions[0].body.first?.opcode == (row.opcode == .selectTyped ? .select : row.opcode))
        }
    }

    @Test
    func `the text of nested blocks is linear in their number`() throws {
        func size(_ depth: Int) throws -> Int {
            let body = String(repeating: "block ", count: depth) + String(repeating: "end ", count: depth)
            let module = try TextParser.module("(func \(body))")
            let text = TextPrinter.text(of: module)
            #expect(try TextParser.module(text) == module)
            return text.utf8.count
        }
        // A level of indentation for each block would make it four times the size.
        #expect(try Double(size(4000)) < 2.2 * Double(size(2000)))
    }
}
