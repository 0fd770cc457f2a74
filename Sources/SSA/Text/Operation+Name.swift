/// The names of operations in the text form: those of their rows, with the condition, width or wasm instruction after a dot.
extension Operation {
    /// The name in the text form, such as `add` or `compare.lessSigned`.
    public var name: String {
        let name = row.name.description
        return variant.map { "\(name).\($0)" } ?? name
    }

    /// What tells the operation from others of its row.
    private var variant: String? {
        if case .compare(let condition) = self { return "\(condition)" }
        if case .floatCompare(let condition) = self { return "\(condition)" }
        if case .load(let width) = self { return "\(width)" }
        if case .store(let width) = self { return "\(width)" }
        if case .vector(let opcode) = self { return opcode.row.name }
        return nil
    }

    /// The operation with a name.
    public init?(name: String) {
        guard let operation = Self.byName[name] else { return nil }
        self = operation
    }

    private static let byName: [String: Operation] = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0.name, $0) }
    )
}
