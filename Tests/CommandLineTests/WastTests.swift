import Foundation
import Testing

struct WastTests {
    private let tool: CommandLineTool

    init() throws { tool = try CommandLineTool() }

    @Test
    func `scripts are counted per file, per folder and in all, and a failure has its place`() throws {
        defer { tool.removeFolder() }
        let folder = tool.folder.appending(path: "scripts")
        for name in ["", "inner"] {
            try FileManager.default.createDirectory(
                at: folder.appending(path: name),
                withIntermediateDirectories: true
            )
        }
        let module = "(module (func (export \"f\") (result i32) (i32.const 1)))\n"
        _ = try tool.write(module + "(assert_return (invoke \"f\") (i32.const 1))", to: "scripts/good.wast")
        _ = try tool.write(
            module + "\n(assert_return (invoke \"f\") (i32.const 2))",
            to: "scripts/inner/bad.wast"
        )
        let ending = try tool.run(["wast", "scripts", "--json", "counts.json", "--round-trips"])
        #expect(ending.status == 1)
        #expect(
            ending.text == """
                engine       passed  failed skipped  script
                interpreter       2       0       0  scripts/good.wast
                interpreter       1       1       0  scripts/inner/bad.wast
                  scripts/inner/bad.wast:3: expected (i32.const 2), got (i32.const 1)

                interpreter       2       0       0  scripts (1 script)
                interpreter       1       1       0  scripts/inner (1 script)
                interpreter       3       1       0  in all (2 scripts)
                round trips: 2 modules, 0 changed; of 0 the text has locals or names in another form

                """
        )
        let json = String(decoding: try tool.read("counts.json"), as: UTF8.self)
        #expect(json.contains("\"failed\" : 1"))
        #expect(json.contains("\"got\" : \"(i32.const 1)\""))
        let good = try tool.run(["wast", "scripts/good.wast", "--json", "-"])
        #expect(good.status == 0)
        #expect(good.text.hasPrefix("{") && good.text.contains("\"passed\" : 2"))
    }

    @Test
    func `what the features do not have is skipped by wast and refused by run and compile`() throws {
        defer { tool.removeFolder() }
        let file = try tool.write("(module (memory i64 1) (func (export \"f\")))", to: "wide.wat")
        let script = try tool.write("(module (memory i64 1) (func (export \"f\"))) (invoke \"f\")", to: "wide.wast")
        let skipped = try tool.run(["wast", script, "--features", "2.0"])
        #expect(skipped.status == 3, "nothing was carried out")
        #expect(skipped.text.contains("interpreter       0       0       2  \(script)"), "\(skipped.text)")
        #expect(skipped.text.contains("refused: memory with 64-bit addresses requires feature memory64"))
        for arguments in [["run", file], ["compile", file, "--target", "arm64"]] {
            let refused = try tool.run(arguments + ["--features", "mvp"])
            #expect(refused.isOneLineError)
            #expect(refused.error.contains("requires feature memory64"), "\(refused.error)")
        }
    }

    @Test
    func `what cannot be read of scripts is a failure with its place, and the others run`() throws {
        defer { tool.removeFolder() }
        try FileManager.default.createDirectory(
            at: tool.folder.appending(path: "scripts"),
            withIntermediateDirectories: true
        )
        _ = try tool.write("(module)\n(assert_return (invoke \"f\")", to: "scripts/malformed.wast")
        _ = try tool.write("{\"commands\": [\n7 8]}", to: "scripts/broken.json")
        _ = try tool.write("(module)", to: "scripts/good.wast")
        let ending = try tool.run(["wast", "scripts", "--json", "counts.json", "--round-trips"])
        #expect(ending.status == 1)
        #expect(ending.text.contains("interpreter       0       1       0  scripts/broken.json"), "\(ending.text)")
        #expect(ending.text.contains("broken.json:2:"), "\(ending.text)")
        #expect(ending.text.contains("interpreter       1       1       0  scripts/malformed.wast"), "\(ending.text)")
        #expect(ending.text.contains("expected a command, got 2:"), "\(ending.text)")
        #expect(ending.text.contains("interpreter       1       0       0  scripts/good.wast"), "\(ending.text)")
        let json = String(decoding: try tool.read("counts.json"), as: UTF8.self)
        #expect(json.contains("\"roundTrips\" : {") && json.contains("\"modules\" : 2"), "\(json)")
    }

    @Test
    func `a folder is searched once, and names of files cannot make lines`() throws {
        defer { tool.removeFolder() }
        let folder = tool.folder.appending(path: "scripts")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for link in ["x", "y"] {
            try FileManager.default.createSymbolicLink(atPath: tool.path("scripts/\(link)"), withDestinationPath: ".")
        }
        _ = try tool.write("(module)", to: "scripts/a\n0 failed.wast")
        let ending = try tool.run(["wast", "scripts"])
        #expect(ending.status == 0)
        #expect(
            ending.text.contains("interpreter       1       0       0  scripts/a\\u{A}0 failed.wast\n"),
            "\(ending.text)"
        )
        #expect(ending.text.hasSuffix("in all (1 script)\n"))
    }

    @Test
    func `misuse of wast is one line with the mend and status 2`() throws {
        defer { tool.removeFolder() }
        let file = try tool.write("(module)", to: "f.wast")
        let text = try tool.write("(module)", to: "f.txt")
        let broken = try tool.write("{}", to: "broken.json")
        let cases: [(arguments: [String], part: String)] = [
            (["wast"], "path"),
            (["wast", "missing"], "missing: no such file or folder"),
            (["wast", text], ".wast"),
            (["wast", broken], "broken.json:1:1: "),
            (["wast", file, "--engines", "no-engine"], "choose from"),
            (["wast", file, "--features", "4.0"], "3.0"),
            (["wast", file, "--json", "no/such/folder/counts.json"], "no/such/folder"),
        ]
        for (arguments, part) in cases {
            let ending = try tool.run(arguments)
            #expect(ending.status == 2 && ending.error.hasPrefix("error: "), "\(arguments): \(ending.error)")
            #expect(ending.error.filter(\.isNewline).count == 1, "\(arguments): \(ending.error)")
            #expect(ending.error.contains(part), "\(arguments): \(ending.error)")
        }
    }
}
