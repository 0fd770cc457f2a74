import Execution
import WasmModel

/// What a compiler makes of the module of a crash, as `compile --emit listing` writes it.
public enum CompiledCode: Hashable, Sendable {
    /// The lines of the listing, and what is to be said of it.
    case listing([String], remark: String? = nil)
    /// There is none, and why.
    case unavailable(String)
}

/// A request for the code of one compiler.
public struct CodeRequest: Hashable, Sendable {
    /// The path of the module.
    public let module: String
    public let engine: EngineName
    /// The deliberate bug that the compiler is to have.
    public let specimen: String?

    /// Makes a request.
    public init(module: String, engine: EngineName, specimen: String?) {
        self.module = module
        self.engine = engine
        self.specimen = specimen
    }
}

/// A listing as the page shows it: functions first of all, and of the stubs what there is room for.
struct ListingExcerpt {
    /// The engine.
    let name: String
    /// Nil where there is none to show.
    let text: String?
    /// What is left out, or why there is nothing.
    let remark: String?

    static let mostLines = 400

    init(_ engine: EngineName, _ code: CompiledCode) {
        name = engine.description
        switch code {
        case .unavailable(let reason): (text, remark) = (nil, reason)
        case .listing(let lines, let said):
            let regions = lines.split(separator: "").map(Array.init)
            let ordered = regions.filter(Self.isFunction) + regions.filter { !Self.isFunction($0) }
            var room = Self.mostLines
            var (kept, leftOut): ([[String]], [[String]]) = ([], [])
            for region in ordered {
                if region.count < room {
                    room -= region.count + 1
                    kept.append(region)
                } else {
                    leftOut.append(region)
                }
            }
            guard kept.contains(where: Self.isFunction) else {
                text = nil
                remark = "not shown: \(lines.count.counted("line")) are more than \(Self.mostLines)"
                return
            }
            text = kept.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
            remark = Self.remark(said, leftOut)
        }
    }

    private static let mostNames = 4

    private static func remark(_ said: String?, _ leftOut: [[String]]) -> String? {
        var parts = [said].compactMap { $0 }
        if !leftOut.isEmpty {
            let names = leftOut.prefix(mostNames).map { "\(title(of: $0)) (\($0.count.counted("line")))" }
            let more = leftOut.count > mostNames ? " and \(leftOut.count - mostNames) more" : ""
            parts.append("left out: \(names.joined(separator: ", "))\(more)")
        }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    private static func isFunction(_ region: [String]) -> Bool { region.first?.hasPrefix("function ") == true }

    /// `entry stub for 0 -> 143 values`.
    private static func title(of region: [String]) -> String {
        String((region.first ?? "").prefix { $0 != "," }.prefix(80))
    }
}
