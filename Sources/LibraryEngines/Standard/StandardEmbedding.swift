import Execution
import WasmFormats
import WasmModel

/// An engine behind the C API of the WebAssembly project. Vectors and references do not cross its edge; it has no options.
final class StandardEmbedding: EmbeddedLibrary, @unchecked Sendable {
    let functions: StandardFunctions
    /// The only engine; some libraries allow one in a process.
    private let engine: ForeignPointer
    private let rejection: StandardRejection?

    init(_ library: SharedLibrary, _ options: [String: String]) throws(LibraryEngineError) {
        if let option = options.keys.min() { throw .unknownOption(name: option, choice: "api") }
        functions = try StandardFunctions(library)
        rejection = StandardRejection(library)
        guard let engine = functions.newEngine() else {
            throw .unsupportedOption(name: "api", reason: "the library makes no engine")
        }
        self.engine = engine
    }

    deinit { functions.deleteEngine(engine) }

    var boundary: LibraryBoundary {
        LibraryBoundary(
            values: ["i32", "i64", "f32", "f64"],
            exactNaNs: true,
            providesFunctions: true,
            showsGlobals: true,
            showsTables: false,
            namesTraps: true
        )
    }

    var capabilities: EngineCapabilities {
        EngineCapabilities(
            summary: "an engine behind wasm.h in this process",
            version: EngineCapabilities.unknownVersion,
            machine: "this processor",
            features: .wasm3,
            refusals: "tables that are looked at from outside"
        )
    }

    func compile(_ wasm: [UInt8], _ module: ValidatedModule?) throws(LibraryMessage) -> any LibraryModule {
        guard let store = functions.newStore(engine) else { throw LibraryMessage("no store") }
        let pointer = wasm.withUnsafeBytes { bytes in
            var vector = ForeignVector(
                count: bytes.count,
                elements: UnsafeMutableRawPointer(mutating: bytes.baseAddress)
            )
            return withUnsafeMutablePointer(to: &vector) { functions.newModule(store, $0) }
        }
        guard let pointer else {
            functions.deleteStore(store)
            throw LibraryMessage(rejection?.text ?? "the library does not take the module and gives no reason")
        }
        return StandardModule(functions, store, pointer)
    }

    func makeStore(within budget: Budget) throws(LibraryMessage) -> any Store { StandardStore(functions) }
}

/// Why a library did not take a module, where it has functions that say so.
///
/// Source: Wasmer, `wasmer.h`.
private struct StandardRejection {
    private let length: @convention(c) () -> CInt
    private let message: @convention(c) (UnsafeMutablePointer<CChar>, CInt) -> CInt

    init?(_ library: SharedLibrary) {
        guard
            let length = library.functionIfPresent(
                "wasmer_last_error_length",
                (@convention(c) () -> CInt).self
            ),
            let message = library.functionIfPresent(
                "wasmer_last_error_message",
                (@convention(c) (UnsafeMutablePointer<CChar>, CInt) -> CInt).self
            )
        else { return nil }
        self.length = length
        self.message = message
    }

    /// The last error, with the zero that ends it; nil where there is none.
    var text: String? {
        let count = length()
        guard count > 0 else { return nil }
        var characters = [CChar](repeating: 0, count: Int(count))
        guard message(&characters, count) > 0 else { return nil }
        return String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// A compiled module, which belongs to a store of the library, with that store.
final class StandardModule: LibraryModule, @unchecked Sendable {
    let store: ForeignPointer
    let pointer: ForeignPointer
    private let functions: StandardFunctions

    init(_ functions: StandardFunctions, _ store: ForeignPointer, _ pointer: ForeignPointer) {
        self.functions = functions
        self.store = store
        self.pointer = pointer
    }

    deinit {
        functions.deleteModule(pointer)
        functions.deleteStore(store)
    }
}
