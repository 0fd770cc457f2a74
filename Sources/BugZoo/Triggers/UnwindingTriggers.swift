import WasmModel

extension TriggerModule {
    static let unwinding = [
        TriggerModule(
            "landing-above-results",
            on: "arm64",
            calls: [[.i64(3)]],
            """
            (tag $t)
            (func $many (result \(each(30) { _ in "i64" })) (throw $t))
            (func (export "f") (param i64) (result i64)
              (block $h
                (try_table (catch $t $h) (call $many) \(each(30) { _ in "(drop)" }))
                (return (i64.const 1)))
              (local.get 0))
            """
        ),
        TriggerModule(
            "payload-offset-of-8-bits",
            on: "arm64",
            """
            (tag $t (param \(each(20) { _ in "i64" })))
            (func $throw (throw $t \(each(20) { "(i64.const \($0))" })))
            (func (export "f") (result i64)
              (block $h (result \(each(20) { _ in "i64" }))
                (try_table (catch $t $h) (call $throw))
                (unreachable))
              \(each(19) { _ in "(i64.sub (i64.mul (i64.const 3)))" }))
            """
        ),
        TriggerModule(
            "last-clause-wins",
            on: "arm64",
            """
            (tag $t)
            (func $throw (throw $t))
            (func (export "f") (result i32)
              (block $first
                (block $second
                  (try_table (catch $t $first) (catch $t $second) (call $throw))
                  (unreachable))
                (return (i32.const 2)))
              (i32.const 1))
            """
        ),
        TriggerModule(
            "handlers-beyond-16",
            on: "arm64",
            calls: [[.i32(3)], [.i32(17)]],
            """
            (tag $t (param i32))
            (func $throw (param i32 i32)
              (if (i32.eq (local.get 0) (local.get 1)) (then (throw $t (local.get 1)))))
            (func (export "f") (param i32) (result i32)
              (block $h (result i32)
                (try_table (catch $t $h) \(each(18) { "(call $throw (local.get 0) (i32.const \($0)))" }))
                (i32.const 99)))
            """
        ),
        TriggerModule(
            "packed-vector-payload",
            on: "arm64",
            """
            (tag $t (param i64 v128))
            (func $throw (throw $t (i64.const 3) (v128.const i64x2 4 5)))
            (func (export "f") (result i64)
              (block $h (result i64 v128)
                (try_table (catch $t $h) (call $throw))
                (unreachable))
              (i64x2.extract_lane 1) (i64.add))
            """
        ),
        TriggerModule(
            "payload-of-narrow-floats",
            on: "arm64",
            """
            (tag $t (param i32 i32 i32 i32 f32))
            (func $throw (throw $t (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (f32.const 1.5)))
            (func (export "f") (result i32 i32 i32 i32 f32)
              (block $h (result i32 i32 i32 i32 f32)
                (try_table (catch $t $h) (call $throw))
                (unreachable)))
            """
        ),
        TriggerModule(
            "last-exception-thrown",
            on: "arm64",
            """
            (tag $t (param i32))
            (func $throw (param i32) (throw $t (local.get 0)))
            (func $twice (local exnref)
              (block $h (result exnref)
                (try_table (catch_all_ref $h) (call $throw (i32.const 1)))
                (unreachable))
              (local.set 0)
              (block $i
                (try_table (catch_all $i) (call $throw (i32.const 2))))
              (throw_ref (local.get 0)))
            (func (export "f") (result i32)
              (block $h (result i32)
                (try_table (catch $t $h) (call $twice))
                (unreachable)))
            """
        ),
    ]
}
