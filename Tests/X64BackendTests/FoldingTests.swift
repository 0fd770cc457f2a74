#if arch(x86_64)
    import MachineCode
    import RegisterAllocation
    import Runtime
    import Testing
    import WasmFormats
    import WasmInterpreter
    import WasmModel
    import X64Backend

    /// Functions with operations to fold, compiled with and without folding, against the interpreter.
    @Suite struct FoldingTests {
        /// Functions of two i32, two i64, two f64 and one f32.
        private static let parameters = "(param i32 i32 i64 i64 f64 f64 f32)"

        private static let bodies: [(result: String, body: String)] =
            [
                // Immediates and addresses.
                ("i32", "(i32.add (local.get 0) (i32.const -7))"),
                ("i32", "(i32.add (i32.const 2147483647) (local.get 0))"),
                ("i32", "(i32.sub (local.get 0) (i32.const -2147483648))"),
                ("i32", "(i32.add (local.get 0) (i32.shl (local.get 1) (i32.const 3)))"),
                ("i32", "(i32.add (i32.shl (local.get 0) (i32.const 35)) (local.get 1))"),
                ("i32", "(i32.add (i32.shl (local.get 0) (i32.const 4)) (local.get 1))"),
                ("i32", "(i32.add (local.get 0) (i32.add (local.get 0) (local.get 1)))"),
                ("i64", "(i64.add (local.get 2) (i64.const 2147483648))"),
                ("i64", "(i64.sub (local.get 2) (i64.const -2147483648))"),
                ("i64", "(i64.add (i64.mul (local.get 2) (local.get 3)) (local.get 2))"),
                ("i64", "(i64.mul (local.get 2) (i64.const -100))"),
                ("i64", "(i64.mul (local.get 2) (i64.const 100000))"),
                ("i32", "(i32.mul (local.get 0) (i32.const 1000))"),
                ("i64", "(i64.and (local.get 2) (i64.const -16))"),
                ("i64", "(i64.or (local.get 2) (i64.const 65536))"),
                ("i64", "(i64.xor (local.get 2) (i64.const 0x123456789))"),
                ("i32", "(i32.xor (local.get 0) (i32.const 0xFFFFFFFF))"),
                ("i32", "(i32.and (local.get 0) (i32.const 0xFF00FF00))"),
                ("i32", "(i32.shl (local.get 0) (i32.const 33))"),
                ("i32", "(i32.shr_s (local.get 0) (i32.const 5))"),
                ("i64", "(i64.shr_u (local.get 2) (i64.const 40))"),
                ("i64", "(i64.rotl (local.get 2) (i64.const -1))"),
                ("i32", "(i32.rotr (local.get 0) (i32.const 9))"),
                // Comparisons.
                ("i32", "(i32.lt_s (local.get 0) (i32.const 5))"),
                ("i32", "(i32.lt_u (i32.const 5) (local.get 0))"),
                ("i32", "(i32.ge_s (local.get 0) (i32.const 0))"),
                ("i32", "(i32.gt_u (local.get 0) (i32.const 0))"),
                ("i32", "(i32.le_u (i32.const 0) (local.get 0))"),
                ("i32", "(i64.le_s (local.get 2) (i64.const 1000))"),
                ("i32", "(i64.eqz (i64.and (local.get 2) (local.get 3)))"),
                ("i32", "(i64.ne (i64.and (local.get 2) (i64.const 255)) (i64.const 0))"),
                ("i32", "(i32.lt_s (i32.and (local.get 0) (i32.const -2147483648)) (i32.const 0))"),
                ("i32", "(f64.lt (local.get 4) (local.get 5))"),
                ("i32", "(f64.ne (local.get 4) (local.get 5))"),
                (
                    "i32",
                    "(if (result i32) (i32.lt_u (local.get 0) (local.get 1)) (then (i32.const 10)) (else (local.get 1)))"
                ),
                ("i32", "(if (result i32) (i32.eqz (local.get 0)) (then (i32.const 10)) (else (local.get 1)))"),
                (
                    "i32",
                    "(if (result i32) (i32.and (local.get 0) (i32.const 4)) (then (i32.const 10)) (else (local.get 1)))"
                ),
                (
                    "i32",
                    "(if (result i32) (i64.gt_s (local.get 2) (i64.const -3)) (then (i32.const 1)) (else (i32.const 2)))"
                ),
                ("i64", "(select (local.get 2) (local.get 3) (i32.lt_s (local.get 0) (local.get 1)))"),
                ("i32", "(select (local.get 0) (local.get 1) (i64.eqz (local.get 2)))"),
                ("f64", "(select (local.get 4) (local.get 5) (f64.ge (local.get 4) (local.get 5)))"),
                ("f64", "(select (local.get 4) (local.get 5) (f64.eq (local.get 4) (local.get 5)))"),
            ]
            + ["eq", "ne", "lt", "gt", "le", "ge"].flatMap { (condition: String) -> [(String, String)] in
                [
                    (
                        "i32",
                        "(if (result i32) (f64.\(condition) (local.get 4) (local.get 5)) (then (i32.const 1)) (else (i32.const 2)))"
                    ),
                    (
                        "i32",
                        "(block (br_if 0 (f64.\(condition) (local.get 4) (local.get 5))) (return (i32.const 1))) (i32.const 2)"
                    ),
                    (
                        "i32",
                        "(if (result i32) (f32.\(condition) (local.get 6) (f32.load (i32.const 40))) (then (i32.const 1)) (else (i32.const 2)))"
                    ),
                ]
            } + [
                // Loads within instructions.
                ("i32", "(i32.add (local.get 0) (i32.load offset=4 (i32.and (local.get 1) (i32.const 63))))"),
                ("i32", "(i32.sub (i32.load (i32.const 8)) (i32.load (i32.const 12)))"),
                ("i64", "(i64.and (local.get 2) (i64.load (i32.and (local.get 1) (i32.const 63))))"),
                ("i32", "(i64.lt_u (i64.load (i32.const 16)) (local.get 2))"),
                ("i32", "(i32.eq (local.get 0) (i32.load (i32.const 16)))"),
                ("i64", "(i64.extend_i32_s (i32.load (i32.const 24)))"),
                ("i64", "(i64.extend_i32_u (i32.load (i32.const 24)))"),
                ("i32", "(i32.wrap_i64 (i64.load (i32.const 24)))"),
                ("i64", "(i64.popcnt (i64.load (i32.const 24)))"),
                ("f64", "(f64.sub (local.get 4) (f64.load (i32.const 32)))"),
                ("f64", "(f64.mul (f64.load (i32.const 32)) (f64.load (i32.const 48)))"),
                ("f64", "(f64.promote_f32 (f32.load (i32.const 40)))"),
                ("f64", "(f64.sqrt (f64.load (i32.const 32)))"),
                ("i32", "(i32.add (global.get $a) (local.get 0))"),
                ("i32", "(i32.lt_s (local.get 0) (global.get $a))"),
                // A load may not pass a store to the same place, nor a call.
                (
                    "i32",
                    "(i32.add (i32.load (i32.const 8)) (block (result i32) (i32.store (i32.const 8) (local.get 0)) (local.get 1)))"
                ),
                (
                    "i32",
                    "(i32.add (global.get $a) (block (result i32) (global.set $a (local.get 0)) (local.get 1)))"
                ),
                ("i32", "(i32.add (i32.load (i32.const 8)) (call $write (local.get 0)))"),
                ("i32", "(i32.add (global.get $a) (call $write (local.get 0)))"),
                // Stores.
                (
                    "i64",
                    "(i32.store8 (i32.and (local.get 0) (i32.const 63)) (i32.const 200)) (i64.load offset=1 (i32.and (local.get 0) (i32.const 63)))"
                ),
                ("i64", "(i32.store16 (i32.const 9) (i32.const 0x8001)) (i64.load (i32.const 8))"),
                ("i64", "(i64.store (i32.const 9) (i64.const -2)) (i64.load (i32.const 8))"),
                ("i64", "(i64.store32 (i32.const 9) (i64.const -2)) (i64.load (i32.const 8))"),
                ("i64", "(i64.store (i32.const 9) (i64.const 0x123456789A)) (i64.load (i32.const 8))"),
                ("i64", "(f64.store (i32.const 9) (local.get 4)) (i64.load (i32.const 8))"),
                // Floats from the constant pool.
                ("f64", "(f64.add (local.get 4) (f64.const 1.5))"),
                ("f64", "(f64.div (f64.const 2) (local.get 4))"),
                ("f64", "(f64.sub (local.get 4) (f64.const 0))"),
                ("f64", "(f64.mul (f64.const -0.0) (f64.const -0.0))"),
                ("i32", "(f64.lt (local.get 4) (f64.const 1.5))"),
                (
                    "i32",
                    "(if (result i32) (f32.ge (f32.const -1.5) (local.get 6)) (then (i32.const 1)) (else (i32.const 2)))"
                ),
                // Checks.
                ("i32", "(i32.load (local.get 0))"),
                ("i64", "(i64.load offset=0xFFFFFFF0 (local.get 1))"),
                ("i32", "(i32.div_s (local.get 0) (local.get 1))"),
                ("i64", "(i64.rem_u (local.get 2) (local.get 3))"),
                (
                    "i32",
                    """
                    (local $sum i32) (local.set 0 (i32.and (local.get 0) (i32.const 7)))
                    (loop
                      (local.set $sum (i32.add (local.get $sum) (i32.load (i32.shl (local.get 0) (i32.const 2)))))
                      (br_if 0 (i32.ge_s (local.tee 0 (i32.sub (local.get 0) (i32.const 1))) (i32.const 0))))
                    (local.get $sum)
                    """
                ),
            ]

        private static let text =
            """
            (module
              (memory 1)
              (data (i32.const 0) "\\01\\80\\ff\\7f\\12\\34\\56\\78\\9a\\bc\\de\\f0\\00\\00\\00\\80\\00\\00\\80\\bf\\05\\00\\00\\00")
              (data (i32.const 24) "\\ff\\ff\\ff\\ff\\01\\00\\00\\80\\00\\00\\00\\00\\00\\00\\f8\\3f\\00\\00\\c0\\3f\\00\\00\\00\\00")
              (data (i32.const 48) "\\00\\00\\00\\00\\00\\00\\f8\\bf\\00\\00\\00\\00\\00\\00\\f8\\ff")
              (global $a (mut i32) (i32.const 77))
              (func $write (param i32) (result i32)
                (i32.store (i32.const 8) (local.get 0)) (global.set $a (local.get 0)) (local.get 0))
              \(bodies.enumerated().map { "(func (export \"\($0)\") \(parameters) (result \($1.result)) \($1.body))" }
                .joined(separator: "\n"))
            )
            """

        private static let arguments: [[WasmValue]] = {
            let integers: [UInt64] = [
                0, 1, 5, 7, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, .max, 1 << 63, 0xFFFF_FFFD, 100,
            ]
            let floats: [Double] = [0, -0.0, 1.5, -1.5, .infinity, .nan, 1e300]
            return (0..<60).map { turn in
                let i = { (step: Int) in integers[(turn * step + turn / 11 + step) % integers.count] }
                let f = { (step: Int) in floats[(turn * step + turn / 7) % floats.count] }
                return [
                    .i32(UInt32(truncatingIfNeeded: i(1))), .i32(UInt32(truncatingIfNeeded: i(3))), .i64(i(2)),
                    .i64(i(5)),
                    .f64(f(1).bitPattern), .f64(f(3).bitPattern), .f32(Float(f(2)).bitPattern),
                ]
            }
        }()

        @Test(arguments: [false, true], [false, true])
        func `every function answers what the interpreter answers`(_ folds: Bool, _ isBacktracking: Bool) throws {
            let module = try Validator.validate(TextParser.module(Self.text))
            var configuration = PipelineConfiguration()
            configuration.selection.foldsOperands = folds
            if isBacktracking { configuration.allocator = .backtracking() }
            let native = try CompiledInstance(
                module,
                compiled: ModuleCompiler(X64Backend(), configuration).compile(module),
                runner: NativeRunner(),
                limits: CompiledStore.Limits(stackBytes: 1 << 20, memoryPages: 16)
            )
            let store = InterpreterStore()
            let oracle = try store.instantiate(module)
            for (number, body) in Self.bodies.enumerated() {
                for arguments in Self.arguments {
                    // Function 0 is the one that writes.
                    let expected = store.invoke(oracle.functions[number + 1], arguments)
                    let found = try native.call(FunctionIndex(UInt32(number + 1)), arguments)
                    if agree(found, expected) { continue }
                    Issue.record("\(body.body) of \(arguments): \(found) instead of \(expected)")
                    break
                }
            }
        }

        private func agree(_ found: CallEnd, _ expected: CallOutcome) -> Bool {
            if case .trapped(let trap) = expected { return found == .trapped(trap) }
            guard case .returned(let values) = expected else { return false }
            if found == .returned(values) { return true }
            guard case .returned(let results) = found, case .f64(let bits) = results[0],
                case .f64(let wanted) = values[0]
            else { return false }
            return Double(bitPattern: bits).isNaN && Double(bitPattern: wanted).isNaN
        }
    }
#endif
