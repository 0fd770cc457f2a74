import WasmModel

/// How deep the blocks of bodies stand in each other, made less and more.
enum BlockNesting {
    /// How many blocks are open at the deepest place of a body, without that of the body itself.
    static func depth(of body: [Instruction]) -> Int {
        body.withDepths.map { $0.instruction.opcode.opensBlock ? $0.depth + 1 : 0 }.max() ?? 0
    }

    /// A function without the blocks and loops that nothing branches to, as far as they make paths deeper than a count; those outside go first.
    static func cut(_ function: Function, to count: Int, parameterCount: Int) -> Function {
        let structure = BlockStructure(function.body)
        let heights = heights(of: function.body)
        let removable = Set(
            structure.removable.filter { [.block, .loop].contains(function.body[$0].opcode) }
        )
        var removed: Set<Int> = []
        var isKept: [Bool] = []
        var kept = 0
        for (position, instruction) in function.body.enumerated() {
            if instruction.opcode.opensBlock {
                let isRemoved = removable.contains(position) && kept + (heights[position] ?? 0) > count
                if isRemoved { removed.insert(position) } else { kept += 1 }
                isKept.append(!isRemoved)
            } else if instruction.opcode == .end, isKept.popLast() == true {
                kept -= 1
            }
        }
        return structure.unnested(function, removed, parameterCount: parameterCount)
    }

    /// A function whose body stands in so many blocks more, with the results of the function.
    /// - Parameter module: gets the type of those blocks where it takes one.
    static func wrap(_ function: Function, in count: Int, _ module: inout Module) -> Function {
        let results = module.functionType(at: function.type)?.results ?? []
        let type = module.blockType([], results)
        let opened = [Instruction](repeating: Instruction(.block, .block(type)), count: count)
        let closed = [Instruction](repeating: Instruction(.end), count: count)
        return Function(type: function.type, locals: function.locals, body: opened + function.body + closed)
    }

    /// By the position of a block, how many blocks stand in each other in it, itself among them.
    private static func heights(of body: [Instruction]) -> [Int: Int] {
        var heights: [Int: Int] = [:]
        var open: [(position: Int, height: Int)] = []
        for (position, instruction) in body.enumerated() {
            if instruction.opcode.opensBlock {
                open.append((position, 1))
            } else if instruction.opcode == .end, let block = open.popLast() {
                heights[block.position] = block.height
                if let last = open.indices.last { open[last].height = max(open[last].height, block.height + 1) }
            }
        }
        return heights
    }
}
