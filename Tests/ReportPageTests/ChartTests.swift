import Execution
import Foundation
import Testing

@testable import Campaign
@testable import ReportPage

/// The geometry of charts.
struct ChartTests {
    private func chart(_ points: [(x: Double, y: Double)]) -> LineChart? {
        LineChart(
            anchor: "a",
            title: "t",
            summary: "s",
            xLabel: "x",
            [LineChart.Series(name: "n", points: points)],
            x: ChartScale(exactlyUpTo: points.map(\.x).max() ?? 0),
            y: ChartScale(upTo: points.map(\.y).max() ?? 0, countsThings: true)
        )
    }

    @Test func `no point is no chart, and one point is a dot inside of it`() throws {
        #expect(chart([]) == nil)
        for point in [(x: 5.0, y: 7.0), (x: 0, y: 0), (x: 3, y: 0)] {
            let line = try #require(chart([point])).lines[0]
            #expect(line.dots.count == 1)
            let place = try line.points.split(separator: ",").map { try #require(Double($0)) }
            #expect((LineChart.plot.left...LineChart.plot.right).contains(place[0]))
            #expect((LineChart.plot.top...LineChart.plot.bottom).contains(place[1]))
        }
    }

    @Test func `the first point is at the left below, and the last one at the right`() throws {
        let chart = try #require(self.chart([(0, 0), (5, 50), (10, 100)]))
        #expect(chart.lines[0].points == "52,176 234,94 416,12")
        #expect(chart.yMarks.map(\.label) == ["0", "50", "100"])
        #expect(chart.xMarks.map(\.label) == ["0", "2", "4", "6", "8", "10"] && !chart.hasLegend)
    }

    @Test func `a long line has a dot at its end alone`() throws {
        let chart = try #require(self.chart((0...50).map { (Double($0), 1) }))
        #expect(chart.lines[0].dots.count == 1 && chart.lines[0].points.split(separator: " ").count == 51)
    }

    @Test func `marks are at round numbers`() {
        #expect(ChartScale(upTo: 3, countsThings: true).ticks.map(\.label) == ["0", "1", "2", "3"])
        #expect(ChartScale(upTo: 0, countsThings: true).ticks.map(\.label) == ["0", "1"])
        #expect(ChartScale(upTo: 0.7, countsThings: false).ticks.map(\.label) == ["0", "0.2", "0.4", "0.6", "0.8"])
        #expect(
            ChartScale(upTo: 33_386, countsThings: true).ticks.map(\.label) == ["0", "10 k", "20 k", "30 k", "40 k"]
        )
        let decades = ChartScale(decadesAround: 0.3...42)
        #expect(decades.ticks.map(\.label) == ["0.1", "1", "10", "100"] && abs(decades.share(of: 1) - 1.0 / 3) < 1e-9)
        let arities = ChartScale(logarithmicAt: [125, 250, 500])
        #expect(abs(arities.share(of: 250) - 0.5) < 1e-9)
        #expect([125.0, 500, 1, 9_000].map { arities.share(of: $0) } == [0, 1, 0, 1])
    }

    @Test(arguments: [Double.infinity, .nan, 1e300, .leastNonzeroMagnitude, -1])
    func `numbers that only a made-up file has are no trap`(_ number: Double) throws {
        _ = ChartScale(exactlyUpTo: number.isFinite ? number : 0)
        _ = ChartScale(upTo: number.isFinite ? number : 0, countsThings: false)
        var summary = try SamplePage.summary()
        summary.seconds = number
        summary.casesPerSecond = number
        summary.verdicts.agreements = .max
        summary.verdicts.divergences = .max
        summary.compileTimes = [CompileTime(CompileTimeSample(engine: "x", arity: .max, milliseconds: number))]
        let series =
            #"{"engines":["a"],"samples":[{"seconds":1e300,"cases":-5,"findings":9223372036854775807,"compared":[]},"#
            + #"{"seconds":1,"cases":9223372036854775807,"findings":-1,"compared":[-9223372036854775808,3]}]}"#
        summary.series = try JSONDecoder().decode(CampaignSeries.self, from: Data(series.utf8))
        _ = try PageOutline(SamplePage.html(nil, summary))
    }

    @Test func `engines that take turns are one line, and rates are of some time`() throws {
        let summary = try SamplePage.summary()
        let group = try #require(ChartGroup.speed(summary.series, machines: SamplePage.machines))
        let chart = group.charts[0]
        #expect(chart.lines.map(\.name) == ["arm64:none", "arm64:speed", "x86_64:none"] && chart.hasLegend)
        #expect(group.figures.columns == ["Seconds", "arm64:none", "arm64:speed", "x86_64:none"])
        // 22, 23, and 20 and 21 comparisons in each half of a second.
        #expect(group.figures.rows[0].cells.map(\.text) == ["44", "46", "82"])
        #expect(group.figures.rows.count <= 24)
    }

    @Test func `compile times are lines over arities, with the mean of engines that take turns`() throws {
        let group = try #require(
            ChartGroup.compileTimes(try SamplePage.summary().compileTimes, machines: SamplePage.machines)
        )
        #expect(group.charts[0].lines.map(\.name) == ["arm64:none", "arm64:speed", "x86_64:none"])
        #expect(group.charts[0].xMarks.map(\.label) == ["125", "250", "500", "1000", "2000"])
        #expect(group.figures.rows.count == 15)
        #expect(group.figures.rows[10].cells.map(\.text) == ["125", "2", "1.25", "1.25", "1.25"])
        #expect(ChartGroup.compileTimes(nil, machines: []) == nil && ChartGroup.compileTimes([], machines: []) == nil)
    }

    @Test func `time has all figures in a table, and coverage only where there is some`() throws {
        let series = try #require(try SamplePage.summary().series)
        let group = try #require(ChartGroup.progress(series))
        #expect(group.charts.map(\.title) == ["Cases", "Coverage", "Findings stored"])
        #expect(group.figures.rows.count == series.samples.count)
        #expect(group.figures.rows.last?.cells.map(\.text) == ["1,200", "1", "20,400"])
        var plain = CampaignSeries()
        plain.end(CampaignSummary(), at: 1)
        #expect(ChartGroup.progress(plain)?.charts.map(\.title) == ["Cases", "Findings stored"])
        #expect(ChartGroup.progress(nil) == nil && ChartGroup.speed(plain, machines: []) == nil)
    }
}
