import WasmModel

extension Module {
    /// The module with its tables, memories and tags, and its first globals, imported, so that the host makes them; all indices stay what they
    /// are. The imports that there are have to be functions.
    func importingState(from name: String, globalCount: Int) -> Module {
        var module = self
        func take(_ letter: String, _ types: [ExternalType]) {
            for (number, type) in types.enumerated() {
                module.imports.append(Import(module: name, name: "\(letter)\(number)", type: type))
            }
        }
        take("t", tables.map { .table($0.type) })
        take("m", memories.map { .memory($0) })
        take("e", tags.map { .tag($0) })
        take("g", globals[..<globalCount].map { .global($0.type) })
        module.tables = []
        module.memories = []
        module.tags = []
        module.globals.removeFirst(globalCount)
        return module
    }
}
