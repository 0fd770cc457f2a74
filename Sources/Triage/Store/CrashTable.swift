import Execution

/// The crashes of a store as rows.
public struct CrashTable: Sendable {
    public let rows: [Row]

    /// A crash in one line.
    public struct Row: Hashable, Sendable, Codable {
        /// The folder's name.
        public var name: String
        public var status: CrashReport.Status
        public var engine: EngineName
        public var signature: String
        /// What it means for those who use the engine; nil for an engine in this program.
        public var severity: Severity?
        /// Who is to hear of it before anybody else; nil where it does not matter.
        public var disclosure: String?
        /// In words; nil where it was not searched for.
        public var boundary: String?
        /// Of the reduced module, in bytes.
        public var size: Int
        public var specimen: String?
    }

    /// Makes the rows of folders, in their order.
    public init(_ folders: [CrashFolder]) {
        rows = folders.map { folder in
            Row(
                name: folder.name,
                status: folder.report.status,
                engine: folder.report.engine,
                signature: folder.report.signature.description,
                severity: folder.report.account?.severity,
                disclosure: folder.report.account?.severity.disclosure,
                boundary: folder.report.boundary?.description,
                size: folder.report.reducedSize,
                specimen: folder.report.specimen
            )
        }
    }

    /// Columns with a heading, two spaces apart; one line where there are no rows.
    public var text: String {
        if rows.isEmpty { return "no crashes\n" }
        var lines = [["crash", "status", "size", "boundary", "severity", "signature"]]
        for row in rows {
            lines.append([
                row.name.displayed, row.status.rawValue, "\(row.size) B", row.boundary?.displayed ?? "-",
                row.severity?.advice ?? "-",
                (row.signature + (row.specimen.map { " (injected: \($0))" } ?? "")).displayed,
            ])
        }
        let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { line in
            var text = ""
            for (column, cell) in line.enumerated() {
                text += cell
                if column < line.count - 1 { text += String(repeating: " ", count: widths[column] - cell.count + 2) }
            }
            return text + "\n"
        }.joined()
    }

    /// The rows as an array, pretty-printed.
    public func json() throws(CrashStoreError) -> String {
        String(decoding: try ReportText.encode(rows, path: "the table"), as: UTF8.self)
    }
}
