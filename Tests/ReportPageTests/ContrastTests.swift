import Foundation
import Testing

@testable import ReportPage

/// The contrast of the style sheet's colours, by the formula of WCAG 2.2.
struct ContrastTests {
    /// The properties of `:root` by their names: those of the light scheme, and over these those of the dark one.
    private static let schemes: [(name: String, colours: [String: String])] = {
        let roots = styleSheet.matches(of: /:root \{([^}]*)\}/).map { root in
            Dictionary(
                uniqueKeysWithValues: root.1.matches(of: /--([\w-]+): (#[0-9a-f]{6});/).map {
                    (String($0.1), String($0.2))
                }
            )
        }
        guard roots.count == 2 else { return [] }
        return [("light", roots[0]), ("dark", roots[0].merging(roots[1]) { $1 })]
    }()

    private static func luminance(_ colour: String) -> Double {
        let number = Int(colour.dropFirst(), radix: 16) ?? 0
        let channels = [number >> 16, number >> 8, number].map { channel -> Double in
            let share = Double(channel & 0xFF) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }

    private static func contrast(_ one: String, _ other: String) -> Double {
        let (a, b) = (luminance(one), luminance(other))
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    @Test func `the formula gives what is known of it`() {
        #expect(abs(Self.contrast("#000000", "#ffffff") - 21) < 0.001)
        #expect(abs(Self.contrast("#777777", "#ffffff") - 4.48) < 0.01)
    }

    @Test func `text can be read on what is behind it, in both schemes`() throws {
        try #require(Self.schemes.count == 2)
        for (name, colours) in Self.schemes {
            var pairs = ["text", "quiet", "link", "open", "accepted", "fixed", "private"].map { ($0, "page") }
            pairs += ["quiet", "panel-text"].map { ($0, "panel") }
            // A name with a text of its own is what is behind that.
            pairs += colours.keys.filter { $0.hasSuffix("-text") }.map { ($0, String($0.dropLast("-text".count))) }
            for number in 1...8 { pairs.append(("line-\(number)", "page")) }
            #expect(pairs.count > 20)
            for (text, behind) in pairs {
                let contrast = Self.contrast(try #require(colours[text]), try #require(colours[behind]))
                #expect(contrast >= 4.5, "\(text) on \(behind), \(name): \(contrast)")
            }
        }
    }

    @Test func `both schemes have the same colours, and no rule has one of its own`() {
        #expect(Self.schemes.map { Set($0.colours.keys) }.allSatisfy { $0.count > 30 })
        let roots = styleSheet.matches(of: /:root \{([^}]*)\}/).map { String($0.1) }
        let names = roots.map { root in Set(root.matches(of: /--([\w-]+):/).map { String($0.1) }) }
        #expect(names.count == 2 && names[0] == names[1])
        let rules = styleSheet.replacing(/:root \{[^}]*\}/, with: "")
        #expect(!rules.contains(/#[0-9a-f]{3,6}\b/) && !rules.contains("rgb"))
    }
}
