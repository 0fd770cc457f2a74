import Differential
import Execution
import Foundation
import Testing
import WasmModel

@testable import ExternalEngines

/// Commands that are given a module that checks itself.
@Suite struct SelfCheckCommandTests {
    private static func outcome(_ body: String, _ test: TestCase? = nil, seconds: Double = 10) throws -> Outcome {
        let fake = try FakeCommand(.wasm, body)
        return fake.engine.run(try test ?? CommandCases.counting(), within: Budget(seconds: seconds))
    }

    @Test func `a command that ends with 0 has done all that was expected`() throws {
        let observation = try #require(try Self.outcome("exit 0").observation)
        #expect(observation.invocations == CommandCases.returned)
        #expect(observation.instances.first?.globals == [NamedValue(name: "g", value: .i32(3))])
    }

    @Test(arguments: [
        "echo 'Error: Trap: unreachable' >&2; exit 1",
        "echo 'wasm trap: wasm `unreachable` instruction executed'; exit 134",
        "echo '_start() => error: unreachable executed'",
    ])
    func `a trap at unreachable is a difference, whatever the exit status is`(_ body: String) throws {
        let observation = try #require(try Self.outcome(body).observation)
        guard case .mismatched = observation.invocations.first else {
            Issue.record("\(observation)")
            return
        }
        #expect(observation.invocations.dropFirst() == [.unseen, .unseen])
    }

    @Test func `which call differs is found by checking fewer`() throws {
        let body = """
            grep -q check-1 "$1" && echo 'trap: unreachable' && exit 1
            exit 0
            """
        let observation = try #require(try Self.outcome(body).observation)
        guard case .mismatched = observation.invocations[1] else {
            Issue.record("\(observation)")
            return
        }
    }

    @Test func `a call that traps where it has to return is a difference`() throws {
        let outcome = try Self.outcome("echo 'Error: integer divide by zero'; exit 1")
        #expect(outcome.observation?.invocations.contains { if case .mismatched = $0 { true } else { false } } == true)
    }

    @Test func `a call that has to trap is not seen`() throws {
        let test = try CommandCases.test(
            #"(module (func (export "t") unreachable) (func (export "f") (result i32) i32.const 7))"#,
            calls: ["t", "f"]
        )
        let observation = try #require(try Self.outcome("exit 0", test).observation)
        #expect(observation.invocations == [.unseen, .returned([.i32(7)])])
        let alone = try CommandCases.test(#"(module (func (export "t") unreachable))"#, calls: ["t"])
        guard case .refused = try Self.outcome("exit 0", alone) else {
            Issue.record("nothing of it can be checked")
            return
        }
    }

    @Test func `a feature or a limit that the engine does not have is a refusal, and so is what is not understood`()
        throws
    {
        let refusals = ["echo 'error: SIMD is not supported'; exit 1", "echo 'no such luck' >&2; exit 3", "exit 5"]
        for body in refusals {
            guard case .refused = try Self.outcome(body) else {
                Issue.record("\(body)")
                continue
            }
        }
        #expect(try Self.outcome("echo 'no such luck' >&2; exit 3") == .refused(reason: "exit status 3: no such luck"))
    }

    @Test func `a stack that is used up says nothing of the calls`() throws {
        let outcome = try Self.outcome("echo 'wasm trap: call stack exhausted'; exit 1")
        #expect(outcome.observation?.invocations == [.exhausted(reason: "wasm trap: call stack exhausted")])
    }

    @Test func `a signal is a crash, and so is a panic`() throws {
        guard case .crashed(let crash) = try Self.outcome("kill -SEGV $$") else {
            Issue.record("a signal")
            return
        }
        #expect(crash.signal == SIGSEGV)
        let panic = "echo \"thread 'main' panicked at src/a.rs:1:2:\" >&2; echo 'no register' >&2; exit 101"
        guard case .crashed(let crash) = try Self.outcome(panic) else {
            Issue.record("a panic")
            return
        }
        #expect(crash.message == "src/a.rs:1:2: no register")
    }

    @Test func `a command without an end is stopped`() throws {
        #expect(try Self.outcome("while :; do :; done", seconds: 0.3) == .timedOut(.execute))
        #expect(try Self.outcome("sleep 600", seconds: 0.1) == .timedOut(.execute))
    }

    @Test func `a command that writes without an end is stopped, with and without lines`() throws {
        for body in ["while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done", "cat /dev/zero"] {
            guard case .refused(let reason) = try Self.outcome(body, seconds: 60) else {
                Issue.record("\(body)")
                continue
            }
            #expect(reason.hasPrefix("the command wrote more than"))
        }
    }

    @Test func `a command that takes no module at all is told as an obstacle`() throws {
        var settings = HostSettings(launcher: HostLauncher(libraryHost: ["none"]), oracle: FakeCommand.oracle)
        settings.cache = HostCache(folder: FileManager.default.temporaryDirectory.path)
        let engine = ExternalEngine(try EngineDefinition("fake=command:/bin/false {wasm}"), settings)
        #expect(engine.obstacle?.hasPrefix("it does not take a module with an empty function") == true)
        let missing = ExternalEngine(try EngineDefinition("fake=command:/no/such/program {wasm}"), settings)
        #expect(missing.obstacle == "/no/such/program: no such program")
    }

    @Test func `the release is what the program prints for --version`() throws {
        let echo = try EngineDefinition("fake=command:/bin/echo {wasm}")
        let settings = HostSettings(launcher: HostLauncher(libraryHost: ["none"]), oracle: FakeCommand.oracle)
        guard case .command(let command, let place) = echo.kind else { return }
        let release = try CommandRunner(command, place, settings).release(within: Budget())
        #expect(release.contains("coreutils") || release == EngineCapabilities.unknownVersion)
    }

    @Test func `the files of a case are gone after it`() throws {
        let fake = try FakeCommand(.wasm, "dirname \"$1\" >> \"$(dirname \"$0\")/folders\"; exit 0")
        _ = fake.engine.run(try CommandCases.counting(), within: Budget())
        let folders = try String(contentsOfFile: "\(fake.folder)/folders", encoding: .utf8).split(separator: "\n")
        #expect(folders.count == 1)
        for folder in folders { #expect(!FileManager.default.fileExists(atPath: String(folder))) }
    }

    @Test func `a difference that is gone once computed NaNs are canonical proves nothing`() throws {
        let test = try CommandCases.test(
            #"(module (func (export "f") (result f32) (f32.div (f32.const 0) (f32.const 0))))"#,
            calls: ["f"]
        )
        // The first module is told to be wrong, the canonical one to be right.
        let body = """
            mkdir "$0.seen" 2>/dev/null && echo 'trap: unreachable' && exit 1
            exit 0
            """
        let fake = try FakeCommand(.wasm, body)
        var trial = Judge(oracle: FakeCommand.oracle).trial(of: Case(test))
        guard case .inconclusive(let reason) = trial.verdict(of: fake.engine) else {
            Issue.record("not inconclusive")
            return
        }
        #expect(reason.kind == .open)
        let always = try FakeCommand(.wasm, "echo 'trap: unreachable'; exit 1")
        #expect(trial.verdict(of: always.engine).isDivergence)
    }
}
