import Execution
import TestedEngines
import Testing
import WasmFormats
import WasmModel

@testable import Differential
@testable import WasmGenerator

@Suite struct ProgramTests {
    private static func program(seed: UInt64) throws -> GeneratedProgram {
        let profile = try #require(Profile(named: "programs"))
        var decisions = DecisionSource(seed: seed)
        guard case .program(let program) = profile.decidedCase(from: &decisions, maximumArity: 20) else {
            throw NotAProgram(seed: seed)
        }
        return program
    }

    /// The program of a seed, encoded, with its calls.
    private static func test(seed: UInt64) throws -> TestCase {
        let program = try program(seed: seed)
        return TestCase(wasm: BinaryEncoder.encode(program.module), invocations: program.invocations)
    }

    private struct NotAProgram: Error {
        let seed: UInt64
    }

    @Test func `a byte that a fuzzer changes leaves most of a program as it is`() throws {
        let profile = try #require(Profile(named: "programs"))
        func bodies(_ input: [UInt8]) throws -> [Instruction] {
            var decisions = DecisionSource(input)
            guard case .program(let program) = profile.decidedCase(from: &decisions, maximumArity: 20) else {
                throw NotAProgram(seed: 0)
            }
            return program.module.functions.flatMap(\.body)
        }
        var random = SplitMix64(seed: 1)
        var (kept, all, changed) = (0, 0, 0)
        for _ in 0..<200 {
            var input = (0..<400).map { _ in UInt8.random(in: 0...255, using: &random) }
            let before = try bodies(input)
            // Behind what decides about the module.
            input[Int.random(in: 40..<200, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            let after = try bodies(input)
            if before != after { changed += 1 }
            let difference = after.difference(from: before)
            kept += before.count - difference.removals.count
            all += before.count
        }
        #expect(changed > 60, "\(changed) of 200 changes are seen")
        #expect(kept > all * 3 / 4, "\(kept) of \(all) instructions are kept")
    }

    @Test func `every call of a program ends, by a trap at the latest, but for one that is there to use up the stack`()
        throws
    {
        var (returned, others, exhausted) = (0, 0, 0)
        for seed in 0..<120 as Range<UInt64> {
            let test = try Self.test(seed: seed)
            guard case .completed(let observation) = TestedEngines.oracle.run(test, within: Budget()) else {
                Issue.record("\(TestedEngines.oracle.run(test, within: Budget())) for seed \(seed)")
                continue
            }
            // A start function may end with a trap as well, and data may be beyond the end.
            let module = try Self.program(seed: seed).module
            if module.start != nil || Self.hasDataBeyondTheEnd(module), observation.instantiation != nil { continue }
            if observation.isExhausted {
                exhausted += 1
                let last = test.invocations[observation.invocations.count - 1]
                #expect(
                    last.export == ProgramBuilder.endlessName && last.export == test.invocations.last?.export,
                    "seed \(seed)"
                )
            } else {
                #expect(observation.invocations.count == test.invocations.count, "seed \(seed)")
            }
            for case let ending in observation.invocations {
                if case .returned = ending { returned += 1 } else { others += 1 }
            }
        }
        #expect((1..<30).contains(exhausted), "\(exhausted) of 120 programs use up the stack")
        // Otherwise the programs would show little.
        #expect(returned > others / 2, "\(returned) of \(returned + others) calls return")
    }

    private static func hasDataBeyondTheEnd(_ module: Module) -> Bool {
        module.data.contains { segment in
            guard case .active(_, let offset) = segment.mode, case .i32(let start) = offset[0].immediate else {
                return false
            }
            return Int(start) + segment.bytes.count > 65_536
        }
    }

    @Test func `where a program makes NaNs canonical, what NaNs it computes is not seen`() throws {
        let seeds = try (0..<60 as Range<UInt64>).filter { try Self.program(seed: $0).canonicalisesNaNs }
        #expect((20..<60).contains(seeds.count), "most do, and some do not")
        for seed in seeds {
            let test = try Self.test(seed: seed)
            guard case .completed(let observation) = TestedEngines.oracle.run(test, within: Budget()) else { continue }
            let exploration = FreedomExploration(oracle: TestedEngines.oracle, budget: Budget())
            #expect(!(try exploration.freedom(of: test, observation).showsNaNs), "seed \(seed)")
        }
    }

    @Test(arguments: TestedEngines.compilerNames)
    func `an engine runs programs as the interpreter does`(name: EngineName) throws {
        let engine = try TestedEngines.registry.engine(named: name)
        for seed in 0..<6 as Range<UInt64> {
            var trial = Judge(oracle: TestedEngines.oracle).trial(of: Case(try Self.test(seed: seed)))
            #expect(trial.verdict(of: engine) == .agreement, "seed \(seed)")
        }
    }

    @Test func `one program in twenty has a memory of gigabytes, which is not exported`() throws {
        let profile = try #require(Profile(named: "programs"))
        func large(_ profile: Profile) throws -> Int {
            var count = 0
            for seed in 0..<400 as Range<UInt64> {
                var decisions = DecisionSource(seed: seed)
                guard case .program(let program) = profile.decidedCase(from: &decisions, maximumArity: 1000) else {
                    continue
                }
                let memories = program.module.memories.indices.filter {
                    program.module.memories[$0].limits.minimum >= 32_768
                }
                for memory in memories {
                    #expect(
                        !program.module.exports.contains { $0.item == .memory(MemoryIndex(memory)) },
                        "seed \(seed)"
                    )
                }
                if !memories.isEmpty { count += 1 }
            }
            return count
        }
        #expect((10..<80).contains(try large(profile)))
        #expect(try large(profile.portable) == 0)
    }

    @Test func `arguments refer to functions that there are`() throws {
        let profile = try #require(Profile(named: "programs"))
        var count = 0
        for seed in 0..<600 as Range<UInt64> {
            var decisions = DecisionSource(seed: seed)
            guard case .program(let program) = profile.decidedCase(from: &decisions, maximumArity: 20) else { continue }
            for case .reference(.function(let index)) in program.invocations.flatMap(\.arguments) {
                count += 1
                #expect(index.position < program.module.functionTypeIndices.count, "seed \(seed)")
            }
        }
        #expect(count > 0)
    }

    @Test func `the host makes the state of one program in twenty, but its fuel, and of no portable one`() throws {
        let profile = try #require(Profile(named: "programs"))
        func importing(_ profile: Profile) throws -> [Module] {
            (0..<400 as Range<UInt64>).compactMap { seed in
                var decisions = DecisionSource(seed: seed)
                guard case .program(let program) = profile.decidedCase(from: &decisions, maximumArity: 20),
                    program.module.memories.isEmpty
                else { return nil }
                return program.module
            }
        }
        let modules = try importing(profile)
        #expect((8..<60).contains(modules.count))
        #expect(modules.allSatisfy { module in module.globals.contains { $0.type.valueType == .i32 } })
        #expect(try importing(profile.portable).isEmpty)
    }
}
