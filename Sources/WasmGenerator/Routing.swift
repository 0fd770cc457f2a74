import WasmModel

/// Which value each result of a routing body is.
///
/// The raw values are names in stored recipes.
public enum RoutingPattern: String, Hashable, Sendable, CaseIterable, Codable {
    /// Result `j` is the next parameter of its type at or after `j`.
    case inOrder = "in-order"
    /// The parameters of each type, last first.
    case reversed = "reversed"
    /// A constant that names the position, whatever the parameters are.
    case constants = "constants"
    /// Parameters and constants at random, repeated and dropped.
    case random = "random"
    /// A numeric expression over parameters and constants, see ``ArithmeticBody``; only the oracle knows the results.
    case arithmetic = "arithmetic"
}

/// Where one result comes from.
public enum ResultSource: Hashable, Sendable {
    case parameter(Int)
    case constant(WasmValue)
}

extension RoutingPattern {
    /// The source of each result. Linear in the number of parameters and results.
    func sources(parameters: [ValueType], results: [ValueType], seed: UInt64) -> [ResultSource] {
        var positions: [ValueType: [Int]] = [:]
        for (position, type) in parameters.enumerated() { positions[type, default: []].append(position) }
        var generator = SplitMix64(seed: seed ^ 0x726F_7574)
        var used: [ValueType: Int] = [:]
        return results.enumerated().map { index, type in
            let constant = ResultSource.constant(TaggedValue.constant(index, type, seed: seed))
            guard let candidates = positions[type] else { return constant }
            let turn = used[type, default: 0]
            used[type] = turn + 1
            switch self {
            case .inOrder: return .parameter(candidates[turn % candidates.count])
            case .reversed: return .parameter(candidates[candidates.count - 1 - turn % candidates.count])
            case .constants, .arithmetic: return constant
            case .random:
                return Int.random(in: 0..<8, using: &generator) == 0
                    ? constant : .parameter(candidates.randomElement(using: &generator)!)
            }
        }
    }
}
