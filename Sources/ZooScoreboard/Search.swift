import Engines
import Triage
import WasmGenerator

/// A way of looking for bugs: the project's own, or one of the baselines that it is measured against.
public enum Search: String, Hashable, Sendable, CaseIterable, Codable {
    /// All edges and boundaries in a sweep, then random recipes of the same profile.
    case everything
    /// The same with at most 20 parameters and results, as general-purpose generators have it.
    case cappedAt20 = "capped-20"
    /// Random bytes that are taken for a module, every second time behind the header of one.
    case randomBytes = "random-bytes"

    /// The cases in their order, without end; the same in every run.
    func cases(seed: UInt64, maximumArity: Int) -> SearchCases {
        let profile: Profile? =
            switch self {
            case .everything: Profile(named: "everything")
            case .cappedAt20: Profile(named: "capped-20")
            case .randomBytes: nil
            }
        return SearchCases(profile: profile, seed: seed, maximumArity: maximumArity)
    }
}

/// The cases of a search, one after the other.
struct SearchCases {
    private let profile: Profile?
    private let seed: UInt64
    private let maximumArity: Int
    private let sweep: [CaseRecipe]
    private var number = 0

    init(profile: Profile?, seed: UInt64, maximumArity: Int) {
        self.profile = profile
        self.seed = seed
        self.maximumArity = maximumArity
        sweep = profile?.sweep(maximumArity: maximumArity) ?? []
    }

    /// The next case.
    mutating func next() -> Finding.Subject {
        defer { number += 1 }
        guard let profile else { return .test(randomModule()) }
        if number < sweep.count { return .recipe(sweep[number]) }
        var decisions = DecisionSource(seed: seed &+ UInt64(number - sweep.count))
        return .recipe(profile.recipe(from: &decisions, maximumArity: maximumArity))
    }

    private func randomModule() -> TestCase {
        var generator = SplitMix64(seed: seed &+ UInt64(number))
        let header: [UInt8] = number % 2 == 0 ? [] : [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0]
        let count = Int.random(in: 0...512, using: &generator)
        var bytes = header
        bytes.reserveCapacity(header.count + count)
        for _ in 0..<count { bytes.append(UInt8.random(in: .min ... .max, using: &generator)) }
        return TestCase(wasm: bytes, invocations: [])
    }
}

extension Finding.Subject {
    /// The module and the calls; generated from a recipe.
    var testCase: TestCase {
        switch self {
        case .recipe(let recipe): recipe.testCase
        case .test(let test): test
        }
    }
}
