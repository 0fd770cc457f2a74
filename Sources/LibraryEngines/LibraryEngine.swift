import Execution
import WasmFormats
import WasmModel

/// An engine in a shared library, which is loaded at run time. It runs in this process, which it may take down with it: for the process
/// of a host.
///
/// What the library is tells by its functions: Wasmtime with its own C API, wasm3, or an engine with the C API of the WebAssembly project
/// (`wasm.h`). Hangs are the business of whoever watches the process.
public struct LibraryEngine: Engine {
    public let name: EngineName
    private let library: any EmbeddedLibrary

    /// Loads a library and configures its engine.
    ///
    /// Some libraries stop the process where they do not like their configuration.
    /// - Parameters:
    ///   - path: of the library's file.
    ///   - options: of the kind of library: of Wasmtime those of `WasmtimeConfiguration`; for others, and for Wasmtime as well, `api`,
    ///     which is `wasmtime`, `standard` or `wasm3` and chooses among the APIs that the library has.
    ///   - name: what options and reports call the engine.
    public init(
        library path: String,
        options: [String: String] = [:],
        name: EngineName
    ) throws(LibraryEngineError) {
        let library = try SharedLibrary(path: path)
        var options = options
        let api = options.removeValue(forKey: "api")
        let embedding = try EmbeddingKind(of: library, chosen: api)
        self.name = name
        switch embedding {
        case .wasmtime: self.library = try WasmtimeEmbedding(library, options)
        case .standard: self.library = try StandardEmbedding(library, options)
        case .wasm3: self.library = try Wasm3Embedding(library, options)
        }
    }

    public var capabilities: EngineCapabilities { library.capabilities }

    /// What can cross the edge of the engine.
    public var boundary: LibraryBoundary { library.boundary }

    /// Runs a test case.
    ///
    /// A module that the engine does not take is rejected with the engine's own words, also where these tell of a limit or of a feature
    /// that it lacks. A module that only our own decoder or validator does not take is compiled and no more.
    public func run(_ test: TestCase, within budget: Budget) -> Outcome {
        if !test.companions.isEmpty { return .refused(reason: TestCase.companionRefusal) }
        PhaseTrace.enter(.decode, engine: name)
        let decoded = try? BinaryDecoder.decode(test.wasm)
        PhaseTrace.enter(.validate, engine: name)
        let module = decoded.flatMap { try? Validator.validate($0) }
        PhaseTrace.enter(.compile, engine: name)
        let compiled: any LibraryModule
        do {
            compiled = try library.compile(test.wasm, module)
        } catch {
            return .rejected(reason: error.description)
        }
        guard let module else { return .completed(Observation()) }
        return test.run(module, on: LibraryCase(name: name, library: library, compiled: compiled), within: budget)
    }
}

/// The C APIs that are known.
private enum EmbeddingKind: String, CaseIterable {
    case wasmtime
    case standard
    case wasm3

    /// A function by which a library with the API is known.
    private var mark: String {
        switch self {
        case .wasmtime: "wasmtime_func_call_unchecked"
        case .standard: "wasm_engine_new"
        case .wasm3: "m3_NewEnvironment"
        }
    }

    /// The API that is chosen, or else the first that the library has.
    init(of library: SharedLibrary, chosen: String?) throws(LibraryEngineError) {
        if let chosen {
            guard let kind = EmbeddingKind(rawValue: chosen) else {
                let choice = Self.allCases.map(\.rawValue).joined(separator: ", ")
                throw .unknownValue(option: "api", value: chosen, choice: choice)
            }
            guard library.has(kind.mark) else { throw .missingFunction(path: library.path, name: kind.mark) }
            self = kind
            return
        }
        guard let kind = Self.allCases.first(where: { library.has($0.mark) }) else {
            throw .unknownEmbedding(path: library.path)
        }
        self = kind
    }
}
