import WasmModel

extension Opcode {
    /// Whether an exception can come from the instruction.
    var mayThrow: Bool {
        switch self {
        case .throw, .throwRef, .call, .callIndirect, .callRef: true
        default: isTailCall
        }
    }
}

extension Collection where Element == Instruction {
    /// The instructions in one more block: what they branch to outside of themselves is one further away.
    var inBlock: [Instruction] {
        withDepths.map { instruction, depth in
            instruction.mappingLabels { $0.position >= depth ? LabelIndex($0.position + 1) : $0 }
        }
    }

    /// The instructions of a body, without its final `end`, as they stand in a block with the results of the function: the label of the body is
    /// that of the block then, and a return is a branch to it.
    var asBlock: [Instruction] {
        withDepths.map { instruction, depth in
            instruction.opcode == .return ? Instruction(.br, .label(LabelIndex(depth))) : instruction
        }
    }

    /// The locals that occur.
    var usedLocals: Set<LocalIndex> {
        Set(compactMap { if case .local(let local) = $0.immediate { local } else { nil } })
    }

    /// The locals that are written.
    var writtenLocals: Set<LocalIndex> {
        Set(
            compactMap { instruction in
                guard case .local(let local) = instruction.immediate, instruction.opcode != .localGet else {
                    return nil
                }
                return local
            }
        )
    }
}

extension [Instruction] {
    /// Where parts of a body that begin at a position can end, with the blocks in them whole: at the position itself first.
    func ends(ofPartsFrom start: Int, atMost longest: Int) -> [Int] {
        var ends = [start]
        var depth = 0
        var position = start
        while position < count, ends.count <= longest {
            switch self[position].opcode {
            case .end:
                depth -= 1
            case .else where depth == 0: return ends
            default: if self[position].opcode.opensBlock { depth += 1 }
            }
            if depth < 0 { return ends }
            position += 1
            if depth == 0 { ends.append(position) }
        }
        return ends
    }

    /// Where the block that opens at a position has its `else`, if it has one, and its `end`.
    func ends(ofBlockAt start: Int) -> (else: Int?, end: Int)? {
        var depth = 0
        var other: Int?
        for position in start..<count {
            let opcode = self[position].opcode
            if opcode.opensBlock { depth += 1 }
            if opcode == .else, depth == 1 { other = position }
            if opcode == .end {
                depth -= 1
                if depth == 0 { return (other, position) }
            }
        }
        return nil
    }

    /// Whether a `try_table` is open at a position.
    func isInTry(_ position: Int) -> Bool {
        var open: [Bool] = []
        for instruction in self[..<position] {
            if instruction.opcode.opensBlock { open.append(instruction.opcode == .tryTable) }
            if instruction.opcode == .end { _ = open.popLast() }
        }
        return open.contains(true)
    }

    /// Sets locals that stand in a row from the operands on top, the last one first.
    static func setLocals(from first: LocalIndex, count: Int) -> [Instruction] {
        (0..<count).reversed().map { Instruction(.localSet, .local(LocalIndex(first.position + $0))) }
    }

    /// Pushes locals that stand in a row.
    static func getLocals(from first: LocalIndex, count: Int) -> [Instruction] {
        (0..<count).map { Instruction(.localGet, .local(LocalIndex(first.position + $0))) }
    }
}
