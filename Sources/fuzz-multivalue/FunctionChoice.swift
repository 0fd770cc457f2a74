import WasmFormats
import WasmModel

/// A function of a module that an option names: by its index, by the name of an export, or by its name in the name section.
struct FunctionChoice {
    let index: FunctionIndex

    /// - Parameter text: digits are an index, from 0 and with imports, as `print` and `objdump` have it; a name may have the dollar sign of the
    ///   text format.
    init(_ text: String, in module: ValidatedModule) throws(CommandFailure) {
        let count = module.functionTypeIndices.count
        if !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            guard let number = Int(text), number < count else {
                let range = count == 0 ? "the module has none" : "the module has 0 to \(count - 1)"
                throw CommandFailure("--function: no function \(text) (\(range))")
            }
            index = FunctionIndex(number)
            return
        }
        let named = Self.names(in: module.module)
        let identifier = text.hasPrefix("$") ? String(text.dropFirst()) : text
        let match =
            named.first { $0.name.utf8.elementsEqual(text.utf8) }
            ?? named.first { $0.name.utf8.elementsEqual(identifier.utf8) }
        guard let match else {
            let nearest = Self.nearest(to: identifier, among: named.map(\.name))
            let choice =
                nearest.isEmpty ? "none has a name; give its index" : "nearest are \(nearest.joined(separator: ", "))"
            throw CommandFailure("--function: no function '\(text)' (\(choice))")
        }
        index = match.index
    }

    /// The names of exports, and then those of the name section.
    private static func names(in module: Module) -> [(name: String, index: FunctionIndex)] {
        let exports = module.exports.compactMap { export in
            if case .function(let index) = export.item { (export.name, index) } else { nil }
        }
        return exports + module.names.functions.sorted { $0.key < $1.key }.map { ($0.value, $0.key) }
    }

    // MARK: Nearest names

    private static let shownNames = 3
    /// Beyond which nothing is compared, so that a mistake takes no time in a large module.
    private static let mostNames = 10_000
    private static let longestName = 64

    private static func nearest(to text: String, among names: [String]) -> [String] {
        let target = Array(text.utf8.prefix(longestName))
        var seen: Set<String> = []
        return names.prefix(mostNames).filter { seen.insert($0).inserted }
            .map { (name: $0, distance: distance(Array($0.utf8.prefix(longestName)), target)) }
            .sorted { $0.distance < $1.distance }
            .prefix(shownNames).map { String($0.name.prefix(longestName)) }
    }

    /// How many bytes have to be put in, left out or replaced to make one name of another.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (position, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = position + 1
            for column in right.indices {
                let replaced = diagonal + (byte == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
            }
        }
        return row[right.count]
    }
}
