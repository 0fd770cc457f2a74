import Execution
import MachineCode
import WasmInterpreter

/// The list of the engines in the tree.
public enum InTreeEngines {
    /// Which release the engines are.
    static let version = "in this program"

    /// All factories; add new ones here. Their engines share what does not differ between them.
    /// - Parameter change: of every compiler's pipeline.
    public static func factories(
        change: PipelineChange? = nil,
        instrumentation: Instrumentation = .none
    ) -> [any EngineFactory] {
        factories(change, instrumentation, ModuleReader())
    }

    private static func factories(
        _ change: PipelineChange?,
        _ instrumentation: Instrumentation,
        _ reader: ModuleReader
    ) -> [any EngineFactory] {
        let translations = SharedTranslations()
        let compilers = [CompilationTarget.x86_64, .arm64].map {
            CompilerFactory(
                $0,
                change: change,
                instrumentation: instrumentation,
                reader: reader,
                translations: translations
            )
        }
        return [InterpreterFactory()] + compilers
    }

    /// The engines by name, with the interpreter as the oracle.
    public static func registry(
        change: PipelineChange? = nil,
        instrumentation: Instrumentation = .none
    ) -> EngineRegistry {
        let reader = ModuleReader()
        return EngineRegistry(
            oracle: InterpreterEngine(reader: reader),
            factories: factories(change, instrumentation, reader)
        )
    }
}
