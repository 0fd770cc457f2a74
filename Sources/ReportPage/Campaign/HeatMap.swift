import Campaign
import WasmGenerator

/// The domain as tables of edges by arities: which share of the places was met, in all and by outcome.
struct HeatMap {
    let text: String
    let whole: PageTable
    let byOutcome: [PageTable]

    /// Nil where nothing is in the domain.
    init?(_ domain: DomainSummary) {
        let squares = domain.squares
        guard !squares.isEmpty else { return nil }
        let share = PageNumber.percent(domain.met, of: domain.possible) ?? "0 %"
        text =
            "\(PageNumber.grouped(domain.met)) of \(PageNumber.grouped(domain.possible)) places were met (\(share)). "
            + "A place is an edge, an arity, the classes of the values, a kind of body, a feature of the module and an outcome. "
            + "Each cell says which share of its places was met; a dash says that there is none."
        whole = Self.table("Places met, by edge and arity", squares) { Self.cell($0.places) }
        byOutcome = DomainOutcome.allCases.compactMap { outcome in
            if outcome == .refused {
                guard squares.contains(where: { $0.refusals > 0 }) else { return nil }
                return Self.table("Runs that engines refused, by edge and arity", squares) {
                    PageTable.Cell(text: PageNumber.grouped($0.refusals), kind: $0.refusals > 0 ? "refused" : "number")
                }
            }
            guard squares.contains(where: { $0.outcomes[outcome] != nil }) else { return nil }
            return Self.table("Places met with the outcome \(outcome.rawValue), by edge and arity", squares) { square in
                Self.cell(square.outcomes[outcome] ?? DomainSquare.Share())
            }
        }
    }

    private static func table(
        _ caption: String,
        _ squares: [DomainSquare],
        _ cell: (DomainSquare) -> PageTable.Cell
    ) -> PageTable {
        let arities = ArityBucket.allCases.filter { arity in squares.contains { $0.arity == arity } }
        let edges = Edge.allCases.filter { edge in squares.contains { $0.edge == edge } }
        return PageTable(
            caption: caption,
            columns: ["Edge"] + arities.map(\.rawValue),
            rows: edges.map { edge in
                PageTable.Row(
                    head: edge.rawValue,
                    cells: arities.map { arity in
                        squares.first { $0.edge == edge && $0.arity == arity }.map(cell)
                            ?? Self.cell(DomainSquare.Share())
                    }
                )
            },
            kind: "heat"
        )
    }

    private static func cell(_ share: DomainSquare.Share) -> PageTable.Cell {
        guard let percent = PageNumber.percent(share.met, of: share.possible) else {
            return PageTable.Cell(text: "\u{2013}", kind: "heat-none")
        }
        return PageTable.Cell(
            text: percent,
            note: "\(PageNumber.grouped(share.met)) of \(PageNumber.grouped(share.possible))",
            kind: "heat-\(level(share))"
        )
    }

    /// From 0 for nothing to 5 for all.
    static func level(_ share: DomainSquare.Share) -> Int {
        if share.met == 0 { return 0 }
        if share.met >= share.possible { return 5 }
        return 1 + min(3, share.met * 4 / share.possible)
    }
}
