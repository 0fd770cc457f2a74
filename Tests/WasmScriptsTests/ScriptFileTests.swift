import Foundation
import Testing
import WasmFormats
import WasmInterpreter
import WasmModel
import WasmScripts

/// Files that scripts and command files name.
struct ScriptFileTests {
    private func folder(_ files: [String: String]) throws -> URL {
        let root = FileManager.default.temporaryDirectory.appending(path: "inputs-\(UUID().uuidString)")
        for (path, text) in files {
            let url = root.appending(path: path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: url)
        }
        return root
    }

    private func run(_ path: String) throws -> ScriptReport {
        let content = try ScriptFile(path: path).content()
        return ScriptRunner.run(content.script, on: InterpreterEngine())
    }

    @Test
    func `the commands of an input run in its place, and its failures name its file`() throws {
        let root = try folder([
            "main.wast": "(input $i \"part/one.wast\")\n(assert_return (invoke $m \"f\") (i32.const 1))",
            "part/one.wast": "(input \"two.wast\")\n(assert_return (invoke \"f\") (i32.const 2))",
            "part/two.wast": "(module $m (func (export \"f\") (result i32) (i32.const 1)))",
        ])
        defer { try? FileManager.default.removeItem(at: root) }
        let report = try run("\(root.path)/main.wast")
        #expect(report.passed == 4)
        #expect(report.failures.map(\.file) == ["\(root.path)/part/one.wast"])
        #expect(report.failures.map(\.line) == [2])
        #expect(ModuleRoundTrip.check(try ScriptFile(path: "\(root.path)/main.wast").content().script).moduleCount == 1)
    }

    @Test
    func `an input cannot leave the folder of the script, be no plain file or name itself for ever`() throws {
        let root = try folder(["in/main.wast": "", "in/sub/x.wast": "(module)", "secret.wast": "(module)"])
        defer { try? FileManager.default.removeItem(at: root) }
        try FileManager.default.createSymbolicLink(
            atPath: "\(root.path)/in/link.wast",
            withDestinationPath: "\(root.path)/secret.wast"
        )
        let cases: [(path: String, part: String)] = [
            ("\(root.path)/in/sub/x.wast", "outside"), ("../secret.wast", "outside"),
            ("sub/../../secret.wast", "outside"),
            ("", "outside"), ("link.wast", "cannot be read"), ("sub", "cannot be read"),
            ("none.wast", "cannot be read"),
            ("main.wast", "deeper than 16"),
        ]
        for (path, part) in cases {
            try Data("(input \"\(path)\")\n(module)".utf8).write(to: root.appending(path: "in/main.wast"))
            let report = try run("\(root.path)/in/main.wast")
            #expect(report.failures.count == 1 && report.failures[0].got.contains(part), "\(path): \(report.failures)")
        }
        try Data("(input \"main.wast\") (input \"main.wast\")".utf8).write(to: root.appending(path: "in/main.wast"))
        #expect(try run("\(root.path)/in/main.wast").failures.contains { $0.got.contains("more than 1000 files") })
    }

    @Test
    func `a command file names no module outside of its folder`() throws {
        let root = try folder([
            "in/a.json":
                #"{"commands": [{"type": "module", "line": 3, "filename": "../x.wasm"}, {"type": "dance", "line": 4}]}"#
        ])
        defer { try? FileManager.default.removeItem(at: root) }
        try Data(BinaryEncoder.encode(Module())).write(to: root.appending(path: "x.wasm"))
        let report = try run("\(root.path)/in/a.json")
        #expect(report.failures.map(\.line) == [3, 4])
        #expect(report.failures[0].got.contains("outside of the folder"))
    }
}
