import MachineCode
import SSA
import WasmFormats
import WasmModel

/// A parameter or a result of a function that a layout names apart from the others, as it is the one that differs.
public struct MarkedValue: Hashable, Sendable {
    /// A list of a signature.
    public enum List: String, Hashable, Sendable, CaseIterable {
        case parameters = "parameters"
        case results = "results"

        fileprivate var noun: String {
            switch self {
            case .parameters: "parameter"
            case .results: "result"
            }
        }
    }

    public let function: FunctionIndex
    public let list: List
    /// In the list, from 0.
    public let index: Int

    /// Why there is no such value.
    public struct Missing: Error, Hashable, Sendable, CustomStringConvertible {
        public let description: String
    }

    /// Reads `3:results:1`, the function's index, the list and the place in it.
    /// - Throws: where it is none of that form, or the module has no such value.
    public init(_ text: String, in module: ValidatedModule) throws(Missing) {
        let words = text.split(separator: ":", omittingEmptySubsequences: false)
        guard words.count == 3, let function = Self.number(words[0]), let list = List(rawValue: String(words[1])),
            let index = Self.number(words[2])
        else {
            throw Missing(
                description: "'\(text)' is not of the form 0:results:1 (function, parameters or results, index)"
            )
        }
        guard module.functionTypeIndices.indices.contains(function) else {
            throw Missing(description: "the module has \(module.functionTypeIndices.count.counted("function"))")
        }
        let type = module.functionType(of: FunctionIndex(function))
        let count = (list == .results ? type.results : type.parameters).count
        guard index < count else {
            throw Missing(description: "function \(function) has \(count.counted(list.noun))")
        }
        self.function = FunctionIndex(function)
        self.list = list
        self.index = index
    }

    private static func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }

    /// `;   differs: result 1, f64 +8`.
    func text(_ layout: CallLayout, _ signature: Signature) -> String {
        let (places, types) =
            switch list {
            case .parameters: (layout.parameters, signature.parameters)
            case .results: (layout.results, signature.results)
            }
        guard places.indices.contains(index), types.indices.contains(index) else { return "" }
        return ";   differs: \(list.noun) \(index), \(ModuleListing.text(places[index], types[index]))\n"
    }
}
