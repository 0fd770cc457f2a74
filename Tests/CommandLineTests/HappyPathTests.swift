import Foundation
import Testing

struct HappyPathTests {
    private let tool: CommandLineTool

    init() throws { tool = try CommandLineTool() }

    @Test(arguments: [300, 1000])
    func `many mixed results and parameters agree in every engine`(_ count: Int) throws {
        defer { tool.removeFolder() }
        let types = "\(count / 4)*i32,\(count / 4)*f64,\(count / 4)*f32,\(count / 4)*i64"
        let file = tool.path("many.wasm")
        let generated = try tool.run(
            ["generate", "--edge", "direct-call", "--params", types, "--results", types, "-o", file]
        )
        #expect(generated.status == 0, "\(generated.error)")
        let ran = try tool.run(["run", file])
        #expect(ran.status == 0, "\(ran.text)\(ran.error)")
        #expect(ran.text.contains("agrees"))
        #expect(!ran.text.contains("DIFFERS"))
        #expect(ran.text.contains("interpreter"))
        #expect(ran.text.contains("arm64:none:definitions"))
        #expect(ran.text.contains("and \(count - 8) more"))
    }

    @Test
    func `an export with 300 results agrees in every engine, from text on standard input as well`() throws {
        defer { tool.removeFolder() }
        let generated = try tool.run(["generate", "--edge", "export", "--results", "300*i32"])
        #expect(generated.status == 0)
        #expect(generated.error.contains("fuzz-multivalue run - --invoke main"))
        let ran = try tool.run(["run", "-"], input: generated.text)
        #expect(ran.status == 0, "\(ran.text)\(ran.error)")
        #expect(ran.text.contains("returned 300 values"))
    }

    @Test
    func `a module is printed as text that is the same module, and its parts are shown with offsets`() throws {
        defer { tool.removeFolder() }
        let file = tool.path("a.wasm")
        let generated = try tool.run(["generate", "--edge", "host-import", "--results", "9*i32", "-o", file])
        #expect(generated.status == 0, "\(generated.error)")
        let printed = try tool.run(["print", file])
        #expect(printed.status == 0 && printed.text.hasPrefix("(module"), "\(printed.error)")
        let again = try tool.run(["print", "-"], input: printed.text)
        #expect(again.text == printed.text)
        let dumped = try tool.run(["objdump", file])
        #expect(dumped.status == 0, "\(dumped.error)")
        let size = try Data(contentsOf: URL(fileURLWithPath: file)).count
        let lines = dumped.text.split(separator: "\n").map(String.init)
        #expect(lines.first == "\(file): \(size) bytes")
        #expect(lines.contains { $0.hasPrefix("0x000008..<") && $0.hasSuffix("  type, 1") })
        #expect(lines.contains { $0.hasSuffix("  code, 1") })
        #expect(lines.contains { $0.hasSuffix("    function 1") })
    }

    @Test
    func `the same seed gives the same module`() throws {
        defer { tool.removeFolder() }
        let first = try tool.run(["generate", "--seed", "7", "--max-arity", "20"])
        let second = try tool.run(["generate", "--seed", "7", "--max-arity", "20"])
        #expect(first.status == 0)
        #expect(first.output == second.output)
        #expect(first.output != (try tool.run(["generate", "--seed", "8", "--max-arity", "20"])).output)
    }

    @Test
    func `many modules are those of one seed after the other`() throws {
        defer { tool.removeFolder() }
        let many = try tool.run([
            "generate", "--profile", "calls", "--seed", "7", "--count", "3", "-o", tool.path("many"),
        ])
        #expect(many.status == 0, "\(many.error)")
        let one = try tool.run(["generate", "--profile", "calls", "--seed", "8", "-o", tool.path("one.wasm")])
        #expect(one.status == 0)
        let files = try FileManager.default.contentsOfDirectory(atPath: tool.path("many"))
        #expect(files.sorted() == ["7.wasm", "8.wasm", "9.wasm"])
        let bytes = try ["many/8.wasm", "one.wasm"].map { try Data(contentsOf: URL(fileURLWithPath: tool.path($0))) }
        #expect(bytes[0] == bytes[1])
    }

    @Test(arguments: [
        (["--count", "3", "-o", "many"], "--count needs --profile"),
        (["--count", "3", "--profile", "calls", "--edge", "loop", "-o", "many"], "no part of a case"),
        (["--count", "3", "--profile", "calls"], "--count needs --output"),
        (["--count", "0", "--profile", "calls", "-o", "many"], "--count is a number from 1 on"),
        (["--count", "3", "--profile", "calls", "-o", "/dev/null"], "/dev/null: is no folder"),
    ])
    func `what does not go with many modules is said`(_ options: [String], _ error: String) throws {
        defer { tool.removeFolder() }
        let ending = try tool.run(["generate"] + options)
        #expect(ending.status == 2 && ending.error.contains(error), "\(ending.error)")
    }

    @Test
    func `values of an invocation are read by the parameters' types`() throws {
        defer { tool.removeFolder() }
        let file = try tool.write(
            """
            (module (func (export "swap") (param i32 f64) (result f64 i32) local.get 1 local.get 0))
            """,
            to: "swap.wat"
        )
        let shown = "swap(i32:-5, f64:-1.5 (0xbff8000000000000)) = (f64:-1.5 (0xbff8000000000000), i32:-5)"
        for values in [["-5", "-1.5"], ["i32:-5", "-0x1.8p0"], ["0xffff_fffb", "f64:-1.5 (0xbff8000000000000)"]] {
            let ran = try tool.run(
                ["run", file, "--invoke", "swap"] + values + ["--engines", "interpreter,arm64"]
            )
            #expect(ran.status == 0, "\(ran.error)")
            #expect(ran.text.contains(shown), "\(ran.text)")
        }
        let json = try tool.run(["run", file, "--json", "--invoke", "swap", "1", "2"])
        #expect(json.status == 0)
        #expect(json.text.contains("\"differs\" : false"))
    }

    @Test(arguments: ["x86_64", "arm64"])
    func `compilation shows every stage`(_ target: String) throws {
        defer { tool.removeFolder() }
        let file = try tool.write(
            """
            (module
              (func $many (param i32 i32) (result i32 f64 i64 f32 i32 i32 i32 i32 i32 i32 i32)
                (i32.div_u (local.get 0) (local.get 1)) (f64.const 1.5) (i64.const 3) (f32.const 2.25)
                (local.get 0) (local.get 0) (local.get 0) (local.get 1) (local.get 1) (local.get 1) (local.get 1))
              (func (export "main") (result i32 f64 i64 f32 i32 i32 i32 i32 i32 i32 i32)
                (call $many (i32.const 7) (i32.const 2))))
            """,
            to: "stages.wat"
        )
        func emit(_ stage: String) throws -> CommandLineTool.Ending {
            try tool.run(["compile", file, "--target", target, "--emit", stage, "--results", "loads"])
        }
        let ssa = try emit("ssa")
        #expect(ssa.status == 0)
        #expect(ssa.text.contains("block0"))
        let machine = try emit("machine")
        #expect(machine.status == 0)
        for part in ["entry stub", "; call layout", "; selected", "; allocated", "; frame of", "result area"] {
            #expect(machine.text.contains(part), "\(part)")
        }
        let listing = try emit("listing")
        #expect(listing.status == 0)
        for part in ["trap: integer divide by zero", "trap: call stack exhausted", "; wasm 0x", "trap exit"] {
            #expect(listing.text.contains(part), "\(part)")
        }
        let binary = try emit("binary")
        #expect(binary.status == 0)
        #expect(listing.text.contains("\(binary.output.count) bytes"))
    }

    @Test
    func `listings show the target's instructions, and data as data`() throws {
        defer { tool.removeFolder() }
        let file = tool.path("table.wasm")
        let generated = try tool.run(
            ["generate", "--edge", "branch-table", "--params", "3*f64,i32", "--results", "20*f64,9*i64", "-o", file]
        )
        #expect(generated.status == 0)
        for (target, instruction) in [("x86_64", "pushq %rbp"), ("arm64", "ret")] {
            let listing = try tool.run(["compile", file, "--target", target])
            #expect(listing.status == 0)
            #expect(listing.text.contains(instruction))
            #expect(listing.text.contains(".byte"), "a branch table or constants")
            // A branch table with three targets and a pool of up to 29 constants, in lines of eight bytes; alignment.
            #expect(listing.text.split(separator: "\n").filter { $0.contains(".byte") }.count < 60)
        }
    }

    @Test
    func `the help of every command has an example`() throws {
        defer { tool.removeFolder() }
        for command in [
            "generate", "run", "compile", "print", "objdump", "replay", "reduce", "boundary", "triage", "worker",
        ] {
            let help = try tool.run([command, "--help"])
            #expect(help.status == 0)
            #expect(help.text.contains("Example: fuzz-multivalue \(command)"), "\(command)")
        }
    }

    @Test
    func `the version is said`() throws {
        defer { tool.removeFolder() }
        let version = try tool.run(["--version"])
        #expect(version.status == 0 && version.text.hasPrefix("fuzz-multivalue "))
    }

    @Test
    func `the engines show their names, features and limits, as text and as JSON`() throws {
        defer { tool.removeFolder() }
        let text = try tool.run(["engines"])
        #expect(text.status == 0)
        for part in [
            "interpreter\n", "arm64:speed:loads\n", "x86_64:none:definitions\n", "50000 results", "tail-calls",
        ] {
            #expect(text.text.contains(part), "\(part)")
        }
        let json = try tool.run(["engines", "--json"])
        #expect(json.status == 0)
        #expect(json.text.contains("\"names\""))
    }
}
