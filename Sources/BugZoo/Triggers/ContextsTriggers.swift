import WasmModel

extension TriggerModule {
    static let contexts = [
        TriggerModule(
            "context-offset-of-12-bits",
            on: "arm64",
            calls: [[.i64(7)]],
            globals(300)
        ),
        TriggerModule(
            "context-offset-of-15-bits",
            on: "arm64",
            calls: [[.i64(7)]],
            globals(2_100)
        ),
    ]

    /// So many globals, of which the last is written, and all are added.
    private static func globals(_ count: Int) -> String {
        """
        \(each(count) { "(global (mut i64) (i64.const \($0 * 3)))" })
        (func (export "f") (param i64) (result i64)
          (global.set \(count - 1) (local.get 0))
          (i64.const 0)
          \(each(count) { "(i64.add (i64.mul (i64.const 5)) (global.get \($0)))" }))
        """
    }
}
