import Testing
import WasmFormats
import WasmInterpreter
import WasmModel

/// Objects that nothing refers to cost nothing, and the others stay what they are.
@Suite struct GarbageTests {
    /// How the export `f` ends with a heap of so many bytes; the same, with the same fuel left, with and without fused instructions.
    private func outcome(_ text: String, heapBytes: UInt64, _ arguments: WasmValue...) throws -> CallOutcome? {
        let module = try Validator.validate(try TextParser.module(text))
        var outcomes: Set<CallOutcome> = []
        var fuel: Set<Int64> = []
        for fuses in [true, false] {
            let store = InterpreterStore(
                limits: ExecutionLimits(fuel: 10_000_000, heapBytes: heapBytes),
                fusesInstructions: fuses
            )
            let instance = try store.instantiate(module)
            outcomes.insert(store.invoke(try #require(instance.exportedFunction("f")), arguments))
            fuel.insert(store.fuel)
        }
        #expect(outcomes.count == 1 && fuel.count == 1, "\(outcomes), fuel \(fuel)")
        return outcomes.first
    }

    /// A loop that does something `count` times.
    private func loop(_ count: Int, _ body: String, locals: String = "") -> String {
        """
        (func (export "f") (result i32) (local $n i32) \(locals)
          (local.set $n (i32.const \(count)))
          (loop $again \(body)
            (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
          (i32.const 1))
        """
    }

    @Test(
        arguments: [
            "(drop (struct.new_default $cell))", "(drop (struct.new $cell (i64.const 1) (ref.null $cell)))",
            "(drop (array.new_default $bytes (i32.const 50)))",
            "(drop (array.new $vectors (v128.const i64x2 1 2) (i32.const 9)))",
            "(drop (array.new_fixed $cells 3 (struct.new_default $cell) (ref.null $cell) (struct.new_default $cell)))",
            "(drop (array.new_data $bytes $d (i32.const 1) (i32.const 3)))",
            "(drop (array.new_elem $cells $e (i32.const 0) (i32.const 2)))",
            "(block $h (result exnref) (try_table (catch_all_ref $h) (throw $t (i64.const 7))) (unreachable)) (drop)",
            "(block $h (result i64) (try_table (catch $t $h) (throw $t (i64.const 7))) (unreachable)) (drop)",
            "(global.set $g (struct.new $cell (i64.const 5) (ref.null $cell)))",
            "(table.set $table (i32.const 1) (struct.new $cell (i64.const 5) (ref.null $cell)))",
        ]
    )
    func `what dies at once may be made any number of times`(body: String) throws {
        let text = """
            (module
              (type $cell (struct (field i64) (field (mut (ref null $cell))))) (type $bytes (array (mut i8)))
              (type $vectors (array v128)) (type $cells (array (ref null $cell)))
              (tag $t (param i64)) (global $g (mut (ref null $cell)) (ref.null $cell))
              (table $table 2 (ref null $cell)) (data $d "abcdef")
              (elem $e (ref null $cell) (struct.new_default $cell) (ref.null $cell))
              \(loop(5000, body)))
            """
        #expect(try outcome(text, heapBytes: 4096) == returned([1]))
    }

    @Test
    func `objects are kept by locals, operands, callers, globals, tables, segments, fields, elements and exceptions`()
        throws
    {
        // `make` makes garbage, too; each object holds its number, and all are summed up in the end.
        let text = """
            (module
              (type $cell (struct (field i32))) (type $pair (struct (field (ref $cell)) (field (ref $cell))))
              (type $cells (array (mut (ref null $cell)))) (type $s (array (mut i64)))
              (tag $t (param i32 (ref $cell)))
              (global $g (mut (ref null $cell)) (ref.null $cell)) (global $x (mut exnref) (ref.null exn))
              (global $constant (ref $cell) (struct.new $cell (i32.const 1000)))
              (table $table 3 (ref null $cell))
              (elem $e (ref $cell) (struct.new $cell (i32.const 2000)))
              (func $waste (param $n i32)
                (loop (drop (array.new_default $s (i32.const 13))) (drop (struct.new_default $pairs))
                  (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
              (type $pairs (struct (field (ref null $pair)) (field v128)))
              (func $make (param $value i32) (result (ref $cell))
                (call $waste (i32.const 60))
                (struct.new $cell (local.get $value)))
              (func $get (param (ref null $cell)) (result i32) (struct.get $cell 0 (local.get 0)))
              (func $sum5 (param (ref $cell) (ref $cell) (ref $cell) (ref $cell) (ref $cell)) (result i32)
                (call $waste (i32.const 60))
                (i32.add (i32.add (i32.add (i32.add (call $get (local.get 0)) (call $get (local.get 1)))
                  (call $get (local.get 2))) (call $get (local.get 3))) (call $get (local.get 4))))
              (func $nest (param $depth i32) (result i32) (local $mine (ref null $cell))
                (if (i32.eqz (local.get $depth)) (then (call $waste (i32.const 60)) (return (i32.const 0))))
                (local.set $mine (call $make (local.get $depth)))
                (i32.add (call $nest (i32.sub (local.get $depth) (i32.const 1))) (call $get (local.get $mine))))
              (func (export "f") (result i32) (local $a (ref null $cell)) (local $p (ref null $pair)) (local $array (ref null $cells))
                (local $e exnref) (local $sum i32)
                (local.set $a (call $make (i32.const 1)))
                (global.set $g (call $make (i32.const 2)))
                (table.set $table (i32.const 2) (call $make (i32.const 4)))
                (local.set $p (struct.new $pair (call $make (i32.const 8)) (call $make (i32.const 16))))
                (local.set $array (array.new_fixed $cells 2 (call $make (i32.const 32)) (call $make (i32.const 64))))
                (block $h (result i32 (ref $cell) exnref)
                  (try_table (catch_ref $t $h) (throw $t (i32.const 128) (call $make (i32.const 256))))
                  (unreachable))
                (local.set $e) (drop) (drop)
                (block $h (result i32 (ref $cell) exnref)
                  (try_table (catch_ref $t $h) (throw $t (i32.const 512) (call $make (i32.const 4096))))
                  (unreachable))
                (global.set $x) (drop) (drop)
                ;; Operands, among them aliases of a local that is overwritten while they wait.
                (local.get $a) (ref.as_non_null) (call $make (i32.const 8192)) (local.get $a) (ref.as_non_null)
                (local.set $a (call $make (i32.const 16384)))
                (call $make (i32.const 32768)) (local.get $a) (ref.as_non_null)
                (local.set $sum (call $sum5))
                (call $waste (i32.const 200))
                (local.set $sum (i32.add (local.get $sum) (call $nest (i32.const 9))))
                (local.set $sum (i32.add (local.get $sum) (call $get (global.get $g))))
                (local.set $sum (i32.add (local.get $sum) (call $get (table.get $table (i32.const 2)))))
                (local.set $sum (i32.add (local.get $sum) (call $get (struct.get $pair 0 (local.get $p)))))
                (local.set $sum (i32.add (local.get $sum) (call $get (struct.get $pair 1 (local.get $p)))))
                (local.set $sum (i32.add (local.get $sum) (call $get (array.get $cells (local.get $array) (i32.const 0)))))
                (local.set $sum (i32.add (local.get $sum) (call $get (array.get $cells (local.get $array) (i32.const 1)))))
                (local.set $sum (i32.add (local.get $sum) (call $get (global.get $constant))))
                (local.set $sum (i32.add (local.get $sum)
                  (call $get (array.get $cells (array.new_elem $cells $e (i32.const 0) (i32.const 1)) (i32.const 0)))))
                (block $h (result i32 (ref $cell))
                  (try_table (catch $t $h) (throw_ref (local.get $e)))
                  (unreachable))
                (call $get) (i32.add) (local.set $sum (i32.add (local.get $sum)))
                (block $h (result i32 (ref $cell))
                  (try_table (catch $t $h) (throw_ref (global.get $x)))
                  (unreachable))
                (call $get) (i32.add) (i32.add (local.get $sum))))
            """
        let nested = (1...9).reduce(0, +)
        let operands = 1 + 8192 + 1 + 32768 + 16384
        let others = 2 + 4 + 8 + 16 + 32 + 64 + 1000 + 2000 + 128 + 256 + 512 + 4096
        for heapBytes in stride(from: 2200 as UInt64, to: 6000, by: 312) {
            #expect(try outcome(text, heapBytes: heapBytes) == returned([nested + operands + others]), "\(heapBytes)")
        }
    }

    @Test func `a list of living objects is intact after many collections, and ends at the limit`() throws {
        // Every tenth object is kept.
        let text = """
            (module (type $cell (struct (field i32) (field (ref null $cell))))
              (func (export "f") (param $count i32) (result i32) (local $list (ref null $cell)) (local $n i32) (local $sum i32)
                (loop $again
                  (if (i32.eqz (i32.rem_u (local.get $n) (i32.const 10)))
                    (then (local.set $list (struct.new $cell (local.get $n) (local.get $list))))
                    (else (drop (struct.new $cell (local.get $n) (local.get $list)))))
                  (br_if $again (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (local.get $count))))
                (loop $next
                  (local.set $sum (i32.add (local.get $sum) (struct.get $cell 0 (local.get $list))))
                  (br_if $next (i32.eqz (ref.is_null (local.tee $list (struct.get $cell 1 (local.get $list)))))))
                (local.get $sum)))
            """
        // A cell takes 32 bytes.
        #expect(
            try outcome(text, heapBytes: 16_384, .i32(4000)) == returned([(0..<400).map { $0 * 10 }.reduce(0, +)])
        )
        #expect(try outcome(text, heapBytes: 16_384, .i32(8000)) == .exhausted(.heap))
    }

    @Test func `what was left behind on the stack keeps nothing alive, whether instructions are fused or not`() throws {
        // Slots of the operand stack hold dead references where numbers come that only unfused code writes there.
        let text = """
            (module (type $big (array (mut i64))) (type $cell (struct (field (ref null $cell))))
              (func $sum (param i32 i32 i32 (ref null $big)) (result i32)
                (i32.add (local.get 0) (i32.add (local.get 1) (local.get 2))))
              (func (export "f") (result i32) (local $n i32) (local $list (ref null $cell))
                (loop $again
                  (drop (call $sum (i32.const 1) (i32.const 2) (i32.const 3) (array.new_default $big (i32.const 20))))
                  (array.new_default $big (i32.const 20)) (array.new_default $big (i32.const 30)) (drop) (drop)
                  (local.get $n) (i32.const 77) (i32.const 78)
                  (local.set $list (struct.new $cell (local.get $list)))
                  (drop) (drop) (drop)
                  (local.set $n (i32.add (local.get $n) (i32.const 1)))
                  (br $again))
                (unreachable)))
            """
        for heapBytes in stride(from: 3000 as UInt64, to: 9000, by: 1000) {
            #expect(try outcome(text, heapBytes: heapBytes) == .exhausted(.heap))
        }
    }
}
