import WasmGenerator

/// How many of the cases go to a profile, beside others.
public struct ProfileWeight: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case name = "name"
        case weight = "weight"
    }

    /// The name of the profile.
    public var name: String
    /// Of two profiles, one with twice the weight gets twice as many cases; 1 or more.
    public var weight: Int

    /// The greatest weight that is taken.
    public static let greatest = 1_000

    /// Makes the weight of a profile.
    public init(_ name: String, weight: Int = 1) {
        self.name = name
        self.weight = weight
    }

    /// The same shares with each profile once and the least weights, so that what comes to the same chooses the same.
    static func simplified(_ weights: [ProfileWeight]) -> [ProfileWeight] {
        var simplified: [ProfileWeight] = []
        for entry in weights {
            if let position = simplified.firstIndex(where: { $0.name == entry.name }) {
                simplified[position].weight += entry.weight
            } else {
                simplified.append(entry)
            }
        }
        let divisor = simplified.reduce(0) { Int.greatestCommonDivisor($0, $1.weight) }
        return simplified.map { ProfileWeight($0.name, weight: $0.weight / max(divisor, 1)) }
    }
}

extension DecisionSource {
    /// An element, in the long run each as often as its weight says; where all are the same, as ``choose(from:)`` does.
    /// - Parameter weights: as many as there are elements, each 1 or more.
    mutating func choose<Element>(from elements: [Element], weights: [Int]) -> Element {
        var choice = choose(weights.reduce(0, +))
        for (element, weight) in zip(elements, weights) {
            if choice < weight { return element }
            choice -= weight
        }
        return elements[elements.count - 1]
    }
}
