import WasmModel

extension TriggerModule {
    static let bounds = [
        TriggerModule(
            "vector-end-unchecked",
            on: "arm64",
            calls: [[.i32(65_528)]],
            """
            (memory 1)
            (func (export "f") (param i32) (result i64)
              (i64x2.extract_lane 0 (v128.load (local.get 0))))
            """
        ),
        TriggerModule(
            "extent-of-32-bits",
            on: "arm64",
            calls: [[.i32(0)]],
            """
            (memory 1)
            (func (export "f") (param i32) (result i64) (i64.load offset=0xFFFFFFFC (local.get 0)))
            """
        ),
        TriggerModule(
            "byte-store-at-the-end",
            on: "arm64",
            calls: [[.i32(65_536)]],
            "(memory 1) (func (export \"f\") (param i32) (i32.store8 (local.get 0) (i32.const 1)))"
        ),
        TriggerModule(
            "wrapped-index-unchecked",
            on: "arm64",
            calls: [[.i64(UInt64(bitPattern: -8))]],
            "(memory i64 1) (func (export \"f\") (param i64) (result i64) (i64.load (local.get 0)))"
        ),
        TriggerModule(
            "table-index-signed",
            on: "arm64",
            calls: [[.i64(UInt64(bitPattern: -1))]],
            """
            (table i64 4 funcref)
            (func (export "f") (param i64) (result i32) (ref.is_null (table.get (local.get 0))))
            """
        ),
        TriggerModule(
            "table-end-included",
            on: "arm64",
            calls: [[.i32(4)]],
            """
            (table 4 funcref)
            (func (export "f") (param i32) (result i32) (ref.is_null (table.get (local.get 0))))
            """
        ),
    ]
}
