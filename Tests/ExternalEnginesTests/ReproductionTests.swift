import Execution
import Foundation
import Testing
import WasmModel
import WorkerIsolation

@testable import ExternalEngines

/// What shows a failure without this program.
struct ReproductionTests {
    /// A shell that may be here.
    private static let node = Command(program: "node").executable

    private static func reproduction(_ kind: String, _ expected: [InvocationOutcome]) throws -> Reproduction {
        let test = try CommandCases.test(
            #"(module (func (export "f") (result i32) i32.const 7) (func (export "t") unreachable))"#,
            calls: ["f", "t"]
        )
        let made = EngineReproduction(try EngineDefinition("mine=\(kind)"), .wasm3)
            .reproduction(
                of: test,
                expected: .completed(Observation(invocations: expected, instances: [InstanceState()]))
            )
        return try #require(made)
    }

    /// The end of the script in a shell, with what it said.
    private static func end(of reproduction: Reproduction) throws -> (status: CommandRun.Ending, text: String) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("reproduction-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for file in reproduction.files { try Data(file.bytes).write(to: folder.appendingPathComponent(file.name)) }
        let script = folder.appendingPathComponent("reproduce.js").path
        let run = try CommandRun(
            WorkerInvocation(executable: try #require(node), arguments: [script]),
            within: Budget()
        )
        return (run.ending, (run.output + run.errors).joined(separator: "\n"))
    }

    @Test(.enabled(if: node != nil, "there is no node in PATH"))
    func `the script of a JavaScript engine fails where the engine does, and says in which check`() throws {
        let right = try Self.reproduction("js:node", [.returned([.i32(7)]), .trapped(.unreachable)])
        #expect(right.commands == ["node reproduce.js"])
        #expect(try Self.end(of: right).status == .exited(0))
        let wrongResult = try Self.end(
            of: try Self.reproduction("js:node", [.returned([.i32(8)]), .trapped(.unreachable)])
        )
        #expect(wrongResult.status == .exited(1))
        #expect(wrongResult.text.contains("check-0: 0") && wrongResult.text.contains("wrong: _start, check-0"))
        let noTrap = try Self.end(of: try Self.reproduction("js:node", [.returned([.i32(7)]), .returned([])]))
        #expect(noTrap.status == .exited(1) && noTrap.text.contains("check-1"), "\(noTrap.text)")
    }

    @Test func `a library has the command of its engine's own program, where there is one`() throws {
        let expected: [InvocationOutcome] = [.returned([.i32(7)]), .trapped(.unreachable)]
        #expect(try Self.reproduction("c-api:lib.so", expected).commands == [])
        func commands(_ definition: String) throws -> [String]? {
            let test = try CommandCases.test("(module)", calls: [])
            let observation = Observation(invocations: [], instances: [InstanceState()])
            return EngineReproduction(try EngineDefinition(definition), .wasm3)
                .reproduction(of: test, expected: .completed(observation))?.commands
        }
        #expect(try commands("wasm3=c-api:libwasm3.so") == ["wasm3 self-check.wasm"])
        #expect(
            try commands("wasmtime:mine=c-api:lib.so,strategy=winch")
                == ["wasmtime run -W all-proposals=y -C compiler=winch self-check.wasm"]
        )
        #expect(try commands("wasmtime:mine=c-api:lib.so,cranelift-enable_verifier=true") == [])
    }
}
