import Foundation
import Testing

/// Files that are no modules and no scripts, and places that cannot be written.
struct BadFileTests {
    private let tool: CommandLineTool

    init() throws { tool = try CommandLineTool() }

    private static let header: [UInt8] = [0, 0x61, 0x73, 0x6D]

    @Test(arguments: [
        ("component.wasm", header + [0x0D, 0, 1, 0], "a component, not a module"),
        ("truncated.wasm", header + [1, 0], "byte offset 0x6"),
        ("invalid.wat", Array("(module (func (result i32)))".utf8), "type mismatch"),
        (
            "invalid.wasm", header + [1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7F, 3, 2, 1, 0, 10, 4, 1, 2, 0, 11],
            "type mismatch"
        ),
        ("empty.wasm", [], "byte offset 0x0"),
    ])
    func `what is no module is a bad file, whichever command is asked`(_ name: String, _ bytes: [UInt8], _ part: String)
        throws
    {
        defer { tool.removeFolder() }
        let file = try tool.write(bytes, to: name)
        for command in [["run"], ["replay"], ["reduce"], ["boundary"], ["compile", "--target", "arm64"]] {
            let ending = try tool.run(command + [file])
            #expect(ending.isOneLineError && ending.error.contains(part), "\(command): \(ending.error)\(ending.text)")
        }
    }

    @Test func `what is not valid can be looked at, and what has no layout cannot`() throws {
        defer { tool.removeFolder() }
        let invalid = Self.header + [1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7F, 3, 2, 1, 0, 10, 4, 1, 2, 0, 11]
        let file = try tool.write(invalid, to: "invalid.wasm")
        #expect(try tool.run(["print", file]).text.contains("(func"))
        #expect(try tool.run(["objdump", file]).text.contains("function 0"))
        let bad: [(String, [UInt8], String)] = [
            ("component.wasm", Self.header + [0x0D, 0, 1, 0], "a component, not a module"),
            ("empty.wasm", [], "byte offset 0x0"),
            ("long.wasm", Self.header + [1, 0, 0, 0, 1, 0x7F], "byte offset 0x9"),
        ]
        for (name, bytes, part) in bad {
            let file = try tool.write(bytes, to: name)
            for command in ["print", "objdump"] {
                let ending = try tool.run([command, file])
                #expect(ending.isOneLineError && ending.error.contains(part), "\(command): \(ending.error)")
            }
        }
    }

    @Test(arguments: ["wasm", "wat", "bin", "wast"])
    func `a file of a gibibyte of zeros is refused by its beginning or its size`(_ ending: String) throws {
        defer { tool.removeFolder() }
        let file = try tool.write([], to: "zeros.\(ending)")
        #expect(truncate(file, 1 << 30) == 0)
        // No more than this may be mapped, which is less than the file.
        let limit = ending == "wast" ? nil : "ulimit -v 700000"
        for command in ["run", "replay", "reduce", "boundary"] {
            let ending = try tool.run([command, file], limit: limit)
            #expect(ending.isOneLineError && ending.error.contains("zeros."), "\(command): \(ending.error)")
        }
        let script = try tool.run(["wast", file, "--quiet"])
        #expect(script.status == 2, "\(script.text)\(script.error)")
    }

    @Test
    func `names of crash folders cannot make lines`() throws {
        defer { tool.removeFolder() }
        let folder = "findings/0001-a\n0002-forged  fixed"
        let file = tool.path("many.wasm")
        #expect(try tool.run(["generate", "--results", "300*i32", "-o", file]).status == 0)
        let reduced = try tool.run(["reduce", file, "--engines", "x86_64:definitions", "--inject", "operand-index-u8"])
        #expect(reduced.status == 1)
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: tool.path("findings")).first { $0.hasPrefix("0001") }
        )
        try FileManager.default.moveItem(atPath: tool.path("findings/\(name)"), toPath: tool.path(folder))
        let table = try tool.run(["triage", "findings"])
        #expect(table.status == 0)
        #expect(
            table.text.split(separator: "\n").count == 2 && table.text.contains("0001-a\\u{A}0002-forged"),
            "\(table.text)"
        )
    }

    @Test
    func `output stays out of what is no file to write`() throws {
        defer { tool.removeFolder() }
        let script = try tool.write("(module)", to: "m.wast")
        let link = tool.path("link")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "link")
        let linked = try tool.run(["wast", script, "--json", "link"])
        #expect(linked.isOneLineError && linked.error.contains("link: "), "\(linked.error)")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "link")
        #expect(mkfifo(tool.path("pipe"), 0o600) == 0)
        let piped = try tool.run(["wast", script, "--json", "pipe"])
        #expect(piped.status == 2 && piped.error == "error: pipe: cannot write the file: nobody reads from it\n")
        #expect(piped.text.contains("in all (1 script)"), "what was found is printed all the same")
    }

    @Test
    func `the shell's limit of file sizes is an error, and leaves nothing half written`() throws {
        defer { tool.removeFolder() }
        let ending = try tool.run(["generate", "--results", "9000*i32", "-o", "m.wat"], limit: "ulimit -f 4")
        #expect(
            ending.isOneLineError(status: 3)
                && ending.error.contains("m.wat: cannot write the file: File too large"),
            "\(ending.error)"
        )
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: tool.folder.path).allSatisfy { !$0.hasPrefix("m.wat") }
        )
    }
}
