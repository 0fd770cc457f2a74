import WasmModel

/// How the types of a long list follow each other.
public enum TypeMix: Hashable, Sendable {
    /// One type throughout.
    case uniform(ValueType)
    /// The types in turn.
    case alternating([ValueType])
    /// Runs of up to so many of one type.
    case runs(maximumLength: Int, seed: UInt64, of: [ValueType] = frequent)
    /// Each type by itself at random.
    case random(seed: UInt64, of: [ValueType] = frequent)

    /// The types that are mixed.
    public static let types: [ValueType] = numbers + [.v128] + references
    /// The same, as often as each is drawn.
    public static let frequent: [ValueType] = numbers + numbers + [.v128, .v128] + references

    private static let numbers: [ValueType] = [.i32, .i64, .f32, .f64]
    private static let references: [ValueType] = [.functionReference, .externalReference, .exceptionReference]

    /// All types that may occur.
    var types: [ValueType] {
        switch self {
        case .uniform(let type): [type]
        case .alternating(let types), .runs(_, _, of: let types), .random(_, of: let types): types
        }
    }

    /// A list of so many types.
    public func list(count: Int) -> [ValueType] {
        switch self {
        case .uniform(let type): return [ValueType](repeating: type, count: count)
        case .alternating(let types): return (0..<count).map { types[$0 % types.count] }
        case .runs(let maximumLength, let seed, let types):
            var generator = SplitMix64(seed: seed)
            var list: [ValueType] = []
            while list.count < count {
                let type = types.randomElement(using: &generator)!
                let length = min(Int.random(in: 1...maximumLength, using: &generator), count - list.count)
                list.append(contentsOf: repeatElement(type, count: length))
            }
            return list
        case .random(let seed, let types):
            var generator = SplitMix64(seed: seed)
            return (0..<count).map { _ in types.randomElement(using: &generator)! }
        }
    }

    /// A mix of the types of a profile; exhausted decisions give the first of all types alone.
    static func choose(from decisions: inout DecisionSource, types: [ValueType]) -> TypeMix {
        switch decisions.choose(6) {
        case 0: .uniform(types[0])
        case 1: .uniform(decisions.choose(from: types))
        case 2: .alternating([decisions.choose(from: types), decisions.choose(from: types)])
        case 3: .alternating([.f32, .i32, types[decisions.choose(types.count)], .f64, .i64])
        case 4: .runs(maximumLength: 1 + decisions.choose(32), seed: decisions.seed(), of: types)
        default: .random(seed: decisions.seed(), of: types)
        }
    }
}
