import Campaign

extension ChartGroup {
    /// Cases, coverage and findings over time; nil where the campaign kept no series.
    static func progress(_ series: CampaignSeries?) -> ChartGroup? {
        let samples = drawable(series)
        guard let last = samples.last else { return nil }
        let x = ChartScale(exactlyUpTo: last.seconds)
        func chart(_ anchor: String, _ title: String, _ end: String, _ value: (CampaignSeries.Sample) -> Int?)
            -> LineChart?
        {
            let points = samples.compactMap { sample in value(sample).map { (x: sample.seconds, y: Double($0)) } }
            return LineChart(
                anchor: anchor,
                title: title,
                summary: "\(title): \(end) after \(PageNumber.decimal(last.seconds)) seconds.",
                xLabel: "seconds",
                [LineChart.Series(name: title, points: points)],
                x: x,
                y: ChartScale(upTo: points.map(\.y).max() ?? 0, countsThings: true)
            )
        }
        let coverage = samples.compactMap(\.coverage).last
        let charts = [
            chart("chart-cases", "Cases", "\(PageNumber.grouped(last.cases)) cases", \.cases),
            chart("chart-coverage", "Coverage", coverage.map { "\(PageNumber.grouped($0)) edges" } ?? "", \.coverage),
            chart("chart-findings", "Findings stored", "\(PageNumber.grouped(last.findings)) findings", \.findings),
        ].compactMap { $0 }
        var columns = ["Seconds", "Cases", "Findings"]
        if coverage != nil { columns.append("Coverage") }
        let rows = samples.map { sample in
            var cells: [PageTable.Cell] = [.number(sample.cases), .number(sample.findings)]
            if coverage != nil {
                cells.append(sample.coverage.map { .number($0) } ?? PageTable.Cell(text: "-"))
            }
            return PageTable.Row(head: PageNumber.decimal(sample.seconds, places: 2), cells: cells)
        }
        return ChartGroup(
            heading: "Over time",
            text: coverage == nil
                ? "Cases that were run, and findings that were stored. The workers were not guided by coverage."
                : "Cases that were run, libFuzzer's count of covered edges of the control flow, and findings that were stored.",
            charts: charts,
            figures: PageTable(
                caption: "\(columns.dropFirst().joined(separator: ", ")) over time",
                columns: columns,
                rows: rows
            )
        )
    }

    /// How many cases a second were compared in each engine; nil where there are no two moments to compare.
    static func speed(_ series: CampaignSeries?, machines: [String]) -> ChartGroup? {
        guard let series else { return nil }
        let samples = apart(drawable(series))
        guard samples.count > 1, let last = samples.last else { return nil }
        var groups: [String] = []
        var members: [String: [Int]] = [:]
        for (position, engine) in series.engines.enumerated() {
            let name = EngineGroup.name(of: engine, machines: machines)
            if members[name] == nil { groups.append(name) }
            members[name, default: []].append(position)
        }
        func compared(_ sample: CampaignSeries.Sample, _ group: String) -> Double {
            members[group, default: []].reduce(0) { sum, position in
                sum + (position < sample.compared.count ? Double(sample.compared[position]) : 0)
            }
        }
        // An engine in which nothing was compared is a line at zero that hides another one.
        groups.removeAll { compared(last, $0) <= 0 }
        groups.sort()
        let lines = groups.map { group in
            LineChart.Series(
                name: group,
                points: zip(samples, samples.dropFirst()).map { from, to in
                    let rate = (compared(to, group) - compared(from, group)) / (to.seconds - from.seconds)
                    return (x: to.seconds, y: max(0, rate))
                }
            )
        }
        let greatest = lines.flatMap(\.points).map(\.y).max() ?? 0
        let chart = LineChart(
            anchor: "chart-speed",
            title: "Cases compared per second",
            summary: "Cases compared per second in each of \(lines.count.counted("engine")), over time.",
            xLabel: "seconds",
            lines,
            x: ChartScale(exactlyUpTo: last.seconds),
            y: ChartScale(upTo: greatest, countsThings: false)
        )
        guard let chart else { return nil }
        let rows = samples.dropFirst().enumerated().map { position, sample in
            PageTable.Row(
                head: PageNumber.decimal(sample.seconds, places: 2),
                cells: lines.map { .number(PageNumber.decimal($0.points[position].y)) }
            )
        }
        return ChartGroup(
            heading: "Speed of the engines",
            text: "Engines that take turns, as they differ only in how results come from a call, are one line.",
            charts: [chart],
            figures: PageTable(
                caption: "Cases compared per second, by engine",
                columns: ["Seconds"] + groups,
                rows: rows
            )
        )
    }

    /// Samples whose time is one, in their order; a file may hold any numbers.
    private static func drawable(_ series: CampaignSeries?) -> [CampaignSeries.Sample] {
        var last = -1.0
        return (series?.samples ?? []).prefix(CampaignSeries.mostSamples).filter { sample in
            guard sample.seconds > last, sample.seconds < 1e9 else { return false }
            last = sample.seconds
            return true
        }
    }

    /// How many rates a line has at most, as of shorter times they would tell of chance.
    private static let mostRates = 24

    /// Samples that are as far apart as rates need, the last one among them.
    private static func apart(_ samples: [CampaignSeries.Sample]) -> [CampaignSeries.Sample] {
        let step = max(1, (samples.count - 1 + mostRates - 1) / mostRates)
        return samples.enumerated().filter { (samples.count - 1 - $0.offset) % step == 0 }.map(\.element)
    }
}
