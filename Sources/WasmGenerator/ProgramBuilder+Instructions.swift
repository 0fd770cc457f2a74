import WasmModel

/// Arithmetic, variables, memories and tables.
extension ProgramBuilder {
    /// Makes so many instructions on average, one after the other.
    mutating func instructions(_ average: Int, depth: Int) {
        list(of: .instruction, as: .list, averaging: Double(average), bytes: Self.bytesOfInstruction) { builder in
            builder.budget -= 1
            // What is beyond decides nothing, and what comes behind the list still begins behind it.
            if builder.budget >= 0, builder.body.count <= builder.scale.mostInstructions { builder.instruction(depth) }
        }
    }

    private mutating func instruction(_ depth: Int) {
        switch decisions.choose(isBounded ? 42 : 16) {
        case 0...2:
            let choice = choices.frequent[decisions.choose(choices.frequent.count)]
            apply(choice.opcode, [choice.type, choice.type], [choice.result])
        case 3: step()
        case 4: indexedLoad()
        case 5:
            let choice =
                isRelaxed ? decisions.choose(from: choices.plain) : decisions.choose(from: choices.determined)
            apply(choice.opcode, choice.operands, choice.results)
        case 6, 7: variable()
        case 8: load()
        case 9: store()
        case 10: if depth < 4 { nested(depth) }
        case 11: branch()
        case 12: call()
        case 13: select()
        case 14: memoryOrTable()
        case 15: exception(depth)
        case 16: lanes()
        case 17: decisions.oneIn(4) ? emit(.nop) : nullReference()
        default: shape(depth)
        }
    }

    /// What compilers treat in a way of its own, and what chance seldom makes.
    private mutating func shape(_ depth: Int) {
        switch decisions.choose(26) {
        case 0...9: chain()
        case 10...13: aliases()
        case 14: decisions.oneIn(2) ? accessSlot(isStore: decisions.oneIn(2)) : accessInArms()
        case 15: accessAtEnd()
        case 16, 17: if depth < 3 { countedLoop(depth) }
        case 18: if depth < 3 { branchTable(depth) }
        case 19: exception(depth)
        case 20: pressure()
        case 21: if depth < 4 { nested(depth) }
        case 22: if decisions.oneIn(scale == .usual ? 8 : 3) { much(depth) }
        case 23: decisions.oneIn(2) ? movingLoop() : busyLoops()
        case 24: if depth < 4 { leavingArms(depth) }
        default: call()
        }
    }

    /// Much of one thing. What takes thousands of rounds is in no other block, as that may be a loop.
    private mutating func much(_ depth: Int) {
        switch decisions.choose(12) {
        case 0...5: farBranch()
        case 11 where depth == 0: manyExceptions()
        default: deepNesting()
        }
    }

    mutating func apply(_ opcode: Opcode, _ operands: [ValueType], _ results: [ValueType]) {
        apply(opcode, .none, operands, results)
    }

    /// Adds to a local and branches by a comparison of it, as loops do at their end.
    mutating func step() {
        let candidates = locals.indices.filter { locals[$0] == .i32 }
        if candidates.isEmpty { return }
        let local = LocalIndex(candidates[decisions.choose(candidates.count)])
        let depth = decisions.choose(labels.count)
        require(labels[labels.count - 1 - depth])
        emit(.localGet, .local(local))
        stack.append(.i32)
        constant(.i32)
        emit(decisions.oneIn(3) ? .i32Sub : .i32Add)
        emit(.localTee, .local(local))
        if !decisions.oneIn(3) {
            push(.i32)
            emit(decisions.choose(from: [.i32LtU, .i32LtS, .i32Ne, .i32Eq, .i32GeS]))
            stack.removeLast()
        }
        emit(.brIf, .label(LabelIndex(depth)))
        stack.removeLast()
    }

    /// Loads an element of an array.
    mutating func indexedLoad() {
        let hasBase = decisions.oneIn(2)
        if hasBase { require([.i32]) }
        push(.i32)
        constant(.i32)
        emit(.i32Shl)
        if hasBase {
            emit(.i32Add)
            stack.removeLast()
        }
        mask(.i32, Self.addressMask)
        let choice = choices.loads[decisions.choose(choices.loads.count)]
        let offset: UInt64 = decisions.oneIn(2) ? 16 : 0
        emit(choice.opcode, .memoryArgument(MemoryArgument(offset: offset, alignment: choice.exponent)))
        stack[stack.count - 1] = choice.result
    }

    /// The bytes of a page, which every memory has.
    static let addressMask: Int64 = 0xFFFF

    /// Keeps the number on the stack, which is of an address type, small: in most cases of a bounded program, where a trap would leave
    /// nothing more to see.
    mutating func mask(_ type: ValueType, _ bits: Int64) {
        guard isBounded, !decisions.oneIn(64) else { return }
        number(bits, type)
        emit(type == .i64 ? .i64And : .i32And)
    }

    /// Puts a number on the stack that is an address or a length.
    mutating func pushMasked(_ type: ValueType, _ bits: Int64) {
        push(type)
        mask(type, bits)
    }

    mutating func variable() {
        if locals.isEmpty || decisions.oneIn(4) {
            let index = decisions.choose(globals.count)
            apply(.globalSet, .global(GlobalIndex(index)), [globals[index]], [])
            return
        }
        let index = decisions.choose(locals.count)
        let type = locals[index]
        let isTee = decisions.oneIn(2)
        apply(isTee ? .localTee : .localSet, .local(LocalIndex(index)), [type], isTee ? [type] : [])
    }

    mutating func memory(_ exponent: UInt8) -> (argument: MemoryArgument, address: ValueType) {
        let index = decisions.choose(module.memories.count)
        let offsets: [UInt64] = [0, 0, 1, 8, 65_528, 70_000, 0xFFFF_FFFF]
        let isSmall = isBounded && !decisions.oneIn(32)
        let offset =
            index == largeMemory
            ? largeOffset(in: index) : offsets[decisions.choose(isSmall ? 4 : offsets.count)]
        // One that is beyond all addresses with the size of the access.
        let isBeyond = isBounded && addressType(of: index) == .i64 && decisions.oneIn(64)
        let argument = MemoryArgument(
            offset: isBeyond ? .max - UInt64(decisions.choose(4)) : offset,
            memory: MemoryIndex(index),
            alignment: exponent
        )
        return (argument, addressType(of: index))
    }

    mutating func load() {
        let choice = choices.loads[decisions.choose(choices.loads.count)]
        let (argument, address) = memory(choice.exponent)
        require([address])
        mask(address, Self.addressMask)
        emit(choice.opcode, .memoryArgument(argument))
        stack[stack.count - 1] = choice.result
    }

    mutating func store() {
        let choice = choices.stores[decisions.choose(choices.stores.count)]
        let (argument, address) = memory(choice.exponent)
        require([address])
        mask(address, Self.addressMask)
        push(choice.operand)
        emit(choice.opcode, .memoryArgument(argument))
        stack.removeLast(2)
    }

    mutating func select() {
        let type = stack.count > floor ? stack[stack.count - 1] : .i32
        guard types.contains(type) else { return }
        apply(.select, [type, type, .i32], [type])
    }
}
