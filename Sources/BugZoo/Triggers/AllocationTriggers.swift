import WasmModel

extension TriggerModule {
    static let allocation = [
        TriggerModule(
            "dividend-kept",
            on: "x86_64",
            calls: [[.i32(100), .i32(7), .i32(9)]],
            """
            (func (export "f") (param i32 i32 i32) (result i32)
              (local.set 0 (i32.div_u (local.get 0) (local.get 1)))
              (i32.add (i32.mul (i32.rem_u (local.get 0) (local.get 2)) (i32.const 1000)) (local.get 0)))
            """
        ),
        TriggerModule(
            "last-vector-register-kept",
            on: "arm64:speed",
            audited: true,
            calls: [[.f64(0x3FF0_0000_0000_0000)]],
            """
            (func $nothing)
            (func (export "f") (param f64) (result f64)
              (call $nothing)
              (f64.add (local.get 0) (f64.const 1)))
            """
        ),
        TriggerModule(
            "slot-inside-vector",
            on: "arm64",
            calls: [[.i64(3)]],
            """
            (func $nothing)
            (func (export "f") (param $p i64) (result i64)
              (local \(each(6) { _ in "i64 v128" }))
              \(each(6) {
                  """
                  (local.set \(2 * $0 + 1) (i64.add (local.get $p) (i64.const \($0))))
                  (local.set \(2 * $0 + 2) (i64x2.splat (i64.add (local.get $p) (i64.const \($0 + 50)))))
                  """
              })
              (call $nothing)
              (i64.const 1)
              \(each(6) {
                  """
                  (i64.mul (local.get \(2 * $0 + 1)))
                  (i64.add (i64x2.extract_lane 1 (local.get \(2 * $0 + 2))))
                  """
              }))
            """
        ),
        TriggerModule(
            "reload-missing-in-loop",
            on: "arm64:speed",
            calls: [[.i32(5), .i64(3)]],
            """
            (func $nothing)
            (func (export "f") (param i32 i64) (result i64) (local i64)
              (loop $l
                \(each(6) { _ in "(local.set 2 (i64.add (i64.mul (local.get 2) (local.get 1)) (local.get 1)))" })
                (call $nothing)
                (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
              (local.get 2))
            """
        ),
        TriggerModule(
            "constant-made-narrow",
            on: "arm64:speed",
            calls: [[.i64(3)]],
            """
            (func $nothing)
            (func (export "f") (param i64) (result i64 i64)
              (i64.mul (local.get 0) (i64.const 0x123456789A))
              (call $nothing)
              (i64.xor (local.get 0) (i64.const 0x123456789A)))
            """
        ),
        TriggerModule(
            "last-spill-slots-shared",
            on: "arm64:none",
            calls: [[.i64(3)]],
            """
            (func $nothing)
            (func (export "f") (param i64) (result i64)
              \(each(20) { "(i64.add (local.get 0) (i64.const \($0)))" })
              (call $nothing)
              \(each(19) { _ in "(i64.sub (i64.mul (i64.const 3)))" }))
            """
        ),
    ]
}
