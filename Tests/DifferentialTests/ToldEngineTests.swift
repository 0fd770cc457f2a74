import Execution
import Testing
import WasmModel

@testable import Differential

/// Engines that are told what to expect show no values: that something differs, that nothing does, or nothing at all.
@Suite struct ToldEngineTests {
    private static let expected = Observation(
        invocations: [.returned([.i32(1)]), .trapped(.unreachable)],
        globals: [NamedValue(name: "g", value: .i32(3))]
    )

    private static func verdict(_ invocations: [InvocationOutcome], _ instances: [InstanceState] = []) -> Verdict {
        .on(.completed(Observation(invocations: invocations, instances: instances)), oracle: .completed(expected))
    }

    @Test func `what an engine says differs is a divergence of that call, in its words`() {
        let divergence = Self.verdict([.mismatched("result 0 is 2"), .unseen]).divergence
        #expect(divergence?.observable == .ending(invocation: 0))
        #expect(divergence?.observed == "not as expected: result 0 is 2")
        #expect(divergence?.expected == "returned")
    }

    @Test func `a call that is not seen counts neither way, nor does an instance`() {
        #expect(Self.verdict([.returned([.i32(1)]), .unseen]) == .agreement)
        #expect(Self.verdict([.returned([.i32(2)]), .unseen]).isDivergence)
        #expect(Self.verdict([.unseen, .mismatched("x")]).divergence?.observable == .ending(invocation: 1))
    }

    @Test func `where nothing is seen, nothing is said`() {
        #expect(Self.verdict([.unseen, .unseen]).inconclusiveness == .nothing)
        #expect(Self.verdict([.unseen, .unseen], Self.expected.instances) == .agreement)
    }

    @Test func `a difference from one of several allowed behaviours proves nothing`() {
        let one = Observation(invocations: [.returned([.i32(1)])])
        let other = Observation(invocations: [.returned([.i32(2)])])
        let freedom = Freedom(behaviours: [AllowedBehaviour(observation: one), AllowedBehaviour(observation: other)])
        let observed = Observation(invocations: [.mismatched("result 0 is 2")])
        #expect(ObservationComparison.verdict(on: observed, freedom).inconclusiveness == .open)
    }
}
