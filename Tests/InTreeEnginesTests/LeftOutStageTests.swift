import BugZoo
import Differential
import Execution
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import InTreeEngines

/// Engines that leave out a stage, or leave it out of one function.
@Suite struct LeftOutStageTests {
    private static let registry = InTreeEngines.registry(instrumentation: .fuzzing)
    private static let speed = [EngineName("x86_64:speed:loads"), EngineName("arm64:speed:definitions")]

    private static func isUsable(_ name: EngineName) -> Bool {
        CompilationTarget(rawValue: name.family)?.obstacle == nil
    }

    @Test(arguments: speed, [3, 8, 21, 40])
    func `programs mean the same whatever is left out`(name: EngineName, seed: Int) throws {
        guard Self.isUsable(name) else { return }
        let profile = try #require(Profile.all.first { $0.name == "programs" })
        var decisions = DecisionSource((0..<600).map { UInt8(truncatingIfNeeded: ($0 + 1) * seed * 37) })
        let test = Case(profile.decidedCase(from: &decisions, maximumArity: 12)).test
        let budget = Budget(fuel: 200_000, seconds: 60)
        let expected = Self.registry.oracle.run(test, within: budget)
        let whole = try Self.registry.engine(named: name).run(test, within: budget)
        let stages = Self.registry.stages(of: name)
        #expect(stages.count == PipelineStage.allCases.count)
        for stage in stages {
            let engine = try Self.registry.engine(named: stage.leftOut(of: name))
            #expect(engine.name == stage.leftOut(of: name))
            let outcome = engine.run(test, within: budget)
            #expect(outcome == whole, "\(stage.option): \(outcome) instead of \(whole), the oracle \(expected)")
        }
    }

    private static let shifts = """
        (module
          (func (param i32) (result i32) local.get 0 i32.const 1 i32.add)
          (func $twice (param i32) (result i32) local.get 0 i32.const 20 i32.shl i32.const 20 i32.shl)
          (func (export "f") (param i32) (result i32) local.get 0 call $twice))
        """

    private static func result(_ name: EngineName, _ specimen: String?) throws -> Outcome {
        let wasm = BinaryEncoder.encode(try TextParser.module(shifts))
        let change = try specimen.map { try #require(Specimen(identifier: $0)).breakPipeline }
        let registry = InTreeEngines.registry(change: change, instrumentation: .fuzzing)
        let test = TestCase(wasm: wasm, invocations: [Invocation(export: "f", arguments: [.i32(3)])])
        return try registry.engine(named: name).run(test, within: Budget(seconds: 60))
    }

    @Test(arguments: speed)
    func `a mistake of the optimiser goes with it, and with it in the one function that has it`(name: EngineName) throws
    {
        guard Self.isUsable(name) else { return }
        let right = try Self.result(name, nil)
        #expect(try Self.result(name, "joined-shifts") != right)
        func without(_ option: String) throws -> Outcome {
            try Self.result(EngineName(family: name.family, options: name.options + [option]), "joined-shifts")
        }
        #expect(try without("without-optimisation") == right)
        #expect(try without("without-optimisation-in-1") == right)
        #expect(try without("without-optimisation-in-0") != right)
        #expect(try without("without-allocation") != right)
        #expect(try without("without-code-motion") != right)
        #expect(try without("without-algebraic-simplification") == right)
        #expect(try without("without-algebraic-simplification-in-1") == right)
    }

    @Test func `what names no stage of the level is an unknown option`() throws {
        for name in [
            "x86_64:speed:loads:without-everything", "x86_64:none:loads:without-code-motion",
            "x86_64:speed:loads:without-code-motion-in-x", "x86_64:speed:loads:without-code-motion-in-+1",
            "x86_64:speed:loads:without-code-motion-in-01", "x86_64:speed:loads:without-code-motion-in-4294967296",
            "x86_64:speed:loads:without-code-motion:without-allocation",
        ] {
            #expect(throws: EngineRegistry.UnknownEngine.self, "\(name)") { try Self.registry.engines(named: name) }
        }
        let audited = EngineName("x86_64:none:loads:audited:without-allocation")
        #expect(try Self.registry.engines(named: audited.description).map(\.name) == [audited])
    }

    @Test func `a mistake in the name of a stage is told with the stages that there are`() throws {
        let cases = [
            (
                "x86_64:speed:loads:without-optimization",
                "':without-optimization' (choose from :without-allocation, :without-opt"
            ),
            (
                "x86_64:none:loads:without-code-motion",
                "x86_64:none:loads can leave out one stage, which is named last (:without-allocation)"
            ),
            (
                "x86_64:speed:loads:without-allocation:audited",
                "x86_64:speed:loads can leave out one stage, which is named last"
            ),
            ("x86_64:speed:without-code-motion", "stands behind its full name, such as x86_64:speed:definitions"),
            ("x86_64:none:speed", "its options exclude each other"),
            ("x86_64:speed:loads:audit", "choose from :none, "),
        ]
        for (name, part) in cases {
            do throws(EngineRegistry.UnknownEngine) {
                _ = try Self.registry.engines(named: name)
                Issue.record("\(name) is an engine")
            } catch {
                #expect(error.reason.contains(part), "\(error)")
            }
        }
    }

    @Test func `the counterpart of an engine has its options for the other machine`() {
        guard CompilationTarget.allCases.allSatisfy({ $0.obstacle == nil }) else { return }
        #expect(Self.registry.counterpart(of: "x86_64:speed:loads") == "arm64:speed:loads")
        #expect(Self.registry.counterpart(of: "arm64:none:loads:audited") == "x86_64:none:loads:audited")
        #expect(Self.registry.counterpart(of: "interpreter") == nil)
    }
}
