import WasmModel

extension ModuleRewriting {
    /// Adds items that nothing refers to: a copy of a function, and a global, a type and, where there may be several, a table.
    ///
    /// Instantiation allocates them, which cannot be seen, as none is exported and none has an initialiser with an effect.
    ///
    /// Spec: core 3.0, section 4.7.5 "Instantiation".
    mutating func addUnusedItems() -> String? {
        guard let position = choose(changeable) else { return nil }
        module.functions.append(module.functions[position])
        let types: [ValueType] = [.i32, .i64, .f32, .f64]
        if let type = choose(types) {
            _ = addGlobal(type)
            _ = module.addType(FunctionType(parameters: [type], results: types))
        }
        let isSecondTable = original.importCounts.tables + module.tables.count > 0
        if !isSecondTable || features.contains(.referenceTypes) { _ = addTable(of: index(ofDefined: position)) }
        return "adding an unused copy of function \(index(ofDefined: position))"
    }
}
