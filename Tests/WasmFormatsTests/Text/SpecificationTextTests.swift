import Foundation
import Testing
import WasmFormats
import WasmModel

/// The scripts of the specification's test suite, where they are at hand.
enum SpecificationScripts {
    static let folder: URL? = {
        let given = ProcessInfo.processInfo.environment["SPEC_TESTS"]
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let base = given.map { URL(fileURLWithPath: $0) } ?? package.appendingPathComponent("../shared/spec-tests")
        let core = base.standardizedFileURL.appendingPathComponent("core")
        return FileManager.default.fileExists(atPath: core.path) ? core : nil
    }()

    static let skipReason: Comment = "the specification's tests are at neither SPEC_TESTS nor ../shared/spec-tests"

    /// All scripts, sorted by name.
    static func files() throws -> [URL] {
        let folder = try #require(folder)
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return names.filter { $0.hasSuffix(".wast") }.sorted().map { folder.appendingPathComponent($0) }
    }

    static func bytes(of file: URL) throws -> [UInt8] { Array(try Data(contentsOf: file)) }
}

@Suite(.enabled(if: SpecificationScripts.folder != nil, SpecificationScripts.skipReason))
struct SpecificationTextTests {
    /// Debug builds look at every n-th script only, so that the suite stays fast; SPEC_TESTS_ALL asks for all.
    private static let stride = ProcessInfo.processInfo.environment["SPEC_TESTS_ALL"] == nil ? 4 : 1

    @Test
    func
        `scripts parse, their modules print and parse back equal, and what is malformed is rejected for the right reason`()
        throws
    {
        var modules = 0
        var malformed = 0
        for (index, file) in try SpecificationScripts.files().enumerated() where index % Self.stride == 0 {
            let name = file.lastPathComponent
            let script: Script
            do {
                script = try ScriptParser.script(try SpecificationScripts.bytes(of: file))
            } catch {
                Issue.record("\(name): \(error)")
                continue
            }
            for command in script.commands {
                switch command.kind {
                case .module(let module), .definition(let module), .assertInvalid(let module, _),
                    .assertUnlinkable(let module, _), .assertInstantiationTrap(let module, _):
                    let content: Module
                    switch module.source {
                    case .binary: continue
                    case .text(let parsed): content = parsed
                    case .quoted(let source):
                        do {
                            content = try TextParser.module(source)
                        } catch {
                            Issue.record("\(name):\(command.line): \(error)")
                            continue
                        }
                    }
                    modules += 1
                    let text = TextPrinter.text(of: content)
                    do {
                        let read = try TextParser.module(text)
                        if read != content {
                            Issue.record("\(name):\(command.line): not equal after printing\n\(text)")
                        }
                    } catch {
                        Issue.record("\(name):\(command.line): printed as\n\(text)\nwhich fails: \(error)")
                    }
                case .assertMalformed(let module, let expected):
                    guard case .quoted(let source) = module.source else { continue }
                    malformed += 1
                    do {
                        _ = try TextParser.module(source)
                        Issue.record("\(name):\(command.line): accepted, expected \(expected)")
                    } catch {
                        if !error.reason.hasPrefix(expected) {
                            Issue.record("\(name):\(command.line): \(error), expected \(expected)")
                        }
                    }
                case .instance, .register, .action, .assertReturn, .assertTrap, .assertExhaustion, .assertException:
                    break
                }
            }
        }
        #expect(modules > 100)
        #expect(malformed > 100)
    }

    @Test
    func `a printed script parses back equal`() throws {
        for name in ["call.wast", "f32.wast", "linking.wast", "ref_null.wast", "instance.wast", "gc/ref_eq.wast"] {
            let file = try #require(SpecificationScripts.folder).appendingPathComponent(name)
            let script = try ScriptParser.script(try SpecificationScripts.bytes(of: file))
            let read = try ScriptParser.script(ScriptPrinter.text(of: script))
            #expect(read.commands.map(\.kind) == script.commands.map(\.kind), "\(name)")
        }
    }
}
