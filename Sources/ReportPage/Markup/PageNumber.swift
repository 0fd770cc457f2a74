import Foundation

/// Numbers as the page shows them; those of a file can be anything, and none is a trap.
enum PageNumber {
    /// `12,345`.
    static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var text = ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return number < 0 ? "-\(text)" : text
    }

    /// With at most as many decimal places, and none that are zero: `12`, `0.5`.
    static func decimal(_ number: Double, places: Int = 1) -> String {
        guard number.isFinite, number.magnitude < 1e15 else { return "\(number)" }
        var text = String(format: "%.\(places)f", number)
        if text.contains(".") {
            while text.hasSuffix("0") { text.removeLast() }
            if text.hasSuffix(".") { text.removeLast() }
        }
        return text == "-0" ? "0" : text
    }

    /// The share in percent, rounded down but for what is not nothing, so that only all is `100 %`; nil of nothing.
    static func percent(_ part: Int, of whole: Int) -> String? {
        guard whole > 0 else { return nil }
        let share = max(0, min(1, Double(part) / Double(whole)))
        if part > 0, share < 0.01 { return "<1 %" }
        return "\(part < whole ? min(99, Int(share * 100)) : 100) %"
    }
}
