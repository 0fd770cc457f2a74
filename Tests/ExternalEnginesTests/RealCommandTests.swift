import Differential
import Execution
import Foundation
import Testing
import WasmGenerator
import WasmModel

@testable import ExternalEngines

/// The commands of real engines, where they are.
@Suite struct RealCommandTests {
    /// Those that are here, and known to be commands.
    private static let definitions = KnownEngine.all.flatMap { known -> [EngineDefinition] in
        let found = known.find()
        guard found.obstacle == nil else { return [] }
        return found.definitions.filter { if case .command = $0.kind { true } else { false } }
    }

    private static let isAsked = ProcessInfo.processInfo.environment["REAL_ENGINES"] != nil

    @Test(
        .enabled(if: !definitions.isEmpty, "no engine that is a command is here; ci/get-engines fetches some"),
        .enabled(if: isAsked, "a process for each case takes minutes; REAL_ENGINES=1 asks for it"),
        arguments: definitions
    )
    func `an engine that is a command agrees with the oracle on generated cases, and sees a wrong value`(
        _ definition: EngineDefinition
    ) throws {
        let settings = HostSettings(launcher: HostLauncher(libraryHost: ["none"]), oracle: FakeCommand.oracle)
        let engine = ExternalEngine(definition, settings)
        try #require(engine.obstacle == nil, "\(engine.obstacle ?? "")")
        var agreements = 0
        for edge in Edge.allCases {
            var recipe = CaseRecipe(
                edges: [edge],
                parameters: [.i32, .i64],
                results: [.i32, .i64, .f64, .i32, .f32],
                constantsSeed: 3
            )
            recipe.invocationCount = 2
            let test = Case(recipe).test
            var trial = Judge(oracle: FakeCommand.oracle).trial(of: Case(test))
            let verdict = trial.verdict(of: engine)
            #expect(!verdict.isDivergence, "\(definition.name) \(recipe.summary): \(verdict)")
            if verdict == .agreement { agreements += 1 }
        }
        #expect(agreements > 0)
        // The same engine, told something else than what is right.
        let wrong = ExternalEngine(
            definition,
            HostSettings(launcher: HostLauncher(libraryHost: ["none"]), oracle: WrongOracle())
        )
        let test = try CommandCases.test(
            #"(module (func (export "f") (result i32 i32) i32.const 1 i32.const 2))"#,
            calls: ["f"]
        )
        let observed = wrong.run(test, within: Budget()).observation
        guard case .mismatched = observed?.invocations.first else {
            Issue.record("\(definition.name): \(String(describing: observed))")
            return
        }
    }

    /// Says that calls return one more.
    private struct WrongOracle: Oracle {
        var name: EngineName { FakeCommand.oracle.name }

        func run(_ test: TestCase, within budget: Budget) -> Outcome {
            guard case .completed(var observation) = FakeCommand.oracle.run(test, within: budget) else {
                return .notRun(reason: "no observation")
            }
            observation.invocations = [.returned([.i32(1), .i32(3)])]
            return .completed(observation)
        }

        func choosing(_ relaxed: RelaxedParameters) -> any Engine { self }
    }
}
