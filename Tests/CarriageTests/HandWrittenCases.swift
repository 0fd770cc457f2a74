import Execution
import WasmModel

/// Modules with everything that goes over a boundary.
enum HandWrittenCases {
    static func all() throws -> [TestedCase] {
        try [state, tags, hosts, twice, started, traps] + fresh() + notDirect()
    }

    static var state: TestedCase {
        get throws {
            try TestedCase(
                """
                (module
                  (memory (export "m") (import "env" "m") 1) (import "env" "g" (global $g i64))
                  (global $v (export "v") (import "env" "v") (mut f64)) (table (export "t2") (import "env" "t") 3 funcref)
                  (memory (export "m2") 2) (global (export "x") v128 (v128.const i64x2 1 2))
                  (global $f (export "f") (mut funcref) (ref.null func)) (global (export "n") f32 (f32.const nan:0x12345))
                  (table $t (export "t") 5 funcref) (elem (table $t) (i32.const 1) func $a)
                  (data (i32.const 8) "imported")
                  (func $a (export "a") (param i32 i64) (result i64 i32)
                    (i64.store (i32.const 64) (local.get 1)) (i32.store8 1 (i32.const 65535) (local.get 0))
                    (global.set $v (f64.const -nan:0x8000000000001)) (global.set $f (ref.func $a))
                    (table.set $t (i32.const 4) (ref.func $a)) (table.set 0 (i32.const 0) (ref.func $a))
                    (i64.add (global.get $g) (local.get 1)) (local.get 0))
                  (func (export "b") (param f32 f64 funcref) (result funcref f64 f32)
                    (local.get 2) (local.get 1) (local.get 0)))
                """,
                [
                    Invocation("a", .i32(7), .i64(.max)),
                    Invocation("b", .f32(0x7F80_0001), .f64(0xFFF0_0000_0000_0002), .reference(.null)),
                    Invocation("b", .f32(1), .f64(2), .reference(.function(0))),
                ]
            )
        }
    }

    static var tags: TestedCase {
        get throws {
            try TestedCase(
                """
                (module
                  (import "env" "a" (tag $a (param i32 f64))) (import "env" "a" (tag $b (param i32 f64)))
                  (import "env" "c" (tag $c)) (tag $d (param v128 funcref externref exnref))
                  (func (export "a") (throw $a (i32.const 1) (f64.const 2)))
                  (func (export "b") (throw $b (i32.const 3) (f64.const nan:0x4)))
                  (func (export "c") (throw $c))
                  (func $d (export "d") (result i32)
                    (throw $d (v128.const i64x2 3 4) (ref.func $d) (ref.null extern) (ref.null exn)))
                  (func (export "e") (result exnref)
                    (block $h (result exnref) (try_table (catch_all_ref $h) (throw $c)) (unreachable))))
                """,
                ["a", "b", "c", "d", "e"].map { Invocation($0) }
            )
        }
    }

    static var hosts: TestedCase {
        get throws {
            try TestedCase(
                """
                (module
                  (import "env" "f" (func $f (param i32 f32) (result f32 i64 v128 i32)))
                  (import "env" "g" (func $g (param funcref externref v128) (result externref)))
                  (import "env" "r" (func $r (result funcref funcref)))
                  (elem declare func $r)
                  (func (export "a") (param i32) (result f32 i64 v128 i32)
                    (call $f (local.get 0) (f32.const nan:0x345)))
                  (func (export "b") (param externref) (result externref externref)
                    (call $g (ref.func $r) (local.get 0) (v128.const i64x2 5 6)) (local.get 0))
                  (func (export "c") (result funcref funcref) (call $r)))
                """,
                [
                    Invocation("a", .i32(4)), Invocation("b", .reference(.external(77))),
                    Invocation("b", .reference(.null)), Invocation("c"),
                ]
            )
        }
    }

    static var started: TestedCase {
        get throws {
            try TestedCase(
                """
                (module
                  (import "env" "f" (func $f (param i32 f32 funcref) (result f32 i64 v128 i32)))
                  (start $s)
                  (func $s (call $f (i32.const 9) (f32.const 8) (ref.null func)) drop drop drop drop)
                  (func (export "a") (param i32) (result f32 i64 v128 i32)
                    (call $f (local.get 0) (f32.const nan:0x345) (ref.null func))))
                """,
                [Invocation("a", .i32(4))]
            )
        }
    }

    static var twice: TestedCase {
        get throws {
            try TestedCase(
                """
                (module
                  (import "env" "m" (memory 1)) (memory (export "m") (import "env" "m") 1)
                  (import "env" "g" (global (mut i32))) (global (export "g") (import "env" "g") (mut i32))
                  (import "env" "t" (table 2 funcref)) (table (export "t") (import "env" "t") 2 funcref)
                  (import "env" "f" (func $f (param i32))) (import "env" "f" (func $h (param i32)))
                  (elem declare func $h)
                  (func $w (export "a") (i32.store (i32.const 4) (i32.const 5)) (global.set 0 (i32.const 6))
                    (table.set 0 (i32.const 1) (ref.func $h)) (call $f (i32.const 1)) (call $h (i32.const 2)))
                  (func (export "b") (result i32 i32) (i32.load 1 (i32.const 4)) (global.get 1)))
                """,
                [Invocation("a"), Invocation("b")]
            )
        }
    }

    static var missing: TestedCase {
        get throws {
            try TestedCase(
                """
                (module
                  (type $s (struct (field i32)))
                  (import "env" "f" (func $f (param i32) (result (ref $s))))
                  (func (export "a") (drop (call $f (i32.const 3)))) (func (export "b") unreachable))
                """,
                [Invocation("b"), Invocation("a"), Invocation("b"), Invocation("a")]
            )
        }
    }

    static var objects: TestedCase {
        get throws {
            try TestedCase(
                """
                (module
                  (type $s (struct (field i32))) (type $a (array i32)) (type $f (func))
                  (import "env" "i" (global $i (ref i31))) (import "env" "h" (global $h (ref $f)))
                  (import "env" "s" (global $g (ref $s))) (table (export "t") 3 (ref $s) (global.get $g))
                  (func (export "a") (result anyref (ref eq) (ref $a) (ref i31) (ref null $s) (ref $f))
                    (struct.new $s (i32.const 1)) (ref.i31 (i32.const 3)) (array.new_default $a (i32.const 2))
                    (global.get $i) (ref.null $s) (global.get $h) (call_ref $f (global.get $h))))
                """,
                [Invocation("a")]
            )
        }
    }

    static var traps: TestedCase {
        get throws {
            try TestedCase(
                """
                (module (global $g (export "g") (mut i32) (i32.const 0))
                  (func (export "a") (global.set $g (i32.add (global.get $g) (i32.const 1))) (drop (i32.div_u (i32.const 1) (i32.const 0))))
                  (func (export "b") (result i32) (global.get $g)))
                """,
                ["a", "b", "a", "b"].map { Invocation($0) }
            )
        }
    }

    /// With what no embedding carries.
    static func notDirect() throws -> [TestedCase] { try [missing, objects] }

    /// Each call on an instance of its own, with state that is seen and without.
    static func fresh() throws -> [TestedCase] {
        try [state, traps, hosts, tags].map {
            try TestedCase(
                TestCase(wasm: $0.test.wasm, invocations: $0.test.invocations, usesFreshInstances: true)
            )
        }
    }
}
