import Testing
import WasmFormats
import WasmInterpreter
import WasmModel

@Suite struct LimitTests {
    @Test func `endless recursion reaches the limit of the call depth`() throws {
        let program = try Program(
            #"(module (func $f (export "f") (param i32) (result i32) (call $f (local.get 0))))"#
        )
        #expect(program.run("f", .i32(1)) == .exhausted(.callStack))
    }

    @Test func `recursion as deep as the limit returns, one deeper does not`() throws {
        let program = try Program(
            """
            (module (func $f (export "f") (param i32) (result i32)
              (if (result i32) (local.get 0)
                (then (i32.add (i32.const 1) (call $f (i32.sub (local.get 0) (i32.const 1)))))
                (else (i32.const 1)))))
            """,
            limits: ExecutionLimits(callDepth: 500)
        )
        #expect(program.run("f", .i32(499)) == returned([500]))
        #expect(program.run("f", .i32(500)) == .exhausted(.callStack))
        #expect(program.run("f", .i32(499)) == returned([500]))
    }

    @Test func `large frames reach the limit of the value stack`() throws {
        let program = try Program(
            """
            (module (func $f (export "f") (param i32) (local \(list(0..<1000) { _ in "i64" }))
              (if (local.get 0) (then (call $f (i32.sub (local.get 0) (i32.const 1)))))))
            """,
            limits: ExecutionLimits(valueStackSlots: 10_500)
        )
        #expect(program.run("f", .i32(9)) == .returned([]))
        #expect(program.run("f", .i32(11)) == .exhausted(.callStack))
    }

    @Test func `an endless loop ends when the fuel is used up`() throws {
        let program = try Program(
            #"(module (func (export "f") (loop (br 0))) (func (export "g")))"#,
            limits: ExecutionLimits(fuel: 10_000)
        )
        #expect(program.run("f") == .exhausted(.fuel))
        #expect(program.store.fuel == 0)
        #expect(program.run("g") == .exhausted(.fuel))
    }

    @Test func `the same program uses the same fuel every time`() throws {
        let text = """
            (module (func (export "f") (param i32)
              (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
            """
        let limits = ExecutionLimits(fuel: 1_000_000)
        let first = try Program(text, limits: limits)
        let second = try Program(text, limits: limits)
        #expect(first.run("f", .i32(1000)) == .returned([]))
        #expect(second.run("f", .i32(1000)) == .returned([]))
        #expect(first.store.fuel == second.store.fuel)
        #expect(1_000_000 - first.store.fuel > 5 * 1000)
    }

    @Test func `memory grows to the limit and keeps its content`() throws {
        let program = try Program(
            """
            (module (memory 1)
              (func (export "f") (param i32) (result i32) (memory.grow (local.get 0)))
              (func (export "put") (i32.store (i32.const 65532) (i32.const 42)))
              (func (export "get") (param i32) (result i32) (i32.load (local.get 0))))
            """,
            limits: ExecutionLimits(memoryPages: 5)
        )
        #expect(program.run("put") == .returned([]))
        #expect(program.run("get", .i32(65533)) == .trapped(.outOfBoundsMemoryAccess))
        #expect(program.run("f", .i32(4)) == returned([1]))
        #expect(program.run("f", .i32(1)) == returned([-1]))
        #expect(program.run("f", .i32(0)) == returned([5]))
        #expect(program.run("get", .i32(65532)) == returned([42]))
        #expect(program.run("get", .i32(5 * 65536 - 4)) == returned([0]))
        #expect(program.run("get", .i32(5 * 65536 - 3)) == .trapped(.outOfBoundsMemoryAccess))
    }

    @Test func `a memory beyond the limit is not instantiated`() throws {
        #expect(throws: InstantiationError.exhausted(.memory)) {
            try Program("(module (memory 6))", limits: ExecutionLimits(memoryPages: 5))
        }
    }

    // MARK: Nothing exhausts the host

    @Test(
        arguments: [
            ("a memory of 4 GiB", "(memory 65536)"),
            ("a 64-bit memory of an enormous size", "(memory i64 0x1_0000_0000_0000)"),
            ("many memories", list(0..<50) { _ in "(memory 1000)" }),
            ("a table of all 32-bit numbers", "(table 0xFFFF_FFFF funcref)"),
            ("a 64-bit table of an enormous size", "(table i64 0xFFFF_FFFF_FFFF_FFFF funcref)"),
            ("many tables", list(0..<50) { _ in "(table 100000 funcref)" }),
        ]
    )
    func `what is declared larger than a limit is not instantiated`(_ name: String, declarations: String) throws {
        let limits = ExecutionLimits(memoryPages: 2000, allMemoryPages: 20_000, allTableElements: 1_000_000)
        #expect(throws: InstantiationError.exhausted(.memory), "\(name)") {
            try Program("(module \(declarations))", limits: limits)
        }
    }

    @Test func `a memory that grows in a loop stops at the limit, whatever the size of the steps`() throws {
        for step in [1, 7, 4096, 65536] {
            let program = try Program(
                """
                (module (memory 0) (memory $other 3)
                  (func (export "f") (param i32) (result i32)
                    (loop (br_if 0 (i32.ne (memory.grow (local.get 0)) (i32.const -1))))
                    (memory.size)))
                """,
                limits: ExecutionLimits(memoryPages: 1000, allMemoryPages: 900)
            )
            #expect(program.run("f", .i32(UInt32(step))) == returned([897 / step * step]))
        }
    }

    @Test func `a memory that grows to 4 GiB keeps its content and takes no more of the host than was written`() throws
    {
        let program = try Program(
            """
            (module (memory 1)
              (func (export "grow") (result i32)
                (i32.store (i32.const 65532) (i32.const 42))
                (loop (br_if 0 (i32.ne (memory.grow (i32.const 8191)) (i32.const -1))))
                (i32.add (memory.size) (i32.load (i32.const 65532)))))
            """
        )
        #expect(program.run("grow") == returned([8 * 8191 + 1 + 42]))
    }

    @Test func `a table that grows in a loop stops at the limit`() throws {
        let program = try Program(
            """
            (module (table 0 funcref) (table i64 5 externref)
              (func (export "f") (param i32) (result i32)
                (loop (br_if 0 (i32.ne (table.grow 0 (ref.null func) (local.get 0)) (i32.const -1))))
                (table.size 0))
              (func (export "huge") (result i64) (table.grow 1 (ref.null extern) (i64.const -1))))
            """,
            limits: ExecutionLimits(tableElements: 5000, allTableElements: 3005)
        )
        #expect(program.run("f", .i32(0xFFFF_FFFF)) == returned([0]))
        #expect(program.run("f", .i32(1000)) == returned([3000]))
        #expect(program.run("huge") == .returned([.i64(.max)]))
    }

    @Test func `arrays stop at the limit of the heap`() throws {
        let program = try Program(
            """
            (module (type $a (array (mut i64))) (type $list (struct (field (ref $a)) (field (ref null $list))))
              (func (export "f") (param i32) (drop (array.new_default $a (local.get 0))))
              (func (export "loop") (local (ref null $list))
                (loop (local.set 0 (struct.new $list (array.new $a (i64.const 1) (i32.const 1000)) (local.get 0))) (br 0))))
            """,
            limits: ExecutionLimits(heapBytes: 1 << 20)
        )
        for length in [1 << 31, 0xFFFF_FFFF, 1 << 20] as [UInt32] {
            #expect(program.run("f", .i32(length)) == .exhausted(.heap))
        }
        #expect(program.run("f", .i32(1000)) == .returned([]))
        #expect(program.run("loop") == .exhausted(.heap))
    }

    @Test func `what many bytes cost is known before they are written`() throws {
        let program = try Program(
            """
            (module (memory 100)
              (func (export "fill") (param i32) (memory.fill (i32.const 0) (i32.const 7) (local.get 0)))
              (func (export "get") (result i32) (i32.load (i32.const 0))))
            """,
            limits: ExecutionLimits(fuel: 1000)
        )
        #expect(program.run("fill", .i32(10_000_000)) == .trapped(.outOfBoundsMemoryAccess))
        #expect(program.run("fill", .i32(6_000_000)) == .exhausted(.fuel))
        program.store.fuel = 1000
        #expect(program.run("get") == returned([0]))
        #expect(program.run("fill", .i32(4)) == .returned([]))
        #expect(program.run("get") == returned([0x0707_0707]))
    }

    @Test(arguments: ["call $f", "call_indirect (type $t) (i32.const 0)", "call_ref $t (ref.func $f)"])
    func `recursion of every kind ends at the limit, and tail calls do not`(_ call: String) throws {
        let text = """
            (module (type $t (func)) (table funcref (elem $f))
              (func $f (export "f") (type $t) (\(call)))
              (func $g (export "g") (type $t) (return_call $g)))
            """
        let program = try Program(text, limits: ExecutionLimits(fuel: 10_000_000, callDepth: 1_000_000))
        #expect(program.run("f") == .exhausted(.callStack))
        program.store.fuel = 10_000_000
        #expect(program.run("g") == .exhausted(.fuel))
    }
}
