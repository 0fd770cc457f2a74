import Execution
import TestedEngines
import Testing
import WasmFormats
import WasmModel

@testable import Differential

/// Where NaNs can be seen, a difference counts where it remains without them.
@Suite struct TrialTests {
    /// Returns the oracle's values, another one for cases that it is told.
    private struct MistakenEngine: Engine {
        let name: EngineName = "mistaken"
        let isMistaken: @Sendable (TestCase) -> Bool

        func run(_ test: TestCase, within budget: Budget) -> Outcome {
            let outcome = TestedEngines.oracle.run(test, within: budget)
            guard isMistaken(test), case .completed(var observation) = outcome else { return outcome }
            observation.invocations = [.returned([.i32(0xFD)])]
            return .completed(observation)
        }
    }

    private static func test(_ body: String) throws -> TestCase {
        let wasm = BinaryEncoder.encode(
            try TextParser.module("(module (func (export \"f\") (result i32 f64) \(body)))")
        )
        return TestCase(wasm: wasm, invocations: [Invocation(export: "f", arguments: [])])
    }

    private static func verdict(_ test: TestCase, _ isMistaken: @escaping @Sendable (TestCase) -> Bool) -> Verdict {
        var trial = Judge(oracle: TestedEngines.oracle).trial(of: Case(test))
        return trial.verdict(of: MistakenEngine(isMistaken: isMistaken))
    }

    /// Whether the upper bits of a payload, which follow the operand's in many machines, are greater than a number.
    private static let comparison = """
        (i32.gt_u (i32.wrap_i64 (i64.shr_u (i64.reinterpret_f64
            (f64.add (f64.const nan:0xfffffffffffff) (f64.const 1))) (i64.const 32))) (i32.const 0xfffffffe))
        (f64.add (f64.const nan:0xfffffffffffff) (f64.const 1))
        """

    @Test func `a difference that is gone once computed NaNs are canonical proves nothing`() throws {
        let test = try Self.test(Self.comparison)
        #expect(Self.verdict(test) { $0 == test }.inconclusiveness == .open)
    }

    @Test func `a difference that remains counts`() throws {
        #expect(Self.verdict(try Self.test(Self.comparison)) { _ in true }.isDivergence)
    }

    @Test func `where no NaN is seen, the case itself decides`() throws {
        let test = try Self.test("(i32.const 5) (f64.add (f64.const 1) (f64.const 2))")
        #expect(Self.verdict(test) { $0 == test }.isDivergence)
        #expect(Self.verdict(test) { _ in false } == .agreement)
    }

    @Test func `a case with canonical NaNs computes the same numbers, and no other NaN`() throws {
        let canonical = try #require(try Self.test(Self.comparison).canonicalisingNaNs())
        let outcome = TestedEngines.oracle.run(canonical, within: Budget())
        let values: [WasmValue] = [.i32(0), .f64(0x7FF8_0000_0000_0000)]
        #expect(outcome == .completed(Observation(invocations: [.returned(values)], instances: [InstanceState()])))
    }

    /// What ``comparison`` does, and a minimum that relaxed instructions may choose in another way.
    private static let relaxedComparison = """
        (i32.add
          (i32.gt_u (i32.wrap_i64 (i64.shr_u (i64.reinterpret_f64
              (f64.add (f64.const nan:0xfffffffffffff) (f64.const 1))) (i64.const 32))) (i32.const 0xfffffffe))
          (f64.eq (f64.const 1) (f64x2.extract_lane 0
            (f64x2.relaxed_min (v128.const f64x2 nan 0) (v128.const f64x2 1 0)))))
        (f64.add (f64.const nan:0xfffffffffffff) (f64.const 1))
        """

    /// An engine whose relaxed minimum is the second operand where one is a NaN, and which in the case itself does what the oracle does not.
    private struct OtherWay: Engine {
        let name: EngineName = "another way"
        let special: TestCase
        let addition: UInt32

        func run(_ test: TestCase, within budget: Budget) -> Outcome {
            var relaxed = RelaxedParameters()
            relaxed.minimum = .right
            let outcome = TestedEngines.oracle.choosing(relaxed).run(test, within: budget)
            guard case .completed(var observation) = outcome,
                case .returned(let values) = observation.invocations.first, case .i32(let number) = values[0]
            else { return outcome }
            let sum = number + (test == special ? 0xFD : addition)
            observation.invocations = [.returned([.i32(sum), values[1]])]
            return .completed(observation)
        }
    }

    @Test func `a difference that is gone once NaNs are canonical is none, whatever way relaxed instructions work`()
        throws
    {
        let test = try Self.test(Self.relaxedComparison)
        var trial = Judge(oracle: TestedEngines.oracle).trial(of: Case(test))
        #expect(trial.verdict(of: OtherWay(special: test, addition: 0)).inconclusiveness == .open)
        #expect(trial.verdict(of: OtherWay(special: test, addition: 7)).isDivergence)
    }
}
