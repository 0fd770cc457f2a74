import Differential
import Execution
import Foundation
import Testing

@testable import Campaign

struct EngineTallyTests {
    private let refusal = Verdict.inconclusive(Inconclusiveness(.refused, "no vectors"))

    @Test func `a tally says what was compared, which way, and what was not`() {
        var tally = EngineTally()
        for _ in 0..<30 { tally.add(.agreement) }
        tally.add(refusal)
        tally.add(.inconclusive(Inconclusiveness(.open, "NaNs")))
        tally.carriages = ["memory": 20, "direct": 10]
        #expect(
            tally.text(seconds: 10) == "30 compared (3.0 per second), 10 direct, 20 memory, 1 refused, 1 undecided"
        )
        #expect(tally.refusals == ["no vectors": 1])
    }

    @Test func `refusals are counted by their reasons, and of many reasons only the first have a place`() {
        var tally = EngineTally()
        for number in 0..<50 {
            for _ in 0..<2 { tally.add(.inconclusive(Inconclusiveness(.refused, "\(number) results are too many"))) }
        }
        #expect(tally.refusals.count == 21)
        #expect(tally.refusals["0 results are too many"] == 2 && tally.refusals["other reasons"] == 60)
    }

    @Test func `where more than a tenth is refused or undecided, the commonest reason is named`() {
        func tally(agreements: Int, refused: [String], undecided: [String] = []) -> EngineTally {
            var tally = EngineTally()
            for _ in 0..<agreements { tally.add(.agreement) }
            for reason in refused { tally.add(.inconclusive(Inconclusiveness(.refused, "refused: \(reason)"))) }
            for reason in undecided { tally.add(.inconclusive(Inconclusiveness(.open, reason))) }
            return tally
        }
        #expect(tally(agreements: 9, refused: ["no vectors"]).reasonLines == [], "it is a tenth, and not more")
        #expect(
            tally(agreements: 8, refused: ["no vectors"]).reasonLines == ["refused most often (1 time): no vectors"]
        )
        let many = tally(
            agreements: 0,
            refused: ["no vectors", "9 results", "no vectors", "8 results", "7 results", "8 results"],
            undecided: ["NaNs", "fuel", "NaNs"]
        )
        let lines = ["refused most often (4 times): 8 results", "undecided most often (2 times): NaNs"]
        #expect(many.reasonLines == lines, "what differs in numbers alone is one reason")
        let long = tally(agreements: 0, refused: [String(repeating: "x", count: 400)])
        #expect(long.reasonLines == ["refused most often (1 time): \(String(repeating: "x", count: 100))..."])
        var summary = CampaignSummary()
        summary.engines = ["mine": long, "other": many, "quiet": tally(agreements: 9, refused: [])]
        let text = summary.text.split(separator: "\n")
        #expect(text.filter { $0.hasPrefix("    ") }.count == 3)
        #expect(
            text.dropFirst(3).prefix(3).map { $0.prefix(15) } == [
                "  other: nothin", "    refused mos", "    undecided m",
            ]
        )
    }

    @Test func `tallies of several workers are one`() throws {
        var first = EngineTally()
        first.add(.agreement)
        first.add(refusal)
        first.carriages = ["direct": 2]
        var second = first
        second.carriages = ["direct": 1, "memory": 4]
        second.add(first)
        #expect(second.verdicts.comparisons == 2 && second.refusals == ["no vectors": 2])
        #expect(second.carriages == ["direct": 3, "memory": 4])
        let stored = try JSONDecoder().decode(EngineTally.self, from: try JSONEncoder().encode(second))
        #expect(stored == second)
    }
}
