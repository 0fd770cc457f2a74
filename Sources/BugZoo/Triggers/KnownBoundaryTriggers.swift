import WasmModel

extension TriggerModule {
    /// Of the specimens of real bugs at the boundary to the host.
    static let knownBoundary = [
        TriggerModule(
            "floats-without-stub-store",
            on: "arm64",
            calls: [[WasmValue](repeating: .f32(0), count: 9)],
            "(func (export \"f\") (param \(each(9) { _ in "f32" })))"
        ),
        TriggerModule(
            "probe-in-stub",
            on: "arm64",
            calls: [[WasmValue](repeating: .i64(0), count: 520)],
            "(func (export \"f\") (param \(each(520) { _ in "i64" })))"
        ),
        TriggerModule(
            "stub-reserve-of-128",
            on: "arm64",
            calls: [(0..<138).map { .i64($0) }],
            "(func (export \"f\") (param \(each(138) { _ in "i64" })) (result i64) (local.get 137))"
        ),
        TriggerModule(
            "references-after-integers",
            on: "arm64",
            calls: [[WasmValue](repeating: .i64(0), count: 8) + [.reference(.null), .i64(5)]],
            "(func (export \"f\") (param \(each(8) { _ in "i64" }) externref i64) (result i64) (local.get 9))"
        ),
        TriggerModule(
            "continuation-off-by-one",
            on: "arm64",
            calls: [[.i64(3)]],
            """
            (import "host" "many" (func $many (param \(each(9) { _ in "i64" }))))
            (func $leave (return_call $many \(each(9) { "(i64.const \($0))" })))
            (func (export "f") (param i64) (result i64) (call $leave) (local.get 0))
            """
        ),
    ]
}
