import Foundation

/// How numbers become places along one side of a chart.
struct ChartScale {
    /// A mark with its label.
    struct Tick: Equatable {
        let value: Double
        let label: String
    }

    let least: Double
    let most: Double
    let isLogarithmic: Bool
    let ticks: [Tick]

    /// From zero to a round number that is no less than the greatest, in about four steps.
    /// - Parameter countsThings: steps are whole then.
    init(upTo greatest: Double, countsThings: Bool) {
        let top = greatest > Self.nothing ? greatest : 1
        var step = Self.roundStep(top / 4)
        if countsThings { step = max(1, step) }
        let count = Int((top / step - 1e-9).rounded(.up))
        least = 0
        most = Double(max(1, count)) * step
        isLogarithmic = false
        ticks = (0...max(1, count)).map { number in
            let value = Double(number) * step
            return Tick(value: value, label: Self.label(value))
        }
    }

    /// From zero to exactly the greatest, with marks at round numbers.
    init(exactlyUpTo greatest: Double) {
        let top = greatest > Self.nothing ? greatest : 1
        let step = Self.roundStep(top / 6)
        least = 0
        most = top
        isLogarithmic = false
        ticks = (0...Int(top / step + 1e-9)).map { number in
            let value = Double(number) * step
            return Tick(value: value, label: Self.label(value))
        }
    }

    /// Logarithmic, with a mark at each of these numbers, all above zero.
    init(logarithmicAt values: [Double]) {
        least = values.min() ?? 1
        most = max(values.max() ?? 1, least * 1.0001)
        isLogarithmic = true
        ticks = values.map { Tick(value: $0, label: Self.label($0)) }
    }

    /// Logarithmic over whole powers of ten.
    /// - Parameter range: above zero.
    init(decadesAround range: ClosedRange<Double>) {
        let first = Int(log10(range.lowerBound).rounded(.down))
        let last = max(first + 1, Int(log10(range.upperBound).rounded(.up)))
        self.init(logarithmicAt: (first...last).map { pow(10, Double($0)) })
    }

    /// How far along the side a number is, from 0 to 1.
    func share(of value: Double) -> Double {
        let share =
            isLogarithmic
            ? (log(max(value, least)) - log(least)) / (log(most) - log(least)) : (value - least) / (most - least)
        return min(1, max(0, share))
    }

    /// What is no more is zero.
    private static let nothing = 1e-9

    /// The smallest of 1, 2 and 5 times a power of ten that is no less.
    private static func roundStep(_ step: Double) -> Double {
        let power = pow(10, log10(step).rounded(.down))
        return ([1, 2, 5].first { $0 * power >= step * (1 - 1e-9) } ?? 10) * power
    }

    static func label(_ value: Double) -> String {
        switch value.magnitude {
        case 1e9...: String(format: "%.3g", value)
        case 1e6...: "\(PageNumber.decimal(value / 1e6, places: 2)) M"
        case 1e4...: "\(PageNumber.decimal(value / 1e3, places: 1)) k"
        default: PageNumber.decimal(value, places: 3)
        }
    }
}
