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
