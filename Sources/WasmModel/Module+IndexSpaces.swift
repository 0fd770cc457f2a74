/// What is behind indices, of which the first are those of imports.
extension Module {
    /// The type index of each function, imports first.
    public var functionTypeIndices: [TypeIndex] {
        imports.compactMap { if case .function(let type) = $0.type { type } else { nil } } + functions.map(\.type)
    }

    /// The type index of each tag, imports first.
    public var tagTypeIndices: [TypeIndex] {
        imports.compactMap { if case .tag(let type) = $0.type { type } else { nil } } + tags
    }

    /// How many functions are imported.
    public var importedFunctionCount: Int { imports.count { if case .function = $0.type { true } else { false } } }
}
