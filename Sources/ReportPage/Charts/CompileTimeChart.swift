import Campaign

extension ChartGroup {
    /// How long the compilers in this program took against the arity; nil where the campaign measured none of them.
    static func compileTimes(_ times: [CompileTime]?, machines: [String]) -> ChartGroup? {
        var groups: [String: [Int: Total]] = [:]
        for time in times ?? [] where time.arity > 0 && time.count > 0 && time.isMeasured {
            let name = EngineGroup.name(of: time.engine.description, machines: machines)
            groups[name, default: [:]][time.arity, default: Total()].add(time)
        }
        guard !groups.isEmpty else { return nil }
        let names = groups.keys.sorted()
        let arities = Set(groups.values.flatMap(\.keys)).sorted()
        let lines = names.map { name in
            LineChart.Series(
                name: name,
                points: groups[name, default: [:]].sorted { $0.key < $1.key }
                    .map { (x: Double($0.key), y: $0.value.mean) }
            )
        }
        let means = lines.flatMap(\.points).map(\.y)
        let chart = LineChart(
            anchor: "chart-compile-time",
            title: "Milliseconds of compilation against arity",
            summary: "The mean processor time of \(names.joined(separator: ", ")) at \(arities.count) arities, from "
                + "\(PageNumber.decimal(means.min() ?? 0, places: 2)) to \(PageNumber.decimal(means.max() ?? 0, places: 2)) milliseconds; both axes are logarithmic.",
            xLabel: "parameters or results",
            lines,
            x: ChartScale(logarithmicAt: arities.map(Double.init)),
            y: ChartScale(decadesAround: (means.min() ?? 1)...(means.max() ?? 1))
        )
        guard let chart else { return nil }
        let rows = names.flatMap { name in
            groups[name, default: [:]].sorted { $0.key < $1.key }.map { arity, total in
                PageTable.Row(
                    head: name,
                    cells: [
                        .number(arity), .number(total.count),
                        .number(PageNumber.decimal(total.least, places: 2)),
                        .number(PageNumber.decimal(total.mean, places: 2)),
                        .number(PageNumber.decimal(total.most, places: 2)),
                    ]
                )
            }
        }
        return ChartGroup(
            heading: "Compile time against arity",
            text:
                "The mean processor time of recipes that workers scaled to these arities. Recipes differ, and a line of slope one is time that grows as the arity does.",
            charts: [chart],
            figures: PageTable(
                caption: "Milliseconds of compilation, by engine and arity",
                columns: ["Engine", "Arity", "Measured", "Least ms", "Mean ms", "Most ms"],
                rows: rows
            )
        )
    }

    /// What the engines of one line took at one arity, in milliseconds.
    private struct Total {
        var count = 0
        var sum = 0.0
        var least = Double.infinity
        var most = 0.0

        var mean: Double { sum / Double(count) }

        mutating func add(_ time: CompileTime) {
            count += time.count
            sum += time.meanMilliseconds * Double(time.count)
            least = min(least, time.leastMilliseconds)
            most = max(most, time.mostMilliseconds)
        }
    }
}

extension CompileTime {
    /// Whether the figures can be drawn: above zero, and none that only a made-up file has.
    fileprivate var isMeasured: Bool {
        [leastMilliseconds, meanMilliseconds, mostMilliseconds].allSatisfy { $0 > 1e-6 && $0 < 1e9 } && count < 1 << 32
    }
}
