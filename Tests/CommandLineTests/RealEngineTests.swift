import Foundation
import Testing

/// Engines outside of the program, as the commands take them.
struct RealEngineTests {
    private let tool: CommandLineTool

    init() throws { tool = try CommandLineTool() }

    /// A host that is a shell script: it takes every module, and says that it made one call without results.
    private static let emptyHost = """
        while read line; do
          case $line in
            *describe*) echo '{"version":1,"description":{"name":"empty","release":"7"}}';;
            *) echo '{"version":1,"result":{"outcome":"completed","observation":{"invocations":[{"end":"returned","values":[]}],"instances":[{}]}}}';;
          esac
        done
        """

    private func write(_ script: String) throws -> String { try tool.write(script, to: "host.sh") }

    private func file() throws -> String {
        try tool.write("(module (func (export \"f\") (result i32) i32.const 7))", to: "f.wat")
    }

    @Test func `a mistake in a definition is one line with the mend and status 2`() throws {
        defer { tool.removeFolder() }
        let file = try file()
        let bad = try tool.write("# mine\nmine=shell:x\n", to: "bad.txt")
        let twice = try tool.write("a=host:x\n\na=host:y\n", to: "twice.txt")
        let taken = try tool.write("arm64:none=host:x\n", to: "taken.txt")
        let cases: [(arguments: [String], parts: [String])] = [
            (["run", file, "--engine", "mine"], ["--engine", "'mine'", "no such engine", "choose from interpreter"]),
            (
                ["run", file, "--engine", "mine=shell:x"],
                ["--engine", "no such kind 'shell'", "c-api, js, command, host"]
            ),
            (["run", file, "--engine", "=host:x"], ["--engine", "no name"]),
            (["run", file, "--engine", "mine=host"], ["--engine", "'mine'", "has no kind"]),
            (["run", file, "--engine", "mine=c-api:"], ["--engine", "the path of a shared library"]),
            (["run", file, "--engine", "mine=command:run"], ["--engine", "{wasm}"]),
            (["run", file, "--engine", "mine=host:'x"], ["--engine", "a quote is not closed"]),
            (["run", file, "--engine", "a=host:x", "--engine", "a=host:y"], ["--engine", "'a' is defined twice"]),
            (["run", file, "--engine", "wasmtime"], ["--engine", "not here", "ci/get-engines wasmtime"]),
            (["run", file, "--engine", "wasmtime:fast"], ["--engine", "no such option ':fast'", ":winch"]),
            (["run", file, "--engines-file", "missing.txt"], ["missing.txt: cannot be read"]),
            (["run", file, "--engines-file", bad], ["bad.txt:2: 'mine': no such kind 'shell'"]),
            (["run", file, "--engines-file", twice], ["twice.txt:3: 'a' is defined above already"]),
            (["fuzz", "--engine", "mine=shell:x"], ["--engine", "no such kind"]),
            (["fuzz", "--engine", "nowhere", "--time", "1"], ["--engine", "no such engine"]),
            (["fuzz", "--modules", "nowhere"], ["--modules: nowhere: no folder with .wasm files"]),
            (["replay", file, "--engine", "mine=js:"], ["--engine", "needs a command"]),
            (["reduce", file, "--engine", "mine=js:"], ["--engine", "needs a command"]),
            (["engines", "--engine", "mine=js:"], ["--engine", "needs a command"]),
            (["check-host"], ["command"]),
            (["check-host", "'x"], ["COMMAND", "a quote is not closed"]),
            (["check-host", ""], ["COMMAND", "needs a command"]),
            (["check-host", "/nowhere/mine"], ["COMMAND: /nowhere/mine: no such program"]),
            (
                ["run", file, "--engine", "mine=host:/nowhere/mine"],
                ["--engine", "'mine': /nowhere/mine: no such program"]
            ),
            (["wast", file, "--engine", "mine=c-api:/nowhere/lib.so"], ["'mine': /nowhere/lib.so: no such library"]),
            (["fuzz", "--engine", "mine=js:/nowhere/d8", "--time", "1"], ["'mine': /nowhere/d8: no such program"]),
            (["run", file, "--engine", "x86_64=host:true"], ["'x86_64' is the name of what this program has already"]),
            (["fuzz", "--engine", "real=host:true"], ["'real' is the name of what this program has already"]),
            (["run", file, "--engines-file", taken], ["taken.txt:1: 'arm64:none'", "has already"]),
            (["bisect", file, "--libraries", "x"], ["--engine: needed"]),
            (["bisect", file, "--engine", "nowhere", "--libraries", "x"], ["--engine", "'nowhere'"]),
            (["bisect", file, "--engine", "a=host:x", "--libraries", "x"], ["--engine: 'a' is no shared library"]),
            (["bisect", file, "--engine", "wasm3", "--engine", "wasmtime", "--libraries", "x"], ["one, not 2"]),
            (["engines", "--engine", "nowhere"], ["--engine: no engine 'nowhere'"]),
            (["bisect", file, "--engine", "v8:liftoff", "--libraries", "x"], ["'v8:liftoff' is no shared library"]),
            (["bisect", file, "--engine", "wasmtime:winch", "--libraries", "nowhere"], ["--libraries: nowhere"]),
            (["bisect", file, "--engine", "wasmtime:winch", "--libraries", "."], ["no folder with a shared library"]),
        ]
        for (arguments, parts) in cases {
            let ending = try tool.run(arguments)
            #expect(ending.isOneLineError, "\(arguments): \(ending.status) \(ending.error)")
            for part in parts { #expect(ending.error.contains(part), "\(arguments): \(ending.error)") }
        }
    }

    @Test func `an engine that cannot be used is no verdict, and the commands say why`() throws {
        defer { tool.removeFolder() }
        let engine = ["--engine", "mine=host:sh -c 'echo no licence >&2; exit 4'"]
        let run = try tool.run(["run", try file()] + engine)
        #expect(run.status == 3 && run.text.contains("not run: it ended with status 4: no licence"), "\(run.text)")
        let fuzz = try tool.run(["fuzz", "--time", "2", "--quiet"] + engine)
        #expect(fuzz.status == 3, "\(fuzz.text)")
        #expect(fuzz.text.contains("mine cannot be used: it ended with status 4: no licence"), "\(fuzz.text)")
        let dying = try tool.run(["check-host", "sh -c 'echo no licence >&2; exit 4'"])
        #expect(dying.status == 3 && dying.error.contains("status 4: no licence"), "\(dying.error)")
    }

    @Test func `an engine that cannot be used is left out where all that are here were asked for`() throws {
        defer { tool.removeFolder() }
        _ = try tool.write("old=host:/bin/sh -c 'echo bad option >&2; exit 9'\n", to: "engines.txt")
        // None but that one is here.
        let nowhere = "PATH=\(tool.path("nowhere"))"
        let left = "left out: old cannot be used: it ended with status 9: bad option"
        for option in ["--engine", "--engines"] {
            let fuzz = ["fuzz", "--time", "9", "--json", "s.json", option, "real"]
            let ending = try tool.run(fuzz, limit: nowhere)
            #expect(ending.status == 3, "\(ending.text)\(ending.error)")
            #expect(ending.error.contains("\n\(left)\n") && ending.text.contains("\n  \(left)\n"), "\(ending.error)")
            #expect(ending.text.hasSuffix("\nnothing found, and nothing was compared\n"), "\(ending.text)")
            #expect(String(decoding: try tool.read("s.json"), as: UTF8.self).contains("\"engine\" : \"old\""))
            let beside = try tool.run(fuzz + ["--engine", "old"], limit: nowhere)
            #expect(beside.status == 3 && !beside.text.contains("left out"), "\(beside.text)")
            #expect(beside.text.contains("\n  problem: old cannot be used: it ended with status 9"), "\(beside.text)")
        }
    }

    @Test func `engines are shown with what is missing, and with what they say of themselves`() throws {
        defer { tool.removeFolder() }
        _ = try tool.write("mine:file=host:sh \(try write(Self.emptyHost))\n", to: "engines.txt")
        let ending = try tool.run(["engines", "--json", "--quiet"])
        #expect(ending.status == 0, "\(ending.error)")
        struct Report: Decodable {
            struct Engine: Decodable {
                var names: [String]
                var summary: String
                var version: String
                var features: [String]
                var obstacle: String?
            }

            var schemaVersion: Int
            var engines: [Engine]
        }
        let report = try JSONDecoder().decode(Report.self, from: Data(ending.output))
        #expect(report.schemaVersion == 2)
        let only = try tool.run(["engines", "--quiet", "--engine", "mine"])
        #expect(only.status == 0 && only.text.hasPrefix("mine:file\n") && !only.text.contains("interpreter"))
        let mine = try #require(report.engines.first { $0.names == ["mine:file"] })
        #expect(mine.summary == "empty" && mine.version == "7" && mine.obstacle == nil)
        #expect(mine.features.contains("simd"), "it takes every module")
        let wasmtime = try #require(report.engines.first { $0.names.contains("wasmtime:winch") })
        #expect(wasmtime.obstacle?.contains("ci/get-engines wasmtime") == true)
        #expect(wasmtime.features.isEmpty, "nothing is known of what is not here")
    }

    @Test func `a host that answers every call alike does not pass`() throws {
        defer { tool.removeFolder() }
        let ending = try tool.run(["check-host", "sh \(try write(Self.emptyHost))"])
        #expect(ending.status == 1, "\(ending.text)\(ending.error)")
        #expect(ending.text.hasPrefix("empty 7\n"))
        #expect(ending.text.contains("failed    traps"), "\(ending.text)")
        #expect(
            ending.text.contains("left out  externref as an argument and as a result: not claimed"),
            "\(ending.text)"
        )
        let fuzz = try tool.run(
            ["fuzz", "--time", "3", "--cases", "40", "--quiet", "--engine", "mine=host:sh \(tool.path("host.sh"))"]
        )
        #expect(fuzz.text.contains("mine:"), "\(fuzz.text)")
        #expect(!fuzz.text.contains("fatal") && !fuzz.wasKilled && fuzz.status != 0, "\(fuzz.text)\(fuzz.error)")
    }

    @Test func `a host that dies of every case has failed`() throws {
        defer { tool.removeFolder() }
        let script = """
            while read line; do
              case $line in
                *describe*) echo '{"version":1,"description":{"name":"mortal","release":"1","values":["i32"]}}';;
                *) echo 'phase compile mortal' >&2; kill -SEGV $$;;
              esac
            done
            """
        let ending = try tool.run(["check-host", "sh \(try write(script))", "--json"])
        let reason = "it does not take a module with an empty function: crashed (compile): SIGSEGV"
        #expect(ending.status == 3 && ending.error == "error: \(reason)\n", "\(ending.text)\(ending.error)")
    }

    @Test func `a finding is replayed in the engine in which it was found, if that is here`() throws {
        defer { tool.removeFolder() }
        let script = """
            while read line; do
              case $line in
                *describe*) echo '{"version":1,"description":{"name":"wrong","release":"1","values":["i32"]}}';;
                *'"export":"_start"'*)
                  echo '{"version":1,"result":{"outcome":"completed","observation":{"invocations":[{"end":"returned","values":[]}],"instances":[{}]}}}';;
                *) echo '{"version":1,"result":{"outcome":"completed","observation":{"invocations":[{"end":"returned","values":["i32:8"]}],"instances":[{}]}}}';;
              esac
            done
            """
        let definition = "wrong=host:sh \(try write(script))"
        let findings = tool.path("findings")
        let reduced = try tool.run(["reduce", try file(), "--engine", definition, "-o", findings, "--quiet"])
        #expect(reduced.status == 1, "\(reduced.text)\(reduced.error)")
        let without = try tool.run(["replay", findings, "--quiet"])
        #expect(without.status == 3 && without.text.contains("not checked: wrong was not run"), "\(without.text)")
        #expect(without.text.hasSuffix("1 case, 0 failed, 1 not checked\n"), "\(without.text)")
        _ = try tool.write(definition + "\n", to: "engines.txt")
        let replayed = try tool.run(["replay", findings, "--quiet"])
        #expect(replayed.status == 0, "\(replayed.text)\(replayed.error)")
        #expect(replayed.text.contains("rule kept: an open crash must still diverge in wrong"), "\(replayed.text)")
        let boundary = try tool.run(["boundary", findings, "--quiet"])
        #expect(boundary.status == 1 && boundary.text.contains("wrong"), "\(boundary.text)\(boundary.error)")
    }

    // MARK: The example

    /// Why the host in Examples cannot be tried here; nil where it can.
    private static let obstacleOfExample: String? = {
        guard let python = try? CommandLineTool.output(of: "python3", ["-c", "print('here')"]), python == "here\n"
        else {
            return "there is no python3"
        }
        let engine = try? CommandLineTool.output(of: "python3", ["-c", "import pwasm; print('here')"])
        return engine == "here\n" ? nil : "python3 has no package pwasm (pip install pwasm)"
    }()

    private static let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Examples/python-host.py").path

    @Test(.enabled(if: obstacleOfExample == nil, Comment(rawValue: obstacleOfExample ?? "")))
    func `the example keeps the protocol`() throws {
        defer { tool.removeFolder() }
        let ending = try tool.run(["check-host", "python3 '\(Self.example)'"])
        #expect(ending.status == 0, "\(ending.text)\(ending.error)")
        for check in ["results by way of a memory", "traps", "a stack that is exhausted", "a module of a megabyte"] {
            #expect(ending.text.contains("passed    \(check)\n"), "\(ending.text)")
        }
    }
}
