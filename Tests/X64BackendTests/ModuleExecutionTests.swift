#if arch(x86_64)
    import MachineCode
    import Runtime
    import Testing
    import WasmFormats
    import WasmModel
    import X64Backend

    /// Whole modules through the pipeline and on this host, with both ways to get stack results.
    @Suite struct ModuleExecutionTests {
        /// Compiles and instantiates a module in the text format.
        private func instance(_ text: String, _ strategy: ResultStrategy) throws -> CompiledInstance {
            try instance(TextParser.module(text), strategy)
        }

        private func instance(_ module: Module, _ strategy: ResultStrategy) throws -> CompiledInstance {
            let validated = try Validator.validate(module)
            let configuration = PipelineConfiguration(resultStrategy: strategy)
            return try CompiledInstance(
                validated,
                compiled: ModuleCompiler(X64Backend(), configuration).compile(validated),
                runner: NativeRunner(),
                limits: CompiledStore.Limits(stackBytes: 8 << 20, memoryPages: 16)
            )
        }

        private func call(_ instance: CompiledInstance, _ name: String, _ arguments: [WasmValue]) throws
            -> CallEnd
        {
            for export in instance.module.module.exports where export.name == name {
                if case .function(let index) = export.item { return try instance.call(index, arguments) }
            }
            throw NoExport(name: name)
        }

        private struct NoExport: Error { var name: String }

        @Test(arguments: ResultStrategy.allCases)
        func `loops, locals and block parameters`(_ strategy: ResultStrategy) throws {
            let instance = try instance(
                """
                (module
                  (func (export "factorial") (param i64) (result i64) (local i64)
                    (local.set 1 (i64.const 1))
                    (block (loop
                      (br_if 1 (i64.eqz (local.get 0)))
                      (local.set 1 (i64.mul (local.get 0) (local.get 1)))
                      (local.set 0 (i64.sub (local.get 0) (i64.const 1)))
                      (br 0)))
                    (local.get 1))
                  (func (export "swap") (param i32 f64) (result f64 i32)
                    (local.get 1) (local.get 0))
                  (func (export "sum") (param i32) (result i32)
                    (i32.const 0) (local.get 0)
                    (loop (param i32 i32) (result i32)
                      (local.set 0) (local.get 0) (i32.add) (local.get 0)
                      (local.tee 0 (i32.sub (i32.const 1)))
                      (br_if 0 (local.get 0)) (drop))))
                """,
                strategy
            )
            #expect(try call(instance, "factorial", [.i64(20)]) == .returned([.i64(2_432_902_008_176_640_000)]))
            #expect(
                try call(instance, "swap", [.i32(7), .f64(0x4000_0000_0000_0000)])
                    == .returned([.f64(0x4000_0000_0000_0000), .i32(7)])
            )
            #expect(try call(instance, "sum", [.i32(100)]) == .returned([.i32(5050)]))
        }

        @Test(arguments: ResultStrategy.allCases)
        func `a branch table takes its last target for all indices beyond`(_ strategy: ResultStrategy) throws {
            let instance = try instance(
                """
                (module (func (export "switch") (param i32) (result i32)
                  (block (block (block (br_table 0 1 2 (local.get 0)))
                    (return (i32.const 10))) (return (i32.const 11)))
                  (i32.const 12)))
                """,
                strategy
            )
            for (index, expected) in [(UInt32(0), UInt32(10)), (1, 11), (2, 12), (3, 12), (.max, 12)] {
                #expect(try call(instance, "switch", [.i32(index)]) == .returned([.i32(expected)]))
            }
        }

        @Test(arguments: ResultStrategy.allCases)
        func `traps and the stack limit leave through the entry stub`(_ strategy: ResultStrategy) throws {
            let instance = try instance(
                """
                (module
                  (func $divide (export "divide") (param i32 i32) (result i32)
                    (i32.div_s (local.get 0) (local.get 1)))
                  (func (export "nested") (param i32 i32) (result i32)
                    (i32.add (i32.const 1) (call $divide (local.get 0) (local.get 1))))
                  (func (export "remainder") (param i64 i64) (result i64)
                    (i64.rem_s (local.get 0) (local.get 1)))
                  (func (export "stop") unreachable)
                  (func $recurse (export "recurse") (param i32) (result i32)
                    (i32.add (i32.const 1) (call $recurse (local.get 0)))))
                """,
                strategy
            )
            #expect(try call(instance, "nested", [.i32(1), .i32(0)]) == .trapped(.integerDivideByZero))
            #expect(try call(instance, "divide", [.i32(1 << 31), .i32(.max)]) == .trapped(.integerOverflow))
            #expect(try call(instance, "nested", [.i32(20), .i32(6)]) == .returned([.i32(4)]))
            #expect(try call(instance, "remainder", [.i64(1 << 63), .i64(.max)]) == .returned([.i64(0)]))
            #expect(try call(instance, "stop", []) == .trapped(.unreachable))
            #expect(try call(instance, "recurse", [.i32(1)]) == .exhausted("call stack exhausted"))
            #expect(try call(instance, "nested", [.i32(21), .i32(.max)]) == .returned([.i32(UInt32(bitPattern: -20))]))
        }

        @Test(arguments: ResultStrategy.allCases)
        func `memory, globals, tables and the host`(_ strategy: ResultStrategy) throws {
            let instance = try instance(
                """
                (module
                  (type $unary (func (param i32) (result i32)))
                  (import "host" "f" (func $f (param i32 f32 i64) (result i64 f32)))
                  (memory 1 4)
                  (data (i32.const 8) "\\f7\\e6\\d5\\c4\\b3\\a2\\91\\80")
                  (global $g (mut i64) (i64.const 5))
                  (table funcref (elem $double $f $negate))
                  (func $double (type $unary) (i32.shl (local.get 0) (i32.const 1)))
                  (func $negate (type $unary) (i32.sub (i32.const 0) (local.get 0)))
                  (func (export "indirect") (param i32 i32) (result i32)
                    (call_indirect (type $unary) (local.get 1) (local.get 0)))
                  (func (export "load") (param i32) (result i64) (i64.load16_s offset=1 (local.get 0)))
                  (func (export "grow") (param i32) (result i32 i32) (memory.grow (local.get 0)) (memory.size))
                  (func (export "global") (param i64) (result i64)
                    (global.set $g (i64.add (global.get $g) (local.get 0))) (global.get $g))
                  (func (export "host") (param i32 f32 i64) (result i64 f32)
                    (call $f (local.get 0) (local.get 1) (local.get 2))))
                """,
                strategy
            )
            #expect(try call(instance, "indirect", [.i32(0), .i32(21)]) == .returned([.i32(42)]))
            #expect(try call(instance, "indirect", [.i32(2), .i32(1)]) == .returned([.i32(.max)]))
            #expect(try call(instance, "indirect", [.i32(1), .i32(1)]) == .trapped(.indirectCallTypeMismatch))
            #expect(try call(instance, "indirect", [.i32(3), .i32(1)]) == .trapped(.undefinedElement))
            #expect(try call(instance, "load", [.i32(8)]) == .returned([.i64(0xFFFF_FFFF_FFFF_D5E6)]))
            #expect(try call(instance, "load", [.i32(65534)]) == .trapped(.outOfBoundsMemoryAccess))
            #expect(try call(instance, "load", [.i32(.max)]) == .trapped(.outOfBoundsMemoryAccess))
            #expect(try call(instance, "grow", [.i32(2)]) == .returned([.i32(1), .i32(3)]))
            #expect(try call(instance, "grow", [.i32(2)]) == .returned([.i32(.max), .i32(3)]))
            #expect(try call(instance, "global", [.i64(37)]) == .returned([.i64(42)]))
            let arguments: [WasmValue] = [.i32(1), .f32(0x4040_0000), .i64(9)]
            #expect(try call(instance, "host", arguments) == .returned([.i64(9), .f32(0x4040_0000)]))
            #expect(instance.store.hostCallLog.first.map(\.arguments) == [arguments])
        }

        /// Parameters of all kinds in turn travel through a direct, an indirect and a host call, and come back in reverse.
        @Test(arguments: ResultStrategy.allCases, [1, 6, 7, 8, 9, 17, 254, 10_000])
        func `values of a long signature arrive in their places`(_ strategy: ResultStrategy, _ count: Int) throws {
            let kinds: [ValueType] = [.i32, .f64, .i64, .f32]
            let types = (0..<count).map { kinds[$0 % kinds.count] }
            let text = types.map { "\($0)" }
            let reversed = Array(text.reversed())
            let module = """
                (module
                  (type $t (func (param \(text.joined(separator: " "))) (result \(reversed.joined(separator: " ")))))
                  (table funcref (elem $reverse))
                  (func $reverse (type $t) \((0..<count).reversed().map { "(local.get \($0))" }.joined(separator: " ")))
                  (func (export "direct") (type $t)
                    (call $reverse \((0..<count).map { "(local.get \($0))" }.joined(separator: " "))))
                  (func (export "indirect") (type $t)
                    (call_indirect (type $t) \((0..<count).map { "(local.get \($0))" }.joined(separator: " "))
                      (i32.const 0))))
                """
            let instance = try instance(module, strategy)
            let arguments: [WasmValue] = types.enumerated().map { position, type in
                let bits = UInt64(position) + 0x1_0001
                switch type {
                case .i32: return .i32(UInt32(bits))
                case .i64: return .i64(bits << 32 | bits)
                case .f32: return .f32(UInt32(bits))
                case .f64: return .f64(bits << 32 | bits)
                case .v128, .reference: return .i32(0)
                }
            }
            let expected = CallEnd.returned(arguments.reversed())
            #expect(try call(instance, "direct", arguments) == expected)
            #expect(try call(instance, "indirect", arguments) == expected)
        }

        @Test(arguments: ResultStrategy.allCases)
        func `stack arguments of more than 65,535 bytes are popped by the callee`(_ strategy: ResultStrategy) throws {
            let count = 10_000
            let instance = try instance(
                """
                (module
                  (func $last (param \(String(repeating: "i64 ", count: count))) (result i64)
                    (i64.sub (local.get \(count - 1)) (local.get 0)))
                  (func (export "twice") (param i64) (result i64)
                    (i64.add
                      (call $last \(String(repeating: "(i64.const 3) ", count: count - 1)) (local.get 0))
                      (call $last \(String(repeating: "(i64.const 1) ", count: count - 1)) (local.get 0)))))
                """,
                strategy
            )
            #expect(try call(instance, "twice", [.i64(100)]) == .returned([.i64(97 + 99)]))
        }
    }
#endif
