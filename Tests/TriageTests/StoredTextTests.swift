import Execution
import Foundation
import Testing
import WasmFormats
import WasmModel

@testable import Triage

/// What modules and engines say can be anything, and is nothing that a terminal may obey or a comment may end with.
struct StoredTextTests {
    private static let hostile = "\u{1B}[2J\u{7}\n(module) \u{9B}31m\u{2028}\u{202E}x"

    private func hasCommands(_ text: String) -> Bool {
        text.unicodeScalars.contains { scalar in
            switch scalar.properties.generalCategory {
            case .control: scalar != "\n" && scalar != "\t"
            case .format, .lineSeparator, .paragraphSeparator: true
            default: false
            }
        }
    }

    @Test func `titles and names with escape sequences are escaped in the stored texts, which read back`() throws {
        try withTemporaryFolder { path in
            var module = Module()
            let type = module.addType(FunctionType(parameters: [], results: [.i32]))
            module.functions = [Function(type: type, body: [.constant(.i32(7), type: .i32), Instruction(.end)])]
            module.exports = [Export(name: Self.hostile, item: .function(FunctionIndex(0)))]
            module.names.module = Self.hostile
            module.names.functions = [FunctionIndex(0): Self.hostile]
            var record = SampleCrash.record()
            record.report.title = Self.hostile
            record.wasm = BinaryEncoder.encode(module)
            record.report.reducedSize = record.wasm.count
            let call = Invocation(export: Self.hostile, arguments: [])
            record.regressions = [
                RegressionCase(
                    title: Self.hostile,
                    module: module,
                    invocations: [call],
                    expected: [.returned([.i32(7)])]
                )
            ]
            let folder = try CrashStore(path: path).add(record).folder
            let text = try String(contentsOfFile: "\(folder.path)/module.wat", encoding: .utf8)
            #expect(!hasCommands(text))
            #expect(BinaryEncoder.encode(try TextParser.module(text)) == record.wasm)
            let script = try String(contentsOfFile: "\(folder.path)/regression.wast", encoding: .utf8)
            #expect(!hasCommands(script))
            #expect(try ScriptParser.script([UInt8](script.utf8)).commands.count == 2)
        }
    }

    @Test func `a module without a text form has a comment of one line in its place`() throws {
        try withTemporaryFolder { path in
            var record = SampleCrash.record()
            record.wasm = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 2, 6, 1, 2, 0x0A, 0x1B, 0x1B, 9]
            record.report.reducedSize = record.wasm.count
            let folder = try CrashStore(path: path).add(record).folder
            let text = try String(contentsOfFile: "\(folder.path)/module.wat", encoding: .utf8)
            #expect(text.hasPrefix(";; The module has no text form: "))
            #expect(!hasCommands(text))
            #expect(text.split(separator: "\n").count == 1)
        }
    }
}
