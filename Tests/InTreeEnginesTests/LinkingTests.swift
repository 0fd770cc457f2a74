import Execution
import TestedEngines
import Testing
import WasmFormats
import WasmScripts

@testable import InTreeEngines

/// Several instances in one store, in every in-tree engine: each script states its expectations itself.
@Suite struct LinkingTests {
    /// Runs a script; all its commands have to pass.
    private func run(_ source: String, on name: EngineName, commands: Int) throws {
        let script = try ScriptParser.script(source)
        try #require(script.commands.count == commands)
        let engine = try #require(try TestedEngines.registry.engine(named: name) as? any StoreEngine)
        let report = ScriptRunner.run(script, on: engine)
        #expect(report.failures == [])
        #expect(report.passed == commands, "\(report.refused)")
    }

    @Test(arguments: TestedEngines.names)
    func `a call to another instance runs there, and comes back`(engine: EngineName) throws {
        try run(
            """
            (module $a
              (global $count (mut i32) (i32.const 100))
              (func (export "f") (param i32 f64) (result f64 i32 i32)
                (global.set $count (i32.add (global.get $count) (i32.const 1)))
                (local.get 1) (local.get 0) (global.get $count)))
            (register "a")
            (module $b
              (import "a" "f" (func $f (param i32 f64) (result f64 i32 i32)))
              (global $own (mut i32) (i32.const 7))
              (func (export "f-again") (param i32 f64) (result f64 i32 i32) (call $f (local.get 0) (local.get 1)))
              (func (export "g") (param i32 f64) (result f64 i32 i32 i32)
                (call $f (local.get 0) (local.get 1)) (global.get $own))
              (export "f" (func $f)))
            (assert_return (invoke "g" (i32.const 3) (f64.const 2.5))
              (f64.const 2.5) (i32.const 3) (i32.const 101) (i32.const 7))
            (assert_return (invoke "f-again" (i32.const 3) (f64.const 2.5))
              (f64.const 2.5) (i32.const 3) (i32.const 102))
            (assert_return (invoke "f" (i32.const 4) (f64.const 1)) (f64.const 1) (i32.const 4) (i32.const 103))
            (assert_return (invoke $a "f" (i32.const 4) (f64.const 1)) (f64.const 1) (i32.const 4) (i32.const 104))
            """,
            on: engine,
            commands: 7
        )
    }

    @Test(arguments: TestedEngines.names)
    func `calls with many values on the stack cross instances in all ways`(engine: EngineName) throws {
        let count = 60
        let parameters = (0..<count).map { $0 % 3 == 0 ? "f32" : $0 % 3 == 1 ? "i64" : "f64" }
        let results = Array(parameters.reversed())
        let type = "(param \(parameters.joined(separator: " "))) (result \(results.joined(separator: " ")))"
        let locals = (0..<count).reversed().map { "(local.get \($0))" }.joined(separator: " ")
        let arguments = (0..<count).map { "(local.get \($0))" }.joined(separator: " ")
        func constants(_ types: [String], _ order: [Int]) -> String {
            zip(types, order).map { "(\($0).const \($1 + 1))" }.joined(separator: " ")
        }
        let values = constants(parameters, Array(0..<count))
        let expected = constants(results, Array((0..<count).reversed()))
        let ways = ["direct", "indirect", "reference", "tail", "tail-indirect", "tail-reference"]
        try run(
            """
            (module $a
              (type $t (func \(type)))
              (table (export "table") 3 funcref)
              (elem (i32.const 1) $reverse)
              (func $reverse (export "reverse") (type $t) \(locals)))
            (register "a")
            (module $b
              (type $t (func \(type)))
              (import "a" "table" (table 3 funcref))
              (import "a" "reverse" (func $reverse (type $t)))
              (elem declare func $reverse)
              (func (export "direct") (type $t) (call $reverse \(arguments)))
              (func (export "indirect") (type $t) (call_indirect (type $t) \(arguments) (i32.const 1)))
              (func (export "reference") (type $t) (call_ref $t \(arguments) (ref.func $reverse)))
              (func (export "tail") (type $t) (return_call $reverse \(arguments)))
              (func (export "tail-indirect") (type $t) (return_call_indirect (type $t) \(arguments) (i32.const 1)))
              (func (export "tail-reference") (type $t) (return_call_ref $t \(arguments) (ref.func $reverse))))
            \(ways.map { "(assert_return (invoke \"\($0)\" \(values)) \(expected))" }.joined(separator: "\n"))
            """,
            on: engine,
            commands: 3 + ways.count
        )
    }

    @Test(arguments: TestedEngines.names)
    func `a shared table calls functions of all who wrote to it`(engine: EngineName) throws {
        try run(
            """
            (module $a
              (type $t (func (result i32)))
              (global $g (mut i32) (i32.const 1))
              (table (export "table") 2 10 funcref)
              (elem (i32.const 0) $f)
              (func $f (result i32) (global.get $g))
              (func (export "call") (param i32) (result i32) (call_indirect (type $t) (local.get 0)))
              (func (export "size") (result i32) (table.size 0)))
            (register "a")
            (module $b
              (type $t (func (result i32)))
              (type $other (func (result i64)))
              (import "a" "table" (table $table 2 10 funcref))
              (global $g (mut i32) (i32.const 2))
              (elem declare func $h)
              (elem (i32.const 1) $f)
              (func $f (result i32) (global.get $g))
              (func $h (result i64) (i64.const 5))
              (func (export "call") (param i32) (result i32) (call_indirect (type $t) (local.get 0)))
              (func (export "grow") (param i32) (result i32) (table.grow $table (ref.func $h) (local.get 0))))
            (assert_return (invoke $a "call" (i32.const 0)) (i32.const 1))
            (assert_return (invoke $a "call" (i32.const 1)) (i32.const 2))
            (assert_return (invoke $b "call" (i32.const 0)) (i32.const 1))
            (assert_return (invoke $b "call" (i32.const 1)) (i32.const 2))
            (assert_trap (invoke $a "call" (i32.const 2)) "undefined element")
            (assert_return (invoke $b "grow" (i32.const 3)) (i32.const 2))
            (assert_return (invoke $a "size") (i32.const 5))
            (assert_trap (invoke $a "call" (i32.const 4)) "indirect call type mismatch")
            (assert_return (invoke $b "grow" (i32.const 6)) (i32.const -1))
            """,
            on: engine,
            commands: 12
        )
    }

    @Test(arguments: TestedEngines.names)
    func `a memory that one instance grows is larger for all, and a global that one sets is set for all`(
        engine: EngineName
    ) throws {
        try run(
            """
            (module $a
              (memory (export "memory") 1 5)
              (global (export "global") (mut v128) (v128.const i64x2 1 2))
              (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
              (func (export "high") (result i64) (i64x2.extract_lane 1 (global.get 0))))
            (register "a")
            (module $b
              (import "a" "memory" (memory $shared 1))
              (import "a" "global" (global (mut v128)))
              (memory $own 1)
              (func (export "grow") (param i32) (result i32) (memory.grow $shared (local.get 0)))
              (func (export "store") (param i32 i32) (i32.store $shared (local.get 0) (local.get 1)))
              (func (export "copy") (param i32 i32 i32)
                (memory.copy $own $shared (local.get 0) (local.get 1) (local.get 2)))
              (func (export "own") (param i32) (result i32) (i32.load $own (local.get 0)))
              (func (export "set") (global.set 0 (v128.const i64x2 3 4))))
            (assert_trap (invoke $a "load" (i32.const 65536)) "out of bounds memory access")
            (assert_return (invoke $b "grow" (i32.const 2)) (i32.const 1))
            (assert_return (invoke $b "store" (i32.const 0x20000) (i32.const 77)))
            (assert_return (invoke $a "load" (i32.const 0x20000)) (i32.const 77))
            (assert_return (invoke $b "copy" (i32.const 8) (i32.const 0x20000) (i32.const 4)))
            (assert_return (invoke $b "own" (i32.const 8)) (i32.const 77))
            (assert_return (invoke $b "grow" (i32.const 3)) (i32.const -1))
            (assert_return (invoke $a "high") (i64.const 2))
            (assert_return (invoke $b "set"))
            (assert_return (invoke $a "high") (i64.const 4))
            """,
            on: engine,
            commands: 13
        )
    }

    @Test(arguments: TestedEngines.names)
    func `an exception flies through frames of several instances to the nearest handler of its tag`(
        engine: EngineName
    ) throws {
        try run(
            """
            (module $a
              (tag $e (export "e") (param i32 f64 i64))
              (tag $private (param i32))
              (func (export "throw") (param i32 f64 i64) (throw $e (local.get 0) (local.get 1) (local.get 2)))
              (func (export "throw-private") (param i32) (throw $private (local.get 0))))
            (register "a")
            (module $b
              (import "a" "throw" (func $throw (param i32 f64 i64)))
              (import "a" "throw-private" (func $throw-private (param i32)))
              (tag $private (param i32))
              (global $own (mut i32) (i32.const 9))
              (func (export "middle") (param i32 f64 i64)
                ;; A tag of the same type is another tag.
                (block $caught (result i32)
                  (try_table (catch $private $caught) (call $throw (local.get 0) (local.get 1) (local.get 2)))
                  (return))
                (drop) (unreachable))
              (func (export "middle-private") (param i32)
                (block $caught (result i32)
                  (try_table (catch $private $caught) (call $throw-private (local.get 0)))
                  (return))
                (drop) (unreachable)))
            (register "b")
            (module $c
              (import "a" "e" (tag $e (param i32 f64 i64)))
              (import "b" "middle" (func $middle (param i32 f64 i64)))
              (import "b" "middle-private" (func $middle-private (param i32)))
              (global $own (mut i32) (i32.const 5))
              (func (export "catch") (param i32 f64 i64) (result i32 f64 i64 i32)
                (block $caught (result i32 f64 i64)
                  (try_table (catch $e $caught)
                    (call $middle (local.get 0) (local.get 1) (local.get 2)))
                  (unreachable))
                (global.get $own))
              (func (export "catch-all") (param i32) (result i32)
                (block $caught
                  (try_table (catch_all $caught) (call $middle-private (local.get 0)))
                  (unreachable))
                (i32.add (local.get 0) (global.get $own)))
              (func (export "again") (param i32)
                (throw_ref (block $caught (result exnref)
                  (try_table (catch_all_ref $caught) (call $middle-private (local.get 0)))
                  (unreachable))))
              (func (export "uncaught") (param i32) (call $middle-private (local.get 0))))
            (assert_return (invoke "catch" (i32.const 1) (f64.const 2) (i64.const 3))
              (i32.const 1) (f64.const 2) (i64.const 3) (i32.const 5))
            (assert_return (invoke "catch-all" (i32.const 4)) (i32.const 9))
            (assert_exception (invoke "again" (i32.const 4)))
            (assert_exception (invoke "uncaught" (i32.const 4)))
            (assert_return (invoke "catch-all" (i32.const 5)) (i32.const 10))
            """,
            on: engine,
            commands: 10
        )
    }

    @Test(arguments: TestedEngines.names)
    func `no handler sees a trap or the end of the stack, nor the exceptions of a function called last`(
        engine: EngineName
    ) throws {
        try run(
            """
            (module $a
              (tag $e (export "e"))
              (func (export "trap") (unreachable))
              (func $deep (export "deep") (call $deep))
              (func (export "throw") (throw $e)))
            (register "a")
            (module $b
              (import "a" "trap" (func $trap))
              (import "a" "deep" (func $deep))
              (import "a" "throw" (func $throw))
              (func (export "catch-trap")
                (block $caught (try_table (catch_all $caught) (call $trap)) (return)))
              (func (export "catch-deep")
                (block $caught (try_table (catch_all $caught) (call $deep)) (return)))
              (func $leave (block $caught (try_table (catch_all $caught) (return_call $throw))))
              (func (export "catch-tail") (result i32)
                (block $caught (try_table (catch_all $caught) (call $leave)) (return (i32.const 0)))
                (i32.const 1)))
            (assert_trap (invoke "catch-trap") "unreachable")
            (assert_exhaustion (invoke "catch-deep") "call stack exhausted")
            (assert_return (invoke "catch-tail") (i32.const 1))
            """,
            on: engine,
            commands: 6
        )
    }

    @Test(arguments: TestedEngines.names)
    func `recursion between two instances reaches the end of the stack, and tail calls do not`(engine: EngineName)
        throws
    {
        try run(
            """
            (module $a
              (type $t (func (param i32) (result i32)))
              (table (export "table") 2 funcref)
              (elem (i32.const 0) $f)
              (func $f (export "ping") (param i32) (result i32)
                (if (result i32) (i32.eqz (local.get 0))
                  (then (i32.const 42))
                  (else (return_call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i32.const 1)))))
              (func (export "endless") (param i32) (result i32)
                (i32.add (i32.const 1) (call_indirect (type $t) (local.get 0) (i32.const 1)))))
            (register "a")
            (module $b
              (type $t (func (param i32) (result i32)))
              (import "a" "table" (table 2 funcref))
              (import "a" "ping" (func $ping (type $t)))
              (import "a" "endless" (func $endless (type $t)))
              (elem (i32.const 1) $pong)
              (global $endless? (mut i32) (i32.const 0))
              (func $pong (type $t)
                (if (global.get $endless?)
                  (then (return (i32.add (i32.const 2) (call $endless (local.get 0))))))
                (if (i32.eqz (local.get 0)) (then (return (i32.const 43))))
                (return_call $ping (i32.sub (local.get 0) (i32.const 1))))
              (func (export "run") (param i32 i32) (result i32)
                (global.set $endless? (local.get 0))
                (call $pong (local.get 1))))
            (assert_return (invoke "run" (i32.const 0) (i32.const 20001)) (i32.const 42))
            (assert_exhaustion (invoke "run" (i32.const 1) (i32.const 1)) "call stack exhausted")
            (assert_return (invoke "run" (i32.const 0) (i32.const 30000)) (i32.const 43))
            """,
            on: engine,
            commands: 6
        )
    }

    @Test(arguments: TestedEngines.names)
    func `types of different modules are the same where they look the same, and subtypes may be called`(
        engine: EngineName
    ) throws {
        try run(
            """
            (module $a
              (type $unused (func (param f32)))
              (type $super (sub (func (result i32))))
              (type $sub (sub final $super (func (result i32))))
              (table (export "table") funcref (elem $f $g))
              (func $f (type $super) (i32.const 1))
              (func $g (export "g") (type $sub) (i32.const 2)))
            (register "a")
            (module $b
              (type $super (sub (func (result i32))))
              (type $sub (sub final $super (func (result i32))))
              (import "a" "table" (table 2 funcref))
              (import "a" "g" (func (type $super)))
              (func (export "super") (param i32) (result i32) (call_indirect (type $super) (local.get 0)))
              (func (export "sub") (param i32) (result i32) (call_indirect (type $sub) (local.get 0))))
            (assert_return (invoke "super" (i32.const 0)) (i32.const 1))
            (assert_return (invoke "super" (i32.const 1)) (i32.const 2))
            (assert_return (invoke "sub" (i32.const 1)) (i32.const 2))
            (assert_trap (invoke "sub" (i32.const 0)) "indirect call type mismatch")
            (assert_unlinkable (module (import "a" "g" (func (param i32)))) "incompatible import type")
            (assert_unlinkable (module (import "a" "table" (table 3 funcref))) "incompatible import type")
            (assert_unlinkable (module (import "a" "none" (func))) "unknown import")
            """,
            on: engine,
            commands: 10
        )
    }

    @Test(arguments: TestedEngines.names)
    func `what a failing instantiation wrote before stays, and its functions can be called`(engine: EngineName) throws {
        try run(
            """
            (module $a
              (type $t (func (result i32)))
              (memory (export "memory") 1)
              (table (export "table") 2 funcref)
              (func (export "load") (result i32) (i32.load (i32.const 0)))
              (func (export "call") (param i32) (result i32) (call_indirect (type $t) (local.get 0))))
            (register "a")
            (assert_trap
              (module
                (import "a" "memory" (memory 1))
                (import "a" "table" (table 2 funcref))
                (global $g i32 (i32.mul (i32.const 6) (i32.const 7)))
                (func $f (result i32) (global.get $g))
                (elem (i32.const 0) $f)
                (data (i32.const 0) "\\05\\00\\00\\00")
                (data (i32.const 65535) "ab"))
              "out of bounds memory access")
            (assert_return (invoke $a "call" (i32.const 0)) (i32.const 42))
            (assert_return (invoke $a "load") (i32.const 5))
            (assert_trap
              (module (import "a" "memory" (memory 1)) (data (i32.const 0) "\\06") (func $s (unreachable)) (start $s))
              "unreachable")
            (assert_return (invoke $a "load") (i32.const 6))
            """,
            on: engine,
            commands: 7
        )
    }
}
