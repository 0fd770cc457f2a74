import Foundation
import Testing

/// `replay` of several paths of which some cannot be read.
struct UnreadablePathTests {
    private let tool: CommandLineTool
    private let engine = ["--engines", "x86_64:none:definitions"]

    init() throws { tool = try CommandLineTool() }

    @Test
    func `the paths that can be read are run, the others are named, and the status is 2`() throws {
        defer { tool.removeFolder() }
        let good = try tool.write("(module (func (export \"f\") (result i32) i32.const 7))", to: "good.wat")
        let bad = try tool.write("(module\n  (func (result i32) i64.const 1))", to: "bad.wat")
        let script = try tool.write(
            "(module (func (export \"f\")))\n(assert_return (invoke \"f\"))\n",
            to: "good.wast"
        )
        let paths = ["missing.wasm", good, bad, "missing.wast", script]
        let ending = try tool.run(["replay"] + paths + engine)
        #expect(ending.status == 2)
        #expect(ending.text.contains("good.wat") && ending.text.contains("agrees"), "\(ending.text)")
        #expect(ending.text.contains("2 passed, 0 failed"), "\(ending.text)")
        #expect(ending.text.hasSuffix("2 cases, 0 failed, 3 cannot be read\n"), "\(ending.text)")
        let lines = ending.error.split(separator: "\n").filter { $0.hasPrefix("error: ") }
        try #require(lines.count == 3, "\(ending.error)")
        #expect(lines[0] == "error: missing.wasm: no such file or folder")
        #expect(lines[1].hasSuffix("bad.wat:2:33: type mismatch: instruction requires [i32] but stack has [i64]"))
        #expect(lines[2].hasPrefix("error: missing.wast: "), "\(lines[2])")
        let json = try tool.run(["replay", "--json"] + paths + engine)
        #expect(json.status == 2)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any])
        #expect((document["problems"] as? [String])?.map { "error: \($0)" } == lines.map(String.init))
        #expect((document["cases"] as? [Any])?.count == 1 && (document["scripts"] as? [Any])?.count == 1)
    }

    @Test
    func `a script with a failed assertion or a malformed command fails with its place`() throws {
        defer { tool.removeFolder() }
        let script = try tool.write(
            "(module (func (export \"f\") (result i32) (i32.const 1)))\n(assert_return (invoke \"f\") (i32.const 2))",
            to: "failing.wast"
        )
        let alone = try tool.run(["replay", script] + engine)
        #expect(alone.status == 1, "\(alone.error)")
        #expect(alone.text.contains("line 2: expected (i32.const 2), got (i32.const 1)"), "\(alone.text)")
        let malformed = try tool.write("(module)\n (assert_retrun (invoke \"f\"))", to: "malformed.wast")
        let unreadable = try tool.run(["replay", malformed] + engine)
        #expect(unreadable.status == 1, "\(unreadable.error)")
        #expect(unreadable.text.contains("2:3: unknown operator assert_retrun"), "\(unreadable.text)")
        let both = try tool.run(["replay", script, "missing.wast"] + engine)
        #expect(both.status == 2 && both.text.contains("1 case, 1 failed"), "\(both.text)\(both.error)")
        #expect(both.error.contains("missing.wast"))
    }

    @Test
    func `of a folder of crashes, those that can be read are run`() throws {
        defer { tool.removeFolder() }
        let file = tool.path("many.wasm")
        #expect(try tool.run(["generate", "--edge", "export", "--results", "300*i32", "-o", file]).status == 0)
        let options = ["--engines", "x86_64:definitions", "--inject", "operand-index-u8"]
        #expect(try tool.run(["reduce", file, "-o", tool.path("found")] + options).status == 1)
        #expect(try tool.run(["replay", "found"] + options).status == 0)
        try FileManager.default.createDirectory(
            atPath: tool.path("found/0002-broken"),
            withIntermediateDirectories: true
        )
        _ = try tool.write("{", to: "found/0002-broken/report.json")
        let ending = try tool.run(["replay", "found"] + options)
        #expect(ending.status == 2, "\(ending.error)")
        #expect(ending.text.contains("rule kept"), "\(ending.text)")
        #expect(ending.error.contains("error: found/0002-broken/report.json: "), "\(ending.error)")
        let reduced = try tool.run(["reduce", "found"] + options)
        #expect(reduced.isOneLineError && reduced.error.contains("0002-broken"), "\(reduced.error)")
    }
}
