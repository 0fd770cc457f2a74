import Execution
import Foundation
import Testing
import WasmModel

@testable import ExternalEngines

/// Commands that are given scripts.
@Suite struct ScriptCommandTests {
    private static func test() throws -> TestCase {
        try CommandCases.test(
            #"(module (func (export "f") (result i32) i32.const 7) (func (export "t") unreachable))"#,
            calls: ["f", "t", "f"]
        )
    }

    private static func outcome(
        _ place: EngineDefinition.FilePlace,
        _ body: String,
        _ test: TestCase? = nil
    ) throws -> (outcome: Outcome, carriages: [String: Int]) {
        let fake = try FakeCommand(place, body)
        #expect(fake.engine.obstacle == nil)
        let outcome = fake.engine.run(try test ?? self.test(), within: Budget())
        return (outcome, fake.engine.takeCarriageCounts())
    }

    @Test(arguments: [EngineDefinition.FilePlace.wast, .json])
    func `a script that passes has done all that was expected, traps as well`(_ place: EngineDefinition.FilePlace)
        throws
    {
        let (outcome, carriages) = try Self.outcome(place, "exit 0")
        #expect(
            outcome.observation?.invocations == [
                .returned([.i32(7)]), .trapped(.unreachable), .returned([.i32(7)]),
            ]
        )
        #expect(carriages == ["script": 1])
    }

    @Test func `what the instance shows is checked within the module`() throws {
        let (outcome, carriages) = try Self.outcome(.wast, "exit 0", try CommandCases.counting())
        #expect(outcome.observation?.instances.first?.globals == [NamedValue(name: "g", value: .i32(3))])
        #expect(carriages == ["self-check": 1])
    }

    @Test func `the line of a failed assertion tells the call`() throws {
        let body = """
            line=$(grep -n assert_trap "$1" | cut -d: -f1)
            echo "Error: failed to run script file '$1'" >&2
            echo "    0: failed directive on $1:$line" >&2
            echo '    1: result 0 did not match' >&2
            exit 1
            """
        let invocations = try #require(try Self.outcome(.wast, body).outcome.observation?.invocations)
        #expect(
            invocations == [.returned([.i32(7)]), .mismatched("1: result 0 did not match"), .unseen]
        )
    }

    @Test func `tests that are counted as failed are a difference, whatever the exit status is`() throws {
        let body = """
            echo "case.json:4: mismatch in result 0 of assert_return: expected i32:7, got i32:8"
            echo 2/3 tests passed.
            """
        let invocations = try #require(try Self.outcome(.json, body).outcome.observation?.invocations)
        #expect(invocations[2] == .mismatched("mismatch in result 0 of assert_return: expected i32:7, got i32:8"))
        #expect(invocations[1] == .trapped(.unreachable))
    }

    @Test func `a module that is not taken is a refusal`() throws {
        let unsupported = "echo \"failed directive on $1:1: unsupported feature\"; exit 1"
        guard case .refused = try Self.outcome(.wast, unsupported).outcome else {
            Issue.record("a feature")
            return
        }
        let unknown = "echo \"failed directive on $1:1: what is this\"; exit 1"
        #expect(try Self.outcome(.wast, unknown).outcome == .refused(reason: "what is this"))
    }

    @Test func `the two ways of a script are variants of the engine`() throws {
        let fake = try FakeCommand(.wast, "exit 0")
        #expect(fake.engine.variants().map(\.name.description) == ["fake:script", "fake:self-check"])
        let module = try FakeCommand(.wasm, "exit 0")
        #expect(module.engine.variants().isEmpty)
    }

    @Test func `what reproduces a failure is the script and the command`() throws {
        let fake = try FakeCommand(.wast, "exit 0")
        let test = try Self.test()
        let expected = FakeCommand.oracle.run(test, within: Budget())
        let reproduction = try #require(fake.engine.reproduction(of: test, expected: expected))
        #expect(reproduction.files.map(\.name) == ["case.wast"])
        #expect(reproduction.commands == ["/bin/sh \(fake.folder)/engine case.wast"])
    }
}
