import WasmModel

/// A module in two, which link to what it was: a companion that defines its tables, memories, globals and tags and its first functions, and
/// exports all of them, and the rest, which imports them. All indices stay what they are.
public struct ModuleSplit: Hashable, Sendable {
    public let companion: Module
    public let rest: Module

    /// Splits a module. Nil where it imports anything but functions, where the functions in front need those behind them, or the whole module.
    /// - Parameters:
    ///   - name: of the module from which the rest imports.
    ///   - functionCount: how many functions the companion has at most, imports included.
    init?(_ module: Module, importingFrom name: String, functionCount limit: Int) {
        guard module.importedFunctionCount == module.imports.count,
            let count = Self.closedPrefix(of: module, limit: limit)
        else { return nil }
        let globalCount = module.globals.count
        var companion = module
        companion.functions = Array(module.functions[..<(count - module.imports.count)])
        companion.exports = []
        companion.start = nil
        companion.elements = module.elements.map { $0.keepingFunctions(below: count) }
        var rest = module
        rest.functions = Array(module.functions[(count - module.imports.count)...])
        for (number, function) in companion.functions.enumerated() {
            let index = module.imports.count + number
            companion.exports.append(Export(name: "f\(index)", item: .function(FunctionIndex(index))))
            rest.imports.append(Import(module: name, name: "f\(index)", type: .function(function.type)))
        }
        companion.exports += module.state(globalCount: globalCount).map { Export(name: $0.name, item: $0.item) }
        rest = rest.importingState(from: name, globalCount: globalCount)
        self.companion = companion
        self.rest = rest
    }

    /// The greatest number of functions from the first on, up to the limit, that refer to no others, and which globals do not either.
    private static func closedPrefix(of module: Module, limit: Int) -> Int? {
        let last = module.imports.count + module.functions.count - 1
        var greatest = module.globals.flatMap(\.initializer).compactMap(\.immediate.functionPosition).max() ?? 0
        var closed = greatest < module.imports.count ? module.imports.count : nil
        for (number, function) in module.functions.enumerated() {
            let index = module.imports.count + number
            guard index < min(limit, last) else { break }
            greatest = max(greatest, function.body.compactMap(\.immediate.functionPosition).max() ?? 0)
            if greatest <= index { closed = index + 1 }
        }
        return closed
    }
}

extension Immediate {
    /// The position of the function that the instruction names.
    fileprivate var functionPosition: Int? {
        if case .function(let index) = self { index.position } else { nil }
    }
}

extension ElementSegment {
    /// The segment with the first function in the place of those that there are not.
    fileprivate func keepingFunctions(below count: Int) -> ElementSegment {
        guard case .functions(let functions) = items else { return self }
        var segment = self
        segment.items = .functions(functions.map { $0.position < count ? $0 : 0 })
        return segment
    }
}
