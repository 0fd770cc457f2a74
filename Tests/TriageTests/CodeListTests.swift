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
            fails(try BinaryDecoder.decode($0.test.wasm))
        }
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
