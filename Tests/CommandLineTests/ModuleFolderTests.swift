import Foundation
import Testing

/// `fuzz --modules`: a folder of modules that other tools made.
struct ModuleFolderTests {
    private let tool: CommandLineTool

    init() throws {
        tool = try CommandLineTool()
        try FileManager.default.createDirectory(atPath: tool.path("corpus"), withIntermediateDirectories: true)
        _ = try tool.write([], to: "corpus/empty.wasm")
        for (name, target) in [("corpus/zero.wasm", "/dev/zero"), ("corpus/outside.wasm", "../outside.wasm")] {
            try FileManager.default.createSymbolicLink(atPath: tool.path(name), withDestinationPath: target)
        }
        mkfifo(tool.path("corpus/pipe.wasm"), 0o600)
    }

    private func fuzz(_ arguments: [String]) throws -> CommandLineTool.Ending {
        try tool.run(
            ["fuzz", "--modules", "corpus", "--engines", "x86_64:none:loads", "--no-coverage", "--quiet"] + arguments
        )
    }

    @Test func `files that cannot be used are counted and named beside what was compared`() throws {
        defer { tool.removeFolder() }
        #expect(try tool.run(["generate", "--results", "9*i32", "-o", "outside.wasm"]).status == 0)
        let ending = try fuzz(["--time", "60", "--cases", "20", "--json", "s.json"])
        #expect(ending.status == 0, "workers in the sandbox read what links stand for: \(ending.text)\(ending.error)")
        #expect(
            ending.text.contains(
                "3 of 4 files in corpus not used: 1 is no module (empty.wasm), 2 are no regular files (first: pipe.wasm)\n"
            ),
            "\(ending.text)"
        )
        let json = String(decoding: try tool.read("s.json"), as: UTF8.self)
        #expect(json.contains("\"reason\" : \"is no regular file\"") && json.contains("\"used\" : 1"), "\(json)")
    }

    @Test func `where no file can be used that is one line and status 2, before anything is made`() throws {
        defer { tool.removeFolder() }
        let ending = try fuzz(["--crashes", "found"])
        #expect(ending.isOneLineError, "\(ending.status) \(ending.text)\(ending.error)")
        #expect(
            ending.error
                == "error: --modules: corpus: no .wasm file can be used: 1 is no module (empty.wasm), 1 cannot be read (outside.wasm), 2 are no regular files (first: pipe.wasm)\n"
        )
        #expect(!FileManager.default.fileExists(atPath: tool.path("found")))
    }
}
