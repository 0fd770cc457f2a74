import ByteCoding
import WasmModel

/// The implementation limits of the decoder and the validator.
///
/// They are those of the JavaScript API, except that signatures, bodies and frames may be larger.
///
/// Spec: JavaScript interface, section "Implementation-defined Limits".
public enum ModuleLimits {
    public static let types = 1_000_000
    public static let imports = 1_000_000
    public static let functions = 1_000_000
    public static let tables = 100_000
    public static let memories = 100
    public static let globals = 1_000_000
    public static let tags = 1_000_000
    public static let exports = 1_000_000
    public static let elementSegments = 10_000_000
    public static let elementsPerSegment = 10_000_000
    public static let dataSegments = 100_000
    public static let parameters = 1_000_000
    public static let results = 1_000_000
    public static let fields = 10_000
    public static let subtypeDepth = 63
    /// Declared locals of one function, parameters excluded.
    public static let locals = 50_000
    /// On the operand stack of one function at once.
    public static let operands = 10_000_000
    /// Of a function in the binary format, its declarations of locals included.
    public static let bodySizeInBytes = 32 << 20
    public static let moduleSizeInBytes = 1 << 30
    /// Of a module or a script as text, which takes many times as much memory while it is read.
    public static let textSizeInBytes = 128 << 20

    /// What every message begins with that refuses a module for its size.
    static let refusal = "implementation limit: "

    /// The refusal of so many items; nil where they are not too many.
    static func excess(_ items: String, _ count: Int, _ limit: Int) -> String? {
        count > limit ? "\(refusal)\(count) \(items) exceed \(limit)" : nil
    }

    /// The refusal of a body that was not read from bytes, for the bytes that it would have; nil where it is not too large.
    static func excess(inBodyOf function: Function) -> String? {
        // A bound spares the writing of nearly all: a list has at most eleven bytes an item, and all else of an instruction 32.
        var bound = 11 * function.locals.count + 32 * function.body.count
        for instruction in function.body { bound += 11 * instruction.immediate.listCount }
        guard bound > bodySizeInBytes else { return nil }
        var writer = ByteWriter()
        writer.appendBody(of: function)
        return excess("bytes in a function body", writer.count, bodySizeInBytes)
    }

    /// The refusal of a module for the number of something in it; nil where nothing is too much.
    ///
    /// What needs an index space with its imports, or a body, is left to the validator.
    static func excess(in module: Module) -> String? {
        if let excess = excess("imports", module.imports.count, imports)
            ?? excess("exports", module.exports.count, exports)
            ?? excess("element segments", module.elements.count, elementSegments)
            ?? excess("data segments", module.data.count, dataSegments)
        {
            return excess
        }
        for segment in module.elements {
            let count =
                switch segment.items {
                case .functions(let functions): functions.count
                case .expressions(let expressions): expressions.count
                }
            if let excess = excess("elements", count, elementsPerSegment) { return excess }
        }
        for type in module.types {
            switch type.composite {
            case .function(let function):
                if let excess = excess("parameters", function.parameters.count, parameters)
                    ?? excess("results", function.results.count, results)
                {
                    return excess
                }
            case .structure(let members): if let excess = excess("fields", members.count, fields) { return excess }
            case .array: break
            }
        }
        return nil
    }
}

extension Immediate {
    /// The number of items where the immediate is a list.
    fileprivate var listCount: Int {
        if case .labelTable(let labels) = self { return labels.count }
        if case .tryTable(_, let clauses) = self { return clauses.count }
        if case .selectTypes(let types) = self { return types.count }
        return 0
    }
}
