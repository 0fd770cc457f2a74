import Testing
import WasmInterpreter
import WasmModel

@Suite struct ExceptionTests {
    @Test(arguments: [0, 1, 300, 1000])
    func `a caught exception brings all its values in order, and itself where it is asked for`(count: Int) throws {
        let types = "(param \(list(0..<count) { _ in "i32" }))"
        let results = "(result \(list(0..<count) { _ in "i32" }))"
        let program = try Program(
            """
            (module
              (tag $t \(types))
              (func $throw \(list(0..<count) { "i32.const \($0 * 7)" }) throw $t)
              (func (export "f") \(results)
                (block $h \(results) (try_table (catch $t $h) (call $throw)) unreachable))
              (func (export "again") \(results)
                (block $h \(results)
                  (try_table (catch $t $h)
                    (block $r (result exnref)
                      (try_table (catch_all_ref $r) (call $throw)) unreachable)
                    throw_ref)
                  unreachable))
              (func (export "uncaught") (call $throw)))
            """
        )
        let values = (0..<count).map { $0 * 7 }
        #expect(program.run() == returned(values))
        #expect(program.run("again") == returned(values))
        #expect(program.run("uncaught") == .threw(0, values.map { .i32(UInt32($0)) }))
    }

    @Test func `an exception leaves as many frames as the call depth allows`() throws {
        let program = try Program(
            """
            (module
              (tag $t (param i32 v128 f64))
              (func $down (param i32)
                (if (i32.eqz (local.get 0))
                  (then (throw $t (i32.const 5) (global.get $g) (f64.const 1.5))))
                (call $down (i32.sub (local.get 0) (i32.const 1))))
              (global $g v128 (v128.const i64x2 1 2))
              (func (export "f") (param i32) (result i32 v128 f64)
                (block $h (result i32 v128 f64)
                  (try_table (catch $t $h) (call $down (local.get 0)))
                  unreachable)))
            """
        )
        #expect(
            program.run("f", .i32(19_000))
                == .returned([.i32(5), .v128(V128(low: 1, high: 2)), .f64(Double(1.5).bitPattern)])
        )
        #expect(program.run("f", .i32(21_000)) == .exhausted(.callStack))
    }

    @Test func `values below a block keep theirs when its handler runs`() throws {
        let program = try Program(
            """
            (module
              (tag $t (param i32))
              (func (export "f") (param i32) (result i32 i32 i32)
                (local.get 0)
                (i32.const 2)
                (block $h (result i32)
                  (try_table (result i32) (catch $t $h)
                    (local.set 0 (i32.const 9))
                    (throw $t (local.get 0))))))
            """
        )
        #expect(program.run("f", .i32(1)) == returned([1, 2, 9]))
    }

    @Test func `a handler in a loop sees every exception, and exceptions of which only values are caught take no room`()
        throws
    {
        let program = try Program(
            """
            (module
              (tag $t (param i32))
              (func $throw (param i32) (throw $t (local.get 0)))
              (func (export "f") (param $count i32) (result i32) (local $sum i32)
                (loop $next (param)
                  (block $h (result i32)
                    (try_table (catch $t $h) (call $throw (local.get $count)))
                    unreachable)
                  (local.set $sum (i32.add (local.get $sum)))
                  (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
                (local.get $sum)))
            """,
            limits: ExecutionLimits(heapBytes: 64)
        )
        #expect(program.run("f", .i32(1000)) == returned([500_500]))
    }

    @Test func `exceptions that are kept exhaust the heap`() throws {
        let program = try Program(
            """
            (module
              (tag $t (param exnref))
              (func (export "f") (local $last exnref)
                (loop $next
                  (block $h (result exnref)
                    (try_table (catch_all_ref $h) (throw $t (local.get $last)))
                    unreachable)
                  (local.set $last)
                  (br $next))))
            """,
            limits: ExecutionLimits(heapBytes: 4096)
        )
        #expect(program.run() == .exhausted(.heap))
    }

    @Test func `a start function's uncaught exception prevents the instance`() throws {
        #expect(throws: InstantiationError.threw(0, [.i32(7)])) {
            try Program("(module (tag (param i32)) (func $f (throw 0 (i32.const 7))) (start $f))")
        }
    }

    @Test func `null is no exception`() throws {
        let program = try Program(
            """
            (module (func (export "f")
              (block $h (try_table (catch_all $h) (throw_ref (ref.null exn))))))
            """
        )
        #expect(program.run() == .trapped(.nullExceptionReference))
    }
}
