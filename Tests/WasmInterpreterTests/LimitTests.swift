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
}
