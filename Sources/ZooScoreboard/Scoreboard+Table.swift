import Triage

extension Scoreboard {
    /// The scoreboard for people: a line a specimen, then what the baselines found.
    public var table: String {
        let own = rows.filter { $0.search == .everything }
        var text = Self.aligned(
            [
                [
                    "specimen", "found", "cases", "seconds", "engine", "oracle", "bytes", "smallest", "boundary", "",
                    "signature",
                ]
            ]
                + own.map { row in
                    let discovery = row.discovery
                    return [
                        row.specimen ?? "(healthy)",
                        discovery == nil ? "no" : "yes",
                        "\(row.cases)",
                        Self.rounded(row.seconds),
                        discovery?.engine.description ?? "-",
                        discovery?.oracle.rawValue ?? "-",
                        discovery.map { "\($0.originalSize) -> \($0.reducedSize)" } ?? "-",
                        row.smallestSize.map(String.init) ?? "-",
                        discovery?.boundary?.description ?? "-",
                        row.boundary?.rawValue ?? "-",
                        discovery?.signature.description ?? "-",
                    ]
                }
        )
        let baselines = Search.allCases.filter { search in
            search != .everything && rows.contains { $0.search == search }
        }
        if !baselines.isEmpty {
            var lines = [
                ["specimen"] + Search.allCases.filter { $0 == .everything || baselines.contains($0) }.map(\.rawValue)
            ]
            for row in own where row.specimen != nil {
                let found = baselines.map { search in
                    rows.first { $0.search == search && $0.specimen == row.specimen }.map(Self.cell) ?? "-"
                }
                lines.append([row.specimen ?? "", Self.cell(row)] + found)
            }
            text += "\n" + Self.aligned(lines)
        }
        let found = own.count { $0.specimen != nil && $0.discovery != nil }
        text += "\n\(found) of \(own.count { $0.specimen != nil }) specimens found"
        for search in baselines {
            let count = rows.count { $0.search == search && $0.discovery != nil }
            text += ", \(count) by \(search.rawValue)"
        }
        if let control = own.first(where: { $0.specimen == nil }) {
            text += "; healthy pipeline: \(control.discovery == nil ? "no finding" : "A FINDING")"
            text +=
                " in \(control.cases) cases (\(control.agreements) agreements, \(control.inconclusive) inconclusive)"
        }
        return "\(text)\n\(triageText)"
    }

    /// How triage fared; empty where nothing was found.
    private var triageText: String {
        let figures = TriageFigures(rows)
        if figures.foundCount == 0 { return "" }
        let short = figures.sizeRatios.count { $0 <= TriageFigures.aim }
        var text =
            "reduced to at most \(Self.rounded(TriageFigures.aim)) times the smallest module known: \(short) of "
            + "\(figures.sizeRatios.count), median \(Self.rounded(TriageFigures.median(figures.sizeRatios))) times; "
            + "median \(Self.rounded(TriageFigures.median(figures.seconds))) s and "
            + "\(Int(TriageFigures.median(figures.evaluations))) runs\n"
        text += "folders per specimen: \(Self.rounded(figures.foldersPerSpecimen))"
        if !figures.split.isEmpty { text += "; more than one: \(figures.split.joined(separator: ", "))" }
        if !figures.merged.isEmpty {
            text += "; taken for one: \(figures.merged.map { "\($0) and \($1)" }.joined(separator: ", "))"
        }
        return text + "\n"
    }

    private static func cell(_ row: ScoreboardRow) -> String {
        "\(row.discovery == nil ? "no, " : "yes, ")\(row.cases) cases, \(rounded(row.seconds)) s"
    }

    /// With one digit after the point.
    private static func rounded(_ seconds: Double) -> String {
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// Lines of cells, each as wide as the widest of its column.
    private static func aligned(_ lines: [[String]]) -> String {
        var widths: [Int] = []
        for line in lines {
            for (column, cell) in line.enumerated() {
                if column < widths.count {
                    widths[column] = max(widths[column], cell.count)
                } else {
                    widths.append(cell.count)
                }
            }
        }
        return lines.map { line in
            var text = ""
            for (column, cell) in line.enumerated() {
                text += cell
                guard column < line.count - 1 else { continue }
                text += String(repeating: " ", count: widths[column] - cell.count + 2)
            }
            return text + "\n"
        }.joined()
    }
}
