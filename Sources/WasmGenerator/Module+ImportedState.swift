import WasmModel

extension Module {
    /// An item that holds state, with the name under which another module has it.
    struct StateItem {
        var name: String
        var item: ExternalIndex
        var type: ExternalType
    }

    /// The tables, memories and tags that the module defines, and its first globals, where it imports none of these.
    func state(globalCount: Int) -> [StateItem] {
        tables.enumerated().map {
            StateItem(name: "t\($0.offset)", item: .table(TableIndex($0.offset)), type: .table($0.element.type))
        }
            + memories.enumerated().map {
                StateItem(name: "m\($0.offset)", item: .memory(MemoryIndex($0.offset)), type: .memory($0.element))
            }
            + tags.enumerated().map {
                StateItem(name: "e\($0.offset)", item: .tag(TagIndex($0.offset)), type: .tag($0.element))
            }
            + globals[..<globalCount].enumerated().map {
                StateItem(name: "g\($0.offset)", item: .global(GlobalIndex($0.offset)), type: .global($0.element.type))
            }
    }

    /// The module with its ``state(globalCount:)`` imported; all indices stay what they are.
    func importingState(from name: String, globalCount: Int) -> Module {
        var module = self
        module.imports += state(globalCount: globalCount).map {
            Import(module: name, name: $0.name, type: $0.type)
        }
        module.tables = []
        module.memories = []
        module.tags = []
        module.globals.removeFirst(globalCount)
        return module
    }
}
