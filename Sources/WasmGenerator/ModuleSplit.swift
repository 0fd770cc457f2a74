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
        let importsFunctions = module.imports.allSatisfy { if case .function = $0.type { true } else { false } }
        guard importsFunctions, let count = Self.closedPrefix(of: module, limit: limit) else { return nil }
        var (companion, rest) = (module, module)
        companion.functions = Array(module.functions[..<(count - module.imports.count)])
        companion.exports = []
        companion.start = nil
        companion.elements = module.elements.map { $0.keepingFunctions(below: count) }
        rest.functions = Array(module.functions[(count - module.imports.count)...])
        rest.tables = []
        rest.memories = []
        rest.globals = []
        rest.tags = []
        func share(_ item: ExternalIndex, _ type: ExternalType, _ letter: String, _ number: Int) {
            let itemName = "\(letter)\(number)"
            companion.exports.append(Export(name: itemName, item: item))
            rest.imports.append(Import(module: name, name: itemName, type: type))
        }
        for (number, function) in companion.functions.enumerated() {
            let index = module.imports.count + number
            share(.function(FunctionIndex(index)), .function(function.type), "f", index)
        }
        for (number, table) in module.tables.enumerated() {
            share(.table(TableIndex(number)), .table(table.type), "t", number)
        }
        for (number, memory) in module.memories.enumerated() {
            share(.memory(MemoryIndex(number)), .memory(memory), "m", number)
        }
        for (number, tag) in module.tags.enumerated() { share(.tag(TagIndex(number)), .tag(tag), "e", number) }
        for (number, global) in module.globals.enumerated() {
            share(.global(GlobalIndex(number)), .global(global.type), "g", number)
        }
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
