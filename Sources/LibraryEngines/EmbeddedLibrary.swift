import Execution
import WasmFormats

/// One kind of engine in a library, with its configuration.
protocol EmbeddedLibrary: Sendable {
    var capabilities: EngineCapabilities { get }
    var boundary: LibraryBoundary { get }

    /// Compiles a module, or at least reads it.
    /// - Parameter module: what our own decoder and validator found out; nil where they do not take it.
    /// - Throws: what the engine says of a module that it does not take.
    func compile(_ wasm: [UInt8], _ module: ValidatedModule?) throws(LibraryMessage) -> any LibraryModule

    /// Makes an empty store.
    func makeStore(within budget: Budget) throws(LibraryMessage) -> any Store
}

/// A module that a library has compiled; it lives as long as the object.
protocol LibraryModule: AnyObject, Sendable {}

/// A text of an engine: why it does not go on.
struct LibraryMessage: Error, Hashable, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

/// A compiled module with what our own decoder and validator found out about it.
struct PreparedLibraryModule: PreparedModule {
    let module: ValidatedModule
    let compiled: any LibraryModule
}

/// A library with one module, as everything that runs test cases sees it.
struct LibraryCase: StoreEngine {
    let name: EngineName
    let library: any EmbeddedLibrary
    let compiled: any LibraryModule

    func prepare(_ module: ValidatedModule) throws(EngineFailure) -> any PreparedModule {
        PreparedLibraryModule(module: module, compiled: compiled)
    }

    func makeStore(within budget: Budget) throws(EngineFailure) -> any Store {
        do {
            return try library.makeStore(within: budget)
        } catch {
            throw .refused(error.description)
        }
    }
}
