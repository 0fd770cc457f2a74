import Foundation
import Testing
import WasmFormats
import WasmInterpreter
import WasmModel
import WasmScripts

@Suite(.enabled(if: SpecificationSuite.isPresent, SpecificationSuite.absence))
struct SpecificationScriptTests {
    @Test(arguments: SpecificationSuite.scripts)
    func `every command of the script does what it says, for the stated reason`(path: String) throws {
        let content = try SpecificationSuite.content(path)
        let report = ScriptRunner.run(content.script, on: InterpreterEngine())
        #expect(report.failures.isEmpty, "\(report.failures.prefix(5).map(\.description).joined(separator: "\n"))")
        #expect(report.refused.isEmpty && report.skipped == 0)
        #expect(report.passed == content.script.commands.count)
    }

    @Test(arguments: SpecificationSuite.scripts)
    func `every module of the script is the same after each round trip, with its names`(path: String) throws {
        let report = ModuleRoundTrip.check(try SpecificationSuite.content(path).script)
        #expect(report.failures.isEmpty, "\(report.failures.prefix(5).map(\.description).joined(separator: "\n"))")
    }

    @Test(arguments: SpecificationSuite.scripts.filter { $0.hasPrefix("relaxed-simd/") })
    func `every choice of the relaxed instructions is one that the script allows`(path: String) throws {
        let script = try SpecificationSuite.content(path).script
        var choices = Set<RelaxedParameters>()
        for command in script.commands {
            guard case .module(let module) = command.kind, case .text(let parsed) = module.source else { continue }
            choices.formUnion(RelaxedParameters.choices(for: parsed))
        }
        #expect(choices.count > 1)
        for choice in choices {
            let report = ScriptRunner.run(script, on: InterpreterEngine(relaxed: choice))
            #expect(report.failures.isEmpty, "\(choice): \(report.failures.prefix(5))")
        }
    }
}

@Suite(.enabled(if: SpecificationSuite.isPresent, SpecificationSuite.absence))
struct SpecificationFeatureTests {
    /// These are where the releases differ most in what was there before.
    private static let scripts = ["binary", "binary-leb128", "data", "elem", "global", "imports", "memory", "select"]

    @Test(arguments: FeatureSet.releases.map(\.name).dropLast())
    func `of scripts of the latest release an earlier one skips what it lacks, and fails nothing`(name: String) throws {
        let release = try #require(FeatureSet.releases.first { $0.name == name })
        let multiMemory = SpecificationSuite.scripts.filter { $0.hasPrefix("multi-memory/") }
        var skipped = 0
        for path in Self.scripts.map({ $0 + ".wast" }) + multiMemory {
            let script = try SpecificationSuite.content(path).script
            let report = ScriptRunner.run(script, on: InterpreterEngine(), features: release.features)
            #expect(report.failures.isEmpty, "\(path): \(report.failures.prefix(5))")
            #expect(report.refused.allSatisfy { $0.contains(" requires feature ") }, "\(report.refused)")
            skipped += report.skipped
        }
        #expect(skipped > 100)
    }
}

@Suite(.enabled(if: SpecificationSuite.hasConversion, SpecificationSuite.absence))
struct SpecificationConversionTests {
    /// Without SLOW_TESTS these folders only; among them are the scripts of release 2.0, which assume later features off.
    private static let folders = ["base", "exceptions", "gc", "wasm-2.0-variants"]

    @Test
    func `every command of the converted scripts does what it says, and every listed difference of reasons occurs`()
        throws
    {
        let target = try SpecificationSuite.unpackConversion()
        defer { try? FileManager.default.removeItem(at: target) }
        let root = target.appending(path: "core")
        let paths =
            SpecificationSuite.runsAll ? [root.path] : Self.folders.map { root.appending(path: $0).path }
        let selection = try ScriptFile.selection(at: paths)
        #expect(selection.files.count > 100)
        #expect(SpecificationSuite.runsAll == (selection.excluded.map(\.path).count == ScriptExclusion.all.count))
        var differences = Set<Int>()
        var passed = 0
        for file in selection.files {
            let content = try file.content()
            let features = FeatureSet.wasm3.subtracting(content.featuresOff)
            let report = ScriptRunner.run(content.script, on: InterpreterEngine(), features: features)
            #expect(report.failures.isEmpty, "\(file.path): \(report.failures.prefix(5))")
            #expect(report.skipped == 0, "\(file.path): \(report.refused)")
            passed += report.passed
            differences.formUnion(report.differences.keys)
            let roundTrips = ModuleRoundTrip.check(content.script, features: features)
            #expect(roundTrips.failures.isEmpty, "\(file.path): \(roundTrips.failures.prefix(5))")
        }
        #expect(passed > 25_000)
        // One is in the folder of bulk memory instructions, which is not run here without SLOW_TESTS.
        let bulk = try ScriptFile(path: root.appending(path: "bulk-memory/bulk.json").path).content()
        let report = ScriptRunner.run(bulk.script, on: InterpreterEngine())
        differences.formUnion(report.differences.keys)
        #expect(differences == Set(ReasonDifference.all.indices))
    }
}
