import Execution
import Testing
import WasmInterpreter

@testable import Differential

/// What is not known here may be valid elsewhere.
struct RefusedModuleTests {
    private static let header: [UInt8] = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0]

    private func outcome(_ wasm: [UInt8]) -> Outcome {
        InterpreterEngine().run(TestCase(wasm: wasm, invocations: []), within: Budget())
    }

    @Test(arguments: [
        ("threads", [5, 4, 1, 3, 1, 2]), ("custom page sizes", [5, 4, 1, 8, 1, 0]),
        ("stack switching", [1, 3, 1, 0x5D, 0]),
    ])
    func `a module of a proposal beyond WebAssembly 3.0 is refused by its name`(_ proposal: String, _ section: [UInt8])
    {
        guard case .refused(let reason) = outcome(Self.header + section) else {
            Issue.record("\(outcome(Self.header + section))")
            return
        }
        #expect(reason.contains("proposal \(proposal)"))
    }

    @Test func `a module that is malformed whatever proposals there are is rejected`() {
        guard case .rejected = outcome(Self.header + [5, 1, 1]) else {
            Issue.record("\(outcome(Self.header + [5, 1, 1]))")
            return
        }
    }

    @Test func `an engine that takes a module of a proposal does not differ`() {
        let oracle = outcome(Self.header + [5, 4, 1, 3, 1, 2])
        let verdict = Verdict.on(.completed(Observation()), oracle: oracle)
        #expect(verdict.inconclusiveness == .oracle)
    }
}
