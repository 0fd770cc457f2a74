import Testing

struct MisuseTests {
    private let tool: CommandLineTool

    init() throws { tool = try CommandLineTool() }

    @Test
    func `misuse is one line with the mend and status 2`() throws {
        defer { tool.removeFolder() }
        let file = try tool.write("(module (func (export \"f\") (param i32)))", to: "f.wat")
        let invalid = try tool.write("(module (func (result i32)))", to: "invalid.wat")
        let malformed = try tool.write("(module\n  (func oops))", to: "malformed.wat")
        let truncated = try tool.write([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1, 9], to: "truncated.wasm")
        let cases: [(arguments: [String], part: String)] = [
            (["generate", "--edge", "nowhere"], "direct-call"),
            (["generate", "--profile", "nothing"], "everything"),
            (["generate", "--routing", "odd"], "in-order"),
            (["generate", "--params", "3*i33"], "'3*i33'"),
            (["generate", "--seed", "many"], "--seed"),
            (["generate", "-o", "module.txt"], ".wasm"),
            (["generate", "-o", "no/such/folder/module.wasm"], "no/such/folder/module.wasm"),
            (["generate", "--unknown"], "--unknown"),
            (["run"], "file"),
            (["run", "missing.wasm"], "missing.wasm"),
            (["run", "."], "."),
            (["run", file, "--invoke", "g"], "choose from f"),
            (["run", file, "--invoke", "f", "1", "2"], "takes 1 value "),
            (["run", file, "--invoke", "f", "f32:1"], "value 0, 'f32:1', is not of type i32"),
            (
                ["run", file, "--invoke", "f", "4294967296"],
                "--invoke: value 0, '4294967296', is out of the range of i32"
            ),
            (
                ["run", file, "--invoke", "f", String(repeating: "1", count: 5000)],
                "111...', is out of the range of i32"
            ),
            (["run", file, "--invoke", "f", "-2147483649"], "--invoke: value 0, '-2147483649', is out of the range"),
            (["run", file, "--invoke", "-5"], "--invoke"),
            (["run", file, "--engines", "v9"], "choose from"),
            (["run", file, "--engines", "arm64:fast"], ":loads"),
            (["run", file, "--calls", "0"], "--calls"),
            (["run", invalid], "invalid.wat:1:27: type mismatch: instruction requires [i32] but stack has []"),
            (["replay", invalid], "invalid.wat:1:27: type mismatch"),
            (["compile", invalid, "--target", "arm64"], "invalid.wat:1:27: type mismatch"),
            (["run", malformed], "malformed.wat:2:"),
            (["run", truncated], "byte offset 0x"),
            (["compile", file], "--target"),
            (["compile", file, "--target", "mips"], "arm64"),
            (["compile", file, "--target", "arm64", "--optimize", "size"], "choose from none, speed"),
            (["compile", file, "--target", "arm64", "--emit", "gif"], "listing"),
            (["compile", truncated, "--target", "arm64"], "byte offset 0x"),
            (["compile", file, "--target", "x86_64", "-o", "no/such/folder/f.bin"], "no/such/folder"),
            (["run", file, "--inject", "none"], "operand-index-u8"),
            (["replay"], "path"),
            (["replay", "missing"], "missing: no such file or folder"),
            (["replay", malformed], "malformed.wat:2:"),
            (["replay", file, "--engines", "v9"], "choose from"),
            (["reduce", file, "--time", "0"], "--time"),
            (
                ["reduce", file, "--predicate", "true", "--engine", "wasmtime"],
                "--engine has no use beside --predicate"
            ),
            (["reduce", file, "--predicate", "true", "--engines", "arm64"], "--engines has no use beside --predicate"),
            (["reduce", file, "--predicate", "true", "--engines-file", "x"], "--engines-file has no use"),
            (["reduce", file, "--predicate", "true", "--inject", "operand-index-u8"], "--inject has no use"),
            (["reduce", file, "--predicate", "true", "--fuel", "9"], "--fuel has no use"),
            (["reduce", file, "--predicate", "true", "--memory", "99"], "--memory has no use"),
            (["fuzz", "--time", "-1"], "--time is a number of seconds above 0"),
            (["fuzz", "--profile", "nothing"], "unknown profile 'nothing' (choose from everything"),
            (["fuzz", "--profile", "calls,"], "unknown profile ''"),
            (
                ["fuzz", "--profile", "everything=3,calls=0"],
                "the weight of 'calls' is a number from 1 to 1000, and not '0'"
            ),
            (["fuzz", "--profile", "calls=-2"], "and not '-2'"),
            (["fuzz", "--profile", "calls=", "--profile", "blocks"], "the weight of 'calls'"),
            (["fuzz", "--workers", "-1"], "--workers is a number from 1"),
            (["fuzz", "--corpus", "c", "--cases", "9"], "--corpus has no use beside --cases"),
            (["fuzz", "--cases", "0"], "--cases is a number above 0"),
            (["fuzz", "--minimize-corpus", "--no-coverage"], "--no-coverage has no use beside --minimize-corpus"),
            (["fuzz", "--minimize-corpus", "--engines", "arm64"], "--engines has no use beside --minimize-corpus"),
            (["fuzz", "--corpus", "c", "--no-coverage"], "--corpus has no use beside --no-coverage"),
            (["fuzz", "--corpus", "c", "--modules", "."], "--corpus has no use beside --modules"),
            (
                ["fuzz", "--corpus", "c", "--engine", "a=host:true"],
                "--corpus has no use without an engine in the program"
            ),
            (["run", file, "--calls", "-5"], "--calls is a number from 1"),
            (["run", file, "--seed", "-1"], "--seed"),
            (["run", file, "--calls", "2000001"], "2000000 at most"),
            (["reduce", file, "--time", "1e300"], "--time"),
            (["fuzz", "--time", "1e19"], "--time"),
            (["fuzz", "--time", "nan"], "--time"),
            (["zoo", "--time-per-specimen", "1e19"], "--time-per-specimen"),
            (["run", file, "--timeout", "1e300"], "--timeout"),
            (["run", file, "--fuel", "0"], "--fuel"),
            (["run", file, "--fuel", "18446744073709551615"], "--fuel"),
            (["run", file, "--memory", "1"], "--memory"),
            (["wast", file, "--memory", "99999999999"], "--memory"),
            (["generate", "--max-arity", "9223372036854775807"], "--max-arity"),
            (["fuzz", "--json", "no/such/folder/x.json"], "no/such/folder"),
            (["zoo", "--json", "."], "is a folder"),
            (["reduce", "missing.wasm"], "missing.wasm"),
            (["reduce"], "path"),
            (["boundary"], "--types"),
            (["boundary", file, "--types", "i32"], "not both"),
            (["boundary", file, "--edge", "block"], "--types"),
            (["boundary", "--edge", "nowhere", "--types", "i32"], "direct-call"),
            (["boundary", "--types", "x"], "'x'"),
            (["boundary", "--types", ""], "--types"),
            (["boundary", "--types", "i32", "--variable", "locals"], "parameters"),
            (["boundary", "--types", "i32", "--max-arity", "-1"], "--max-arity"),
            (["triage", "missing"], "missing: no such folder"),
            (["triage", file], "f.wat"),
            (["worker", "rest"], "serve"),
            (["no-such-command"], "no-such-command"),
        ]
        for (arguments, part) in cases {
            let ending = try tool.run(arguments)
            #expect(ending.isOneLineError, "\(arguments): \(ending.status) \(ending.error)")
            #expect(ending.error.contains(part), "\(arguments): \(ending.error)")
        }
    }

    @Test
    func `more results than the compilers take end in the named limit`() throws {
        defer { tool.removeFolder() }
        let file = tool.path("huge.wasm")
        #expect(try tool.run(["generate", "--results", "100000*i32", "-o", file]).status == 0)
        let compiled = try tool.run(["compile", file, "--target", "arm64", "--emit", "binary"])
        #expect(compiled.isOneLineError, "\(compiled.error)")
        #expect(compiled.error.contains("result count of 100000 exceeds the implementation limit of"))
        let ran = try tool.run(["run", file, "--engines", "x86_64:definitions,arm64:loads"])
        #expect(ran.status == 3, "nothing was compared")
        #expect(ran.text.contains("refused"))
        #expect(ran.text.contains("result count of 100000"))
    }

    @Test
    func `a file that could not be written whole is not left behind`() throws {
        defer { tool.removeFolder() }
        let file = tool.path("module.wasm")
        let before = try tool.run(["generate", "--results", "i32", "-o", file])
        #expect(before.status == 0)
        let ending = try tool.run(["generate", "--results", "i32", "-o", "\(file)/below.wasm"])
        #expect(ending.isOneLineError)
        let kept = try tool.run(["run", file])
        #expect(kept.status == 0)
    }
}
