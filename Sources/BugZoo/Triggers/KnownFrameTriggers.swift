import WasmModel

extension TriggerModule {
    /// Of the specimens of real bugs in frames, in moves to and from them, and in unwinding.
    static let knownFrames = [
        TriggerModule(
            "contiguous-frames",
            on: "arm64",
            calls: [[.i64(3)]],
            """
            (tag $t)
            (func $throw (param \(each(9) { _ in "i64" })) (throw $t))
            (func $small (return_call $throw \(each(9) { "(i64.const \($0))" })))
            (func (export "f") (param i64) (result i64)
              (block $h
                (try_table (catch $t $h) (call $small))
                (unreachable))
              (local.get 0))
            """
        ),
        TriggerModule(
            "stack-pointer-lowered-twice",
            on: "arm64",
            calls: [[.i64(3)]],
            """
            (tag $t)
            (func $throw (param \(each(9) { _ in "i64" })) (throw $t))
            (func (export "f") (param i64) (result i64)
              (block $h
                (try_table (catch $t $h) (call $throw \(each(9) { "(i64.const \($0))" })))
                (unreachable))
              (local.get 0))
            """
        ),
        TriggerModule(
            "landing-offset-of-12-bits",
            on: "arm64",
            calls: [[.i64(3)]],
            """
            (tag $t)
            (func $many (result \(each(520) { _ in "i64" })) (throw $t))
            (func (export "f") (param i64) (result i64)
              (block $h
                (try_table (catch $t $h) (call $many) \(each(520) { _ in "(drop)" }))
                (unreachable))
              (local.get 0))
            """
        ),
        TriggerModule(
            "wrapped-frame-layout",
            on: "arm64:none",
            calls: [[.i64(3)]],
            callOfNineThousand
        ),
        TriggerModule(
            "moves-of-conditional-return",
            on: "arm64",
            calls: [[.i64(0), .i64(7)]],
            """
            (func (export "f") (param i64 i64) (result i64 i64)
              (br_if 0 (local.get 1) (local.get 0) (i32.wrap_i64 (local.get 0)))
              (drop) (drop)
              (local.get 0) (local.get 1))
            """
        ),
        TriggerModule(
            "results-not-rebased",
            on: "arm64:none:definitions",
            calls: [[.i64(3)]],
            """
            (func $many (result \(each(9) { _ in "i64" })) \(each(9) { "(i64.const \($0))" }))
            (func (export "f") (param i64) (result i64) (call $many) (return (i64.sub (local.get 0))))
            """
        ),
        TriggerModule(
            "first-piece-first",
            on: "arm64",
            """
            (func $many (param \(each(12) { _ in "i64" })) (result i64) (local.get 11))
            (func (export "f") (result i64) (return_call $many \(each(12) { "(i64.const \($0))" })))
            """
        ),
    ]
}
