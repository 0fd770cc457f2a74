/// The short notation for long lists of types: items separated by commas, each with an optional repetition, as in `300*i32` or
/// `9*f32,v128,i64`.
public enum TypeList {
    /// What is wrong with a list, and where.
    public struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        /// The item that cannot be read.
        public var item: String
        /// Its position in the list, counted from one.
        public var position: Int

        /// Makes the error.
        public init(item: String, position: Int) {
            self.item = item
            self.position = position
        }

        /// Names the item and the mend.
        public var description: String {
            "item \(position) of the type list, '\(item)', is not a type or COUNT*TYPE (types: \(names.map(\.name).joined(separator: ", ")))"
        }
    }

    /// The longest list that is read.
    public static let maximumCount = 1_000_000

    private static let names: [(name: String, type: ValueType)] = [
        ("i32", .i32), ("i64", .i64), ("f32", .f32), ("f64", .f64), ("v128", .v128), ("funcref", .functionReference),
        ("externref", .externalReference), ("exnref", .exceptionReference),
    ]

    /// Reads a list; the empty text is the empty list.
    public static func types(_ text: some StringProtocol) throws(Malformed) -> [ValueType] {
        var types: [ValueType] = []
        if text.allSatisfy({ $0 == " " }) { return [] }
        for (index, item) in text.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
            let parts = item.split(separator: "*", omittingEmptySubsequences: false)
                .map { String($0.filter { $0 != " " }) }
            let count = parts.count == 1 ? 1 : Int(parts[0])
            guard parts.count <= 2, let count, count >= 0, types.count + count <= maximumCount,
                let type = names.first(where: { $0.name == parts[parts.count - 1] })?.type
            else { throw Malformed(item: String(item), position: index + 1) }
            types.append(contentsOf: repeatElement(type, count: count))
        }
        return types
    }

    /// Writes a list, runs of one type as repetitions.
    public static func text(_ types: [ValueType]) -> String {
        var items: [String] = []
        var position = 0
        while position < types.count {
            var end = position + 1
            while end < types.count, types[end] == types[position] { end += 1 }
            let name = name(of: types[position])
            items.append(end - position == 1 ? name : "\(end - position)*\(name)")
            position = end
        }
        return items.joined(separator: ",")
    }

    /// The name of a type in the notation; references without a short name are described.
    public static func name(of type: ValueType) -> String {
        names.first { $0.type == type }?.name ?? "\(type)"
    }
}
