/// Why a shared library cannot serve as an engine.
public enum LibraryEngineError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The system cannot load the file, and says why.
    case notLoadable(path: String, reason: String)
    /// The library has the functions of none of the embeddings that are known.
    case unknownEmbedding(path: String)
    /// A function that the embedding needs is missing.
    case missingFunction(path: String, name: String)
    /// The library does not tell which release of its engine it is, on which the layout of its structures depends.
    case unknownRelease(path: String, reason: String)
    /// The embedding has no such option.
    case unknownOption(name: String, choice: String)
    /// The option does not have this value.
    case unknownValue(option: String, value: String, choice: String)
    /// This release of the engine lacks what the option asks for.
    case unsupportedOption(name: String, reason: String)

    /// One line that says what is wrong and, where that is known, what would be right.
    public var description: String {
        switch self {
        case .notLoadable(let path, let reason): "the library '\(path)' cannot be loaded: \(reason)"
        case .unknownEmbedding(let path):
            "the library '\(path)' is no engine that is known: it has neither wasmtime_func_call_unchecked (Wasmtime), nor "
                + "wasm_engine_new (wasm.h), nor m3_NewEnvironment (wasm3)"
        case .missingFunction(let path, let name): "the library '\(path)' has no function \(name)"
        case .unknownRelease(let path, let reason):
            "the library '\(path)' does not tell which release it is: \(reason)"
        case .unknownOption(let name, let choice): "no such option '\(name)' (choose from \(choice))"
        case .unknownValue(let option, let value, let choice):
            "option '\(option)' has no value '\(value)' (choose from \(choice))"
        case .unsupportedOption(let name, let reason): "option '\(name)': \(reason)"
        }
    }
}
