import Foundation
import Testing
import WasmFormats
import WasmInterpreter
import WasmModel
import WasmScripts

struct CommandFileTests {
    private func read(_ commands: String, module: [UInt8]? = nil) throws -> CommandFile {
        try CommandFile(Array("{\"commands\": [\n\(commands)\n]}".utf8)) { _ in module }
    }

    @Test
    func `commands, values and patterns are read`() throws {
        let file = try read(
            #"""
            {"type": "action", "line": 3, "action": {"type": "invoke", "module": "$m", "field": "f", "args": [
              {"type": "i32", "value": "4294967295"}, {"type": "i64", "value": "7"}, {"type": "f32", "value": "1065353216"},
              {"type": "externref", "value": "5"}, {"type": "externref", "value": "null"},
              {"type": "v128", "lane_type": "i16", "value": ["1", "2", "3", "4", "5", "6", "7", "65535"]}]}},
            {"type": "assert_return", "line": 4, "action": {"type": "get", "field": "g"}, "expected": [
              {"type": "f64", "value": "nan:canonical"}, {"type": "funcref"}, {"type": "refnull", "value": "null"},
              {"type": "v128", "lane_type": "f32", "value": ["nan:arithmetic", "0", "0", "0"]},
              {"type": "either", "values": [{"type": "i32", "value": "1"}, {"type": "i32", "value": "2"}]}]},
            {"type": "assert_malformed", "line": 5, "filename": "x.wat", "module_type": "text", "text": "x"}
            """#
        )
        let vector = V128(low: 0x0004_0003_0002_0001, high: 0xFFFF_0007_0006_0005)
        #expect(
            file.script.commands == [
                ScriptCommand(
                    line: 3,
                    .action(
                        .invoke(
                            instance: "$m",
                            export: "f",
                            arguments: [
                                .i32(.max), .i64(7), .f32(0x3F80_0000), .reference(.external(5)), .reference(.null),
                                .v128(vector),
                            ]
                        )
                    )
                ),
                ScriptCommand(
                    line: 4,
                    .assertReturn(
                        .get(instance: nil, export: "g"),
                        [
                            .f64(.canonicalNaN), .reference(.function), .reference(.null(nil)),
                            .vector(.f32x4, [.arithmeticNaN, .bits(0), .bits(0), .bits(0)]),
                            .either([.exactly(.i32(1)), .exactly(.i32(2))]),
                        ]
                    )
                ),
            ]
        )
        #expect(file.textAssertionCount == 1)
    }

    @Test
    func `features that the expectations assume off are named by the file`() throws {
        let text = #"{"config": {"gc": false, "memory64": true, "unheard_of": false}, "commands": []}"#
        let file = try CommandFile(Array(text.utf8)) { _ in nil }
        #expect(file.featuresOff == .garbageCollection)
    }

    @Test
    func `a mistake is said with its place`() {
        func mistake(_ text: String) -> String? {
            do {
                let file = try CommandFile(Array(text.utf8)) { _ in nil }
                for command in file.script.commands {
                    if case .unreadable(let error, _) = command.kind { return error.reason }
                }
                return nil
            } catch {
                return "\(error)"
            }
        }
        #expect(mistake("{\"commands\": [\n {\"type\" 7}]}")?.hasPrefix("2:") == true)
        #expect(mistake("{}")?.contains("no commands") == true)
        #expect(
            mistake(#"{"commands": [{"type": "register", "line": 1, "as": "m"}, {"line": 1}]}"#)?.contains(
                "commands[1]"
            ) == true
        )
        let cases: [(command: String, part: String)] = [
            (#"{"type": "dance", "line": 7}"#, "no such command: dance (the command of line 7"),
            (#"{"type": "register", "line": 7}"#, "register without as"),
            (#"{"type": "module", "line": 7, "filename": "a.wasm"}"#, "cannot read the module a.wasm"),
            (#"{"type": "action", "line": 7, "action": {"type": "call", "field": "f"}}"#, "no such action: call"),
            (
                #"{"type": "action", "line": 7, "action": {"type": "invoke", "field": "f", "args": [{"type": "i32", "value": "x"}]}}"#,
                "no such value of type i32"
            ),
        ]
        for (command, part) in cases {
            #expect(mistake("{\"commands\": [\(command)]}")?.contains(part) == true, "\(mistake(command) ?? "")")
        }
    }

    @Test
    func `a converted script runs as the script does`() throws {
        let module = BinaryEncoder.encode(
            try TextParser.module("(module (func (export \"f\") (param i32) (result i32) (local.get 0)))")
        )
        let file = try read(
            #"""
            {"type": "module", "line": 1, "filename": "a.0.wasm", "module_type": "binary"},
            {"type": "assert_return", "line": 2, "action": {"type": "invoke", "field": "f", "args": [{"type": "i32", "value": "9"}]},
             "expected": [{"type": "i32", "value": "9"}]},
            {"type": "assert_return", "line": 3, "action": {"type": "invoke", "field": "f", "args": [{"type": "i32", "value": "9"}]},
             "expected": [{"type": "i32", "value": "8"}]}
            """#,
            module: module
        )
        let report = ScriptRunner.run(file.script, on: InterpreterEngine())
        #expect(report.passed == 2)
        #expect(report.failures.map(\.line) == [3])
    }

    @Test
    func `folders are searched to the bottom, without what is left out`() throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "scripts-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        let files = [
            "b.wast": "(module)", "a/c.wast": "(module)", "a/d.json": "{\"commands\": []}", "a/e.json": "{}",
            "a/f.txt": "", "legacy-exceptions/g.wast": "(module)",
        ]
        for (path, text) in files {
            let url = root.appending(path: path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: url)
        }
        let selection = try ScriptFile.selection(at: [root.path])
        #expect(selection.files.map(\.path) == ["a/c.wast", "a/d.json", "b.wast"].map { "\(root.path)/\($0)" })
        #expect(selection.excluded.map(\.path) == ["\(root.path)/legacy-exceptions"])
        let named = try ScriptFile.selection(at: ["\(root.path)/legacy-exceptions/g.wast"])
        #expect(named.files.count == 1)
        for path in ["nowhere", "\(root.path)/a/f.txt"] {
            #expect(throws: ScriptFile.Failure.self) { try ScriptFile.selection(at: [path]) }
        }
    }
}
