#if arch(x86_64)
    import MachineCode
    import RegisterAllocation
    import Runtime
    import Testing
    import VectorCases
    import WasmFormats
    import WasmInterpreter
    import WasmModel
    import X64Backend

    /// Vectors on their way through functions: parameters, results, globals, memory, blocks and spill slots.
    @Suite struct VectorModuleTests {
        /// Many vectors and numbers as parameters and results, so that both use the stack.
        private static let types: [String] = (0..<24).map { ["v128", "i32", "v128", "f32", "v128", "i64"][$0 % 6] }

        private static let text: String = {
            let list = types.joined(separator: " ")
            let all = types.indices.map { "(local.get \($0))" }.joined(separator: " ")
            let memoryForms = [
                "v128.load", "v128.load8x8_s", "v128.load8x8_u", "v128.load16x4_s", "v128.load16x4_u",
                "v128.load32x2_s",
                "v128.load32x2_u", "v128.load8_splat", "v128.load16_splat", "v128.load32_splat", "v128.load64_splat",
                "v128.load32_zero", "v128.load64_zero",
            ]
            let loads = memoryForms.map {
                "(func (param i32 v128) (result v128) (\($0) offset=3 (local.get 0)))"
            }
            let lanes = [("8", 13), ("16", 5), ("32", 2), ("64", 1)].flatMap { (width: String, lane: Int) -> [String] in
                [
                    "(func (param i32 v128) (result v128) (v128.load\(width)_lane offset=1 \(lane) (local.get 0) (local.get 1)))",
                    """
                    (func (param i32 v128) (result v128)
                      (v128.store\(width)_lane offset=1 \(lane) (local.get 0) (local.get 1)) (v128.load (i32.const 0)))
                    """,
                ]
            }
            return """
                (module
                  (memory 1)
                  (data (i32.const 0) "\\01\\82\\03\\84\\05\\86\\07\\88\\09\\8a\\0b\\8c\\0d\\8e\\0f\\90\\11\\92\\13\\94\\15\\96\\17\\98")
                  (global $g (mut v128) (v128.const i64x2 1 2))
                  (type $long (func (param \(list)) (result \(list))))
                  (table funcref (elem $rotate))
                  (func $rotate (type $long) \(all))
                  (func $twice (export "twice") (type $long)
                    (call $rotate (call_indirect (type $long) \(all) (i32.const 0))))
                  (func (export "global") (param v128) (result v128 v128)
                    (global.get $g) (global.set $g (i8x16.add (local.get 0) (global.get $g))) (global.get $g))
                  (func (export "select") (param v128 v128 i32) (result v128)
                    (select (local.get 0) (local.get 1) (i32.lt_s (local.get 2) (i32.const 5))))
                  (func (export "block") (param v128 i32) (result v128) (local $sum v128)
                    (loop (param) (local.set $sum (i32x4.add (local.get $sum) (local.get 0)))
                      (br_if 0 (local.tee 1 (i32.sub (local.get 1) (i32.const 1)))))
                    (local.get $sum))
                  (func (export "pressure") (param v128) (result v128) (local \(Array(repeating: "v128", count: 30).joined(separator: " ")))
                    \((1...30).map { "(local.set \($0) (i32x4.add (local.get \($0 - 1)) (i32x4.splat (i32.const \($0)))))" }.joined())
                    (call $twice \(types.map { $0 == "v128" ? "(local.get 0)" : "(\($0).const 3)" }.joined()))
                    \(types.map { _ in "drop" }.joined(separator: " "))
                    \((1...30).map { "(local.get \($0))" }.joined()) \(Array(repeating: "v128.xor", count: 29).joined(separator: " ")))
                  (func (export "sum") (param i32 i32) (result f32) (local $sum v128)
                    (loop
                      (local.set $sum (f32x4.add (local.get $sum)
                        (f32x4.mul (v128.load offset=16 (local.get 0)) (v128.load offset=7 (local.get 0)))))
                      (local.set 0 (i32.add (local.get 0) (i32.const 16)))
                      (br_if 0 (local.tee 1 (i32.sub (local.get 1) (i32.const 1)))))
                    (f32x4.extract_lane 1 (local.get $sum)))
                  (func (param v128 i32) (result v128)
                    (i16x8.shr_s (i32x4.shl (i64x2.shr_u (local.get 0) (i32.const 67)) (i32.const 5)) (i32.const 18)))
                  (func (param v128) (result v128)
                    (i8x16.shuffle 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0 (local.get 0) (local.get 0)))
                  (func (param v128 v128) (result v128)
                    (i8x16.shuffle 31 14 29 12 27 10 25 8 23 6 21 4 19 2 17 0 (local.get 0) (local.get 1)))
                  (func (param v128 v128) (result v128)
                    (i8x16.shuffle 12 13 14 15 0 1 2 3 8 9 10 11 0 1 2 3 (local.get 0) (local.get 1)))
                  (func (param v128 v128) (result v128)
                    (i8x16.shuffle 28 29 30 31 16 17 18 19 16 17 18 19 20 21 22 23 (local.get 0) (local.get 1)))
                  (func (param v128 v128) (result v128)
                    (i8x16.shuffle 30 30 16 17 18 19 21 21 19 20 21 22 31 31 30 30 (local.get 0) (local.get 1)))
                  (func (param v128 v128) (result v128)
                    (i8x16.shuffle 0 1 2 3 20 21 22 23 8 9 10 11 28 29 30 31 (local.get 0) (local.get 1)))
                  (func (param v128 i32) (result v128 v128 v128 v128)
                    (i16x8.shl (local.get 0) (i32.const 17)) (i16x8.shr_u (local.get 0) (i32.const 3))
                    (i32x4.shr_s (local.get 0) (i32.const -1)) (i32x4.shr_u (local.get 0) (i32.const 32)))
                  (func (param v128 i32) (result v128 v128 v128 v128)
                    (i64x2.shl (local.get 0) (i32.const 70)) (i64x2.shr_s (local.get 0) (i32.const 3))
                    (i8x16.shr_s (local.get 0) (i32.const 3)) (v128.const i64x2 0 0))
                  \(loads.joined(separator: "\n"))
                  \(lanes.joined(separator: "\n"))
                  (export "rotate" (func 0))
                  \((7..<16 + loads.count + lanes.count).map { "(export \"\($0)\" (func \($0)))" }.joined(separator: " ")))
                """
        }()

        @Test(arguments: [false, true], [false, true])
        func `vectors arrive unchanged wherever they travel`(_ folds: Bool, _ isBacktracking: Bool) throws {
            let module = try Validator.validate(TextParser.module(Self.text))
            var configuration = PipelineConfiguration(resultStrategy: isBacktracking ? .loads : .definitions)
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
            for (position, address) in oracle.functions.enumerated() {
                let type = module.functionType(of: FunctionIndex(UInt32(position)))
                var samples = VectorSamples(seed: UInt64(position))
                for turn in 0..<6 {
                    let arguments: [WasmValue] = type.parameters.map { type in
                        let vector = samples.next()
                        if type == .i32 { return .i32([5, 0xFFFF_FFF0, 1, 65_520, 4, 8][turn]) }
                        return WasmValue(rawBits: vector, numberOf: type)!
                    }
                    // Loops of billions of turns.
                    if position == 4 || position == 6, turn == 1 { continue }
                    let expected = store.invoke(address, arguments)
                    let found = try native.call(FunctionIndex(UInt32(position)), arguments)
                    switch expected {
                    case .returned(let values):
                        #expect(found == .returned(values), "function \(position) of \(arguments)")
                    case .trapped(let trap): #expect(found == .trapped(trap), "function \(position) of \(arguments)")
                    case .threw, .exhausted, .exited: Issue.record("function \(position) of \(arguments): \(expected)")
                    }
                }
            }
        }
    }
#endif
