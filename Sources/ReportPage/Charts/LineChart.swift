/// Lines over one axis, as the geometry of an SVG image.
struct LineChart {
    /// What is drawn.
    struct Series {
        let name: String
        let points: [(x: Double, y: Double)]
    }

    /// A text at a place; what is not said about it is in the style sheet.
    struct Mark {
        let x: String
        let y: String
        let label: String
    }

    struct Line {
        let name: String
        /// From 1, by which the style sheet tells lines apart.
        let number: Int
        /// As SVG writes them.
        let points: String
        let dots: [Dot]
    }

    struct Dot {
        let x: String
        let y: String
    }

    /// What all charts have in common, as SVG writes it.
    struct Frame {
        let viewBox = "0 0 \(LineChart.text(LineChart.width)) \(LineChart.text(LineChart.height))"
        /// Where lines across the plot end.
        let right = LineChart.text(LineChart.plot.right)
        let middle = LineChart.text((LineChart.plot.left + LineChart.plot.right) / 2)
        /// Where marks below the plot end, and where the label of the axis is.
        let belowPlot = LineChart.text(LineChart.plot.bottom + 5)
        let label = LineChart.text(LineChart.height - 6)
    }

    /// Of the document, to which its title and description belong.
    let anchor: String
    let title: String
    /// What is to be seen, in words.
    let summary: String
    let xLabel: String
    let frame = Frame()
    let xMarks: [Mark]
    let yMarks: [Mark]
    let lines: [Line]
    /// Whether names tell lines apart.
    let hasLegend: Bool

    /// In units of the image.
    static let width = 440.0
    static let height = 220.0
    static let plot = (left: 52.0, right: 416.0, top: 12.0, bottom: 176.0)
    /// More lines than colours and dashes.
    static let mostLines = 8
    /// Lines with more points than this have a dot at their end only.
    private static let mostDots = 12

    /// - Returns: nil where there is no point to draw.
    init?(
        anchor: String,
        title: String,
        summary: String,
        xLabel: String,
        _ series: [Series],
        x: ChartScale,
        y: ChartScale
    ) {
        let drawn = series.filter { !$0.points.isEmpty }.prefix(Self.mostLines)
        guard !drawn.isEmpty else { return nil }
        self.anchor = anchor
        self.title = title
        self.summary = summary
        self.xLabel = xLabel
        func place(_ value: Double, x scale: ChartScale) -> String {
            Self.text(Self.plot.left + scale.share(of: value) * (Self.plot.right - Self.plot.left))
        }
        func place(_ value: Double, y scale: ChartScale) -> String {
            Self.text(Self.plot.bottom - scale.share(of: value) * (Self.plot.bottom - Self.plot.top))
        }
        xMarks = x.ticks.map { Mark(x: place($0.value, x: x), y: Self.text(Self.plot.bottom), label: $0.label) }
        yMarks = y.ticks.map { Mark(x: Self.text(Self.plot.left), y: place($0.value, y: y), label: $0.label) }
        lines = drawn.enumerated().map { position, series in
            let dots = series.points.map { Dot(x: place($0.x, x: x), y: place($0.y, y: y)) }
            return Line(
                name: series.name,
                number: position + 1,
                points: dots.map { "\($0.x),\($0.y)" }.joined(separator: " "),
                dots: dots.count > Self.mostDots ? dots.suffix(1) : dots
            )
        }
        hasLegend = lines.count > 1
    }

    fileprivate static func text(_ number: Double) -> String { PageNumber.decimal(number, places: 1) }
}
