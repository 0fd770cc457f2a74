import WasmModel

extension TriggerModule {
    static let optimisations = [
        TriggerModule(
            "divided-by-shifting",
            on: "arm64:speed",
            calls: [[.i32(0xFFFF_FFF9)]],
            "(func (export \"f\") (param i32) (result i32) (i32.div_s (local.get 0) (i32.const 4)))"
        ),
        TriggerModule(
            "masked-remainder",
            on: "arm64:speed",
            calls: [[.i64(UInt64(bitPattern: -7))]],
            "(func (export \"f\") (param i64) (result i64) (i64.rem_s (local.get 0) (i64.const 4)))"
        ),
        TriggerModule(
            "zero-added",
            on: "arm64:speed",
            calls: [[.f64(1 << 63)]],
            "(func (export \"f\") (param f64) (result f64) (f64.add (local.get 0) (f64.const 0)))"
        ),
        TriggerModule(
            "negated-float-comparison",
            on: "arm64:speed",
            calls: [[.f64(0x7FF8_0000_0000_0000), .f64(0)]],
            "(func (export \"f\") (param f64 f64) (result i32) (i32.eqz (f64.lt (local.get 0) (local.get 1))))"
        ),
        TriggerModule(
            "joined-shifts",
            on: "arm64:speed",
            calls: [[.i32(1)]],
            """
            (func (export "f") (param i32) (result i32)
              (i32.shl (i32.shl (local.get 0) (i32.const 20)) (i32.const 20)))
            """
        ),
        TriggerModule(
            "next-bound",
            on: "arm64:speed",
            calls: [[.i32(1)]],
            "(func (export \"f\") (param i32) (result i32) (i32.le_s (local.get 0) (i32.const 0x7FFFFFFF)))"
        ),
        TriggerModule(
            "subtracted-itself",
            on: "arm64:speed",
            calls: [[.f64(0x7FF0_0000_0000_0000)]],
            "(func (export \"f\") (param f64) (result f64) (f64.sub (local.get 0) (local.get 0)))"
        ),
    ]

    static let forwarding = [
        TriggerModule(
            "overlapping-store-ignored",
            on: "arm64:speed",
            calls: [[.i32(8), .i64(0x1111_1111_1111_1111)]],
            """
            (memory 1)
            (func (export "f") (param i32 i64) (result i64)
              (i64.store (local.get 0) (local.get 1))
              (i32.store8 offset=3 (local.get 0) (i32.const 0x77))
              (i64.load (local.get 0)))
            """
        ),
        TriggerModule(
            "narrow-store-forwarded",
            on: "arm64:speed",
            calls: [[.i32(8), .i32(0x12_3456)]],
            """
            (memory 1)
            (func (export "f") (param i32 i32) (result i32)
              (i32.store16 (local.get 0) (local.get 1))
              (i32.load16_u (local.get 0)))
            """
        ),
        TriggerModule(
            "length-kept-over-grow",
            on: "arm64:speed",
            """
            (memory 1 5)
            (func (export "f") (result i32 i32)
              (memory.size) (drop (memory.grow (i32.const 2))) (memory.size))
            """
        ),
        TriggerModule(
            "global-kept-over-calls",
            on: "arm64:speed",
            """
            (global $g (mut i32) (i32.const 1))
            (func $set (global.set $g (i32.const 2)))
            (func (export "f") (result i32 i32)
              (global.get $g) (call $set) (global.get $g))
            """
        ),
        TriggerModule(
            "load-kept-in-loop",
            on: "arm64:speed",
            calls: [[.i32(8), .i32(3)]],
            """
            (memory 1)
            (func (export "f") (param i32 i32) (result i32) (local i32)
              (local.set 2 (i32.load (local.get 0)))
              (loop $l
                (local.set 2 (i32.add (local.get 2) (i32.load (local.get 0))))
                (i32.store (local.get 0) (i32.add (local.get 2) (i32.const 1)))
                (br_if $l (local.tee 1 (i32.sub (local.get 1) (i32.const 1)))))
              (local.get 2))
            """
        ),
        TriggerModule(
            "check-of-other-branch",
            on: "arm64:speed",
            calls: [[.i32(0), .i32(65_536)]],
            """
            (memory 1)
            (func (export "f") (param i32 i32) (result i32)
              (if (result i32) (local.get 0)
                (then (i32.load (local.get 1)))
                (else (i32.load (local.get 1)))))
            """
        ),
    ]
}
