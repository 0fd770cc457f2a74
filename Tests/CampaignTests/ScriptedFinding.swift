import Differential
import Execution
import Triage
import WasmGenerator

/// Findings as workers write them.
enum ScriptedFinding {
    static func wrongResult(in engine: EngineName) -> Finding {
        Finding(
            Case(CaseRecipe(edges: [], parameters: [.i32], results: [.i32])),
            engine: engine,
            divergence: Divergence(observable: .result(invocation: 0, index: 0), expected: "i32:1", observed: "i32:2")
        )
    }

    static func crash(in engine: EngineName) -> Finding {
        Finding(
            Case(CaseRecipe(edges: [], parameters: [.i32], results: [.i32])),
            engine: engine,
            divergence: Divergence(observable: .crash(.compile), expected: "returned 1 values", observed: "SIGSEGV")
        )
    }
}
