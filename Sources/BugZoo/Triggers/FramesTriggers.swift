import WasmModel

extension TriggerModule {
    static let frames = [
        TriggerModule(
            "context-in-last-spill-slot",
            on: "arm64:none",
            calls: [[.i64(3)]],
            """
            (table 1 funcref)
            (elem (i32.const 0) func $nothing)
            (global $g (mut i64) (i64.const 5))
            (func $nothing)
            \(each(4) { extra in
                let count = 9 + extra
                return """
                    (func $f\(extra) (param i64) (result i64)
                      \(each(count) { "(i64.add (local.get 0) (i64.const \($0)))" })
                      (call_indirect (i32.const 0))
                      \(each(count - 1) { _ in "(i64.mul)" })
                      (i64.add (global.get $g)))
                    """
            })
            (func (export "f") (param i64) (result i64)
              \(each(4) { "(call $f\($0) (local.get 0))" }) (i64.add) (i64.add) (i64.add))
            """
        ),
        TriggerModule(
            "result-area-rounded-down",
            on: "arm64",
            calls: [[.i64(3)]],
            """
            (func $many (result \(each(27) { _ in "i64" })) \(each(27) { "(i64.const \($0 + 100))" }))
            (func (export "f") (param i64) (result i64)
              (call $many) \(each(26) { _ in "(i64.add)" }) (i64.mul (local.get 0)))
            """
        ),
        TriggerModule(
            "stack-check-without-arguments",
            on: "arm64:none",
            stackBytes: 64 << 10,
            """
            (func $many (param \(each(25_000) { _ in "v128" })))
            (func (export "f") (local v128)
              \(each(25_000) { _ in "(local.get 0)" }) (call $many))
            """
        ),
        TriggerModule(
            "adjustment-of-16-bits",
            on: "arm64:none",
            calls: [[.i64(3)]],
            callOfNineThousand
        ),
        TriggerModule(
            "incoming-offset-with-sign",
            on: "arm64:none",
            calls: [[.i64(3)]],
            """
            (func $many (param \(each(4200) { _ in "i64" })) (result i64) (local.get 4199))
            (func (export "f") (param i64) (result i64) (call $many \(each(4200) { _ in "(local.get 0)" })))
            """
        ),
        TriggerModule(
            "values-of-parameters",
            on: "arm64",
            calls: [[.i64(3)]],
            """
            (import "host" "many" (func $many (result \(each(20) { _ in "i64" }))))
            (func (export "f") (param i64) (result i64)
              (call $many) \(each(19) { _ in "(i64.add)" }) (i64.add (local.get 0)))
            """
        ),
    ]
}
