import WasmModel

extension TriggerModule {
    /// Of the specimens of real bugs behind selection.
    static let knownMachine = knownAllocation + knownMoves + knownCalls + knownConventions

    private static let knownAllocation = [
        TriggerModule("registers-run-out-unnoticed", on: "arm64:speed:definitions", exported(results: 9)),
        TriggerModule(
            "terminators-taken-for-branches",
            on: "arm64:speed",
            audited: true,
            calls: [[.i64(3)]],
            """
            (func $nothing)
            (func (export "f") (param i64) (result i64)
              (block $h (try_table (catch_all $h) (call $nothing)))
              (local.get 0))
            """
        ),
        TriggerModule("stack-results-in-registers", on: "arm64:none:definitions", exported(results: 9)),
        TriggerModule(
            "call-without-spilling",
            on: "arm64:none",
            audited: true,
            calls: [[.i64(3)]],
            """
            (func $nothing)
            (func (export "f") (param i64) (result i64)
              (i64.add (local.get 0) (i64.const 1)) (call $nothing))
            """
        ),
        TriggerModule(
            "slot-index-of-16-bits",
            on: "arm64:none",
            manyLiveResults(of: 66)
        ),
    ]

    private static let knownMoves = [
        TriggerModule(
            "no-scratch-for-memory-moves",
            on: "arm64:none",
            calls: [[.i32(0)]],
            """
            (func (export "f") (param i32) (result i64)
              (if (result \(each(26) { _ in "i64" })) (local.get 0)
                (then \(each(26) { "(i64.const \($0))" }))
                (else \(each(26) { "(i64.const \($0 + 100))" })))
              \(each(25) { _ in "(i64.add)" }))
            """
        ),
        TriggerModule(
            "moves-of-both-classes",
            on: "arm64",
            calls: [[.i64(1), .i64(2), .f64(3), .f64(4)]],
            """
            (func (export "f") (param i64 i64 f64 f64) (result i64 i64 f64 f64)
              (local.get 1) (local.get 0) (local.get 3) (local.get 2))
            """
        ),
        TriggerModule(
            "fused-copies-upwards",
            on: "arm64:none",
            calls: [[.i32(3)]],
            """
            (func (export "f") (param $n i32) (result i64)
              (local \(each(4) { _ in "i64" }))
              \(each(4) { "(local.set \($0 + 1) (i64.const \($0 + 10)))" })
              (loop $l
                \(each(3) { "(local.set \($0 + 1) (local.get \($0 + 2)))" })
                (local.set 4 (i64.extend_i32_u (local.get $n)))
                (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
              (local.get 1) \(each(3) { "(i64.sub (i64.mul (i64.const 3)) (local.get \($0 + 2)))" }))
            """
        ),
    ]

    /// An export of so many integers that traps.
    static func exported(results count: Int) -> String {
        "(func (export \"f\") (result \(each(count) { _ in "i64" })) (unreachable))"
    }

    /// An export that holds the results of so many calls with 1000 results each at the same time.
    static func manyLiveResults(of count: Int) -> String {
        """
        (global $g (mut i64) (i64.const 0))
        (func $many (result \(each(1000) { _ in "i64" }))
          (global.set $g (i64.add (global.get $g) (i64.const 1)))
          \(each(1000) { "(i64.add (global.get $g) (i64.const \($0)))" }))
        (func (export "f") (result i64)
          \(each(count) { _ in "(call $many)" }) \(each(count * 1000 - 1) { _ in "(i64.sub)" }))
        """
    }
}
