/// How well what was found is told apart and reduced, over all specimens of the project's own search.
struct TriageFigures {
    /// The specimens with more than one folder.
    private(set) var split: [String] = []
    /// Pairs of specimens whose failures are one crash to a store.
    private(set) var merged: [(String, String)] = []
    /// Of each first discovery, how many times as large it is as the smallest module known.
    private(set) var sizeRatios: [Double] = []
    private(set) var seconds: [Double] = []
    private(set) var evaluations: [Double] = []
    private(set) var foundCount = 0
    private var folderCount = 0

    init(_ rows: [ScoreboardRow]) {
        let found = rows.filter { $0.search == .everything && $0.specimen != nil && !$0.discoveries.isEmpty }
        foundCount = found.count
        for (position, row) in found.enumerated() {
            folderCount += row.discoveries.count
            let name = row.specimen ?? ""
            if row.discoveries.count > 1 { split.append(name) }
            for other in found[..<position] where row.shows(other) { merged.append((other.specimen ?? "", name)) }
            guard let first = row.discovery else { continue }
            if let smallest = row.smallestSize { sizeRatios.append(Double(first.reducedSize) / Double(smallest)) }
            if let cost = first.cost {
                seconds.append(cost.seconds)
                evaluations.append(Double(cost.evaluations))
            }
        }
    }

    var foldersPerSpecimen: Double { foundCount == 0 ? 0 : Double(folderCount) / Double(foundCount) }

    /// The one in the middle; 0 of none.
    static func median(_ values: [Double]) -> Double { values.isEmpty ? 0 : values.sorted()[values.count / 2] }

    /// The ratio that a reduction is to keep below.
    static let aim = 1.2
}

extension ScoreboardRow {
    /// Whether a failure of one specimen would be taken for one of the other.
    fileprivate func shows(_ other: ScoreboardRow) -> Bool {
        discoveries.contains { own in
            other.discoveries.contains { $0.signature.covers(own.signature) || own.signature.covers($0.signature) }
        }
    }
}
