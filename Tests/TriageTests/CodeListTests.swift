import Differential
import Execution
import Testing
import WasmFormats
import WasmModel

@testable import Triage

/// Boundaries in lists of code.
struct CodeListTests {
    private func boundary(_ text: String, _ variable: Boundary.Variable, _ fails: (Module) -> Bool) throws -> Boundary?
    {
        let subject = DecodedCase(module: try TextParser.module(text), invocations: []).callingExports
        return try BoundarySearch.search(Case(subject.testCase), variable: variable, maximum: nil) {
            fails(try BinaryDecoder.decode($0.test.wasm)) ? .fails : .passes
        }.boundary
    }

    @Test func `the number of locals at which a failure begins is exact, and code without some of them is valid`()
        throws
    {
        let writes = (0..<40).map {
            "(local.set \($0) (i64.const \($0))) (drop (local.tee \($0) (local.get \(39 - $0))))"
        }.joined()
        let boundary = try boundary(
            "(module (func (export \"f\") (local \(String(repeating: "i64 ", count: 40))) \(writes)))",
            .locals
        ) {
            ($0.functions.first?.locals.first?.count ?? 0) >= 17
        }
        #expect(boundary == Boundary(variable: .locals, lastGood: 16, firstBad: 17))
    }

    @Test func `so is that of labels and of handlers`() throws {
        let table =
            "(module (func (export \"f\") (param i32) block block local.get 0 br_table \(String(repeating: "0 1 ", count: 20)) 0 end end))"
        let labels = try boundary(table, .labels) { module in
            module.functions.contains { $0.body.contains { ($0.labelListCount ?? 0) > 16 } }
        }
        #expect(labels == Boundary(variable: .labels, lastGood: 16, firstBad: 17))
        let clauses = String(repeating: "(catch_all 0) ", count: 20)
        let handlers = try boundary("(module (func (export \"f\") block try_table \(clauses) nop end end))", .handlers)
        { module in
            module.functions.contains { $0.body.contains { $0.opcode == .tryTable && ($0.labelListCount ?? 0) > 8 } }
        }
        #expect(handlers == Boundary(variable: .handlers, lastGood: 8, firstBad: 9))
        #expect(handlers?.hypotheses(for: []) == [])
    }

    @Test func `so is that of blocks, of exceptions and of element segments, apart from that of functions`() throws {
        let values = String(repeating: "(i64.const 7) ", count: 40)
        let list = String(repeating: "i64 ", count: 40)
        let text = """
            (module
              (type $block (func (param i32) (result \(list))))
              (type $payload (func (param \(list))))
              (tag $t (type $payload))
              (table 40 funcref)
              (func $f (export "f") (param i64 i64)
                i32.const 1
                (block (type $block) drop \(values))
                \(String(repeating: "drop ", count: 40))
                \(values) throw $t)
              (elem (i32.const 0) \(String(repeating: "$f ", count: 40))))
            """
        func types(_ module: Module) -> [FunctionType] { module.types.compactMap(\.functionType) }
        #expect(
            try boundary(text, .blockValues) { types($0).contains { $0.results.count > 16 } }
                == Boundary(variable: .blockValues, lastGood: 16, firstBad: 17)
        )
        let tags = try boundary(text, .tagValues) { types($0).contains { $0.parameters.count > 8 } }
        #expect(tags == Boundary(variable: .tagValues, lastGood: 8, firstBad: 9))
        #expect(tags?.description == "8 tag values pass, 9 fail")
        #expect(
            try boundary(text, .elements) { $0.elements.contains { $0.items.count > 32 } }
                == Boundary(variable: .elements, lastGood: 32, firstBad: 33)
        )
        // Neither matters to the functions.
        #expect(try boundary(text, .parameters) { types($0).contains { $0.parameters.count > 8 } } == nil)
        let subject = BoundarySubject(
            Case(TestCase(wasm: BinaryEncoder.encode(try TextParser.module(text)), invocations: []))
        )
        #expect(subject.variables == [.results, .parameters, .blockValues, .tagValues, .elements, .nestedBlocks])
    }

    @Test func `so is that of blocks in each other, whether code branches out of them or not`() throws {
        func nested(_ count: Int, _ inner: String) -> String {
            let blocks = String(repeating: "block ", count: count)
            return """
                (module (func (export "f") (param i32) (result i32 i64)
                  loop \(blocks) \(inner) \(String(repeating: "end ", count: count)) end
                  i32.const 1 i64.const 2))
                """
        }
        func isDeep(_ module: Module) -> Bool { module.functions.contains { BlockNesting.depth(of: $0.body) > 16 } }
        let boundary = Boundary(variable: .nestedBlocks, lastGood: 16, firstBad: 17)
        #expect(try self.boundary(nested(40, "nop"), .nestedBlocks, isDeep) == boundary)
        #expect(try self.boundary(nested(40, "local.get 0 br_if 12"), .nestedBlocks, isDeep) == boundary)
        #expect(boundary.description == "16 nested blocks pass, 17 fail")
        // The branches keep all blocks.
        let labels = (0..<40).map { "local.get 0 br_if \($0) " }.joined()
        #expect(try self.boundary(nested(40, labels), .nestedBlocks, isDeep) == nil)
        // Deeper blocks do not make what a loop in them does fail.
        let looping = try self.boundary(nested(20, "loop nop end"), .nestedBlocks) { module in
            module.functions.contains { $0.body.count { $0.opcode == .loop } > 1 }
        }
        #expect(looping == nil)
    }

    @Test func `so is that of fields and of the operands of arrays`() throws {
        let text = """
            (module
              (type $s (struct \(String(repeating: "(field (mut i64)) ", count: 40)) (field i8)))
              (type $a (array i32))
              (func (export "f") (param i64) (result i32 i64) (local $o (ref null $s))
                (local.set $o (struct.new $s \(String(repeating: "(local.get 0) ", count: 40)) (i32.const 3)))
                (struct.set $s 38 (local.get $o) (i64.mul (local.get 0) (local.get 0)))
                (drop (struct.get_u $s 40 (local.get $o)))
                (array.len (array.new_fixed $a 40 \(String(repeating: "(i32.const 7) ", count: 40))))
                (struct.get $s 39 (local.get $o))))
            """
        let fields = try boundary(text, .fields) { module in
            module.types.contains { if case .structure(let fields) = $0.composite { fields.count > 16 } else { false } }
        }
        #expect(fields == Boundary(variable: .fields, lastGood: 16, firstBad: 17))
        let operands = try boundary(text, .arrayOperands) { module in
            module.functions.contains { function in
                function.body.contains {
                    if case .typeAndLength(_, let length) = $0.immediate { length > 8 } else { false }
                }
            }
        }
        #expect(operands == Boundary(variable: .arrayOperands, lastGood: 8, firstBad: 9))
        #expect(operands?.description == "8 array operands pass, 9 fail")
    }

    @Test(arguments: [(65, Boundary.Variable.locals), (64, .results)])
    func `a list of code that is many times as long as those of signatures is searched first`(
        locals: Int,
        first: Boundary.Variable
    ) throws {
        let text = "(module (func (result i32 i32) (local \(String(repeating: "i64 ", count: locals))) unreachable))"
        let subject = DecodedCase(module: try TextParser.module(text), invocations: [])
        #expect(BoundarySubject(Case(subject.testCase)).variables.first == first)
    }

    @Test func `a finding whose signature does not matter has the boundary of its handlers`() throws {
        let clauses = String(repeating: "(catch_all 0) ", count: 33)
        let module = try TextParser.module("(module (func (export \"f\") block try_table \(clauses) nop end end))")
        let test = DecodedCase(module: module, invocations: []).callingExports.testCase
        let broken = FakeEngine(name: "fake:none") { module in
            module.functions.contains { $0.body.contains { $0.opcode == .tryTable && ($0.labelListCount ?? 0) > 16 } }
        }
        let judge = Judge(oracle: FakeEngine(name: "oracle"))
        let analysis = CrashAnalysis(engine: broken, judge: judge)
        let finding = Finding(
            Case(test),
            engine: broken.name,
            divergence: try #require(analysis.divergence(Case(test)))
        )
        let report = try analysis.record(for: finding).report
        #expect(report.boundary == Boundary(variable: .handlers, lastGood: 16, firstBad: 17))
        #expect(report.title.contains("16 handlers pass, 17 fail"))
    }
}
