/// What a function of the host answers.
public enum HostAnswer: Hashable, Sendable {
    /// As many values, of such types, as the function's type says.
    case returned([WasmValue])
    case trapped(Trap)
    /// Ends the run with an exit code; no code of the module goes on, and none catches it.
    case exited(UInt32)
}

/// A function of the host, which may not use the store that calls it.
///
/// The second argument is the memory that the host may read and write while it answers: the one that the importing module
/// exports as `memory`, else its first one, else nothing.
public typealias HostBody = ([WasmValue], UnsafeMutableRawBufferPointer) -> HostAnswer

extension Module {
    /// The memory that functions of the host work on: the one that is exported as `memory`, else the first; nil where there is none.
    public var memoryForHost: MemoryIndex? {
        for export in exports where export.name.utf8.elementsEqual("memory".utf8) {
            if case .memory(let index) = export.item { return index }
        }
        let importsMemory = imports.contains { if case .memory = $0.type { true } else { false } }
        return importsMemory || !memories.isEmpty ? 0 : nil
    }
}
