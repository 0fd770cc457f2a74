import WasmModel

extension TriggerModule {
    static let calls = [
        TriggerModule(
            "popped-size-of-16-bits",
            on: "arm64:none",
            audited: true,
            calls: [[.i64(3)]],
            """
            (func $many (param \(each(8300) { _ in "i64" })) (result i64) (local.get 8299))
            (func (export "f") (param i64) (result i64) (call $many \(each(8300) { _ in "(local.get 0)" })))
            """
        ),
        TriggerModule("growing-tail-call", on: "arm64", calls: [[.i64(3)]], tailCall(from: 1, to: 14)),
        TriggerModule("shrinking-tail-call", on: "arm64", calls: [[.i64(3)]], tailCall(from: 24, to: 10)),
        TriggerModule(
            "result-offset-of-11-bits",
            on: "arm64:none:definitions",
            """
            (func $many (result \(each(308) { _ in "i64" })) \(each(308) { "(i64.const \($0))" }))
            (func (export "f") (result i64) (call $many)
              \(each(307) { _ in "(i64.sub (i64.mul (i64.const 3)))" }))
            """
        ),
        TriggerModule(
            "arguments-of-last-call",
            on: "arm64",
            calls: [[.i64(3), .i64(4)]],
            """
            (func $many (param \(each(40) { _ in "i64" })) (result i64) (local.get 39))
            (func $one (param i64) (result i64) (local.get 0))
            (func (export "f") (param i64 i64) (result i64)
              (call $many \(each(40) { _ in "(local.get 0)" }))
              (call $one (local.get 0))
              (call $one (local.get 1))
              (i64.add) (i64.add) (i64.mul (local.get 1)) (i64.add (local.get 0)))
            """
        ),
    ]

    /// A caller with a value of its own, and a function of so many parameters that ends with a call of one of so many.
    private static func tailCall(from count: Int, to other: Int) -> String {
        """
        (func $last (param \(each(other) { _ in "i64" })) (result i64)
          (local.get 0) \(each(other - 1) { "(i64.sub (i64.mul (i64.const 3)) (local.get \($0 + 1)))" }))
        (func $first (param \(each(count) { _ in "i64" })) (result i64)
          (return_call $last \(each(other) { "(i64.add (local.get 0) (i64.const \($0)))" })))
        (func (export "f") (param i64) (result i64)
          (i64.add (call $first \(each(count) { _ in "(local.get 0)" })) (local.get 0)))
        """
    }
}
