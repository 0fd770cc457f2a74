import Execution

struct Wasm3Embedding: EmbeddedLibrary {
    init(_ library: SharedLibrary, _ options: [String: String]) throws(LibraryEngineError) {
        throw .unknownEmbedding(path: library.path)
    }
    var boundary: LibraryBoundary { fatalError() }
    var capabilities: EngineCapabilities { .unstated }
    func compile(_ wasm: [UInt8]) throws(LibraryMessage) -> any LibraryModule { throw LibraryMessage("") }
    func makeStore(within budget: Budget) throws(LibraryMessage) -> any Store { throw LibraryMessage("") }
}
