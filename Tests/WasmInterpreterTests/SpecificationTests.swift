import Foundation
import Testing
import WasmFormats
import WasmInterpreter
import WasmModel
import WasmScripts

/// The folder of the specification's scripts: the variable SPEC_TESTS, or `../shared/spec-tests` beside the package.
private let specificationTests: URL = {
    if let path = ProcessInfo.processInfo.environment["SPEC_TESTS"] { return URL(fileURLWithPath: path) }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/spec-tests")
}()

private let isPresent = FileManager.default.fileExists(atPath: specificationTests.appendingPathComponent("core").path)
private let runsAll = ProcessInfo.processInfo.environment["SLOW_TESTS"] != nil

/// The paths of the scripts below `core`; without SLOW_TESTS those that are not larger than 100,000 bytes.
private let scripts: [String] = {
    let core = specificationTests.appendingPathComponent("core")
    let paths = (FileManager.default.enumerator(atPath: core.path)?.allObjects as? [String]) ?? []
    return paths.filter { path in
        guard path.hasSuffix(".wast") else { return false }
        let attributes = try? FileManager.default.attributesOfItem(atPath: core.appendingPathComponent(path).path)
        return runsAll || (attributes?[.size] as? Int ?? 0) <= 100_000
    }.sorted()
}()

@Suite struct SpecificationTests {
    @Test(
        .enabled(if: isPresent, "the specification's scripts are not here: set SPEC_TESTS to their folder"),
        arguments: scripts
    )
    func `every supported command of the script does what it says`(path: String) throws {
        let source = try Data(
            contentsOf: specificationTests.appendingPathComponent("core").appendingPathComponent(path)
        )
        let script = try ScriptParser.script([UInt8](source))
        let report = ScriptRunner.run(script, on: InterpreterScriptEngine(limits: ExecutionLimits(callDepth: 2000)))
        #expect(report.failures.isEmpty, "\(report.failures.prefix(5).map(\.description).joined(separator: "\n"))")
        #expect(report.refused.isEmpty && report.skipped == 0)
        #expect(report.passed + report.skipped + report.failures.count == script.commands.count)
    }

    @Test(
        .enabled(if: isPresent, "the specification's scripts are not here: set SPEC_TESTS to their folder"),
        arguments: scripts.filter { $0.hasPrefix("relaxed-simd/") }
    )
    func `every choice of the relaxed instructions is one that the script allows`(path: String) throws {
        let source = try Data(
            contentsOf: specificationTests.appendingPathComponent("core").appendingPathComponent(path)
        )
        let script = try ScriptParser.script([UInt8](source))
        var choices = Set<RelaxedParameters>()
        for command in script.commands {
            guard case .module(let module) = command.kind, case .text(let parsed) = module.source else { continue }
            choices.formUnion(RelaxedParameters.choices(for: parsed))
        }
        #expect(choices.count > 1)
        for choice in choices {
            let report = ScriptRunner.run(script, on: InterpreterScriptEngine(relaxed: choice))
            #expect(report.failures.isEmpty, "\(choice): \(report.failures.prefix(5))")
        }
    }
}
