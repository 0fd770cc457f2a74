import Foundation
import Testing

/// What the exit statuses say: 0 only where something was compared.
struct ExitStatusTests {
    private let tool: CommandLineTool
    private let engines = ["--engines", "x86_64:none:loads,arm64:speed:loads"]

    init() throws { tool = try CommandLineTool() }

    private func run(_ text: String, _ arguments: [String] = []) throws -> CommandLineTool.Ending {
        try tool.run(["run", try tool.write(text, to: "module.wat")] + engines + arguments)
    }

    @Test
    func `a program without end is no verdict, whoever is asked`() throws {
        defer { tool.removeFolder() }
        let file = try tool.write("(module (func (export \"l\") (loop $t (br $t))))", to: "loop.wat")
        for command in ["run", "replay", "reduce"] {
            let ending = try tool.run([command, file, "--fuel", "10000"] + engines)
            #expect(ending.status == 3, "\(command): \(ending.text)\(ending.error)")
            #expect(!ending.text.contains("DIFFERS"))
        }
        let json = try tool.run(["run", file, "--fuel", "10000", "--json"] + engines)
        #expect(json.text.contains("\"differs\" : false") && json.text.contains("\"compared\" : false"))
    }

    @Test
    func `an export without end and one that traps do not hide the others`() throws {
        defer { tool.removeFolder() }
        let text = """
            (module (global $g (export "g") (mut i32) (i32.const 0))
              (func (export "a") (result i32) (global.set $g (i32.add (global.get $g) (i32.const 1))) (global.get $g))
              (func (export "l") (loop $t (br $t))) (func (export "u") unreachable)
              (func (export "z") (result i32) (global.set $g (i32.add (global.get $g) (i32.const 1))) (global.get $g)))
            """
        let fresh = try run(text, ["--fuel", "10000"])
        #expect(fresh.status == 0, "\(fresh.text)")
        for line in ["a() = (i32:1)", "l() = exhausted: fuel exhausted", "u() = trapped: unreachable", "z() = (i32:1)"]
        {
            #expect(fresh.text.contains(line), "\(fresh.text)")
        }
        let shared = try run(text, ["--fuel", "10000", "--same-instance"])
        #expect(shared.status == 0, "\(shared.text)")
        #expect(shared.text.contains("a() = (i32:1)") && !shared.text.contains("z() ="), "\(shared.text)")
    }

    @Test
    func `calls that cannot be made are shown, and a module that shows nothing compares nothing`() throws {
        defer { tool.removeFolder() }
        let needy = try run("(module (type $s (struct)) (func (export \"f\") (param (ref $s))))")
        #expect(needy.status == 3)
        #expect(needy.text.contains("f: not called: nobody outside has a value for parameter 0"), "\(needy.text)")
        #expect(try run("(module)").status == 3)
        #expect(try run("(module (global (export \"g\") i32 (i32.const 7)))").status == 0, "a global is compared")
        #expect(try run("(module (func (export \"f\")))", ["--engines", "interpreter"]).status == 3)
    }

    @Test(arguments: [
        ("(memory (import \"e\" \"m\") 1)", "i32.load (i32.const 0)", Int32(0)),
        ("(global $g (import \"e\" \"g\") i32)", "global.get $g", 0),
        ("(table (import \"e\" \"t\") 3 9 funcref)", "table.size 0", 0),
        ("(rec (type $a (func)) (type $b (func (result i32)))) (func $i (import \"e\" \"f\") (type $b))", "call $i", 0),
        ("(type $t (func)) (func (import \"e\" \"f\") (param (ref null $t)))", "i32.const 4", 0),
        ("(tag (import \"e\" \"x\") (param i64))", "i32.const 5", 0),
        ("(global (import \"e\" \"g\") (ref exn))", "i32.const 1", 3),
    ])
    func `imports are made as they are asked for, where a host can`(_ item: String, _ body: String, _ status: Int32)
        throws
    {
        defer { tool.removeFolder() }
        let ending = try run("(module \(item) (func (export \"f\") (result i32) (\(body))))")
        #expect(ending.status == status, "\(ending.text)\(ending.error)")
        #expect(ending.text.contains("refused") == (status == 3))
    }

    @Test
    func `what the host returns has its type`() throws {
        defer { tool.removeFolder() }
        let ending = try run(
            """
            (module (import "env" "f" (func $i (result (ref extern))))
              (func (export "f") (result i32) (ref.is_null (call $i))))
            """
        )
        #expect(ending.status == 0)
        #expect(ending.text.contains("f() = (i32:0)"), "\(ending.text)")
    }

    @Test
    func `a program shows what it prints and with which status it ends`() throws {
        defer { tool.removeFolder() }
        let ending = try run(
            #"""
            (module
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (import "env" "other" (func $other (param i32)))
              (memory 1) (data (i32.const 16) "hello\n\1b[2J\n")
              (func (export "_start")
                (i32.store (i32.const 0) (i32.const 16)) (i32.store (i32.const 4) (i32.const 11))
                (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
                (call $other (i32.const 1)) (call $exit (i32.const 3))))
            """#
        )
        #expect(ending.status == 0, "\(ending.text)")
        for line in ["> hello\n", "> \\u{1B}[2J\n", "stubs: env.other\n", "_start() = exited: status 3\n"] {
            #expect(ending.text.contains(line), "\(ending.text)")
        }
        #expect(!ending.text.contains("\u{1B}"))
    }

    @Test
    func `what a program writes is shown byte by byte where it is no text`() throws {
        defer { tool.removeFolder() }
        let text = #"""
            (module
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (memory 1) (data (i32.const 0) "\10\00\00\00\06\00\00\00") (data (i32.const 16) "\c3\a9\ff\e2\82!")
              (func (export "_start") (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
            """#
        #expect(try run(text).text.contains("> é\\xFF\\xE2\\x82!\n"))
        let json = try run(text, ["--json"])
        #expect(json.text.contains(#""writtenBytes" : "w6n/4oIh""#), "\(json.text)")
    }

    @Test(arguments: [
        ("(call $write (i32.const 1) (i32.const 0) (i32.const 2) (i32.const 64))", "a write that ends in a fault"),
        ("(call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 64))", "a write"),
        ("(call $random (i32.const 0) (i32.const 1048576))", "random numbers"),
    ])
    func `calls of the system are paid for by what they go through`(_ call: String, _ what: String) throws {
        defer { tool.removeFolder() }
        let ending = try run(
            """
            (module
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
              (memory 17)
              (func (export "f") (i32.store (i32.const 4) (i32.const 1048576)) (i32.store (i32.const 8) (i32.const -4))
                (i32.store (i32.const 12) (i32.const 1000)) (loop (drop \(call)) (br 0))))
            """,
            ["--fuel", "3000000"]
        )
        #expect(
            ending.status == 3 && ending.text.contains("f() = exhausted: fuel exhausted"),
            "\(what): \(ending.text)"
        )
    }

    @Test
    func `exports that Unicode takes for the same are called each`() throws {
        defer { tool.removeFolder() }
        let module = #"""
            (module (func (export "\c3\a9") (result i32) (i32.const 1)) (func (export "e\cc\81") (result i32) (i32.const 2)))
            """#
        let ending = try run(module)
        #expect(ending.text.contains("() = (i32:1)\n") && ending.text.contains("() = (i32:2)\n"), "\(ending.text)")
    }

    @Test
    func `an oracle without end is the same to all commands`() throws {
        defer { tool.removeFolder() }
        let file = try tool.write("(module (func (export \"l\") (loop (br 0))))", to: "l.wat")
        for command in ["run", "replay", "reduce", "boundary"] {
            let ending = try tool.run([command, file, "--timeout", "0.0000001"] + engines)
            #expect(ending.status == 1, "\(command): \(ending.text)\(ending.error)")
        }
    }

    @Test
    func `names from modules are escaped`() throws {
        defer { tool.removeFolder() }
        let ending = try run(#"(module (func (export "\1b[2J\nengine  outcome")))"#)
        #expect(ending.status == 0)
        #expect(ending.text.hasPrefix("\\u{1B}[2J\\u{A}engine  outcome() = ()\n"), "\(ending.text)")
    }

    @Test
    func `nothing to compare with, no crash and a crash without its report are status 3`() throws {
        defer { tool.removeFolder() }
        let file = try tool.write("(module (func (export \"f\")))", to: "f.wat")
        try FileManager.default.createDirectory(atPath: tool.path("0001-crash"), withIntermediateDirectories: true)
        _ = try tool.write([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0], to: "0001-crash/module.wasm")
        try FileManager.default.createDirectory(atPath: tool.path("empty"), withIntermediateDirectories: true)
        let cases = [
            ["reduce", file, "--engines", "interpreter"], ["reduce", "empty"], ["replay", "0001-crash"],
            ["boundary", "--types", "i32", "--engines", "interpreter"],
        ]
        for arguments in cases {
            let ending = try tool.run(arguments)
            #expect(ending.status == 3, "\(arguments): \(ending.text)\(ending.error)")
        }
        #expect(try tool.run(["reduce", file] + engines).status == 0)
    }

    @Test
    func `a campaign says why it compared nothing, and what it cannot read`() throws {
        defer { tool.removeFolder() }
        let campaign = ["fuzz", "--time", "1", "--no-coverage", "--quiet", "--crashes", "crashes"]
        let poor = try tool.run(campaign, limit: "ulimit -v 400000")
        #expect(poor.status == 3)
        #expect(poor.text.contains("problem: a worker could not work: error: workers may map 409600000 bytes only"))
        try FileManager.default.createDirectory(atPath: tool.path("crashes/0001-x"), withIntermediateDirectories: true)
        let damaged = try tool.run(campaign)
        #expect(damaged.status == 3, "\(damaged.text)")
        #expect(damaged.text.contains("problem: a crash folder that cannot be read: crashes/0001-x/report.json: "))
    }

    @Test
    func `a campaign says nothing of its progress before there is some`() throws {
        defer { tool.removeFolder() }
        let ending = try tool.run(["fuzz", "--time", "1", "--no-coverage", "--crashes", "crashes"])
        #expect(ending.error.contains("without coverage: --no-coverage\n"), "\(ending.error)")
        #expect(!ending.error.contains("  0 cases"), "\(ending.error)")
    }

    @Test
    func `a script's own assertions decide what replay says of it`() throws {
        defer { tool.removeFolder() }
        let module = "(module (func (export \"f\") (result i32) i32.const 1))"
        let wrong = try tool.write("\(module) (assert_return (invoke \"f\") (i32.const 2))", to: "wrong.wast")
        let ending = try tool.run(["replay", wrong] + engines)
        #expect(ending.status == 1, "\(ending.text)")
        #expect(ending.text.contains("expected (i32.const 2), got (i32.const 1)"), "\(ending.text)")
        let right = try tool.write("\(module) (assert_return (invoke \"f\") (i32.const 1))", to: "right.wast")
        #expect(try tool.run(["replay", right] + engines).status == 0)
    }

    @Test(.timeLimit(.minutes(10)))
    func `a script without end ends, which is neither right nor wrong`() throws {
        defer { tool.removeFolder() }
        let loop = "(module (func (export \"f\") (loop (br 0)))) (assert_return (invoke \"f\"))"
        let script = try tool.write(loop, to: "loop.wast")
        // With this much fuel, only who is not asked ends.
        let engines = ["--engines", "interpreter,x86_64:speed:loads,arm64:none:loads"]
        for command in ["wast", "replay"] {
            let ending = try tool.run([command, script, "--fuel", "20000000"] + engines)
            #expect(ending.status == 3, "\(command): \(ending.text)\(ending.error)")
            #expect(ending.text.contains("undecided: fuel exhausted"), "\(ending.text)")
            #expect(ending.text.contains("undecided: the oracle has no fuel for it"), "\(ending.text)")
        }
        let wrong = try tool.write("\(loop) (assert_return (invoke \"g\"))", to: "wrong.wast")
        #expect(try tool.run(["wast", wrong, "--fuel", "1000"]).status == 1)
    }

    @Test
    func `JSON goes to a link's target and into devices, and a dash is standard output`() throws {
        defer { tool.removeFolder() }
        let script = try tool.write("(module (func (export \"f\"))) (assert_return (invoke \"f\"))", to: "good.wast")
        _ = try tool.write("", to: "target.json")
        try FileManager.default.createSymbolicLink(
            atPath: tool.path("link.json"),
            withDestinationPath: "target.json"
        )
        #expect(try tool.run(["wast", script, "--json", "link.json"]).status == 0)
        #expect(String(decoding: try tool.read("target.json"), as: UTF8.self).hasPrefix("{"))
        let kind = try FileManager.default.attributesOfItem(atPath: tool.path("link.json"))[.type] as? FileAttributeType
        #expect(kind == .typeSymbolicLink)
        #expect(try tool.run(["wast", script, "--json", "/dev/null"]).status == 0)
        #expect(try tool.run(["wast", script, "--json", "-"]).text.hasPrefix("{"))
        #expect(!FileManager.default.fileExists(atPath: tool.path("-")))
        let full = try tool.run(["wast", script, "--json", "/dev/full"])
        #expect(full.status == 3 && full.text.contains("in all"), "the summary is printed all the same")
        #expect(full.error == "error: /dev/full: cannot write the file: No space left on device\n")
    }
}
