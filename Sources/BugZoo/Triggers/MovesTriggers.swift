import WasmModel

extension TriggerModule {
    static let moves = [
        TriggerModule(
            "cycle-turned-backwards",
            on: "arm64",
            calls: [[.i64(1), .i64(2), .i64(3)]],
            """
            (func (export "f") (param i64 i64 i64) (result i64 i64 i64)
              (local.get 1) (local.get 2) (local.get 0))
            """
        ),
        TriggerModule("vector-slot-moved-in-half", on: "arm64", calls: [[.i32(3)]], rotation(of: 44)),
        TriggerModule(
            "moves-in-batches",
            on: "arm64",
            calls: [[.i32(3)]],
            """
            (func (export "f") (param $n i32) (result i64)
              (local \(each(40) { _ in "i64" }))
              \(each(40) { "(local.set \($0 + 1) (i64.const \($0 + 10)))" })
              (loop $l
                \(each(40) { "(local.get \($0 + 1))" })
                (local.set 1) \(each(39) { "(local.set \(40 - $0))" })
                (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
              (local.get 1) \(each(39) { "(i64.sub (i64.mul (i64.const 3)) (local.get \($0 + 2)))" }))
            """
        ),
        TriggerModule(
            "second-cycle-unsaved",
            on: "arm64",
            calls: [[.i64(1), .i64(2), .f64(3), .f64(4)]],
            """
            (func (export "f") (param i64 i64 f64 f64) (result i64 i64 f64 f64)
              (local.get 1) (local.get 0) (local.get 3) (local.get 2))
            """
        ),
        TriggerModule("high-vector-moved-in-half", on: "arm64", calls: [[.i32(3)]], rotation(of: 26)),
    ]

    /// A loop that turns vectors around, so many of them.
    private static func rotation(of count: Int) -> String {
        """
        (func (export "f") (param $n i32) (result i64)
          (local \(each(count) { _ in "v128" }))
          \(each(count) { "(local.set \($0 + 1) (v128.const i64x2 \($0 + 10) \($0 + 70)))" })
          (loop $l
            \(each(count) { "(local.get \($0 + 1))" })
            (local.set 1) \(each(count - 1) { "(local.set \(count - $0))" })
            (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
          (i64x2.extract_lane 1 (local.get 1))
          \(each(count - 1) {
              "(i64.sub (i64.mul (i64.const 3)) (i64x2.extract_lane 1 (local.get \($0 + 2))))"
          }))
        """
    }
}
