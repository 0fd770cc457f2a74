import Differential
import Testing
import WasmGenerator

@testable import Campaign

/// How cases are shared among profiles.
struct ProfileWeightTests {
    @Test func `each profile is there once with the least weights, and one alone has no weight`() {
        let weights = [
            ProfileWeight("calls", weight: 2), ProfileWeight("exports", weight: 6), ProfileWeight("calls", weight: 2),
        ]
        #expect(
            ProfileWeight.simplified(weights) == [
                ProfileWeight("calls", weight: 2), ProfileWeight("exports", weight: 3),
            ]
        )
        #expect(ProfileWeight.simplified([ProfileWeight("calls", weight: 7)]) == [ProfileWeight("calls")])
        #expect(ProfileWeight.simplified([]) == [])
        var options = CampaignOptions()
        #expect(options.chosenProfiles == [ProfileWeight("everything")])
        options.profiles = [ProfileWeight("calls"), ProfileWeight("calls")]
        #expect(options.chosenProfiles == [ProfileWeight("calls")])
    }

    private func settings(_ weights: [Int]) -> WorkerSettings {
        var settings = WorkerSettings()
        settings.maximumArity = 3
        settings.profiles = ["exports", "blocks"]
        settings.weights = weights
        return settings
    }

    /// How many of some cases have the edges of blocks.
    private func blocks(_ settings: WorkerSettings, of count: Int) -> Int {
        (0..<count).count { number in
            var decisions = DecisionSource(seed: UInt64(number))
            guard case .recipe(let recipe) = settings.decidedCase(from: &decisions) else { return false }
            return recipe.edges.contains { $0 != .export }
        }
    }

    @Test func `cases are shared by weight, the same ones each time`() {
        let even = blocks(settings([]), of: 1_000)
        #expect(even == blocks(settings([1, 1]), of: 1_000) && even == blocks(settings([1, 1]), of: 1_000))
        let few = blocks(settings([9, 1]), of: 1_000)
        // A block's profile has cases without an edge, too.
        #expect((250...500).contains(even) && (40...100).contains(few), "\(even) \(few)")
        #expect(blocks(settings([1, 1_000]), of: 1_000) > even * 3 / 2)
    }

    @Test func `a case for a place and an input of libFuzzer go by the weights as well, and the sweep has all`() {
        let settings = settings([1_000, 1])
        #expect(settings.sweep() == self.settings([]).sweep())
        let inputs = (0..<70).map { [UInt8](repeating: UInt8($0), count: 30) }
        let exports = inputs.count { settings.subject(of: $0).recipe?.edges.allSatisfy { $0 == .export } == true }
        #expect(exports == 70)
    }
}
