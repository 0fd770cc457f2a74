import Differential
import Execution
import Foundation
import Testing
import WasmGenerator

@testable import Triage

/// The names in the files of the store: literal, so that renaming a case or a property of Swift cannot change them.
struct ReportCodingTests {
    private func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Recipes have coding of their own, with tests of their own.
    private static func report(observable: String, recipe: String, version: Int) -> String {
        #"{"boundary":{"firstBad":2,"lastGood":1,"variable":"results"},"#
            + "\"divergence\":{\"expected\":\"a\",\"observable\":\(observable),\"observed\":\"m\"},"
            + #""engine":"x86_64:none:definitions","engines":["interpreter","x86_64:none:definitions"],"#
            + #""invocations":[{"arguments":["i32:1"],"export":"main"}],"originalSize":9,"#
            + "\"recipe\":\(recipe),\"reducedSize\":1,\"schemaVersion\":\(version),"
            + #""signature":{"description":"compile: m"},"specimen":"s","status":"open","title":"t","upstream":"u"}"#
    }

    private static let versionOne = report(
        observable: #"{"crash":{"_0":"compile"}}"#,
        recipe:
            #"{"edges":["loop"],"parameters":"i32","results":"2*f64","routing":"in-order","seed":7,"storesResults":true}"#,
        version: 1
    )

    @Test func `a report of version 1 is read, and written as version 2`() throws {
        let report = try JSONDecoder().decode(CrashReport.self, from: Data(Self.versionOne.utf8))
        #expect(report.schemaVersion == 1)
        #expect(report.divergence.observable == .crash(.compile))
        let versionTwo = Self.report(
            observable: #"{"kind":"crash","phase":"compile"}"#,
            recipe: try text(try #require(report.recipe)),
            version: 2
        )
        #expect(try text(report) == versionTwo)
        let again = try JSONDecoder().decode(CrashReport.self, from: Data(versionTwo.utf8))
        #expect(again.schemaVersion == 2)
        #expect(try text(again) == versionTwo)
    }

    @Test func `what a report says of its origin and its cause has these names`() throws {
        var report = try JSONDecoder().decode(CrashReport.self, from: Data(Self.versionOne.utf8))
        report.recipe = nil
        report.hypotheses = ["h"]
        report.culprit = CulpritStage(stages: ["s"], functions: [3], failsOnOtherMachine: true)
        report.outcomes = [EngineAccount.Answer(engine: "arm64", verdict: "agrees")]
        report.commands = ["c"]
        report.provenance = Provenance(
            program: "p",
            revision: Revision("r"),
            host: "h",
            arguments: ["a"],
            seed: 7,
            profiles: ["everything"]
        )
        let written = try text(report)
        for part in [
            #""commands":["c"]"#, #""culprit":{"failsOnOtherMachine":true,"functions":[3],"stages":["s"]}"#,
            #""hypotheses":["h"]"#,
            #""outcomes":[{"engine":"arm64","verdict":"agrees"}]"#,
            #""provenance":{"arguments":["a"],"host":"h","profiles":["everything"],"program":"p","revision":"r","seed":7}"#,
        ] {
            #expect(written.contains(part), "\(written)")
        }
        #expect(try text(try JSONDecoder().decode(CrashReport.self, from: Data(written.utf8))) == written)
    }

    @Test func `a finding has these names`() throws {
        let recipe = CaseRecipe(edges: [], parameters: [], results: [.i32])
        let finding = Finding(
            Case(recipe),
            engine: "arm64",
            specimen: "s",
            divergence: Divergence(observable: .rejection, expected: "a", observed: "b")
        )
        let rest = #""divergence":{"expected":"a","observable":{"kind":"rejection"},"observed":"b"},"engine":"arm64""#
        let literal =
            "{\(rest),\"recipe\":\(try text(recipe)),\"specimen\":\"s\"}"
        #expect(try text(finding) == literal)
        #expect(try JSONDecoder().decode(Finding.self, from: Data(literal.utf8)) == finding)
        var bare = finding
        bare.subject = Case(TestCase(wasm: [1], invocations: []))
        #expect(try text(bare) == "{" + rest + #","invocations":[],"specimen":"s","wasm":"AQ=="}"#)
    }
}
