import Differential
import Execution
import Foundation
import InTreeEngines
import TestedEngines
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import BugZoo

/// The specimens whose code runs and is wrong.
///
/// On ARM64 the simulator catches whatever the code does; on the host only specimens that harm nobody run in this process.
@Suite struct WrongResultSpecimenTests {
    /// A small case that shows a specimen, and the number of values with which it no longer does.
    struct Directed: Sendable, CustomTestStringConvertible {
        var specimen: Specimen
        var recipe: CaseRecipe
        var harmless: CaseRecipe
        /// Whether the wrong code may do anything to the process that it runs in.
        var isContained: Bool

        var testDescription: String { specimen.identifier }
    }

    static let directed: [Directed] = [
        Directed(
            specimen: .unsortedArguments,
            recipe: CaseRecipe(edges: [], parameters: [.i32], results: Array(repeating: .i32, count: 17)),
            harmless: CaseRecipe(edges: [], parameters: [.i32], results: [.i32, .i32]),
            isContained: false
        ),
        Directed(
            specimen: .reversedStubResults,
            recipe: CaseRecipe(edges: [], parameters: [], results: [.i32, .i32]),
            harmless: CaseRecipe(edges: [], parameters: [], results: [.i32, .f32]),
            isContained: true
        ),
        Directed(
            specimen: .unadjustedStackPointer,
            recipe: CaseRecipe(
                edges: [.directCall],
                parameters: Array(repeating: .i32, count: 16),
                results: Array(repeating: .i32, count: 16)
            ),
            harmless: CaseRecipe(edges: [.directCall], parameters: [.i32, .i32], results: [.i32]),
            isContained: false
        ),
        Directed(
            specimen: .floatsStoredAsIntegers,
            recipe: CaseRecipe(edges: [], parameters: [], results: Array(repeating: .f64, count: 9)),
            harmless: CaseRecipe(edges: [], parameters: [], results: Array(repeating: .f64, count: 8)),
            isContained: true
        ),
        Directed(
            specimen: .overlappingCopies,
            recipe: CaseRecipe(edges: [], parameters: [.f32, .f32], results: [.f32, .f32], routing: .reversed),
            harmless: CaseRecipe(edges: [], parameters: [.f32], results: [.f32]),
            isContained: true
        ),
    ]

    @Test(arguments: directed)
    func `a directed case shows the specimen in the simulator`(_ directed: Directed) throws {
        let verdicts = try Self.verdicts("arm64", directed.recipe, directed.specimen)
        #expect(verdicts.contains { if case .divergence = $0 { true } else { false } }, "\(verdicts)")
    }

    @Test(arguments: directed.filter(\.isContained))
    func `a directed case shows the specimen on the host`(_ directed: Directed) throws {
        guard CompilationTarget.x86_64.canRun else { return }
        let verdicts = try Self.verdicts("x86_64", directed.recipe, directed.specimen)
        #expect(verdicts.contains { if case .divergence = $0 { true } else { false } }, "\(verdicts)")
    }

    @Test(arguments: directed)
    func `a case below the trigger does not show the specimen`(_ directed: Directed) throws {
        for verdict in try Self.verdicts("arm64", directed.harmless, directed.specimen) {
            #expect(verdict == .agreement)
        }
    }

    @Test(arguments: directed)
    func `a directed case agrees in the healthy pipeline`(_ directed: Directed) throws {
        for name in TestedEngines.compilerNames {
            for verdict in try Self.verdicts(name.description, directed.recipe, nil) { #expect(verdict == .agreement) }
        }
    }

    /// The compilers that have the others do not come to an end that a test in this process could see.
    private static let triggers = Specimen.all.compactMap(\.smallest).filter { trigger in
        !["endless-splitting", "extra-tail-call-results"].contains(trigger.identifier)
            && !CompilationSpecimenTests.stopped.contains { $0.identifier == trigger.identifier }
    }

    @Test(arguments: triggers)
    func `the smallest module shows its specimen, and agrees in the healthy pipeline`(_ trigger: TriggerModule) throws {
        let specimen = try #require(Specimen(identifier: trigger.identifier))
        let verdicts = try trigger.verdicts(specimen)
        #expect(verdicts.contains { if case .divergence = $0 { true } else { false } }, "\(verdicts)")
        for verdict in try trigger.verdicts(nil) { #expect(verdict == .agreement) }
    }

    @Test(arguments: CompilationTarget.allCases.filter(\.canRun))
    func `the audit finds a specimen that gives right results`(_ target: CompilationTarget) throws {
        let parameters = String(repeating: "i64 ", count: 40)
        let module = try TextParser.module(
            """
            (module
              (func $f (param \(parameters)) (result i64) (local.get 39))
              (func (export "g") (param i64) (result i64)
                \(String(repeating: "(local.get 0) ", count: 40)) (call $f)))
            """
        )
        let test = TestCase(
            wasm: BinaryEncoder.encode(module),
            invocations: [Invocation(export: "g", arguments: [.i64(7)])]
        )
        let specimen = try #require(Specimen(identifier: "unadjusted-stack-pointer"))
        for isAudited in [false, true] {
            let registry = InTreeEngines.registry(
                change: specimen.breakPipeline,
                instrumentation: Instrumentation(isAudited: isAudited, countsFuel: true)
            )
            for engine in try registry.engines(named: "\(target.rawValue):none") {
                switch engine.run(test, within: Budget()) {
                case .completed(let observation):
                    #expect(!isAudited)
                    #expect(observation.invocations == [.returned([.i64(7)])])
                case .crashed(let crash):
                    #expect(isAudited)
                    #expect(crash.message.hasPrefix("audit: the stack pointer"))
                case let outcome: Issue.record("\(outcome)")
                }
            }
        }
    }

    @Test func `specimens have different names and cite where they come from`() {
        #expect(Set(Specimen.all.map(\.identifier)).count == Specimen.all.count)
        for specimen in Specimen.all {
            #expect(!specimen.references.isEmpty)
            #expect(Specimen(identifier: specimen.identifier)?.mechanism == specimen.mechanism)
        }
        #expect(Specimen(identifier: "healthy") == nil)
    }

    @Test func `every specimen is one file, and one line of the list`() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Sources/BugZoo/Specimens").path
        var identifiers: Set<String> = []
        for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            let found = Specimen.all.filter { text.contains("\"\($0.identifier)\",") }
            #expect(found.count == 1, "\(file)")
            identifiers.formUnion(found.map(\.identifier))
        }
        #expect(identifiers == Set(Specimen.all.map(\.identifier)))
    }

    /// The verdicts on the engines of a name with a specimen in them, run in this process.
    private static func verdicts(_ name: String, _ recipe: CaseRecipe, _ specimen: Specimen?) throws -> [Verdict] {
        let registry = InTreeEngines.registry(change: specimen?.breakPipeline)
        var trial = Judge(oracle: registry.oracle).trial(of: Case(recipe))
        return try registry.engines(named: name).map { trial.verdict(of: $0) }
    }
}
