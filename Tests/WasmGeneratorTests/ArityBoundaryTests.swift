import Testing
import WasmModel

@testable import WasmGenerator

struct ArityBoundaryTests {
    private static func arities(_ count: UInt64, maximum: Int) -> [Int] {
        (0..<count).map { seed in
            var decisions = DecisionSource(seed: seed)
            return ArityBoundary.choose(from: &decisions, maximum: maximum)
        }
    }

    @Test func `a small share of lists is beyond the public limit, where that may be`() {
        let arities = Self.arities(40_000, maximum: ArityBoundary.usualMaximum)
        let large = arities.filter { $0 > ArityBoundary.usual }
        #expect((80..<320).contains(large.count), "\(large.count) of 40000")
        #expect(Set(large) == Set(ArityBoundary.large(upTo: ArityBoundary.usualMaximum)) && large.contains(1025))
        #expect(Self.arities(40_000, maximum: 1000).max() == 1000)
        #expect(Self.arities(4_000, maximum: 20).max() == 20)
    }

    @Test func `the sweep has a large list for each edge, and vectors of more than 64 KiB`() throws {
        let profile = try #require(Profile(named: "everything"))
        let recipes = profile.sweep(maximumArity: ArityBoundary.usualMaximum)
        let large = recipes.filter { max($0.parameters.count, $0.results.count) > ArityBoundary.usual }
        #expect(Set(large.map(\.edges)) == Set(recipes.map(\.edges)))
        #expect(large.count == 4 * Set(recipes.map(\.edges)).count, "as results, and as parameters")
        let vectors = large.filter { ($0.parameters + $0.results).count { $0 == .v128 } * 16 > 1 << 16 }
        #expect(Set(vectors.map(\.edges)) == Set(recipes.map(\.edges)))
        #expect(
            profile.sweep(maximumArity: 1000).allSatisfy { $0.parameters.count <= 1000 && $0.results.count <= 1000 }
        )
    }
}
