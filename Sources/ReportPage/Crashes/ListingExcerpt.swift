import Execution
import Triage
import WasmModel

/// A listing as people see it: the functions to look at first, then the others, then stubs.
public struct ListingExcerpt {
    /// How much is shown.
    public enum Scope: Sendable {
        /// Regions as there is room for, in lines.
        case room(Int)
        /// The functions to look at, whole; all functions where there are none to look at.
        case focus
    }

    /// The engine.
    public let name: String
    /// Nil where there is none to show.
    public let text: String?
    /// What is left out, or why there is nothing.
    public let remark: String?

    /// On a page.
    static let mostLines = 400

    /// Makes an excerpt of what a request got.
    public init(of request: CodeRequest, _ code: CompiledCode, scope: Scope) {
        name = request.engine.description
        switch code {
        case .unavailable(let reason): (text, remark) = (nil, reason)
        case .listing(let lines, let said):
            let regions = lines.split(separator: "").map(Array.init)
            let focus = request.focus.functions
            let ranks = regions.map { region in
                focus.firstIndex { Self.isCode(region, of: $0) }
                    ?? (Self.isFunction(region) ? focus.count : focus.count + 1)
            }
            let order = regions.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }
            // Functions alone, and where there are some to look at, only these.
            let last = ranks.contains { $0 < focus.count } ? focus.count - 1 : focus.count
            let shown: (kept: [Int], leftOut: [Int]) =
                switch scope {
                case .room(let count): Self.fitting(order, of: regions, in: count)
                case .focus: (kept: order.filter { ranks[$0] <= last }, leftOut: [])
                }
            guard shown.kept.contains(where: { ranks[$0] <= focus.count }) else {
                text = nil
                remark = "not shown: \(lines.count.counted("line")) are more than \(Self.mostLines)"
                return
            }
            text = shown.kept.map { regions[$0].joined(separator: "\n") }.joined(separator: "\n\n")
            remark = Self.remark(said, request.focus.culprits, shown.leftOut.map { regions[$0] })
        }
    }

    /// What of regions there is room for, by their numbers.
    private static func fitting(
        _ order: [Int],
        of regions: [[String]],
        in count: Int
    ) -> (kept: [Int], leftOut: [Int]) {
        var room = count
        var (kept, leftOut): ([Int], [Int]) = ([], [])
        for number in order {
            if regions[number].count < room {
                room -= regions[number].count + 1
                kept.append(number)
            } else {
                leftOut.append(number)
            }
        }
        return (kept, leftOut)
    }

    private static let mostNames = 4

    private static func remark(_ said: String?, _ culprits: [FunctionIndex], _ leftOut: [[String]]) -> String? {
        var parts = [said].compactMap { $0 }
        if !culprits.isEmpty {
            let numbers = culprits.map(\.description).joined(separator: ", ")
            parts.append("at fault: function\(culprits.count == 1 ? "" : "s") \(numbers)")
        }
        if !leftOut.isEmpty {
            let names = leftOut.prefix(mostNames).map { "\(title(of: $0)) (\($0.count.counted("line")))" }
            let more = leftOut.count > mostNames ? " and \(leftOut.count - mostNames) more" : ""
            parts.append("left out: \(names.joined(separator: ", "))\(more)")
        }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    private static func isFunction(_ region: [String]) -> Bool { region.first?.hasPrefix("function ") == true }

    /// Whether a region is what a function is compiled to, which of an imported one is its stub.
    private static func isCode(_ region: [String], of function: FunctionIndex) -> Bool {
        let title = region.first ?? ""
        return title.hasPrefix("function \(function) ") || title.hasPrefix("exit stub of import \(function) ")
    }

    /// `entry stub for 0 -> 143 values`.
    private static func title(of region: [String]) -> String {
        String((region.first ?? "").prefix { $0 != "," }.prefix(80))
    }
}
