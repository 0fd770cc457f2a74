extension TriggerModule {
    /// Of the specimens of real bugs.
    static let known = [
        TriggerModule(
            "operand-index-u8",
            on: "arm64:none:definitions",
            "(func (export \"f\") (result \(each(255) { _ in "i32" })) (unreachable))"
        ),
        TriggerModule(
            "unsorted-arguments",
            on: "arm64",
            calls: [[.i32(3)]],
            "(func (export \"f\") (param i32) (result \(each(17) { _ in "i32" })) \(each(17) { "(i32.const \($0))" }))"
        ),
        TriggerModule(
            "reversed-stub-results",
            on: "arm64",
            "(func (export \"f\") (result i32 i32) (i32.const 1) (i32.const 2))"
        ),
        TriggerModule(
            "unadjusted-stack-pointer",
            on: "arm64:none",
            audited: true,
            """
            (func $many (param \(each(16) { _ in "i32" })))
            (func (export "f") \(each(16) { _ in "(i32.const 1)" }) (call $many))
            """
        ),
        TriggerModule(
            "floats-stored-as-integers",
            on: "arm64",
            "(func (export \"f\") (result \(each(9) { _ in "f32" })) \(each(9) { "(f32.const \($0 + 1))" }))"
        ),
        TriggerModule(
            "overlapping-copies",
            on: "arm64",
            calls: [[.f32(1), .f32(2)]],
            "(func (export \"f\") (param f32 f32) (result f32 f32) (local.get 1) (local.get 0))"
        ),
        TriggerModule(
            "endless-splitting",
            on: "x86_64:speed",
            calls: [Array(repeating: .f64(0), count: 14) + [.i32(0)]],
            """
            (global $g (mut f64) (f64.const 0))
            (func (export "f") (param \(each(13) { _ in "f64" })) (param $a f64) (param $i i32) (result f64)
              (global.set $g (f64.add (local.get 0) (local.get 1)))
              (loop $outer
                (loop $inner
                  (local.set $i (i32.sub (local.get $i) (i32.const 1)))
                  \(each(13) { "(local.set $a (f64.add (local.get $a) (local.get \($0))))" })
                  (br_if $inner (local.get $i)))
                (local.set $i (i32.sub (local.get $i) (i32.const 1)))
                (br_if $outer (local.get $i)))
              (local.get $a))
            """
        ),
        TriggerModule(
            "merged-minimal-ranges",
            on: "arm64:speed",
            """
            (type $t (func))
            (func (export "f"))
            (func (param (ref $t)) (call_ref $t (local.get 0)) (call_ref $t (local.get 0)))
            """
        ),
    ]
}
