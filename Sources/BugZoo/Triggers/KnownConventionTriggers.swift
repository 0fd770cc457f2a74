import WasmModel

extension TriggerModule {
    /// Of the specimens of real bugs in the places of arguments and results.
    static let knownCalls = [
        TriggerModule("call-of-constant-size", on: "arm64:none:definitions", exported(results: 150)),
        TriggerModule(
            "tail-call-of-constant-size",
            on: "arm64:none",
            calls: [[.i64(3)]],
            indirectTailCall(from: 1, to: 68)
        ),
        TriggerModule(
            "result-of-machine-word",
            on: "arm64:none:definitions",
            """
            (func $many (result \(each(9) { _ in "v128" })) \(each(9) { "(v128.const i64x2 \($0) \($0 + 10))" }))
            (func (export "f") (result i64) (local i64)
              (call $many) (local.set 0 (i64x2.extract_lane 1)) \(each(8) { _ in "(drop)" }) (local.get 0))
            """
        ),
        TriggerModule(
            "half-slots-of-vector-results",
            on: "arm64",
            """
            (func (export "f") (result \(each(10) { _ in "v128" }))
              \(each(10) { "(v128.const i64x2 \($0) \($0 + 10))" }))
            """
        ),
        TriggerModule(
            "unaligned-vector-argument",
            on: "arm64",
            calls: [[WasmValue](repeating: .f32(7), count: 9) + [.v128(V128(low: 3, high: 4))]],
            """
            (func (export "f") (param \(each(9) { _ in "f32" }) v128) (result i64)
              (i64x2.extract_lane 0 (local.get 9)))
            """
        ),
        TriggerModule(
            "narrow-result-stored-wide",
            on: "arm64:none",
            audited: true,
            "(func (export \"f\") (result \(each(12) { _ in "i32" })) \(each(12) { "(i32.const \($0))" }))"
        ),
        TriggerModule(
            "indirect-tail-call-without-area",
            on: "arm64",
            calls: [[WasmValue](repeating: .i64(3), count: 20)],
            indirectTailCall(from: 20, to: 20)
        ),
        TriggerModule(
            "callee-in-copy-register",
            on: "arm64",
            calls: [[.i64(3)]],
            indirectTailCall(from: 1, to: 1)
        ),
        TriggerModule(
            "leaf-without-popping",
            on: "arm64:none",
            audited: true,
            """
            (func $leaf (param \(each(10) { _ in "i32" })))
            (func (export "f") \(each(10) { _ in "(i32.const 1)" }) (call $leaf))
            """
        ),
    ]

    /// Of the specimens of real bugs in the sizes of frames, distances and indices.
    static let knownConventions = [
        TriggerModule(
            "context-saved-before-lowering",
            on: "arm64",
            calls: [[.i64(3)]],
            """
            (table 1 funcref)
            (elem (i32.const 0) func $nothing)
            (global $g (mut i64) (i64.const 5))
            (func $nothing)
            (func $many (result \(each(520) { _ in "i64" })) \(each(520) { "(i64.const \($0))" }))
            (func (export "f") (param i64) (result i64)
              (call $many) \(each(519) { _ in "(i64.add)" })
              (call_indirect (i32.const 0))
              (i64.add (global.get $g)))
            """
        ),
        TriggerModule(
            "vector-constant-index-of-16-bits",
            on: "arm64:none",
            """
            (func (export "f") (result i64)
              (v128.const i64x2 0 0) \(each(65_536) { "(i64x2.add (v128.const i64x2 \($0 + 1) 0))" })
              (i64x2.extract_lane 0))
            """
        ),
        TriggerModule("frame-size-of-18-bits", on: "arm64:none", manyLiveResults(of: 33)),
        TriggerModule(
            "stack-constant-without-low-bits",
            on: "arm64:none",
            """
            (func $many (result \(each(300) { _ in "i64" })) \(each(300) { "(i64.const \($0))" }))
            (func (export "f") (result i64) (call $many) \(each(299) { _ in "(i64.sub)" }))
            """
        ),
        TriggerModule(
            "unchecked-conditional-branch",
            on: "arm64:none",
            calls: [[.i32(0)]],
            """
            (func $many (result \(each(1000) { _ in "i64" })) (unreachable))
            (func $take (param \(each(1000) { _ in "i64" })))
            (func (export "f") (param i32) (result i32)
              (if (local.get 0) (then \(each(80) { _ in "(call $many) (call $take)" })))
              (i32.const 7))
            """
        ),
        TriggerModule("address-in-scratch-register", on: "arm64:none:definitions", exported(results: 300)),
    ]

    /// An export of so many parameters that ends with a call through a table, with so many arguments.
    private static func indirectTailCall(from count: Int, to other: Int) -> String {
        """
        (type $t (func (param \(each(other) { _ in "i64" })) (result i64)))
        (table 1 funcref)
        (elem (i32.const 0) func $last)
        (func $last (type $t)
          (local.get 0) \(each(other - 1) { "(i64.sub (i64.mul (i64.const 3)) (local.get \($0 + 1)))" }))
        (func (export "f") (param \(each(count) { _ in "i64" })) (result i64)
          (return_call_indirect (type $t)
            \(each(other) { "(i64.add (local.get 0) (i64.const \($0)))" }) (i32.const 0)))
        """
    }
}
