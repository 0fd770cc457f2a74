import Differential
import Execution
import Foundation
import TestedEngines
import Testing
import WasmFormats
import WasmModel

@testable import WasmGenerator

/// Programs in two instances, of which one imports what the other defines.
@Suite struct ModuleSplitTests {
    private static let programs: [(seed: UInt64, program: GeneratedProgram)] = (0..<120 as Range<UInt64>).compactMap {
        seed in
        // No instance imports a memory of gigabytes from another, and none what the host made.
        guard let profile = Profile(named: "programs")?.portable else { return nil }
        var decisions = DecisionSource(seed: seed)
        guard case .program(let program) = profile.decidedCase(from: &decisions, maximumArity: 40) else { return nil }
        return (seed, program)
    }

    @Test func `some programs are in two instances, and both modules are valid`() throws {
        let split = Self.programs.compactMap { $0.program.split(importingFrom: TestCase.companionName(0)) }
        #expect((5..<40).contains(split.count), "\(split.count) of \(Self.programs.count)")
        for split in split {
            _ = try Validator.validate(split.companion)
            _ = try Validator.validate(split.rest)
        }
        #expect(split.contains { !$0.companion.functions.isEmpty })
    }

    @Test func `two instances do what one does`() throws {
        var count = 0
        for (seed, program) in Self.programs {
            var two = program
            two.companionFunctionCount = program.module.functions.count
            // Each instance has dropped the segments that it has dropped itself.
            let drops = program.module.functions.contains {
                $0.body.contains { $0.opcode == .dataDrop || $0.opcode == .elemDrop }
            }
            guard program.canonicalisesNaNs, !drops,
                case let test = Case(.program(two)).test, !test.companions.isEmpty
            else { continue }
            count += 1
            var one = program
            one.companionFunctionCount = nil
            let expected = TestedEngines.oracle.run(Case(.program(one)).test, within: Budget())
            let observed = TestedEngines.oracle.run(test, within: Budget())
            guard case .completed(let whole) = expected, case .completed(let parts) = observed else {
                Issue.record("seed \(seed): \(expected), \(observed)")
                continue
            }
            #expect(whole.invocations == parts.invocations, "seed \(seed)")
            #expect(whole.instances.map(\.globals) == parts.instances.map(\.globals), "seed \(seed)")
            #expect(whole.instances.map(\.memories) == parts.instances.map(\.memories), "seed \(seed)")
        }
        #expect(count > 20)
    }

    @Test(arguments: TestedEngines.compilerNames)
    func `an engine links two instances as the interpreter does`(name: EngineName) throws {
        let engine = try TestedEngines.registry.engine(named: name)
        for (seed, program) in Self.programs.prefix(40) where program.companionFunctionCount != nil {
            var trial = Judge(oracle: TestedEngines.oracle).trial(of: Case(.program(program)))
            #expect(trial.verdict(of: engine) == .agreement, "seed \(seed)")
        }
    }

    @Test func `a case keeps its companions where it is stored`() throws {
        let test = TestCase(wasm: [1, 2], invocations: [], companions: [[3], [4, 5]])
        #expect(try JSONDecoder().decode(TestCase.self, from: JSONEncoder().encode(test)) == test)
    }
}
