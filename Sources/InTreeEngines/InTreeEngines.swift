import Execution
import WasmInterpreter

/// The list of the engines in the tree.
public enum InTreeEngines {
    /// Which release the engines are.
    static let version = "in this program"

    /// All factories; add new ones here.
    /// - Parameters:
    ///   - change: of every compiler's pipeline.
    ///   - isAudited: see ``CompilerFactory``.
    public static func factories(change: PipelineChange? = nil, isAudited: Bool = false) -> [any EngineFactory] {
        [
            InterpreterFactory(),
            CompilerFactory(.x86_64, change: change, isAudited: isAudited),
            CompilerFactory(.arm64, change: change, isAudited: isAudited),
        ]
    }

    /// The engines by name, with the interpreter as the oracle.
    public static func registry(change: PipelineChange? = nil, isAudited: Bool = false) -> EngineRegistry {
        EngineRegistry(oracle: InterpreterEngine(), factories: factories(change: change, isAudited: isAudited))
    }
}
