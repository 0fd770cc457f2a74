import Execution
import Foundation
import TestedEngines
import Testing
import WorkerIsolation

@testable import ExternalEngines

/// Engines whose hosts cannot be used: each says why in one line, and nothing is judged.
struct ExternalEngineTests {
    private func engine(_ definition: String) throws -> any Engine {
        let settings = HostSettings(
            launcher: HostLauncher(libraryHost: ["/nowhere/host"]),
            oracle: TestedEngines.oracle
        )
        let factories = ExternalEngines.factories([try EngineDefinition(definition)], settings: settings)
        let registry = EngineRegistry(oracle: TestedEngines.oracle, factories: factories)
        return try registry.engine(named: "mine")
    }

    @Test(arguments: [
        ("mine=host:/nowhere/program", "/nowhere/program: no such program"),
        ("mine=host:no-such-program-anywhere", "no-such-program-anywhere: no such program"),
        ("mine=js:/nowhere/d8", "/nowhere/d8: no such program"),
        ("mine=command:/nowhere/run {wasm}", "/nowhere/run: no such program"),
        ("mine=c-api:/nowhere/lib.so", "/nowhere/lib.so: no such library"),
    ])
    func `an engine whose file is missing is not there`(_ definition: String, _ reason: String) {
        let error = #expect(throws: EngineRegistry.UnknownEngine.self) { try engine(definition) }
        #expect(error?.description == "engine 'mine': \(reason)")
    }

    @Test(arguments: [
        ("mine=host:/bin/sh -c 'echo oops >&2; exit 3'", "it ended with status 3: oops"),
        ("mine=host:/bin/sh -c 'kill -SEGV $$'", "SIGSEGV ended it"),
        (
            "mine=host:/bin/sh -c 'read line; echo hello'",
            "a worker answered what is no answer (the answer is no JSON): hello"
        ),
        (
            #"mine=host:/bin/sh -c 'read line; echo "{\"version\":2,\"description\":{\"name\":\"n\",\"release\":\"1\"}}"'"#,
            "('version' of the answer: version 2 of the protocol, not 1)"
        ),
        (
            #"mine=host:/bin/sh -c 'read line; echo "{\"version\":1,\"description\":{\"name\":\"n\"}}"'"#,
            "(no 'description.release' in the answer)"
        ),
    ])
    func `a host that cannot be used is an obstacle of one line`(_ definition: String, _ reason: String) throws {
        let engine = try self.engine(definition)
        let obstacle = try #require(engine.obstacle)
        #expect(obstacle.contains(reason), "\(obstacle)")
        #expect(!obstacle.contains("\n"))
        let outcome = engine.run(TestCase(wasm: [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0], invocations: []), within: Budget())
        #expect(outcome == .notRun(reason: obstacle))
    }

    @Test(arguments: [
        ("true {wasm}", "it does not tell a trap: it ends as if all were well"),
        ("true {wast}", "it does not tell a trap: it ends as if all were well"),
        ("sh -c 'grep -q trap $0; test $? = 1' {wast}", "it does not tell a wrong result: it ends as if all were well"),
        ("false {wasm}", "it does not take a module with an empty function: refused: exit status 1: nothing said"),
    ])
    func `a command that is content with everything, or with nothing, is no engine`(
        _ command: String,
        _ reason: String
    ) throws {
        let obstacle = try engine("mine=command:\(command)").obstacle
        #expect(obstacle == reason, "\(obstacle ?? "none")")
    }

    /// A host that describes itself, and answers each case with a result.
    private static func host(answering result: String) -> String {
        let description = #"{"version":1,"description":{"name":"n","release":"\#(UUID().uuidString)"}}"#
        return "mine=host:/bin/sh -c 'read line; echo \"$0\"; while read line; do echo \"$1\"; done' "
            + #"'\#(description)' '{"version":1,"result":\#(result)}'"#
    }

    private static func completed(_ end: String) -> String {
        #"{"outcome":"completed","observation":{"invocations":[\#(end)],"instances":[{}]}}"#
    }

    @Test(arguments: [
        (#"{"end":"unseen"}"#, "a host shows how call 0 ended, and does not judge it"),
        (#"{"end":"mismatched","difference":"x"}"#, "a host shows how call 0 ended, and does not judge it"),
        ("", "the host was asked for 1 call and tells of 0"),
        (
            #"{"end":"returned","values":[]},{"end":"returned","values":[]}"#,
            "the host was asked for 1 call and tells of 2"
        ),
    ])
    func `an answer that shows nothing of a call is no run`(_ end: String, _ reason: String) throws {
        let engine = try self.engine(Self.host(answering: Self.completed(end)))
        #expect(engine.obstacle?.hasSuffix(reason) == true, "\(engine.obstacle ?? "none")")
    }

    @Test func `definitions come before what is known by the same family, and others stay`() throws {
        let settings = HostSettings(
            launcher: HostLauncher(libraryHost: ["/nowhere/host"]),
            oracle: TestedEngines.oracle
        )
        let definitions = [try EngineDefinition("wasmtime:mine=c-api:/nowhere/lib.so")]
        let factories = ExternalEngines.factories(definitions, settings: settings)
        #expect(factories.first?.configurations == ["wasmtime:mine"])
        #expect(factories.count { $0.family == "wasmtime" } == 1)
        #expect(factories.contains { $0.family == "v8" })
        #expect(factories.allSatisfy { $0.isExternal })
        let families = factories.map(\.family)
        #expect(Set(families).count == families.count)
    }
}
