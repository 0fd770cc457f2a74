import WasmGenerator

/// Which part of the domain a campaign has met: the map, and what is possible and was not met.
public struct DomainSummary: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case possible = "possible"
        case met = "met"
        case rows = "rows"
        case map = "map"
        case notMet = "notMet"
        case unforeseen = "unforeseen"
    }

    /// One value of one of the parts of a cell, or an outcome: how many of the places with it were met.
    public struct Row: Hashable, Sendable, Codable {
        private enum CodingKeys: String, CodingKey {
            case part = "part"
            case value = "value"
            case possible = "possible"
            case met = "met"
        }

        /// `edge`, `arity`, `classes`, `body`, `feature` or `outcome`.
        public var part: String
        public var value: String
        public var possible: Int
        public var met: Int

        var share: Double { Double(met) / Double(possible) }
    }

    /// How many places there are: cells with an outcome that a case can have in them.
    public var possible: Int
    /// How many of these any engine, or the oracle, has met.
    public var met: Int
    /// For each value of each part, emptiest first.
    public var rows: [Row]
    public var map: DomainMap
    /// The outcomes that were not met, by the texts of cells.
    public var notMet: [String: [String]]
    /// The outcomes that were met and are not among the possible ones, by the texts of cells; that an engine refuses is none.
    public var unforeseen: [String: [String]]

    /// Compares what was met with what is possible.
    init(_ map: DomainMap, possible places: Set<DomainPlace>) {
        self.map = map
        possible = places.count
        met = 0
        notMet = [:]
        unforeseen = [:]
        for place in map.places where place.outcome != .refused && !places.contains(place) {
            unforeseen[place.cell.text, default: []].append(place.outcome.rawValue)
        }
        var counts: [String: Row] = [:]
        for place in places {
            let isMet = map.contains(place)
            if isMet { met += 1 } else { notMet[place.cell.text, default: []].append(place.outcome.rawValue) }
            for (part, value) in place.parts {
                var row = counts["\(part) \(value)"] ?? Row(part: part, value: value, possible: 0, met: 0)
                row.possible += 1
                row.met += isMet ? 1 : 0
                counts["\(part) \(value)"] = row
            }
        }
        notMet = notMet.mapValues { $0.sorted() }
        unforeseen = unforeseen.mapValues { $0.sorted() }
        rows = counts.values.sorted { ($0.share, $0.part, $0.value) < ($1.share, $1.part, $1.value) }
    }

    private static let mostRows = 4

    /// One line.
    var text: String {
        let share = possible > 0 ? Double(met) / Double(possible) * 100 : 0
        let emptiest = rows.filter { $0.met < $0.possible }.prefix(Self.mostRows)
            .map { "\($0.part) \($0.value) \($0.met) of \($0.possible)" }
        let text = "domain: \(met) of \(possible) places met (\(CampaignSummary.rounded(share)) %)"
        return emptiest.isEmpty ? text : "\(text); least of \(emptiest.joined(separator: ", "))"
    }
}

extension DomainPlace {
    fileprivate var parts: [(part: String, value: String)] {
        [
            ("edge", cell.edge.rawValue), ("arity", cell.arity.rawValue), ("classes", cell.classes.rawValue),
            ("body", cell.body.rawValue), ("feature", cell.feature.rawValue), ("outcome", outcome.rawValue),
        ]
    }
}
