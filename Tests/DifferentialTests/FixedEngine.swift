import Execution
import WasmModel

@testable import Differential

/// Says the same of every case.
struct FixedEngine: Oracle {
    let name: EngineName
    let outcome: Outcome

    func run(_ test: TestCase, within budget: Budget) -> Outcome { outcome }

    func choosing(_ relaxed: RelaxedParameters) -> any Engine { self }
}

extension Verdict {
    /// The verdict on an engine that shows one outcome, by an oracle that shows another.
    static func on(_ observed: Outcome, oracle: Outcome) -> Verdict {
        let test = TestCase(wasm: [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0], invocations: [])
        var trial = Judge(oracle: FixedEngine(name: "oracle", outcome: oracle), confirmationFactor: nil)
            .trial(of: Case(test))
        return trial.verdict(of: FixedEngine(name: "engine", outcome: observed))
    }

    /// Why nothing can be said; nil where something can.
    var inconclusiveness: Inconclusiveness.Kind? {
        switch self {
        case .inconclusive(let reason): reason.kind
        case .agreement, .divergence: nil
        }
    }
}
