import Foundation
import SSA
import Testing
import WasmFormats
import WasmModel

/// The folder of the specification's scripts: the variable SPEC_TESTS, or `../shared/spec-tests` beside the package.
private let core: URL = {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    let given = ProcessInfo.processInfo.environment["SPEC_TESTS"].map { URL(filePath: $0) }
    return (given ?? package.appending(path: "../shared/spec-tests")).standardizedFileURL.appending(path: "core")
}()

private let isPresent = FileManager.default.fileExists(atPath: core.path())
private let runsAll = ProcessInfo.processInfo.environment["SLOW_TESTS"] != nil

/// The paths of the scripts outside the folder gc; without SLOW_TESTS those that are not larger than 60,000 bytes.
private let scripts: [String] = {
    let paths = (FileManager.default.enumerator(atPath: core.path())?.allObjects as? [String]) ?? []
    return paths.filter { path in
        guard path.hasSuffix(".wast"), !path.hasPrefix("gc/") else { return false }
        let attributes = try? FileManager.default.attributesOfItem(atPath: core.appending(path: path).path())
        return runsAll || (attributes?[.size] as? Int ?? 0) <= 60_000
    }.sorted()
}()

@Suite struct SpecificationTests {
    @Test(
        .enabled(if: isPresent, "the specification's scripts are not here: set SPEC_TESTS to their folder"),
        arguments: scripts
    )
    func `all modules of a script are translated and optimised, and their text form is read back`(path: String) throws {
        let script = try ScriptParser.script([UInt8](Data(contentsOf: core.appending(path: path))))
        for command in script.commands {
            guard let module = try Self.module(of: command) else { continue }
            let validated = try Validator.validate(module)
            let translator = ModuleTranslator(validated)
            for position in module.functions.indices {
                let function: IRFunction
                do {
                    function = try translator.translate(defined: position)
                } catch {
                    guard case .unsupportedInstruction(let opcode) = error.reason,
                        opcode.row.feature == .garbageCollection
                    else { throw error }
                    continue
                }
                do {
                    try Verifier.verify(function)
                    #expect(try isSame(FunctionParser.parse(function.description), function))
                    try Verifier.verify(function.optimized())
                } catch {
                    Issue.record("\(path):\(command.line): \(error)\n\(function)")
                }
            }
        }
    }

    private static func module(of command: ScriptCommand) throws -> Module? {
        switch command.kind {
        case .module(let module), .definition(let module), .assertUnlinkable(let module, _),
            .assertInstantiationTrap(let module, _):
            switch module.source {
            case .text(let module): module
            case .binary(let bytes): try BinaryDecoder.decode(bytes)
            case .quoted(let source): try TextParser.module(source)
            }
        case .instance, .register, .action, .assertReturn, .assertTrap, .assertExhaustion, .assertException,
            .assertMalformed, .assertInvalid, .assertMalformedCustom, .assertInvalidCustom, .assertInstanceTrap,
            .assertInstanceUnlinkable, .script, .input, .output, .unreadable:
            nil
        }
    }
}
