import Differential
import Execution
import Testing
import WasmFormats
import WasmModel

@testable import Triage

/// What single passes leave of a module whose failure needs a part of it.
struct ModulePassTests {
    private let signature = CrashSignature(text: "fake compile: it is there")

    private func reduce(_ text: String, while fails: @escaping (Module) -> Bool) throws -> DecodedCase {
        let module = try TextParser.module(text)
        _ = try Validator.validate(module)
        let subject = DecodedCase(module: module, invocations: []).callingExports
        let reducer = Reducer { fails(try BinaryDecoder.decode($0.test.wasm)) ? signature : nil }
        let reduction = try #require(try reducer.reduce(Case(subject.testCase), signature: signature))
        let reduced = try DecodedCase(reduction.test)
        _ = try Validator.validate(reduced.module)
        return reduced
    }

    @Test func `of a data segment the bytes are left that the failure needs, at their address`() throws {
        let reduced = try reduce(
            """
            (module (memory 3 7) (func (export "f")) (data (i32.const 100) "\(String(repeating: "x", count: 900))ab\\ff\(String(repeating: "y", count: 800))"))
            """
        ) { module in
            module.data.contains { segment in
                guard case .active(_, let offset) = segment.mode, case .i32(let base) = offset.first?.immediate,
                    let place = segment.bytes.firstIndex(of: 0xFF)
                else { return false }
                return Int(base) + place == 1002
            }
        }
        #expect(reduced.module.data.map(\.bytes) == [[0xFF]])
        #expect(reduced.module.memories.map(\.limits) == [Limits(minimum: 0)])
    }

    @Test func `what is called through a table or a reference is called directly, and nothing else of them is left`()
        throws
    {
        let reduced = try reduce(
            """
            (module
              (type $t (func (param i32) (result i32)))
              (table 9 funcref)
              (elem (i32.const 3) func $g)
              (global $r (ref null $t) (ref.func $g))
              (func $g (type $t) (i32.clz (local.get 0)))
              (func (export "f") (result i32)
                (i32.add
                  (call_indirect (type $t) (i32.const 1) (i32.const 3))
                  (call_ref $t (i32.const 1) (global.get $r)))))
            """
        ) { module in
            let opcodes = module.functions.flatMap(\.body).map(\.opcode)
            return opcodes.contains(.i32Clz) && opcodes.count { [.call, .callIndirect, .callRef].contains($0) } >= 2
        }
        #expect(reduced.module.functions.flatMap(\.body).count { $0.opcode == .call } == 2)
        #expect(reduced.module.tables.isEmpty && reduced.module.elements.isEmpty && reduced.module.globals.isEmpty)
    }

    @Test
    func `of what is never reached only that is left which the failure needs, and nothing of what makes values for it`()
        throws
    {
        let reduced = try reduce(
            """
            (module
              (tag $t)
              (func (export "f") (param f64)
                (local i32)
                i32.const 1 i32.const 2 i64.const 3
                throw $t
                local.set 1 drop drop
                (block i64.const 4 drop)
                (if (result f64) (then f64.const 1.5) (else unreachable))
                drop
                f64.nearest drop
                i32.const 5 drop return
                local.get 1 drop))
            """
        ) { module in module.functions.contains { $0.body.map(\.opcode).contains(.f64Nearest) } }
        #expect(reduced.module.functions.flatMap(\.body).map(\.opcode) == [.throw, .f64Nearest, .unreachable, .end])
    }

    @Test func `what uses up a value goes with what made it far above, and with nothing else`() throws {
        let reduced = try reduce(
            """
            (module
              (global $g (mut i64) (i64.const 0))
              (global $h (mut i32) (i32.const 0))
              (func (export "f") (param f64) (result i64)
                (f64.const 1.5) (i64.const 3) (i32.const 4) (v128.const i64x2 1 2) (i64.const 9)
                (i64.reinterpret_f64 (local.get 0))
                global.set $g
                global.get $g i64.sub global.set $g
                drop
                (if (then (global.set $h (i32.const 7))))
                global.get $g i64.sub global.set $g
                i64.reinterpret_f64 global.get $g i64.mul global.set $g
                global.get $g))
            """
        ) { module in
            let opcodes = module.functions.flatMap(\.body).map(\.opcode)
            return opcodes.filter { [.i64Mul, .globalSet].contains($0) }.suffix(2) == [.i64Mul, .globalSet]
        }
        #expect(
            reduced.module.functions.flatMap(\.body).map(\.opcode) == [.i64Const, .i64Const, .i64Mul, .globalSet, .end]
        )
    }

    @Test func `what is written and read at once stays on the stack, and types are plain ones`() throws {
        let reduced = try reduce(
            """
            (module
              (type $s (sub (func (result i32))))
              (type $t (sub final $s (func (result i32))))
              (global $g (mut i64) (i64.const 0))
              (func (export "f") (type $t) (local i32)
                (i64.const 5) i64.clz global.set $g global.get $g i32.wrap_i64 local.set 0 local.get 0 i32.popcnt))
            """
        ) { module in
            let opcodes = module.functions.flatMap(\.body).map(\.opcode)
            return opcodes.contains(.i64Clz) && opcodes.contains(.i32WrapI64) && opcodes.contains(.i32Popcnt)
        }
        #expect(
            reduced.module.functions.flatMap(\.body).map(\.opcode)
                == [.i64Const, .i64Clz, .i32WrapI64, .i32Popcnt, .return, .end]
        )
        #expect(reduced.module.types == [SubType(.function(FunctionType(parameters: [], results: [])))])
    }

    @Test func `imports are defined, and modules that nothing is imported from go, where the failure stays`() throws {
        let module = try TextParser.module(
            """
            (module
              (type $t (func (param i32) (result i64)))
              (import "instance0" "f" (func $f (type $t)))
              (import "instance0" "m" (memory 1))
              (import "instance1" "g" (global $g (mut i64)))
              (import "instance1" "t" (table 4 funcref))
              (import "instance1" "e" (tag $e (param i64)))
              (func (export "f") (result i64)
                (i64.store (i32.const 8) (call $f (i32.const 1)))
                (table.set (i32.const 1) (ref.null func))
                (if (i32.const 0) (then (throw $e (global.get $g))))
                (i64.add (i64.load (i32.const 8)) (global.get $g))))
            """
        )
        let companions = try ["(module (memory (export \"m\") 1))", "(module (func (export \"x\")))"].map {
            BinaryEncoder.encode(try TextParser.module($0))
        }
        let subject = DecodedCase(module: module, invocations: [], companions: companions).callingExports
        let reducer = Reducer { subject in
            guard let first = subject.test.companions.first else { return nil }
            let opcodes = try BinaryDecoder.decode(subject.test.wasm).functions.flatMap(\.body).map(\.opcode)
            let needed: [Opcode] = [.i64Load, .tableSet, .throw, .globalGet]
            return first == companions[0] && needed.allSatisfy(opcodes.contains) ? signature : nil
        }
        let reduction = try #require(try reducer.reduce(Case(subject.testCase), signature: signature))
        let reduced = try DecodedCase(reduction.test)
        _ = try Validator.validate(reduced.module)
        #expect(reduced.module.imports.isEmpty && reduced.companions == [companions[0]])
    }

    @Test func `hundreds of signatures that do not matter are cut together`() throws {
        let count = 60
        let functions = (0..<count).map { number in
            let types = (0..<8).map { number >> $0 & 1 == 0 ? "i32" : "i64" }
            let next = number + 1 < count ? "unreachable call \(number + 1)" : ""
            return "(func (param \(types.joined(separator: " "))) \(next) unreachable)"
        }
        let module = try TextParser.module("(module \(functions.joined()) (export \"f\" (func 0)))")
        let subject = DecodedCase(module: module, invocations: []).callingExports
        let reducer = Reducer { subject in
            let module = try BinaryDecoder.decode(subject.test.wasm)
            return module.functions.flatMap(\.body).count { $0.opcode == .call } == count - 1 ? signature : nil
        }
        let reduction = try #require(try reducer.reduce(Case(subject.testCase), signature: signature))
        let reduced = try DecodedCase(reduction.test)
        #expect(reduced.module.types == [SubType(.function(FunctionType(parameters: [], results: [])))])
        #expect(reduction.cost.evaluations < 40 * count, "a few for each function, and not for each parameter")
        let signatures = reduction.kept.filter { ["whole signatures", "signatures", "arity"].contains($0.pass) }
        #expect(signatures.reduce(0) { $0 + $1.count } < 5, "\(signatures)")
    }

    @Test func `values are i32 where their type does not matter, and the one that matters stays`() throws {
        let reduced = try reduce(
            """
            (module
              (type $r (func (result f64 v128 externref i64 i32)))
              (tag $t (param v128 f64))
              (func $g (param f64 i64 v128) (result i32) (i32.clz (i32.wrap_i64 (local.get 1))))
              (func $h (throw $t (v128.const i64x2 1 2) (f64.const 3)))
              (func (export "f") (type $r)
                (drop (call $g (f64.const 1) (i64.const 2) (v128.const i64x2 3 4))) (call $h)
                (f64.const 1) (v128.const i64x2 1 2) (ref.null extern) (i64.const 4) (i32.const 5)))
            """
        ) { module in
            let types = module.types.compactMap(\.functionType)
            let opcodes = module.functions.flatMap(\.body).map(\.opcode)
            return types.contains { $0.results.count == 5 && $0.results[3] == .i64 } && opcodes.contains(.throw)
                && types.contains { $0.parameters.count == 3 } && types.contains { $0.parameters.count == 2 }
        }
        let types = reduced.module.types.compactMap(\.functionType)
        #expect(types.contains { $0.results == [.i32, .i32, .i32, .i64, .i32] }, "\(types)")
        #expect(types.allSatisfy { $0.parameters.allSatisfy { $0 == .i32 } }, "\(types)")
    }

    @Test func `of a signature the values are left that the failure needs, wherever they are in it`() throws {
        let reduced = try reduce(
            """
            (module
              (type $t (func (param i64 i32 f64 i32 v128) (result i32 i64 f32)))
              (table 1 funcref)
              (elem (i32.const 0) func $g)
              (func $g (type $t) (i32.clz (local.get 3)) (i64.const 2) (f32.const 3))
              (func (export "f") (param i64 f32 i64) (result i64 i64)
                (call_indirect (type $t)
                  (i64.const 1) (i32.const 2) (f64.const 3) (i32.const 4) (v128.const i64x2 1 2) (i32.const 0))
                drop drop drop
                (i64.const 5) (i64.ctz (local.get 2))))
            """
        ) { module in
            func reads(_ opcode: Opcode) -> Bool {
                module.functions.contains { function in
                    let count = module.functionType(at: function.type)?.parameters.count ?? 0
                    return zip(function.body, function.body.dropFirst()).contains { first, second in
                        guard case .local(let local) = first.immediate else { return false }
                        return local.position < count && second.opcode == opcode
                    }
                }
            }
            return reads(.i32Clz) && reads(.i64Ctz)
        }
        let types = reduced.module.types.compactMap(\.functionType)
        #expect(types.allSatisfy { $0.parameters.count == 1 && $0.results.count <= 1 }, "\(types)")
    }

    @Test func `what is called once stands in the place of the call, unless it returns early`() throws {
        /// The instructions that run when an export is called.
        func reached(in module: Module) -> [Opcode] {
            var open = module.exports.compactMap {
                if case .function(let index) = $0.item { index.position } else { nil }
            }
            var seen = Set(open)
            var opcodes: [Opcode] = []
            while let function = open.popLast() {
                for instruction in module.functions[function].body {
                    opcodes.append(instruction.opcode)
                    guard case .function(let callee) = instruction.immediate else { continue }
                    if seen.insert(callee.position).inserted { open.append(callee.position) }
                }
            }
            return opcodes
        }
        let nested = try reduce(
            """
            (module
              (func $h (param i32) (result i32) (local i32)
                (block (br_if 0 (local.get 0)) (local.set 1 (i32.clz (local.get 0)))) (local.get 1))
              (func $g (param i32) (result i32) (i32.popcnt (call $h (local.get 0))))
              (func (export "f") (param i32) (result i32) (i32.ctz (call $g (local.get 0)))))
            """
        ) { module in
            [.i32Clz, .i32Popcnt, .i32Ctz].allSatisfy(reached(in: module).contains)
        }
        #expect(nested.module.functions.count == 1)
        let early = try reduce(
            """
            (module
              (func $g (param i32) (result i32) (return (i32.clz (local.get 0))))
              (func (export "f") (param i32) (result i32) (i32.ctz (call $g (local.get 0)))))
            """
        ) { module in
            [.i32Clz, .i32Ctz, .return].allSatisfy(reached(in: module).contains)
        }
        #expect(early.module.functions.count == 2)
    }

    @Test func `types of a group that do not need each other are in no group`() throws {
        let reduced = try reduce(
            """
            (module
              (rec (type $a (func (param i32))) (type $b (func (param i32 (ref null $a)))))
              (func (type $a)) (func (type $b)) (func (export "f")))
            """
        ) { module in module.types.compactMap(\.functionType).contains { $0.parameters.count == 2 } }
        #expect(reduced.module.recursionGroups.allSatisfy { $0.count == 1 })
    }

    @Test func `numbers take one byte where their value does not matter, and no data are counted`() throws {
        let reduced = try reduce(
            """
            (module (memory 1)
              (func (export "f") (result i64)
                (i32.store offset=4000 (i32.const 70000) (i32.const -70000))
                (memory.init 0 (i32.const 0) (i32.const 0) (i32.const 0))
                (i64.const 0x7777777777777777))
              (data "x"))
            """
        ) { module in
            let opcodes = module.functions.flatMap(\.body).map(\.opcode)
            return opcodes.contains(.i32Store) && opcodes.contains(.i64Const)
        }
        let body = try #require(reduced.module.functions.first).body
        for instruction in body {
            switch instruction.immediate {
            case .i32(let value): #expect((-64..<64).contains(value))
            case .i64(let value): #expect((-64..<64).contains(value))
            case .memoryArgument(let argument): #expect(argument.offset == 0)
            default: break
            }
        }
        #expect(reduced.module.dataCount == nil && reduced.module.data.isEmpty)
    }

    @Test func `of a table one element is left, and functions of one type become one`() throws {
        let functions = (0..<9).map { "(func $f\($0) (type $t\($0 % 3)) nop)" }.joined()
        let types = (0..<3).map { "(type $t\($0) (func (param i32)))" }.joined()
        let names = (0..<9).map { "$f\($0)" }.joined(separator: " ")
        let reduced = try reduce(
            """
            (module \(types) (table 12 99 funcref) \(functions)
              (func (export "f") i32.const 1 i32.const 7 call_indirect (type $t1) i32.const 2 call $f4 i32.const 2 call $f7)
              (elem (i32.const 1) func \(names)))
            """
        ) { module in
            module.functions.contains { function in function.body.contains { $0.opcode == .callIndirect } }
                && module.elements.contains { if case .functions(let list) = $0.items { !list.isEmpty } else { false } }
        }
        #expect(reduced.module.types.count <= 2)
        #expect(reduced.module.functions.count == 2)
        #expect(reduced.module.elements.map(\.items) == [.functions([FunctionIndex(0)])])
        #expect(reduced.module.tables.map(\.type.limits) == [Limits(minimum: 0)])
    }

    @Test func `an operand takes the place of what is computed of it, whatever else is called there`() throws {
        let reduced = try reduce(
            """
            (module (func $g (param i32 i32) (result i32) unreachable)
              (func (export "f") (param i32) (result i32)
                (i32.add
                  (call $g (i32.const 4) (i32.const 5))
                  (call $g (block (result i32) (call $g (i32.const 1) (i32.const 2)) drop (i32.const 3))
                    (i32.rotl (local.get 0) (i32.const 9))))))
            """
        ) { module in
            module.functions.contains { $0.body.contains { $0.opcode == .i32Rotl } }
        }
        #expect(
            reduced.module.functions.map { $0.body.map(\.opcode) }.last == [
                .i32Const, .i32Const, .i32Rotl, .unreachable, .end,
            ]
        )
        #expect(reduced.module.functions.count == 1)
    }

    @Test func `what a start function does is left out where the failure does not need it`() throws {
        let reduced = try reduce("(module (func $s) (start $s) (func (export \"f\") i32.const 1 drop))") { module in
            module.exports.count == 1
        }
        #expect(reduced.module.start == nil && reduced.module.functions.count == 1)
    }

    @Test func `locals of one type become one, and long names of exports short`() throws {
        let reduced = try reduce(
            """
            (module (func (export "a long name") (local i64 i64 f32 i64)
              (local.set 0 (i64.const 1)) (local.set 1 (i64.const 2)) (local.set 3 (local.get 1))
              (drop (local.get 0)) (drop (local.get 3))))
            """
        ) { module in
            (module.functions.first?.body.filter { $0.opcode == .localSet }.count ?? 0) >= 3
        }
        #expect(reduced.module.functions.first?.locals == [LocalRun(count: 1, type: .i64)])
        #expect(reduced.module.exports.map(\.name) == ["f"] && reduced.invocations.map(\.export) == ["f"])
    }

    @Test func `an arm of an if that does nothing is left out`() throws {
        let reduced = try reduce("(module (func (export \"f\") (param i32) local.get 0 if nop else nop end))") {
            module in
            module.functions.first?.body.contains { $0.opcode == .if } == true
        }
        #expect(reduced.module.functions.first?.body.map(\.opcode) == [.i32Const, .if, .end, .end])
    }

    @Test
    func `instructions have what makes their operands, also blocks and calls, and what stands between does not matter`()
        throws
    {
        let module = try TextParser.module(
            """
            (module (func $two (result i32 i32) unreachable)
              (func (param i32) (result i32)
                local.get 0
                i32.const 4
                drop
                block (result i32) i32.const 1 i32.const 2 i32.sub end
                i32.add
                call $two
                i32.mul
                i32.add))
            """
        )
        let trees = OperandTrees(module.functions[1], StackEffects(module))
        let shapes = trees.nodes.map { "\($0.instructions) \($0.operands.map { $0.map(String.init) ?? "?" })" }
        #expect(
            shapes == [
                "0..<1 []", "1..<2 []", #"2..<3 ["1"]"#, "4..<5 []", "5..<6 []", #"6..<7 ["3", "4"]"#, "3..<8 []",
                #"8..<9 ["0", "6"]"#, "9..<10 []", #"10..<11 ["?", "?"]"#, #"11..<12 ["7", "9"]"#,
            ]
        )
        func left(_ items: OperandRemoval.Item...) -> [Opcode] {
            let body = module.functions[1].body
            var removal = OperandRemoval(trees, of: body)
            for item in items { removal.remove(item) }
            return removal.applied(to: body).map(\.opcode)
        }
        // What gives several values is dropped where it was used.
        #expect(
            left(OperandRemoval.Item(node: 10, keptOperand: 0), OperandRemoval.Item(node: 2))
                == [.localGet, .block, .i32Const, .i32Const, .i32Sub, .end, .i32Add, .call, .drop, .drop, .end]
        )
        // What is in a block goes with it.
        #expect(
            left(
                OperandRemoval.Item(node: 10, replacement: .zero(of: .i32)),
                OperandRemoval.Item(node: 5, replacement: .zero(of: .i32))
            ) == [.i32Const, .drop, .call, .drop, .drop, .i32Const, .end]
        )
    }
}
