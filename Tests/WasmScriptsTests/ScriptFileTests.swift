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

    /// A file of a size, most of it a hole.
    private func write(_ beginning: [UInt8], size: UInt64, to url: URL) throws {
        try Data(beginning).write(to: url)
        let handle = try FileHandle(forWritingTo: url)
        try handle.truncate(atOffset: size)
        try handle.close()
    }

    @Test(
        arguments: [
            ([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0], 8, "a binary module, not a script"),
            ([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0], 1 << 30, "a binary module, not a script"),
            ([], 1 << 30, "not text: a zero byte at offset 0"),
            (Array("(module)".utf8), 1 << 30, "not text: a zero byte at offset 8"),
            (Array("(module)".utf8), 9, "not text: a zero byte at offset 8"),
            (Array("{\"commands\": []}".utf8), 1 << 40, "not text: a zero byte at offset 16"),
            ([UInt8](repeating: 0x20, count: 4096), (128 << 20) + 1, "more than 134217728 bytes"),
            ([UInt8](repeating: 0x20, count: 4096), 1 << 40, "more than 134217728 bytes"),
        ] as [([UInt8], UInt64, String)]
    )
    func `a file of the wrong kind or size is refused by its beginning and its size`(
        beginning: [UInt8],
        size: UInt64,
        message: String
    ) throws {
        let root = try folder(["main.wast": "", "main.json": ""])
        defer { try? FileManager.default.removeItem(at: root) }
        for name in ["main.wast", "main.json"] {
            let path = "\(root.path)/\(name)"
            try write(beginning, size: size, to: URL(filePath: path))
            let failure = #expect(throws: ScriptFile.Failure.self) { try ScriptFile(path: path).content() }
            #expect(failure?.description == "\(path): \(message)")
        }
    }

    @Test
    func `a comment of a script may hold a zero byte`() throws {
        let root = try folder(["main.wast": ";; \0\n(; \0 ;) (module)"])
        defer { try? FileManager.default.removeItem(at: root) }
        #expect(try run("\(root.path)/main.wast").passed == 1)
    }

    @Test
    func `a pipe, a folder and a missing file are no scripts, and nobody waits for them`() throws {
        let root = try folder(["sub.wast/file": ""])
        defer { try? FileManager.default.removeItem(at: root) }
        #expect(mkfifo("\(root.path)/pipe.wast", 0o600) == 0)
        for (name, message) in [
            ("pipe.wast", "not a plain file"), ("sub.wast", "not a plain file"), ("none.wast", "cannot read the file"),
        ] {
            let path = "\(root.path)/\(name)"
            let failure = #expect(throws: ScriptFile.Failure.self) { try ScriptFile(path: path).content() }
            #expect(failure?.description == "\(path): \(message)")
        }
    }

    @Test
    func `an input is a script or a binary module, and what is neither is refused by its beginning`() throws {
        let root = try folder(["main.wast": "(input \"a.wasm\") (input \"zeros.wast\") (input \"large.wast\")"])
        defer { try? FileManager.default.removeItem(at: root) }
        try Data(BinaryEncoder.encode(Module())).write(to: root.appending(path: "a.wasm"))
        try write([], size: 1 << 30, to: root.appending(path: "zeros.wast"))
        try write([UInt8](repeating: 0x20, count: 4096), size: 1 << 30, to: root.appending(path: "large.wast"))
        let report = try run("\(root.path)/main.wast")
        #expect(report.passed == 2)
        #expect(
            report.failures.map(\.got) == [
                "1:1: the input \"zeros.wast\" cannot be read: not text: a zero byte at offset 0",
                "1:1: the input \"large.wast\" cannot be read: more than 134217728 bytes",
            ]
        )
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
