import WasmModel

extension TriggerModule {
    /// The items of a module in which `f` has a block with the type 64.
    private static let blockOfType64 = """
        \(each(64) { _ in "(type (func))" })
        (type $b (func (param i32) (result i32)))
        (func (export "f") (param i32) (result i32) (local.get 0) (block (type $b) (i32.eqz)))
        """

    /// Of the specimens of real bugs in decoding, translation and optimisation.
    static let knownFrontEnd = [
        TriggerModule(
            "unsigned-block-type",
            on: "arm64",
            calls: [[.i32(3)]],
            blockOfType64
        ),
        TriggerModule(
            "block-type-written-unsigned",
            on: "arm64",
            calls: [[.i32(3)]],
            blockOfType64
        ),
        TriggerModule(
            "extra-tail-call-results",
            on: "arm64",
            """
            (func $two (result i32 i32) (i32.const 1) (i32.const 2))
            (func (export "f") (result i32) (return_call $two))
            """
        ),
        TriggerModule(
            "loop-arity-of-results",
            on: "arm64",
            calls: [[.i32(2)]],
            """
            (func (export "f") (param i32) (result i32)
              (i32.const 100) (local.get 0)
              (loop $l (param i32) (result i32 i32)
                (local.set 0)
                (i32.const 7) (i32.sub (local.get 0) (i32.const 1))
                (br_if $l (local.get 0)))
              (i32.add) (i32.add))
            """
        ),
        TriggerModule(
            "parameters-left-by-if",
            on: "arm64",
            calls: [[.i32(1)]],
            """
            (func (export "f") (param i32) (result i32)
              (i32.const 100) (i32.const 5)
              (if (param i32) (result i32) (local.get 0) (then) (else (unreachable)))
              (i32.add))
            """
        ),
        TriggerModule(
            "loop-parameters-as-locals",
            on: "arm64",
            calls: [[.i32(5), .i32(2)]],
            """
            (func (export "f") (param i32 i32) (result i32)
              (local.get 0)
              (loop $l (param i32) (result i32)
                (i32.add (i32.const 1))
                (br_if $l (local.tee 1 (i32.sub (local.get 1) (i32.const 1))))))
            """
        ),
        TriggerModule(
            "return-from-the-base",
            on: "arm64",
            "(func (export \"f\") (result i32) (i32.const 1) (i32.const 2) (return))"
        ),
        TriggerModule(
            "select-of-first-value",
            on: "arm64:speed",
            calls: [[.i32(0)]],
            """
            (func (export "f") (param i32) (result i32 i32)
              (if (result i32 i32) (local.get 0)
                (then (i32.const 1) (i32.const 2))
                (else (i32.const 3) (i32.const 4))))
            """
        ),
        TriggerModule(
            "call-ends-block",
            on: "arm64",
            "(func $one (param i32)) (func (export \"f\") (try_table (call $one (i32.const 1))))"
        ),
        TriggerModule(
            "result-reserve",
            on: "arm64",
            """
            (func $many (result \(each(147) { _ in "i32" })) (unreachable))
            (func (export "f") (call $many) (unreachable))
            """
        ),
        TriggerModule(
            "wrapped-branch-table-count",
            on: "arm64",
            calls: [[.i32(1000)]],
            """
            (func (export "f") (param i32) (result i32)
              (block $default
                (block $first
                  (br_table \(each(256) { _ in "$first" }) $default (local.get 0)))
                (return (i32.const 1)))
              (i32.const 2))
            """
        ),
    ]
}
