import Foundation
import Testing

/// `run`, `replay`, `reduce`, `boundary` and `triage` with a deliberate bug.
struct CrashCommandTests {
    private let tool: CommandLineTool
    private let injection = ["--inject", "operand-index-u8"]

    init() throws { tool = try CommandLineTool() }

    private func generate(results: String, to name: String) throws -> String {
        let file = tool.path(name)
        let ending = try tool.run(["generate", "--edge", "export", "--results", results, "-o", file])
        #expect(ending.status == 0, "\(ending.error)")
        return file
    }

    @Test
    func `a crash of an engine is an outcome of run beside the others`() throws {
        defer { tool.removeFolder() }
        let file = try generate(results: "300*i32", to: "many.wasm")
        let ran = try tool.run(["run", file] + injection)
        #expect(ran.status == 1)
        #expect(ran.text.contains("crashed (compile): assertion failed: "))
        #expect(ran.text.contains("DIFFERS"))
        #expect(ran.text.contains("agrees"), "explicit loads do not have so many operands")
        let few = try tool.run(["run", try generate(results: "200*i32", to: "few.wasm")] + injection)
        #expect(few.status == 0, "\(few.text)")
    }

    @Test
    func `a boundary is told for each engine that has one`() throws {
        defer { tool.removeFolder() }
        let options = ["--edge", "export", "--types", "i32,f64", "--max-arity", "600"]
        let found = try tool.run(["boundary"] + options + injection)
        #expect(found.status == 1)
        let lines = found.text.split(separator: "\n")
        for target in ["x86_64", "arm64"] {
            let definitions = lines.first { $0.hasPrefix("\(target):none:definitions") }
            #expect(definitions?.contains(" results pass, ") == true, "\(found.text)")
            let loads = lines.first { $0.hasPrefix("\(target):none:loads") }
            #expect(loads?.contains("nothing fails up to 600 results") == true, "\(found.text)")
        }
        let healthy = try tool.run(["boundary", "--json", "--engines", "arm64:loads"] + options)
        #expect(healthy.status == 0)
        #expect(healthy.text.contains("\"maximumArity\" : 600"))
        #expect(!healthy.text.contains("firstBad"))
    }

    @Test
    func `one arity passes and the next fails, as boundary says of a module`() throws {
        defer { tool.removeFolder() }
        let file = try generate(results: "300*i32", to: "many.wasm")
        let engine = ["--engines", "x86_64:definitions"]
        let found = try tool.run(["boundary", file] + engine + injection)
        #expect(found.status == 1)
        let words = found.text.split(whereSeparator: { $0.isWhitespace || $0 == "," })
        let pass = try #require(words.firstIndex(of: "pass"), "\(found.text)")
        let lastGood = try #require(Int(words[pass - 2]))
        #expect((2..<300).contains(lastGood))
        for (arity, status) in [(lastGood, Int32(0)), (lastGood + 1, Int32(1))] {
            let cut = try generate(results: "\(arity)*i32", to: "cut-\(arity).wasm")
            #expect(try tool.run(["run", cut] + engine + injection).status == status)
        }
    }

    @Test
    func `other machines make a reduction no other one, even where one of them cannot be reached`() throws {
        defer { tool.removeFolder() }
        let others = (0..<20).map { "(func (export \"other-\($0)\") (result i32) (i32.const \($0)))" }
        let results = String(repeating: "i32 ", count: 300)
        let constants = (0..<300).map { "(i32.const \($0))" }
        let file = try tool.write(
            "(module \(others.joined()) (func (export \"f\") (result \(results)) \(constants.joined())))",
            to: "many.wat"
        )
        let log = tool.path("log")
        let program = try #require(CommandLineTool.executable).path
        let machine = "sh -c 'echo \"$@\" >> \(log); exec \(program) \"$@\"' other"
        let modules = try [[], ["--host", machine, "--host", "false"]].enumerated().map { number, hosts in
            let folder = "findings-\(number)"
            let ending = try tool.run(
                ["reduce", file, "-o", folder, "--jobs", "1", "--engines", "arm64:definitions"] + hosts + injection
            )
            #expect(ending.status == 1, "\(ending.text)\(ending.error)")
            let crash = try #require(
                try FileManager.default.contentsOfDirectory(atPath: tool.path(folder)).first { $0.hasPrefix("0001-") }
            )
            return try Data(contentsOf: URL(fileURLWithPath: tool.path("\(folder)/\(crash)/module.wasm")))
        }
        #expect(modules[0] == modules[1])
        #expect(try String(contentsOfFile: log, encoding: .utf8).contains("serve"))
    }

    @Test
    func `a crash is reduced into a folder that triage shows and replay runs`() throws {
        defer { tool.removeFolder() }
        let file = try generate(results: "300*i32", to: "many.wasm")
        let engines = ["--engines", "x86_64:definitions"]
        let reduced = try tool.run(["reduce", file] + engines + injection)
        #expect(reduced.status == 1, "\(reduced.error)")
        for part in ["B before, ", "results pass, ", "findings/0001-compile-assertion-failed-register-is-real"] {
            #expect(reduced.text.contains(part), "\(reduced.text)")
        }
        let again = try tool.run(["reduce", file] + engines + injection)
        #expect(again.status == 1)
        #expect(again.text.contains("nothing was written"))

        let table = try tool.run(["triage", "findings"])
        #expect(table.status == 0)
        #expect(table.text.contains("(injected: operand-index-u8)"))
        let json = try JSONSerialization.jsonObject(with: Data(try tool.run(["triage", "findings", "--json"]).output))
        #expect((json as? [[String: Any]])?.first?["status"] as? String == "open")

        let diverges = try tool.run(["replay", "findings"] + engines + injection)
        #expect(diverges.status == 0, "\(diverges.text)")
        #expect(diverges.text.contains("rule kept: an open crash must still diverge"))
        let healthy = try tool.run(["replay", "findings"] + engines)
        #expect(healthy.status == 0, "\(healthy.text)")
        #expect(healthy.text.contains("must agree without it"))

        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: tool.path("findings")).first {
                $0.hasPrefix("0001-")
            }
        )
        try exchange("\"open\"", "\"fixed\"", in: "findings/\(name)/report.json")
        let broken = try tool.run(["replay", "findings/\(name)", "--json"] + engines + injection)
        #expect(broken.status == 1)
        #expect(broken.text.contains("\"failed\" : true"))
        #expect(broken.text.contains("assertion failed: "))
        // The script of the crash is one that replay takes, and the bug is in it too.
        let script = try tool.run(["replay", "findings/\(name)/regression.wast"] + engines + injection)
        #expect(script.status == 1)
        let passing = try tool.run(["reduce", "findings/\(name)"] + engines)
        #expect(passing.status == 0 && passing.text.contains("no engine fails"), "\(passing.text)\(passing.error)")
        try expectMalformedFoldersAreTold(name)
    }

    @Test
    func `the script of a crash brings what its module imports`() throws {
        defer { tool.removeFolder() }
        let types = String(repeating: " i32", count: 260)
        let text = """
            (module (type $s (struct (field i32))) (rec (type $a (func)) (type $b (func (param (ref null $s)) (result i32))))
              (import "e" "m" (memory 1)) (import "e" "t" (table 2 funcref)) (import "e" "g" (global $g (mut i64)))
              (import "e" "x" (tag (param i32))) (import "e" "b" (func $b (type $b))) (import "e" "m" (memory 1))
              (func (export "f") (result\(types)) (drop (call $b (ref.null $s))) (drop (global.get $g))
                (drop (table.get 0 (i32.const 0))) (drop (memory.size 1)) (drop (i32.load (i32.const 0)))
                \(String(repeating: " (i32.const 7)", count: 260))))
            """
        let file = try tool.write(text, to: "imports.wat")
        // As it was found: nothing of it is to be reduced away.
        let reduced = try tool.run(
            ["reduce", file, "--time", "0.000001", "--engines", "x86_64:definitions"] + injection
        )
        #expect(reduced.status == 1, "\(reduced.error)")
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: tool.path("findings")).first { $0.hasPrefix("0001-") }
        )
        let script = "findings/\(name)/regression.wast"
        let content = String(decoding: try tool.read(script), as: UTF8.self)
        #expect(content.contains("(import \"e\" \"x\""), "\(content)")
        let ran = try tool.run(["wast", script, "--fail-on-skipped"])
        #expect(ran.status == 0, "\(ran.text)")
        #expect(try tool.run(["replay", script, "--engines", "x86_64:definitions"] + injection).status == 1)
    }

    @Test
    func `a stored script calls on instances as the case does, and a damaged crash hides no finding`() throws {
        defer { tool.removeFolder() }
        let types = String(repeating: " i32", count: 260)
        let counts = "(global.set $g (i32.add (global.get $g) (i32.const 1))) (global.get $g)"
        let body = "\(counts)\(String(repeating: " (i32.const 7)", count: 259))"
        let text = """
            (module (global $g (mut i32) (i32.const 0))
              (func (export "a") (result\(types)) \(body)) (func (export "b") (result\(types)) \(body)))
            """
        let file = try tool.write(text, to: "counts.wat")
        // As it was found: both calls stay.
        let reduce = ["reduce", file, "--time", "0.000001", "--engines", "x86_64:definitions"] + injection
        #expect(try tool.run(reduce).status == 1)
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: tool.path("findings")).first { $0.hasPrefix("0001-") }
        )
        let ran = try tool.run(["wast", "findings/\(name)/regression.wast"])
        #expect(ran.status == 0, "\(ran.text)")
        #expect(try tool.run(reduce).text.contains("nothing was written"))
        _ = try tool.write("", to: "findings/\(name)/module.wasm")
        #expect(try tool.run(reduce).text.contains("written   findings/0002-"))
        #expect(try tool.run(["triage", "findings"]).status == 2)
    }

    private func expectMalformedFoldersAreTold(_ name: String) throws {
        let module = "findings/\(name)/module.wasm"
        let bytes = try tool.read(module)
        _ = try tool.write(Array(bytes.dropLast(9)), to: module)
        for command in ["replay", "reduce", "boundary"] {
            try expectOneLine([command, "findings"], "module.wasm: ")
        }
        _ = try tool.write(bytes, to: module)
        for report in ["", "{}", "[1, 2", "\"text\"", "{\"schemaVersion\": 99}", "\u{0}\u{1}"] {
            _ = try tool.write(report, to: "findings/\(name)/report.json")
            for command in ["replay", "reduce", "boundary"] {
                try expectOneLine([command, "findings/\(name)"], "report.json: ")
            }
            let table = try tool.run(["triage", "findings"])
            #expect(!table.wasKilled && table.status == 2)
            #expect(table.text.isEmpty, "there is a crash, and nobody knows which")
            #expect(table.error.hasPrefix("error: ") && table.error.contains("report.json: "), "\(table.error)")
        }
    }

    private func expectOneLine(_ arguments: [String], _ part: String) throws {
        let ending = try tool.run(arguments)
        #expect(ending.isOneLineError, "\(arguments): \(ending.status) \(ending.text)\(ending.error)")
        #expect(ending.error.contains(part), "\(arguments): \(ending.error)")
    }

    private func exchange(_ old: String, _ new: String, in name: String) throws {
        let text = String(decoding: try tool.read(name), as: UTF8.self)
        _ = try tool.write(text.replacingOccurrences(of: old, with: new), to: name)
    }

    @Test
    func `modules, texts and raw inputs are replayed, from standard input as well`() throws {
        defer { tool.removeFolder() }
        let text = "(module (func (export \"f\") (param i32) (result i32) local.get 0))"
        let file = try tool.write(text, to: "f.wat")
        let raw = try tool.write([7, 1, 200, 33], to: "crash-0a1b")
        let empty = try tool.write([], to: "crash-empty")
        let ran = try tool.run(["replay", file, raw, empty, "--engines", "arm64:loads"])
        #expect(ran.status == 0, "\(ran.text)\(ran.error)")
        #expect(ran.text.hasSuffix("3 cases, 0 failed\n"))
        let piped = try tool.run(["replay", "-", "--engines", "arm64:loads"], input: text)
        #expect(piped.status == 0, "\(piped.error)")
    }

    @Test
    func `triage merges the crashes of other folders, once`() throws {
        defer { tool.removeFolder() }
        let merged = tool.path("merged")
        let crashes = URL(filePath: #filePath).appending(path: "../../../Crashes").standardized.path()
        let first = try tool.run(["triage", "merge", merged, crashes])
        #expect(first.status == 0 && first.text.contains(" 0 known, "), "\(first.text)\(first.error)")
        let second = try tool.run(["triage", "merge", merged, crashes, merged, "--json"])
        #expect(second.status == 0 && !second.text.contains(#"0001-"#), "\(second.text)\(second.error)")
        let none = try tool.run(["triage", "merge", merged, tool.path("none")])
        #expect(none.isOneLineError && none.status == 2, "\(none.error)")
    }

    @Test
    func `triage tells all of one crash, with the stage at fault and the code`() throws {
        defer { tool.removeFolder() }
        let text = tool.path("shifts.wat")
        try """
        (module (func $id (param i32) (result i32) local.get 0)
          (func (export "main") (param i32) (result i32)
            local.get 0 call $id i32.const 20 i32.shl i32.const 20 i32.shl))
        """.write(toFile: text, atomically: true, encoding: .utf8)
        let store = tool.path("found")
        let bug = ["--inject", "joined-shifts", "--engines", "arm64:speed:loads,x86_64:speed:loads"]
        let reduced = try tool.run(["reduce", text, "-o", store] + bug)
        #expect(reduced.status == 1, "\(reduced.error)")
        let told = try tool.run(["triage", store, "--open", "1"])
        #expect(told.status == 0, "\(told.error)")
        for part in [
            "severity  miscompilation", "wrong since algebraic simplification in function 0", "at fault: function 0\n",
            "result 0 of call 0", "i32.shl",
            "call layout", ";   differs: result 0, i32 ", "frame of",
            "joined-shifts", "fuzz-multivalue run module.wasm",
        ] {
            #expect(told.text.contains(part), "\(part) is not in \(told.text)")
        }
        let unknown = try tool.run(["triage", store, "--open", "7"])
        #expect(unknown.isOneLineError, "\(unknown.error)")
        #expect(unknown.error.contains("0001-"))
    }

    @Test
    func `reduce and boundary say the same of a case, of its folder and of the module that was found`() throws {
        defer { tool.removeFolder() }
        let file = tool.path("many.wasm")
        let made = try tool.run([
            "generate", "--edge", "direct-call", "--edge", "block", "--params", "3*i64", "--results", "290*i32,f64",
            "-o", file,
        ])
        #expect(made.status == 0, "\(made.error)")
        let options = ["--engines", "x86_64:none:definitions", "--quiet"] + injection
        let reduced = try tool.run(["reduce", file, "-o", tool.path("found")] + options)
        let row = try #require(reduced.text.split(separator: "\n").first { $0.hasPrefix("boundary ") })
        let boundary = row.dropFirst("boundary ".count).trimmingCharacters(in: .whitespaces)
        #expect(boundary.contains(" results pass, "), "\(reduced.text)")
        let folder = try #require(
            FileManager.default.contentsOfDirectory(atPath: tool.path("found")).first { $0.hasPrefix("0001-") }
        )
        for path in [file, tool.path("found/\(folder)"), tool.path("found/\(folder)/original.wasm")] {
            let found = try tool.run(["boundary", path] + options)
            #expect(found.text.contains(boundary), "\(path): \(found.text) instead of \(boundary)")
        }
    }

    @Test
    func `triage shows the code without the bug where the compiler crashes with it, and says so`() throws {
        defer { tool.removeFolder() }
        let file = try generate(results: "300*i32", to: "many.wasm")
        let engines = ["--engines", "x86_64:definitions"]
        #expect(try tool.run(["reduce", file, "--time", "0.000001"] + engines + injection).status == 1)
        let told = try tool.run(["triage", "findings", "--open", "1"])
        #expect(told.status == 0 && told.error.isEmpty, "\(told.error)")
        for part in [
            "with the deliberate bug the compiler crashes: assertion failed: register is real",
            "this is the code without it", "call layout", "frame of", "function 0 ",
        ] { #expect(told.text.contains(part), "\(part) is not in \(told.text)") }
        #expect(!told.text.contains(";   differs: "), "no value differs")
    }

    @Test
    func `a crash that cannot be read is said where triage is to open it`() throws {
        defer { tool.removeFolder() }
        let folder = "Crashes/0012-x"
        try FileManager.default.createDirectory(atPath: tool.path(folder), withIntermediateDirectories: true)
        _ = try tool.write("{", to: "\(folder)/report.json")
        for name in ["12", "0012", "0012-x"] {
            try expectOneLine(["triage", "--open", name], "Crashes/0012-x/report.json: malformed")
        }
        try expectOneLine(["triage", "--open", "1"], "--open: no crash '1' in Crashes, in which none can be read")
    }
}
