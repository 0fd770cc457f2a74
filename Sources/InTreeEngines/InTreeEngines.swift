import Execution
import WasmInterpreter

/// The list of the engines in the tree.
public enum InTreeEngines {
    /// Which release the engines are.
    static let version = "in this program"

    /// All factories; add new ones here.
    /// - Parameter change: of every compiler's pipeline.
    public static func factories(
        change: PipelineChange? = nil,
        instrumentation: Instrumentation = .none
    ) -> [any EngineFactory] {
        [
            InterpreterFactory(),
            CompilerFactory(.x86_64, change: change, instrumentation: instrumentation),
            CompilerFactory(.arm64, change: change, instrumentation: instrumentation),
        ]
    }

    /// The engines by name, with the interpreter as the oracle.
    public static func registry(
        change: PipelineChange? = nil,
        instrumentation: Instrumentation = .none
    ) -> EngineRegistry {
        EngineRegistry(
            oracle: InterpreterEngine(),
            factories: factories(change: change, instrumentation: instrumentation)
        )
    }
}
