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
        ("mine=c-api:/nowhere/lib.so", "/nowhere/lib.so: no such library"),
        ("mine=host:/bin/sh -c 'echo oops >&2; exit 3'", "it ended with status 3: oops"),
        ("mine=host:/bin/sh -c 'kill -SEGV $$'", "SIGSEGV ended it"),
        ("mine=host:/bin/sh -c 'read line; echo hello'", "a worker answered what is no answer: hello"),
        (
            #"mine=host:/bin/sh -c 'read line; echo "{\"version\":2,\"description\":{\"name\":\"n\",\"release\":\"1\"}}"'"#,
            "answer"
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
