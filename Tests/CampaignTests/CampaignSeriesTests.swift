import Foundation
import Testing

@testable import Campaign

/// The series of samples that a campaign keeps.
struct CampaignSeriesTests {
    /// A series of a sample each 100 ms, of a campaign that has as many cases as it has run milliseconds.
    private func series(seconds: Double) -> CampaignSeries {
        var series = CampaignSeries()
        var summary = CampaignSummary(engines: ["a"])
        for tenth in 0...Int(seconds * 10) {
            let now = Double(tenth) / 10
            summary.cases = tenth * 100
            summary.engines["a", default: EngineTally()].verdicts.agreements = tenth
            series.sample(summary, at: now)
        }
        series.end(summary, at: seconds)
        return series
    }

    @Test(arguments: [1.0, 20, 30, 61, 600, 86_400])
    func `it is bounded, evenly thinned, and the same each time`(_ seconds: Double) throws {
        let series = series(seconds: seconds)
        let samples = series.samples
        #expect(samples.count <= CampaignSeries.mostSamples && samples.count >= min(4, Int(seconds * 4)))
        if seconds > 30 { #expect(samples.count > CampaignSeries.mostSamples / 2 - 2) }
        #expect(samples.first?.seconds == 0 && samples.last?.seconds == seconds)
        let distances = zip(samples, samples.dropFirst()).dropLast().map { $1.seconds - $0.seconds }
        let (least, most) = (try #require(distances.min()), try #require(distances.max()))
        #expect(least > 0 && most <= 2.5 * (seconds / 60) + 0.5, "\(least) to \(most)")
        #expect(samples.allSatisfy { abs(Double($0.cases) - $0.seconds * 1000) < 1 && $0.compared.count == 1 })
        #expect(self.series(seconds: seconds) == series)
    }

    @Test func `an engine that comes later is missing in earlier samples`() throws {
        var series = CampaignSeries()
        var summary = CampaignSummary(engines: ["b"])
        summary.engines["b"]?.verdicts.agreements = 4
        series.sample(summary, at: 0)
        summary.engines["a", default: EngineTally()].verdicts.divergences = 3
        series.end(summary, at: 1)
        #expect(series.engines == ["b", "a"] && series.samples.map(\.compared) == [[4], [4, 3]])
        let read = try JSONDecoder().decode(CampaignSeries.self, from: try JSONEncoder().encode(series))
        #expect(read.engines == series.engines && read.samples == series.samples)
    }

    @Test func `compile times are added up by engine and arity, and are bounded`() {
        var times: [CompileTime] = []
        func add(_ engine: String, _ arity: Int, _ milliseconds: Double) {
            times.add(CompileTimeSample(engine: .init(engine), arity: arity, milliseconds: milliseconds))
        }
        add("b", 1000, 4)
        add("a", 4000, 9)
        add("b", 1000, 2)
        add("b", 1000, 3)
        #expect(times.map(\.engine.description) == ["a", "b"])
        #expect(times[1].count == 3 && times[1].leastMilliseconds == 2 && times[1].mostMilliseconds == 4)
        #expect(times[1].meanMilliseconds == 3)
        for arity in 0..<1000 { add("c", arity, 1) }
        #expect(times.count == 200)
    }
}
