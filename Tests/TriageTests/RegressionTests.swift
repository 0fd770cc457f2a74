import Differential
import Execution
import Foundation
import InTreeEngines
import TestedEngines
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import Triage

extension CrashFolder: CustomTestStringConvertible {
    /// What `fuzz-multivalue replay` takes.
    public var testDescription: String { "Crashes/\(name)" }
}

/// The crashes of the package.
struct StoredCrashTests {
    /// The folder `Crashes` of the package; it may be missing.
    static let store = CrashStore(
        path: URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Crashes").path
    )

    @Test func `every folder of Crashes can be read`() throws {
        let content = try Self.store.content()
        #expect(content.problems.isEmpty)
    }

    @Test(arguments: (try? Self.store.content().folders) ?? [])
    func `a stored crash keeps the rule of its status in every compiler`(folder: CrashFolder) throws {
        // As in the campaigns that find crashes.
        let registry = InTreeEngines.registry(instrumentation: .fuzzing)
        let violations = try Regression.violations(
            of: folder,
            engines: registry.compilers + registry.compilers.compactMap { registry.auditedEngine($0.name) },
            judge: Judge(oracle: registry.oracle)
        )
        #expect(violations.isEmpty, "\(violations)")
    }
}

struct RegressionTests {
    private let oracle = FakeEngine(name: "oracle")
    private var judge: Judge { Judge(oracle: oracle) }
    private let broken = FakeEngine.limited(to: 253)

    private func finding(results: Int) -> Finding {
        let recipe = CaseRecipe(
            edges: [.block],
            parameters: [.i32],
            results: TypeMix.uniform(.f64).list(count: results)
        )
        return Finding(
            Case(recipe),
            engine: broken.name,
            divergence: CrashAnalysis(engine: broken, judge: judge).divergence(Case(recipe))
                ?? Divergence(observable: .rejection, expected: "a failure", observed: "none")
        )
    }

    @Test func `a finding becomes a reduced crash with its exact boundary`() throws {
        let record = try CrashAnalysis(engine: broken, judge: judge).record(for: finding(results: 300))
        #expect(record.report.boundary == Boundary(variable: .results, lastGood: 253, firstBad: 254))
        #expect(record.report.recipe?.results.count == 254)
        #expect(record.report.reducedSize < record.report.originalSize)
        #expect(record.regressions.map(\.title) == ["the reduced module", "253 results", "254 results", "255 results"])
    }

    @Test func `a finding that is told already is reduced, and has no boundary`() throws {
        var told: [CrashSignature] = []
        let analysis = CrashAnalysis(
            engine: broken,
            judge: judge,
            isTold: {
                told.append($0)
                return true
            }
        )
        let finding = finding(results: 300)
        let record = try analysis.record(for: finding)
        #expect(told == [finding.signature])
        #expect(record.report.boundary == nil)
        #expect(record.report.reducedSize < record.report.originalSize)
    }

    @Test func `a finding of a bare module becomes a reduced crash with its exact boundary`() throws {
        var finding = finding(results: 300)
        finding.subject = Case(finding.subject.test)
        let record = try CrashAnalysis(engine: broken, judge: judge).record(for: finding)
        #expect(record.report.boundary == Boundary(variable: .results, lastGood: 253, firstBad: 254))
        #expect(try BinaryDecoder.decode(record.wasm).totalArity == 254)
    }

    @Test func `a finding that does not happen again is recorded as it was found`() throws {
        let finding = finding(results: 300)
        let record = try CrashAnalysis(engine: oracle, judge: judge).record(for: finding)
        #expect(record.wasm == finding.subject.test.wasm)
        #expect(record.report.divergence == finding.divergence)
        #expect(record.report.title.contains("did not happen again"))
    }

    @Test func `an open crash must diverge and a fixed one must agree and an accepted one is only read`() throws {
        try withTemporaryFolder { path in
            let store = CrashStore(path: path)
            let record = try CrashAnalysis(engine: broken, judge: judge).record(for: finding(results: 300))
            var folder = try store.add(record).folder
            let mended = FakeEngine(name: broken.name)
            func reasons(_ engine: FakeEngine, specimen: String? = nil) throws -> [String] {
                try Regression.violations(of: folder, engines: [engine], judge: judge, specimen: specimen)
                    .map(\.reason)
            }
            #expect(try reasons(broken) == [])
            #expect(try reasons(mended) == ["no longer diverges: set its status to fixed"])
            #expect(try reasons(broken, specimen: "other").count == 1)
            var report = folder.report
            report.status = .fixed
            try store.update(report, of: folder)
            folder = try CrashFolder(reading: folder.path)
            #expect(try reasons(broken).count == 1)
            #expect(try reasons(mended) == [])
            report.status = .accepted
            try store.update(report, of: folder)
            folder = try CrashFolder(reading: folder.path)
            #expect(try reasons(broken) == [])
        }
    }

    @Test func `a folder, a module in both formats, a script and a raw input are read as cases`() throws {
        try withTemporaryFolder { path in
            let record = try CrashAnalysis(engine: broken, judge: judge).record(for: finding(results: 300))
            let folder = try CrashStore(path: path).add(record).folder
            let stored = try NamedCase.cases(at: folder.path)
            #expect(stored.map(\.subject.test.wasm) == [record.wasm])
            #expect(try NamedCase.cases(at: path).map(\.name) == stored.map(\.name))
            #expect(try NamedCase.cases(at: "\(folder.path)/regression.wast").count == 4)
            let text = "(module (func (export \"f\") (param i32 f64)) (func (export \"g\")))"
            try write(text, to: "\(path)/m.wat")
            let wat = try NamedCase.cases(at: "\(path)/m.wat")
            let arguments = [TaggedValue.argument(0, .i32, seed: 0), TaggedValue.argument(1, .f64, seed: 0)]
            #expect(
                wat.first?.subject.test.invocations == [
                    Invocation(export: "f", arguments: arguments), Invocation(export: "g", arguments: []),
                ]
            )
            try DurableFile.writeNewFile(wat[0].subject.test.wasm, "\(path)/m.wasm")
            #expect(try NamedCase.cases(at: "\(path)/m.wasm").map(\.subject) == wat.map(\.subject))
            try DurableFile.writeNewFile([2, 3, 1, 5], "\(path)/input")
            var decisions = DecisionSource([2, 3, 1, 5])
            guard case .recipe(let recipe) = Profile.all[0].decidedCase(from: &decisions, maximumArity: 1_000) else {
                Issue.record("a program")
                return
            }
            #expect(try NamedCase.cases(at: "\(path)/input").map(\.subject.recipe) == [recipe])
        }
    }

    @Test func `a file that cannot be read as a case is named with the reason`() throws {
        try withTemporaryFolder { path in
            try write("(module (func (export \"f\")", to: "\(path)/m.wat")
            let malformed = #expect(throws: CrashStoreError.self) { _ = try NamedCase.cases(at: "\(path)/m.wat") }
            #expect(malformed?.path == "\(path)/m.wat")
            #expect(malformed?.description.hasPrefix("\(path)/m.wat:1:27: unexpected token") == true)
            let missing = #expect(throws: CrashStoreError.self) { _ = try NamedCase.cases(at: "\(path)/none") }
            #expect(missing?.reason == "no such file or folder")
        }
    }

    /// Does everything right, and needs a function of the greatest arity of a module's types for it.
    private struct GrowingCompiler: CompilingEngine {
        var name: EngineName = "growing"
        var seconds: @Sendable (Double) -> Double?

        func run(_ test: TestCase, within budget: Budget) -> Outcome {
            FakeEngine(name: name).run(test, within: budget)
        }

        func cost(ofCompiling wasm: [UInt8], within budget: Budget) -> CompilationCost? {
            guard let module = try? BinaryDecoder.decode(wasm) else { return nil }
            let arities = module.types.compactMap(\.functionType).map { max($0.parameters.count, $0.results.count) }
            return seconds(Double(arities.max() ?? 0)).map { CompilationCost(bytes: 1, frameBytes: 1, seconds: $0) }
        }
    }

    @Test func `a crash whose engine needs too much time is measured again, and fails as long as it does`() throws {
        let steep = GrowingCompiler { $0 * $0 * 1e-8 }
        let recipe = CaseRecipe(edges: [.block], parameters: [.i32], results: TypeMix.uniform(.f64).list(count: 8_000))
        let growth = try #require(Growth(.compileTime, of: recipe, in: steep, within: Budget()))
        let divergence = try #require(growth.divergence)
        let finding = Finding(Case(recipe), engine: steep.name, specimen: "slow", divergence: divergence)
        let flat = GrowingCompiler(name: "flat") { $0 * 1e-5 }
        let others: [any Engine] = [flat, FakeEngine(name: "unmeasured")]
        let record = try CrashAnalysis(engine: steep, judge: judge, others: others).record(for: finding)
        #expect(record.report.divergence == divergence && record.report.specimen == "slow")
        let outcomes = try #require(record.report.outcomes)
        #expect(outcomes.map(\.engine) == ["growing", "flat", "unmeasured"])
        #expect(outcomes[0].verdict == divergence.observed && outcomes[1].verdict.hasPrefix("agrees: "))
        #expect(outcomes[2].verdict == "not measured")
        try withTemporaryFolder { path in
            let folder = try CrashStore(path: path).add(record).folder
            func violations(_ engine: any Engine) throws -> [Regression.Violation] {
                try Regression.violations(of: folder, engines: [engine], judge: judge, specimen: "slow")
            }
            #expect(try violations(steep) == [])
            let mended = try violations(GrowingCompiler { $0 * 1e-5 })
            #expect(mended.map(\.reason) == ["no longer diverges: set its status to fixed"])
            let silent = try violations(GrowingCompiler { _ in nil })
            #expect(silent.map(\.reason) == ["cannot be compared: what it needs cannot be measured"])
        }
    }
}
