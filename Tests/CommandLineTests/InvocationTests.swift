import Foundation
import Testing

/// `--invoke` and `--seed` of the commands that run a module.
struct InvocationTests {
    private let tool: CommandLineTool

    init() throws { tool = try CommandLineTool() }

    private func module() throws -> String {
        try tool.write(
            """
            (module
              (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
              (func (export "lanes") (param v128 f32) (result v128 f32) (local.get 0) (local.get 1))
              (func (export "null") (param externref) (result i32) (ref.is_null (local.get 0)))
              (func (export ":7") (param i32) (result i32) (local.get 0))
              (func (export "trap") unreachable))
            """,
            to: "calls.wat"
        )
    }

    @Test
    func `negative numbers, lanes, bits of NaNs and null are taken as they are`() throws {
        defer { tool.removeFolder() }
        let file = try module()
        let cases: [(arguments: [String], part: String)] = [
            (["--invoke", "add", "-5", "7"], "add(i32:-5, i32:7) = (i32:2)"),
            (["--quiet", "--invoke", "add", "-0x10", "-1_0", "--quiet"], "add(i32:-16, i32:-10) = (i32:-26)"),
            (["--invoke=add", "-5", "-7"], "add(i32:-5, i32:-7) = (i32:-12)"),
            (
                ["--invoke", "lanes", "i16x8:1,2,3,4,5,6,7,-8", "-nan:0x1"],
                "= (i32x4:0x20001,0x40003,0x60005,0xfff80007, f32:-nan:0x1 (0xff800001))"
            ),
            (
                ["--invoke", "lanes", "f32x4:-inf,0,1.5,0x1p3", "-inf"],
                "= (i32x4:0xff800000,0x0,0x3fc00000,0x41000000, f32:-inf"
            ),
            (["--invoke", "null", "null"], "null(ref:null) = (i32:1)"),
            (["--invoke", ":7", "-7"], ":7(i32:-7) = (i32:-7)"),
        ]
        for (arguments, part) in cases {
            let ran = try tool.run(["run", file, "--engines", "x86_64:none:loads"] + arguments)
            #expect(ran.status == 0 && ran.text.contains(part), "\(arguments): \(ran.text)\(ran.error)")
        }
    }

    @Test
    func `replay makes the call that is chosen, in place of those of all exports`() throws {
        defer { tool.removeFolder() }
        let file = try module()
        let engine = ["--engines", "x86_64:none:loads"]
        let all = try tool.run(["replay", file, "--json"] + engine)
        #expect(all.status == 0 && all.text.contains("trapped"), "\(all.text)\(all.error)")
        let one = try tool.run(["replay", file, "--json", "--invoke", "add", "-5", "7"] + engine)
        #expect(
            one.status == 0 && one.text.contains("\"i32:2\"") && !one.text.contains("trapped"),
            "\(one.text)\(one.error)"
        )
        let first = try tool.run(["replay", file, "--json", "--seed", "1"] + engine)
        let second = try tool.run(["replay", file, "--json", "--seed", "2"] + engine)
        #expect(first.status == 0 && second.status == 0)
        #expect(first.text != second.text)
        let input = "(module (func (export \"f\") (param i64) (result i64) (local.get 0)))"
        let piped = try tool.run(["replay", "-", "--json", "--invoke", "f", "-9"] + engine, input: input)
        #expect(piped.status == 0 && piped.text.contains("i64:-9"), "\(piped.error)")
    }

    @Test
    func `reduce and boundary make the call that is chosen, and the report has it`() throws {
        defer { tool.removeFolder() }
        let file = tool.path("many.wasm")
        let list = "299*i32,i32"
        #expect(
            try tool.run(["generate", "--edge", "export", "--params", "i32", "--results", list, "-o", file]).status == 0
        )
        let options = ["--engines", "x86_64:definitions", "--inject", "operand-index-u8", "--invoke", "main", "-77"]
        let boundary = try tool.run(["boundary", file] + options)
        #expect(boundary.status == 1 && boundary.text.contains(" results pass, "), "\(boundary.text)\(boundary.error)")
        let reduced = try tool.run(["reduce", file, "-o", tool.path("found")] + options)
        #expect(reduced.status == 1 && reduced.text.contains("B after"), "\(reduced.text)\(reduced.error)")
        for command in ["reduce", "boundary"] {
            let unknown = try tool.run([command, file, "--invoke", "g"])
            #expect(unknown.isOneLineError && unknown.error.contains("choose from main"), "\(unknown.error)")
        }
    }

    @Test
    func `calls are chosen for one module alone`() throws {
        defer { tool.removeFolder() }
        let file = try module()
        let script = try tool.write("(module (func (export \"f\"))) (assert_return (invoke \"f\"))", to: "a.wast")
        let finding = try tool.write("{}", to: "a.json")
        let bytes = try tool.write([1, 2, 3, 4, 5], to: "input")
        let cases: [(arguments: [String], part: String)] = [
            (
                ["replay", file, file, "--invoke", "add"],
                "--invoke is for the calls of one module, and 2 paths were given"
            ),
            (["replay", file, script, "--seed", "1"], "--seed is for the calls of one module"),
            (["replay", tool.folder.path, "--invoke", "add"], "a crash folder has its own calls"),
            (
                ["reduce", script, "--invoke", "f"],
                "--invoke is for a .wasm or .wat file, and a script has its own calls"
            ),
            (
                ["boundary", finding, "--seed", "1"],
                "--seed is for a .wasm or .wat file, and a finding has its own calls"
            ),
            (["replay", bytes, "--invoke", "f"], "a raw fuzz input has its own calls"),
            (["replay", "missing.wasm", "--invoke", "f"], "missing.wasm: cannot read the file"),
            (["boundary", "--types", "i32", "--invoke", "f"], "--invoke needs a path, and no --types"),
            (["reduce", file, "--predicate", "true", "--invoke", "add"], "--invoke has no use beside --predicate"),
            (["reduce", file, "--predicate", "true", "--seed", "1"], "--seed has no use beside --predicate"),
            (
                ["replay", file, "--invoke", "add", "1", "-4294967296"],
                "value 1, '-4294967296', is out of the range of i32"
            ),
            (["replay", file, "--invoke", "lanes", "i32x4:1,2", "0"], "value 0, 'i32x4:1,2', has 2 lanes"),
        ]
        for (arguments, part) in cases {
            let ending = try tool.run(arguments)
            #expect(ending.isOneLineError, "\(arguments): \(ending.status) \(ending.error)")
            #expect(ending.error.contains(part), "\(arguments): \(ending.error)")
        }
    }
}
