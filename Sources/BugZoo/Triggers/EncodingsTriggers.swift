import WasmModel

extension TriggerModule {
    static let encodings = [
        TriggerModule(
            "vector-offset-of-11-bits",
            on: "arm64",
            calls: [[.i32(16)]],
            """
            (memory 1)
            (func (export "f") (param i32) (result i64)
              (v128.store offset=32768 (local.get 0) (v128.const i64x2 7 8))
              (i64x2.extract_lane 1 (v128.load offset=32768 (local.get 0))))
            """
        ),
        TriggerModule(
            "subtraction-without-shift",
            on: "arm64:speed",
            calls: [[.i32(10_000)]],
            "(func (export \"f\") (param i32) (result i32) (i32.sub (local.get 0) (i32.const 8192)))"
        ),
        TriggerModule(
            "second-half-inverted",
            on: "arm64",
            calls: [[.i64(5)]],
            "(func (export \"f\") (param i64) (result i64) (i64.mul (local.get 0) (i64.const -1000000)))"
        ),
        TriggerModule(
            "branch-without-bit-14",
            on: "arm64:none",
            calls: [[.i32(5), .i32(0)]],
            """
            (func (export "f") (param i32 i32) (result i32)
              (if (local.get 1) (then
                \(each(4300) { _ in "(local.set 0 (i32.add (i32.mul (local.get 0) (i32.const 3)) (i32.const 1)))" })))
              (local.get 0))
            """
        ),
        TriggerModule(
            "lanes-of-lower-half",
            on: "arm64",
            """
            (func (export "f") (result i32)
              (i8x16.extract_lane_u 9 (v128.const i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15)))
            """
        ),
        TriggerModule(
            "rotation-of-5-bits",
            on: "arm64:speed",
            calls: [[.i64(1)]],
            "(func (export \"f\") (param i64) (result i64) (i64.rotr (local.get 0) (i64.const 40)))"
        ),
        TriggerModule(
            "displacement-of-128",
            on: "x86_64:speed",
            calls: [[.i32(1)]],
            "(func (export \"f\") (param i32) (result i32) (i32.add (local.get 0) (i32.const 200)))"
        ),
        TriggerModule(
            "scale-of-eight",
            on: "x86_64:speed",
            calls: [[.i32(1), .i32(10)]],
            """
            (func (export "f") (param i32 i32) (result i32)
              (i32.add (local.get 0) (i32.shl (local.get 1) (i32.const 3))))
            """
        ),
        TriggerModule(
            "high-index-of-sum",
            on: "x86_64:speed",
            calls: [[.i32(1), .i32(2), .i32(3), .i32(4), .i32(5), .i32(6)]],
            """
            (func (export "f") (param i32 i32 i32 i32 i32 i32) (result i32)
              (i32.mul
                (i32.add (local.get 0) (local.get 5))
                (i32.mul (i32.sub (local.get 5) (local.get 0)) (i32.sub (local.get 0) (local.get 5)))))
            """
        ),
        TriggerModule(
            "shift-of-5-bits",
            on: "x86_64:speed",
            calls: [[.i64(0x123_4567_89AB_CDEF)]],
            "(func (export \"f\") (param i64) (result i64) (i64.shr_s (local.get 0) (i64.const 40)))"
        ),
        TriggerModule(
            "high-source-of-byte-store",
            on: "x86_64",
            calls: [[.i32(0), .i32(77)]],
            """
            (memory 1)
            (func (export "f") (param i32 i32) (result i32)
              (i32.store8 (local.get 0) (local.get 1))
              (i32.load8_u (local.get 0)))
            """
        ),
    ]
}
