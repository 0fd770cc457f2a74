/// Charts with one heading, and all of their figures in one table.
struct ChartGroup {
    let heading: String
    /// What it shows, in words.
    let text: String
    let charts: [LineChart]
    let figures: PageTable
}
