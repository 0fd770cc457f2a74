import Testing
import WasmFormats
import WasmInterpreter
import WasmModel

@Suite struct AggregateTests {
    @Test(arguments: [1, 300, 2000])
    func `a structure gives back every field, whatever its width`(count: Int) throws {
        let types = ["i8", "i32", "v128", "i16", "i64", "f32", "f64", "externref"]
        let zeros = [
            "i32.const -2", "i32.const", "v128.const i64x2 5", "i32.const -3", "i64.const", "f32.const", "f64.const",
            "ref.null extern",
        ]
        func initial(_ field: Int) -> String {
            let kind = field % types.count
            return kind == 0 || kind == 3 || kind == 7 ? "(\(zeros[kind]))" : "(\(zeros[kind]) \(field))"
        }
        let last = (count - 1) % types.count
        let program = try Program(
            """
            (module
              (type $s (struct \(list(0..<count) { "(field (mut \(types[$0 % types.count])))" })))
              (global $g (ref $s) (struct.new $s \(list(0..<count, initial))))
              (func (export "first") (result i32 i32)
                (struct.get_s $s 0 (global.get $g)) (struct.get_u $s 0 (global.get $g)))
              (func (export "last") (result \(last == 3 ? "i32" : last == 0 ? "i32" : types[last]))
                (struct.get\(last == 0 || last == 3 ? "_s" : "") $s \(count - 1) (global.get $g))))
            """
        )
        #expect(program.run("first") == returned([-2, 254]))
        switch last {
        case 0: #expect(program.run("last") == returned([-2]))
        case 3: #expect(program.run("last") == returned([-3]))
        case 7: #expect(program.run("last") == .returned([.reference(.null)]))
        default: #expect(Bool(false), "no count ends in a field of type \(types[last])")
        }
    }

    @Test func `an array made of 10_000 values holds them in order`() throws {
        let program = try Program(
            """
            (module
              (type $a (array i16))
              (func (export "f") (param i32) (result i32 i32)
                (local $x (ref null $a))
                \(list(0..<10_000) { "i32.const \($0 * 5)" })
                (array.new_fixed $a 10000)
                (local.set $x)
                (array.get_u $a (local.get $x) (local.get 0))
                (array.get_s $a (local.get $x) (local.get 0))))
            """
        )
        for index in [0, 1, 255, 256, 9999] {
            #expect(
                program.run("f", .i32(UInt32(index)))
                    == returned([index * 5, Int(Int16(truncatingIfNeeded: index * 5))])
            )
        }
        #expect(program.run("f", .i32(10_000)) == .trapped(.outOfBoundsArrayAccess))
    }

    @Test func `arrays of vectors are filled, copied and read`() throws {
        let program = try Program(
            """
            (module
              (type $a (array (mut v128)))
              (global $x (ref $a) (array.new $a (v128.const i64x2 1 2) (i32.const 10)))
              (global $v v128 (v128.const i64x2 3 4))
              (func (export "f") (result v128 v128 v128)
                (array.fill $a (global.get $x) (i32.const 2) (global.get $v) (i32.const 3))
                (array.copy $a $a (global.get $x) (i32.const 3) (global.get $x) (i32.const 1) (i32.const 4))
                (array.get $a (global.get $x) (i32.const 3))
                (array.get $a (global.get $x) (i32.const 4))
                (array.get $a (global.get $x) (i32.const 7))))
            """
        )
        let old = WasmValue.v128(V128(low: 1, high: 2))
        let new = WasmValue.v128(V128(low: 3, high: 4))
        #expect(program.run() == .returned([old, new, old]))
    }

    @Test(arguments: [
        "(drop (array.new_default $a (i32.const -1)))",
        "(loop (local.set 0 (struct.new $s (ref.null $a) (local.get 0))) (br 0))",
        "(loop (local.set 0 (struct.new $s (array.new $a (i64.const 3) (i32.const 100)) (local.get 0))) (br 0))",
    ])
    func `what does not fit into the heap ends in its exhaustion`(body: String) throws {
        let program = try Program(
            """
            (module (type $a (array i64)) (type $s (struct (field (ref null $a)) (field (ref null $s))))
              (func (export "f") (local (ref null $s)) \(body)))
            """,
            limits: ExecutionLimits(heapBytes: 1 << 20)
        )
        #expect(program.run() == .exhausted(.heap))
    }

    @Test func `long fills are paid for`() throws {
        let program = try Program(
            """
            (module
              (type $a (array (mut i8)))
              (func (export "f") (local $x (ref null $a))
                (local.set $x (array.new_default $a (i32.const 1000000)))
                (loop
                  (array.fill $a (local.get $x) (i32.const 0) (i32.const 1) (i32.const 1000000))
                  (br 0))))
            """,
            limits: ExecutionLimits(fuel: 1_000_000)
        )
        #expect(program.run() == .exhausted(.fuel))
    }

    @Test func `types of two modules are one where their recursion groups are alike`() throws {
        let group = "(rec (type $l (sub (struct (field (ref null $m))))) (type $m (struct (field (ref null $l)))))"
        let store = InterpreterStore()
        let maker = try store.instantiate(
            try Validator.validate(
                try TextParser.module(
                    "(module (type (func)) \(group) (func (export \"f\") (result (ref $l)) (struct.new_default $l)))"
                )
            )
        )
        func test(_ types: String) throws -> CallOutcome? {
            let module = try TextParser.module(
                """
                (module \(types) (import "" "f" (func $f (result (ref $l))))
                  (func (export "g") (result i32) (ref.test (ref $l) (call $f))))
                """
            )
            let made = try #require(maker.export("f"))
            let instance = try store.instantiate(try Validator.validate(module), imports: [made])
            return instance.exportedFunction("g").map { store.invoke($0) }
        }
        #expect(try test(group) == returned([1]))
        #expect(throws: InstantiationError.self) { try test(group.replacing("(sub ", with: "(sub final ")) }
    }

    @Test func `an exception carries objects and integers as references`() throws {
        let program = try Program(
            """
            (module
              (type $s (struct (field i32)))
              (tag $t (param (ref $s) i31ref))
              (func $throw (throw $t (struct.new $s (i32.const 41)) (ref.i31 (i32.const -1))))
              (func (export "f") (result i32 i32)
                (local $i i31ref)
                (block $h (result (ref $s) i31ref) (try_table (catch $t $h) (call $throw)) unreachable)
                (local.set $i)
                (struct.get $s 0)
                (i31.get_s (local.get $i)))
              (func (export "g") (call $throw)))
            """
        )
        #expect(program.run() == returned([41, -1]))
        #expect(
            program.run("g") == .threw(0, [.reference(.opaque("struct")), .reference(.opaque("i31"))])
        )
    }
}
