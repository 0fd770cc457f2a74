import Foundation
import Testing

/// What cannot be written for want of room is status 3, and no misuse.
struct FullDiskTests {
    private let tool: CommandLineTool
    private let campaign = ["fuzz", "--time", "1", "--no-coverage", "--quiet", "--engines", "x86_64:none:loads"]

    init() throws { tool = try CommandLineTool() }

    private func module() throws -> String { try tool.write("(module (func (export \"f\")))", to: "f.wat") }

    @Test func `a document that does not fit is status 3, and the summary is printed all the same`() throws {
        defer { tool.removeFolder() }
        let generated = try tool.run(["generate", "--params", "i32", "-o", "/dev/full"])
        #expect(
            generated.status == 3
                && generated.error.hasSuffix("/dev/full: cannot write the file: No space left on device\n")
        )
        let fuzz = try tool.run(campaign + ["--json", "/dev/full"])
        #expect(fuzz.status == 3 && fuzz.text.contains("nothing found"), "\(fuzz.text)")
        #expect(fuzz.error == "error: /dev/full: cannot write the file: No space left on device\n")
    }

    @Test func `standard output that does not fit is status 3, and the document is written all the same`() throws {
        defer { tool.removeFolder() }
        let full = "exec >/dev/full"
        let message = "error: cannot write to standard output: No space left on device\n"
        let commands = [
            campaign + ["--json", "-"], campaign + ["--json", "s.json"], ["run", try module()], ["--help"],
        ]
        for command in commands {
            let ending = try tool.run(command, limit: full)
            #expect(
                ending.status == 3 && ending.error.hasSuffix(message),
                "\(command): \(ending.status) \(ending.error)"
            )
        }
        #expect(String(decoding: try tool.read("s.json"), as: UTF8.self).contains("\"verdicts\""))
    }

    @Test func `a reduced module that does not fit is status 3, and its size is told`() throws {
        defer { tool.removeFolder() }
        try FileManager.default.createDirectory(atPath: tool.path("out"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: tool.path("out/reduced.wasm"),
            withDestinationPath: "/dev/full"
        )
        let reduce = ["reduce", try module(), "--predicate", "true", "--quiet", "-o"]
        let ending = try tool.run(reduce + ["out"])
        #expect(ending.status == 3 && ending.text.contains("8 B after"), "\(ending.text)")
        #expect(ending.error.contains("not stored: out/reduced.wasm: cannot write the file: No space left on device"))
        let elsewhere = try tool.run(reduce + ["/dev/null/out"])
        #expect(elsewhere.isOneLineError(status: 3), "\(elsewhere.error)")
        #expect(elsewhere.error.contains("/dev/null/out: cannot make the folder: Not a directory"))
    }

    @Test func `a finding for which there is no place is found, and not stored`() throws {
        defer { tool.removeFolder() }
        // The host puts a file where findings are to wait, and then crashes in every case with calls.
        let script = """
            while read line; do
              case $line in
                *describe*) echo '{"version":1,"description":{"name":"mortal","release":"1"}}';;
                *'"invocations":[]'*)
                  echo '{"version":1,"result":{"outcome":"completed","observation":{"invocations":[],"instances":[{}]}}}';;
                *'"_start"'*)
                  echo '{"version":1,"result":{"outcome":"completed","observation":{"invocations":[{"end":"returned","values":[]}],"instances":[{}]}}}';;
                *)
                  if [ -e found/.lock ]; then rm -rf found/.pending; : > found/.pending; fi
                  echo 'phase compile mortal' >&2; kill -SEGV $$;;
              esac
            done
            """
            .replacing("found/", with: "\(tool.path("found"))/")
        let engine = ["--engine", "mortal=host:sh \(try tool.write(script, to: "mortal.sh"))"]
        let ending = try tool.run(
            ["fuzz", "--time", "20", "--quiet", "--crashes", tool.path("found"), "--json", "s.json"] + engine
        )
        #expect(ending.status == 3, "\(ending.text)\(ending.error)")
        #expect(ending.text.hasSuffix("\n1 found that is not stored\n"), "\(ending.text)")
        #expect(
            ending.text.contains("is lost: cannot make the folder: File exists; mortal compile: SIGSEGV"),
            "\(ending.text)"
        )
        let json = String(decoding: try tool.read("s.json"), as: UTF8.self)
        #expect(json.contains("\"notStored\" : 1"), "\(json)")
    }
}
