import WasmModel

/// Some of a module's instructions, numbered through all its functions.
struct InstructionItems {
    /// For each function, the positions in its body, ascending.
    let positions: [[Int]]

    /// - Parameters:
    ///   - hasItems: asked once for each function.
    ///   - isItem: asked for each instruction of those that have some.
    init(
        _ module: Module,
        in hasItems: (Function) -> Bool = { _ in true },
        _ isItem: (_ function: Function, _ instruction: Instruction) -> Bool
    ) {
        positions = module.functions.map { function in
            hasItems(function) ? function.body.indices.filter { isItem(function, function.body[$0]) } : []
        }
    }

    var count: Int { positions.reduce(0) { $0 + $1.count } }

    /// The functions that have items with numbers in a range, and those items' positions.
    func selection(_ range: Range<Int>) -> [(function: Int, positions: ArraySlice<Int>)] {
        positions.selection(range).map { ($0.list, $0.items) }
    }
}

extension Array {
    /// The lists that have items with numbers in a range, counted through all lists, and those items.
    func selection<Item>(_ range: Range<Int>) -> [(list: Int, items: ArraySlice<Item>)] where Element == [Item] {
        var selection: [(list: Int, items: ArraySlice<Item>)] = []
        var first = 0
        for (number, list) in enumerated() {
            let part = range.clamped(to: first..<first + list.count)
            if !part.isEmpty { selection.append((number, list[part.lowerBound - first..<part.upperBound - first])) }
            first += list.count
        }
        return selection
    }
}

extension DecodedCase {
    /// The case with some instructions written anew.
    /// - Parameter rewrite: appends what stands for an instruction to the body, after everything before it; false gives up.
    func rewriting(
        _ selection: [(function: Int, positions: ArraySlice<Int>)],
        _ rewrite: (_ function: Function, _ instruction: Instruction, _ body: inout RewrittenBody) -> Bool
    ) -> DecodedCase? {
        var result = self
        for (number, positions) in selection {
            let function = module.functions[number]
            let parameterCount = module.parameterCount(of: function)
            var body = RewrittenBody(
                parameterCount: parameterCount,
                locals: function.locals,
                capacity: function.body.count
            )
            var next = positions.startIndex
            for (position, instruction) in function.body.enumerated() {
                if next < positions.endIndex, positions[next] == position {
                    next += 1
                    guard rewrite(function, instruction, &body) else { return nil }
                } else {
                    body.append(instruction)
                }
            }
            result.module.functions[number] = Function(
                type: function.type,
                locals: body.locals,
                body: body.instructions
            )
        }
        return result
    }
}
