import WasmModel

/// Vector instructions whose immediates or operands need words of their own.
///
/// | opcode | words |
/// |---|---|
/// | `v128.const` | `a` the result; the following word has bytes 0 to 7, the next one bytes 8 to 15 |
/// | `i8x16.shuffle` | as numeric operations; two following words have the numbers of the bytes |
/// | `extract_lane` | `c` the lane |
/// | `replace_lane`, `store_lane` | `small` the lane |
/// | `load_lane`, three operands | `a` of the following word has the slot of the last operand |
extension Flattener {
    mutating func pushConstant(_ vector: V128) {
        emitVectorResult(FlatInstruction(.vectorConstant, a: push(width: 2)))
        emitHalves(of: vector)
    }

    mutating func flattenShuffle(_ numbers: V128) {
        let right = pop()
        let left = pop()
        emitVectorResult(FlatInstruction(.shuffle, a: push(width: 2), b: left.source, c: right.source))
        emitHalves(of: numbers)
    }

    mutating func flattenLane(_ opcode: Opcode, _ lane: UInt8) {
        if opcode.row.operands?.count == 2 {
            let value = pop()
            let vector = pop()
            let slot = push(width: 2)
            emitVectorResult(
                FlatInstruction(operation: opcode, a: slot, b: vector.source, c: value.source, small: lane)
            )
        } else {
            let vector = pop()
            emitVectorResult(FlatInstruction(operation: opcode, a: push(), b: vector.source, c: UInt32(lane)))
        }
    }

    mutating func flattenTernary(_ opcode: Opcode) {
        let third = pop()
        let second = pop()
        let first = pop()
        emitVectorResult(FlatInstruction(operation: opcode, a: push(width: 2), b: first.source, c: second.source))
        append(FlatInstruction(.data, a: third.source))
    }

    /// A load or a store of one lane of the vector that is on top of the stack.
    mutating func flattenLaneAccess(_ opcode: Opcode, _ argument: MemoryArgument, _ lane: UInt8) {
        let vector = pop()
        let address = pop()
        let isStore = opcode.row.results?.isEmpty ?? false
        let slot = isStore ? 0 : push(width: 2)
        let place = emitPlace(of: address, argument)
        if isStore {
            emit(FlatInstruction(operation: opcode, a: place.slot, b: vector.source, c: place.offset, small: lane))
        } else {
            emitVectorResult(FlatInstruction(operation: opcode, a: slot, b: place.slot, c: place.offset, small: lane))
            append(FlatInstruction(.data, a: vector.source))
        }
    }

    /// Adds a word that belongs to the one before.
    private mutating func append(_ word: FlatInstruction) { code.append(word) }

    private mutating func emitVectorResult(_ word: FlatInstruction) {
        emit(word)
        lastResult = code.count - 1
    }

    private mutating func emitHalves(of vector: V128) {
        for half in [vector.low, vector.high] {
            append(
                FlatInstruction(
                    .data,
                    b: UInt32(truncatingIfNeeded: half),
                    c: UInt32(truncatingIfNeeded: half >> 32)
                )
            )
        }
    }
}
