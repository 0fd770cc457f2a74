import Execution
import WasmFormats

/// Wasmtime behind its own C API.
final class WasmtimeEmbedding: EmbeddedLibrary, @unchecked Sendable {
    let functions: WasmtimeFunctions
    /// An engine of Wasmtime may be used by several threads.
    let engine: ForeignPointer
    let release: WasmtimeRelease
    private let configuration: WasmtimeConfiguration

    init(_ library: SharedLibrary, _ options: [String: String]) throws(LibraryEngineError) {
        functions = try WasmtimeFunctions(library)
        release = try WasmtimeRelease(functions, library)
        configuration = try WasmtimeConfiguration(library, release, options)
        guard let engine = functions.newEngine(configuration.pointer) else {
            throw .unsupportedOption(name: configuration.summary, reason: "the configuration was not taken")
        }
        self.engine = engine
    }

    deinit { functions.deleteEngine(engine) }

    var boundary: LibraryBoundary {
        var values = ["i32", "i64", "f32", "f64", "v128", "funcref"]
        if functions.references != nil, !configuration.isWinch { values.append("externref") }
        return LibraryBoundary(
            values: values,
            exactNaNs: true,
            providesFunctions: true,
            showsGlobals: true,
            showsTables: true,
            namesTraps: true
        )
    }

    var capabilities: EngineCapabilities {
        let options = configuration.summary
        return EngineCapabilities(
            summary: "Wasmtime in this process" + (options.isEmpty ? "" : " (\(options))"),
            version: "\(release.number)",
            machine: "this processor",
            features: .wasm3
        )
    }

    func compile(_ wasm: [UInt8], _ module: ValidatedModule?) throws(LibraryMessage) -> any LibraryModule {
        var module: ForeignPointer?
        if let error = functions.newModule(engine, wasm, wasm.count, &module) {
            throw LibraryMessage(functions.takeMessage(ofError: error))
        }
        guard let module else { throw LibraryMessage("neither a module nor an error") }
        return WasmtimeModule(functions, module)
    }

    func makeStore(within budget: Budget) throws(LibraryMessage) -> any Store { WasmtimeStore(self, budget) }
}

/// A compiled module.
final class WasmtimeModule: LibraryModule, @unchecked Sendable {
    let pointer: ForeignPointer
    private let functions: WasmtimeFunctions

    init(_ functions: WasmtimeFunctions, _ pointer: ForeignPointer) {
        self.functions = functions
        self.pointer = pointer
    }

    deinit { functions.deleteModule(pointer) }
}
