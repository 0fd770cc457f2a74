/// The short notation for long lists of types: items separated by commas, each with an optional repetition, as in `300*i32`,
/// `9*f32,v128,i64` or `128*(i32,f64)`.
public enum TypeList {
    /// What is wrong with a list, and where.
    public struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        /// What is wrong with an item.
        public enum Cause: Error, Hashable, Sendable {
            case notAnItem
            case countOutOfRange
            case listTooLong
        }

        /// The item that cannot be read.
        public var item: String
        /// Its position in the list, counted from zero.
        public var position: Int
        public var cause: Cause

        /// Makes the error.
        public init(item: String, position: Int, cause: Cause = .notAnItem) {
            self.item = item
            self.position = position
            self.cause = cause
        }

        /// Names the item, of a long one its beginning, and the mend.
        public var description: String {
            let shown = item.count > 60 ? "\(item.prefix(60))..." : item
            let types = names.map(\.name).joined(separator: ", ")
            let mistake =
                switch cause {
                case .notAnItem: "is not a type or COUNT*TYPE (types: \(types))"
                case .countOutOfRange: "has a count that is not in 0...\(maximumCount)"
                case .listTooLong: "makes the list longer than \(maximumCount) types"
                }
            return "item \(position) of the type list, '\(shown)', \(mistake)"
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
        for (index, item) in items(text).enumerated() {
            do throws(Malformed.Cause) {
                let (group, count) = try repetition(item.filter { $0 != " " })
                guard count <= (maximumCount - types.count) / group.count else { throw .listTooLong }
                for _ in 0..<count { types.append(contentsOf: group) }
            } catch {
                throw Malformed(item: item, position: index, cause: error)
            }
        }
        return types
    }

    /// The parts between the commas that are not in parentheses.
    private static func items(_ text: some StringProtocol) -> [String] {
        var items = [""]
        var depth = 0
        for character in text {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if character == ",", depth == 0 { items.append("") } else { items[items.count - 1].append(character) }
        }
        return items
    }

    /// Reads a type, `COUNT*TYPE` or `COUNT*(TYPE,TYPE,...)`; the group has at least one type.
    private static func repetition(
        _ item: String
    ) throws(Malformed.Cause) -> (group: [ValueType], count: Int) {
        let parts = item.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
        guard let last = parts.last else { throw .notAnItem }
        var names = [last]
        if parts.count == 2, last.hasPrefix("("), last.hasSuffix(")") {
            names = last.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false)
        }
        var group: [ValueType] = []
        for name in names {
            guard let type = type(named: name) else { throw .notAnItem }
            group.append(type)
        }
        return (group, parts.count == 2 ? try count(parts[0]) : 1)
    }

    /// Reads a count, however many digits it has.
    private static func count(_ text: Substring) throws(Malformed.Cause) -> Int {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { throw .notAnItem }
        guard let count = Int(text), (0...maximumCount).contains(count) else { throw .countOutOfRange }
        return count
    }

    private static func type(named name: some StringProtocol) -> ValueType? { names.first { $0.name == name }?.type }

    /// The longest group that is written with a repetition.
    private static let maximumPeriod = 8

    /// Writes a list, runs of one type and of short groups as repetitions.
    public static func text(_ types: [ValueType]) -> String { itemTexts(types).joined(separator: ",") }

    /// A list for a line of a report: as ``text(_:)``, or its beginning and the number of types where that is long.
    public static func summary(_ types: [ValueType]) -> String {
        let items = itemTexts(types)
        guard items.count > 12 else { return items.joined(separator: ",") }
        return "\(items.prefix(8).joined(separator: ",")),... \(types.count) types"
    }

    private static func itemTexts(_ types: [ValueType]) -> [String] {
        var items: [String] = []
        var position = 0
        while position < types.count {
            // Of the groups that begin here, the one that covers most; a run of one type needs two, others three repetitions.
            var (period, repetitions) = (1, 1)
            for candidate in 1...maximumPeriod where position + candidate <= types.count {
                var end = position + candidate
                while end < types.count, types[end] == types[end - candidate] { end += 1 }
                let count = (end - position) / candidate
                if count >= (candidate == 1 ? 2 : 3), count * candidate > period * repetitions {
                    (period, repetitions) = (candidate, count)
                }
            }
            let group = types[position..<position + period].map(name(of:)).joined(separator: ",")
            if period == 1 {
                items.append(repetitions == 1 ? group : "\(repetitions)*\(group)")
            } else {
                items.append("\(repetitions)*(\(group))")
            }
            position += period * repetitions
        }
        return items
    }

    /// The name of a type in the notation; references without a short name are described.
    public static func name(of type: ValueType) -> String {
        if let named = names.first(where: { $0.type == type }) { return named.name }
        if case .reference(let reference) = type { return reference.description }
        return "\(type)"
    }
}
