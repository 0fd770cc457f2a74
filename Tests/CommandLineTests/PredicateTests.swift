import Foundation
import Testing

/// `reduce --predicate`: what is interesting is said by a command.
struct PredicateTests {
    private let tool: CommandLineTool

    init() throws { tool = try CommandLineTool() }

    private func module() throws -> String {
        let others = (0..<8).map { "(func (export \"other-\($0)\") (result i32 i64) i32.const \($0) i64.const 7)" }
        return try tool.write(
            "(module (memory 1) \(others.joined()) (func (export \"wanted\") (param i32) (result i32) local.get 0))",
            to: "many.wat"
        )
    }

    @Test func `what a command finds interesting stays, and all else goes`() throws {
        defer { tool.removeFolder() }
        let ending = try tool.run([
            "reduce", try module(), "--predicate", "grep -q wanted {wasm}", "-o", "small", "--quiet",
        ])
        #expect(ending.status == 1, "\(ending.text)\(ending.error)")
        let text = try String(contentsOfFile: tool.path("small/reduced.wat"), encoding: .utf8)
        #expect(text.contains("wanted") && !text.contains("other-") && !text.contains("memory"), "\(text)")
        #expect(FileManager.default.fileExists(atPath: tool.path("small/reduced.wasm")))
    }

    @Test(arguments: [
        ("grep -q absent", Int32(0), "does not find it interesting"), ("no-such-program-at-all", 2, "no such program"),
        ("'open", 2, "a quote is not closed"),
    ])
    func `what is not interesting, and what is no command, is said`(
        _ predicate: String,
        _ status: Int32,
        _ part: String
    ) throws {
        defer { tool.removeFolder() }
        let ending = try tool.run(["reduce", try module(), "--predicate", predicate, "--quiet"])
        #expect(ending.status == status && (ending.text + ending.error).contains(part), "\(ending.text)\(ending.error)")
    }

    @Test(arguments: [
        ("sh -c 'sleep 30'", "no end in 0.5 seconds, see --timeout"),
        ("sh -c 'exec >/dev/null 2>&1; sleep 30'", "no end in 0.5 seconds, see --timeout"),
        ("sh -c 'kill -9 $$'", "SIGKILL ended it"),
    ])
    func `a command that gives no answer to the module as it is has not said that it is uninteresting`(
        _ predicate: String,
        _ part: String
    ) throws {
        defer { tool.removeFolder() }
        let ending = try tool.run(["reduce", try module(), "--predicate", predicate, "--timeout", "0.5", "--quiet"])
        #expect(ending.isOneLineError(status: 3), "\(ending.status) \(ending.text)\(ending.error)")
        #expect(ending.error.contains("does not say whether it is interesting: \(part)"), "\(ending.error)")
    }

    @Test func `a command that is not content says with which status and in which words`() throws {
        defer { tool.removeFolder() }
        let ending = try tool.run([
            "reduce", try module(), "--predicate", "sh -c 'echo no such bug; exit 7'", "--quiet",
        ])
        #expect(ending.status == 0)
        #expect(ending.text.contains("does not find it interesting (exit status 7: no such bug)"), "\(ending.text)")
    }

    @Test func `runs without an answer to a smaller module are counted`() throws {
        defer { tool.removeFolder() }
        // Whatever is smaller than the module kills it, or has no end.
        let script = """
            size=$(wc -c < "$1")
            if [ $size -ge $(cat size) ]; then exit 0; fi
            if [ ! -e slept ]; then : > slept; sleep 30; fi
            kill -9 $$
            """
        let module = try module()
        // The size of the module as it is, which the first run of a command sees.
        let whole = try tool.run(["reduce", module, "--predicate", "sh -c 'wc -c < {wasm} > size; exit 1'"])
        #expect(whole.status == 0)
        let ending = try tool.run([
            "reduce", module, "--predicate", "sh \(try tool.write(script, to: "p.sh"))", "-o", "small", "--quiet",
            "--timeout", "2",
        ])
        #expect(ending.status == 1, "\(ending.text)\(ending.error)")
        #expect(
            ending.text.contains(/runs      \d+, of which 1 without end in 2 seconds, \d+ ended by SIGKILL\n/),
            "\(ending.text)"
        )
    }

    @Test func `the file stands for the placeholder wherever that is, and comes last without one`() throws {
        defer { tool.removeFolder() }
        for predicate in ["grep -q wanted", "F={wasm} sh -c 'grep -q wanted $F'", "sh -c 'grep -q wanted {wasm}'"] {
            let ending = try tool.run(["reduce", try module(), "--predicate", predicate, "-o", "small", "--quiet"])
            #expect(ending.status == 1, "\(predicate): \(ending.text)\(ending.error)")
            let text = try String(contentsOfFile: tool.path("small/reduced.wat"), encoding: .utf8)
            #expect(text.contains("wanted") && !text.contains("other-"), "\(predicate): \(text)")
            #expect(!ending.text.contains("never reads its file"))
        }
        let blind = try tool.run(["reduce", try module(), "--predicate", "true", "-o", "small", "--quiet"])
        #expect(blind.text.contains("note      the command finds an empty module interesting"), "\(blind.text)")
    }
}
