import Differential
import Execution
import Foundation
import Synchronization
import TestedEngines
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import Triage

struct ModuleReductionTests {
    private let signature = CrashSignature(text: "fake compile: too many")

    private func reduce(_ test: TestCase, fails: @escaping (Module) throws -> Bool) throws -> DecodedCase {
        let reducer = Reducer { subject in
            try fails(try BinaryDecoder.decode(subject.test.wasm)) ? signature : nil
        }
        let reduction = try #require(try reducer.reduce(Case(test), signature: signature))
        let reduced = try DecodedCase(reduction.test)
        _ = try Validator.validate(reduced.module)
        return reduced
    }

    private static let manyEdgesTest = Case(manyEdges).test

    private static let manyEdges = CaseRecipe(
        edges: [.loop, .indirectCall, .branchTable, .if, .branchIf, .earlyReturn, .hostImport],
        parameters: TypeMix.runs(maximumLength: 5, seed: 3).list(count: 30),
        results: TypeMix.random(seed: 4).list(count: 300),
        routing: .random,
        seed: 0x1F,
        storesResults: true
    )

    @Test func `a failure from 254 results on is reduced to one type of 254 results`() throws {
        let reduced = try reduce(Self.manyEdgesTest) { module in
            module.functions.contains { (module.functionType(at: $0.type)?.results.count ?? 0) >= 254 }
        }
        #expect(reduced.module.types.compactMap(\.functionType?.results.count) == [254])
        #expect(reduced.module.types.compactMap(\.functionType?.parameters.count) == [0])
        #expect(reduced.module.functions.count == 1)
        #expect(reduced.module.functions.first?.body.map(\.opcode) == [.unreachable, .end])
        #expect(reduced.module.exports.map(\.name) == ["f"])
        #expect(reduced.module.globals.isEmpty)
        #expect(reduced.module.imports.isEmpty)
        #expect(reduced.invocations == [Invocation(export: "f", arguments: [])])
    }

    @Test func `values of a reduced case are kept apart, but for those that the failure needs`() throws {
        let module = try TextParser.module(
            """
            (module (func (export "f") (param i32 i32 f64) (result i32 i64 f32 f64 v128 i32)
              i32.const 7 i64.const 7 f32.const 7 f64.const 7 v128.const i64x2 7 7 i32.const 7))
            """
        )
        let test = TestCase(
            wasm: BinaryEncoder.encode(module),
            invocations: [Invocation(export: "f", arguments: [.i32(9), .i32(9), .f64(0)])]
        )
        // Six results, three parameters, and a zero as the last one.
        let reduced = try reduce(test) { module in
            let body = module.functions.first?.body ?? []
            return body.count == 7 && module.totalArity == 9
                && (body[5].immediate == .i32(0) || body[5].immediate == .i32(7))
        }
        let constants = try #require(reduced.module.functions.first).body.dropLast().map(\.immediate)
        #expect(Set(constants).count == 6)
        #expect(!constants.dropLast().contains { [.i32(0), .i64(0), .f32(0), .f64(0)].contains($0) })
        let arguments = try #require(reduced.invocations.first).arguments
        #expect(Set(arguments).count == 3 && arguments[0] != .i32(0))
    }

    @Test func `a parameter that is read often does not become a constant wherever it is read`() throws {
        let reads = String(repeating: "(local.set 0 (v128.xor (local.get 0) (local.get 0)))", count: 50)
        let module = try TextParser.module("(module (func (export \"f\") (param v128) \(reads)))")
        let subject = DecodedCase(module: module, invocations: []).callingExports.testCase
        let reduced = try reduce(subject) { module in
            module.functions.contains { $0.body.count { $0.opcode == .v128Xor } >= 50 }
        }
        #expect(reduced.testCase.wasm.count <= subject.wasm.count)
    }

    @Test func `one export of a large module is found in few runs`() throws {
        let work = String(repeating: "(drop (i32.mul (local.get 0) (i32.const 3)))", count: 40)
        let functions = (0..<600).map { number in
            let own = number == 417 ? "(drop (i32.rotl (local.get 0) (i32.const 5)))" : ""
            return "(func (export \"f\(number)\") (param i32 i64) (result i32) \(work) \(own) \(work) (local.get 0))"
        }
        let table = "(table funcref (elem \((0..<600).map(String.init).joined(separator: " "))))"
        let module = try TextParser.module(
            "(module (memory 1) \(functions.joined()) \(table) (data (i32.const 0) \"abc\"))"
        )
        var runs = 0
        let reduced = try reduce(DecodedCase(module: module, invocations: []).callingExports.testCase) { module in
            runs += 1
            return module.functions.contains { $0.body.contains { $0.opcode == .i32Rotl } }
        }
        #expect(reduced.module.functions.count == 1)
        #expect(reduced.module.tables.isEmpty && reduced.module.memories.isEmpty && reduced.module.elements.isEmpty)
        #expect(BinaryEncoder.encode(reduced.module).count < 48)
        #expect(runs < 160)
    }

    @Test func `what comes behind the failure is left out, with the blocks that are open there closed`() throws {
        let behind = String(repeating: "(drop (i32.mul (local.get 0) (i32.const 3)))", count: 100)
        let module = try TextParser.module(
            """
            (module (func (export "f") (param i32) (result i32)
              (block (result i32)
                (if (result i32) (local.get 0)
                  (then (loop (result i32) (i32.clz (local.get 0)) \(behind)))
                  (else \(behind) (i32.const 1)))
                \(behind))))
            """
        )
        var runs = 0
        let reduced = try reduce(DecodedCase(module: module, invocations: []).callingExports.testCase) { module in
            runs += 1
            return module.functions.contains { function in
                let opcodes = function.body.map(\.opcode)
                return opcodes.contains(.i32Clz) && opcodes.contains(.if) && opcodes.contains(.loop)
            }
        }
        #expect(reduced.module.functions.flatMap(\.body).count <= 10)
        #expect(runs < 120)
    }

    @Test func `a failure of one result among many is reduced to that result`() throws {
        let constants = (0..<300).map { "i32.const \($0)" }.joined(separator: " ")
        let results = [String](repeating: "i32", count: 301).joined(separator: " ")
        let module = try TextParser.module(
            "(module (func (export \"f\") (result \(results)) \(constants.replacingOccurrences(of: "const 150", with: "const 1 i32.clz i32.const 7"))))"
        )
        let reduced = try reduce(DecodedCase(module: module, invocations: []).callingExports.testCase) { module in
            module.functions.contains { $0.body.contains { $0.opcode == .i32Clz } }
        }
        #expect(reduced.module.totalArity <= 1)
        #expect(reduced.module.functions.flatMap(\.body).count <= 4)
    }

    @Test func `of two exports, one that fails without being called is the one that stays`() throws {
        let module = try TextParser.module(
            """
            (module
              (func (export "f") (result i32) (i32.const 3))
              (func (export "g") (param i64) (result i32) (i32.clz (i32.const 7))))
            """
        )
        let reduced = try reduce(DecodedCase(module: module, invocations: []).callingExports.testCase) { module in
            module.exports.contains { export in
                guard case .function(let index) = export.item else { return false }
                return module.functions[index.position].body.contains { $0.opcode == .i32Clz }
            }
        }
        #expect(reduced.module.functions.count == 1 && reduced.module.exports.count == 1)
        #expect(reduced.invocations.map(\.export) == reduced.module.exports.map(\.name))
    }

    @Test func `a failure of an indirect call keeps the call and what validity needs`() throws {
        let reduced = try reduce(Self.manyEdgesTest) { module in
            module.functions.contains { $0.body.contains { $0.opcode == .callIndirect } }
        }
        let body = reduced.module.functions.flatMap(\.body)
        #expect(body.filter { $0.opcode == .callIndirect }.count == 1)
        #expect(body.count <= 4)
        #expect(reduced.module.tables.count == 1)
        #expect(reduced.module.totalArity == 0)
    }

    @Test(arguments: [
        ("f32x4.max", "f32x4", 0x8000_0000_8000_0000 as UInt64), ("f64x2.max", "f64x2", 0x8000_0000_0000_0000),
    ])
    func `what depends on the sign of a zero is reduced to a constant`(
        _ name: String,
        _ shape: String,
        _ half: UInt64
    ) throws {
        let module = try TextParser.module(
            """
            (module (func (export "f") (param v128) (result v128)
              v128.const i64x2 0 0 v128.const i64x2 7 7 v128.const i64x2 9 9 \(shape).mul \(shape).trunc \(name)))
            """
        )
        let argument = WasmValue.v128(V128(low: 0, high: 0))
        let test = TestCase(
            wasm: BinaryEncoder.encode(module),
            invocations: [Invocation(export: "f", arguments: [argument])]
        )
        let zeros = Instruction(.v128Const, .v128(V128(low: half, high: half)))
        let reduced = try reduce(test) { module in
            module.functions.contains { function in
                guard let last = function.body.firstIndex(where: { $0.opcode.row.name == name }), last > 0 else {
                    return false
                }
                return function.body[last - 1] == zeros || function.body[last - 1].opcode.row.name == "\(shape).trunc"
            }
        }
        #expect(
            reduced.module.functions.first?.body.dropLast().contains { $0.opcode.row.name.hasSuffix("trunc") } == false
        )
    }

    @Test func `a failure of a nested loop keeps two blocks`() throws {
        let module = try TextParser.module(
            """
            (module (func (export "f") (param i32) (result i32) (local i64 i64)
              block (result i32)
                loop (result i32)
                  local.get 0
                  if (result i32)
                    loop (result i32) local.get 0 i32.const 3 i32.add end
                  else
                    local.get 0 br 2
                  end
                end
              end))
            """
        )
        let test = DecodedCase(module: module, invocations: []).callingExports.testCase
        let reduced = try reduce(test) { module in
            var depth = 0
            var loops: [Bool] = []
            for instruction in module.functions.flatMap(\.body) {
                switch instruction.opcode {
                case .loop: loops.append(true)
                case .block, .if: loops.append(false)
                case .end: _ = loops.popLast()
                default: break
                }
                depth = max(depth, loops.filter { $0 }.count)
            }
            return depth == 2
        }
        let opcodes = reduced.module.functions.flatMap(\.body).map(\.opcode)
        #expect(opcodes == [.loop, .loop, .end, .end, .end])
        #expect(reduced.module.functions.first?.locals == [])
    }

    @Test func `reduction is deterministic`() throws {
        let fails: (Module) -> Bool = { $0.functions.contains { $0.body.contains { $0.opcode == .brTable } } }
        let first = try reduce(Self.manyEdgesTest, fails: fails)
        let second = try reduce(Self.manyEdgesTest, fails: fails)
        #expect(first == second)
    }

    private struct Killed: Error {}

    @Test(arguments: [Case(manyEdges), Case(manyEdgesTest)])
    func `a reduction that was killed goes on where it was`(_ subject: Case) throws {
        func reducer(_ checkpoint: ReductionCheckpoint?, killedAfter limit: Int = .max) -> Reducer {
            let count = Mutex(0)
            let evaluate: Reducer.Evaluate = { subject in
                guard
                    count.withLock({
                        $0 += 1; return $0
                    }) <= limit
                else { throw Killed() }
                let module = try BinaryDecoder.decode(subject.test.wasm)
                return module.functions.contains { (module.functionType(at: $0.type)?.results.count ?? 0) >= 254 }
                    ? signature : nil
            }
            return Reducer(checkpoint: checkpoint, evaluators: [evaluate])
        }
        try withTemporaryFolder { folder in
            var checkpoint = ReductionCheckpoint(folder: "\(folder)/reducing", key: [1])
            checkpoint.interval = 0
            let whole = try #require(try reducer(nil).reduce(subject, signature: signature))
            let limit = whole.cost.evaluations * 2 / 3
            #expect(throws: Killed.self) {
                try reducer(checkpoint, killedAfter: limit).reduce(subject, signature: signature)
            }
            let reached = try #require(checkpoint.content).subject.test.wasm.count
            let resumed = try #require(try reducer(checkpoint).reduce(subject, signature: signature))
            #expect(resumed.test.wasm.count <= reached)
            #expect(resumed.test == whole.test && resumed.recipe == whole.recipe)
            #expect(resumed.cost.evaluations < whole.cost.evaluations)
            // What does not fail any more, or cannot be read, is not taken up.
            for damage in [#"{"recipe":null}"#, "", #"{"subject":{"wasm":"AGFzbQEAAAA=","invocations":[]}}"#] {
                try write(damage, to: checkpoint.path)
                let anew = try #require(try reducer(checkpoint).reduce(subject, signature: signature))
                #expect(anew.test == whole.test)
            }
            checkpoint.remove()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }

    @Test(arguments: [2, 3, 8])
    func `a reduction comes to the same however many run at once`(width: Int) throws {
        let evaluate: Reducer.Evaluate = { subject in
            let module = try BinaryDecoder.decode(subject.test.wasm)
            let isThere = module.functions.contains { $0.body.contains { $0.opcode == .brTable } }
            return isThere && module.totalArity >= 40 ? signature : nil
        }
        let alone = try Reducer(evaluate: evaluate).reduce(Case(Self.manyEdgesTest), signature: signature)
        let several = try Reducer(evaluators: [Reducer.Evaluate](repeating: evaluate, count: width))
            .reduce(Case(Self.manyEdgesTest), signature: signature)
        #expect(several?.test == alone?.test && several?.isMinimal == true)
        #expect(try #require(several).cost.evaluations >= alone?.cost.evaluations ?? 0)
    }

    @Test(arguments: [0, 1, 2, 7, 100, 299, 300])
    func `a module with its signatures cut is valid and cut everywhere`(arity: Int) throws {
        let subject = try DecodedCase(Self.manyEdgesTest)
        for variable in Boundary.Variable.allCases {
            let cut = ModuleLists.truncated(subject, variable, to: arity)
            if variable == .nestedBlocks, cut == nil {
                // Code branches out of them.
                #expect(ModuleLists.arity(of: subject, variable) > arity)
                continue
            }
            let count = cut.map { ModuleLists.arity(of: $0, variable) }
            #expect(count == min(arity, ModuleLists.arity(of: subject, variable)), "\(variable)")
        }
    }

    @Test func `cutting nothing changes no instruction`() throws {
        let subject = try DecodedCase(Self.manyEdgesTest)
        #expect(ModuleLists.truncated(subject, .results, to: 300)?.testCase == subject.testCase)
    }

    @Test func `a module of ten thousand results is cut in linear time`() throws {
        let recipe = CaseRecipe(
            edges: [.directCall],
            parameters: [],
            results: TypeMix.uniform(.i32).list(count: 10_000)
        )
        let subject = try DecodedCase(Case(recipe).test)
        let cut = try #require(ModuleLists.truncated(subject, .results, to: 5_000))
        // The values that are too much are taken back where they are pushed, in the callee and behind the call.
        #expect(cut.module.functions.map(\.body.count) == [5_001, 2])
    }

    @Test func `the boundary of a module without a recipe is exact`() throws {
        let outcome = try BoundarySearch.search(Case(Self.manyEdgesTest), variable: .results) { subject in
            let module = try BinaryDecoder.decode(subject.test.wasm)
            return module.functions.contains { (module.functionType(at: $0.type)?.results.count ?? 0) >= 254 }
                ? .fails : .passes
        }
        #expect(outcome == .found(Boundary(variable: .results, lastGood: 253, firstBad: 254)))
        let none = try BoundarySearch.search(Case(Self.manyEdgesTest), variable: .results) { _ in .passes }
        #expect(none == .nothingFails)
    }

    @Test(arguments: [10, 100])
    func `a module whose lists are longer again is valid, and the oracle does what it did before`(arity: Int) throws {
        let subject = try DecodedCase(Self.manyEdgesTest)
        let judge = Judge(oracle: TestedEngines.registry.oracle)
        for variable in Boundary.Variable.allCases where ModuleLists.arity(of: subject, variable) >= arity {
            let cut = try #require(ModuleLists.truncated(subject, variable, to: arity))
            let longer = try #require(
                ModuleLists.lengthened(cut, of: subject, variable, from: arity, to: 310),
                "\(variable)"
            )
            #expect(ModuleLists.arity(of: longer, variable) == 310)
            guard case .completed(let before) = judge.trial(of: Case(cut.testCase)).expected,
                case .completed(let after) = judge.trial(of: Case(longer.testCase)).expected
            else {
                Issue.record("\(variable): no answer")
                continue
            }
            for (before, after) in zip(before.invocations, after.invocations) {
                guard case .returned(let values) = before, case .returned(let longerValues) = after else {
                    Issue.record("\(variable): \(after)")
                    continue
                }
                // Only functions give the values that are more.
                #expect(Array(longerValues.prefix(values.count)) == values)
                #expect(variable == .results || longerValues == values)
            }
        }
    }

    @Test func `a failure that needs the code of its arity, and not the arity, has no boundary`() throws {
        let types = String(repeating: "i32 ", count: 40)
        let module = try TextParser.module(
            """
            (module
              (func $f (param \(types)) (result i32) (i32.mul (local.get 29) (i32.const 3)))
              (func (export "f") (result i32) (call $f \(String(repeating: "(i32.const 5) ", count: 40)))))
            """
        )
        let test = DecodedCase(module: module, invocations: []).callingExports.testCase
        func outcome(_ fails: (Module) -> Bool) throws -> BoundarySearch.Outcome {
            try BoundarySearch.search(Case(test), variable: .parameters, maximum: nil) {
                fails(try BinaryDecoder.decode($0.test.wasm)) ? .fails : .passes
            }
        }
        let fives = try outcome { module in
            module.functions.flatMap(\.body).count { $0 == Instruction(.i32Const, .i32(5)) } >= 30
        }
        #expect(fives == .failsAnyway)
        let many = try outcome { $0.types.compactMap(\.functionType).contains { $0.parameters.count >= 30 } }
        #expect(many == .found(Boundary(variable: .parameters, lastGood: 29, firstBad: 30)))
    }
}
