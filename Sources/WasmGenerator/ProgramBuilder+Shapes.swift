import WasmModel

/// What compilers treat in a way of its own, and what chance seldom makes: special operands, loops that really iterate, and accesses at the very
/// end. Of bounded programs only.
extension ProgramBuilder {
    mutating func shape(_ depth: Int) {
        switch decisions.choose(4) {
        case 0, 1: arithmeticWithConstant()
        case 2 where depth < 3: countedLoop(depth)
        default: accessAtEnd()
        }
    }

    // MARK: Operands

    private static let narrow: [Opcode] = [
        .i32DivS, .i32DivU, .i32RemS, .i32RemU, .i32Mul, .i32Shl, .i32ShrS, .i32ShrU, .i32Rotl, .i32Rotr, .i32Add,
        .i32Sub,
        .i32And, .i32Or, .i32Xor, .i32Eq, .i32LtS, .i32LtU, .i32GtS, .i32GeU,
    ]
    private static let wide: [Opcode] = [
        .i64DivS, .i64DivU, .i64RemS, .i64RemU, .i64Mul, .i64Shl, .i64ShrS, .i64ShrU, .i64Rotl, .i64Rotr, .i64Add,
        .i64Sub,
        .i64And, .i64Or, .i64Xor, .i64Eq, .i64LtS, .i64LtU, .i64GtS, .i64GeU,
    ]
    /// Neutral and absorbing elements, powers of two and their neighbours, widths of registers, and the ends of immediates.
    private static let special: [Int64] = [
        -1, 0, 1, 2, 3, 5, 7, 8, 10, 31, 32, 33, 63, 64, 65, 127, 128, -128, -129, 255, 256, 4095, 4096, -4096, 0x7FFF,
        0x8000,
        0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, .min, .max,
    ]

    /// An operation of whole numbers, one of whose operands is a special constant.
    private mutating func arithmeticWithConstant() {
        let isWide = decisions.oneIn(2)
        let type: ValueType = isWide ? .i64 : .i32
        let opcode = decisions.choose(from: isWide ? Self.wide : Self.narrow)
        var operand = decisions.choose(from: Self.special)
        let isFirst = decisions.oneIn(4)
        let name = opcode.row.name
        let divides = name.contains("div") || name.contains("rem")
        // A trap leaves nothing more to see.
        if divides, !isFirst, operand == 0 || (operand == -1 && name.hasSuffix("div_s")), !decisions.oneIn(8) {
            operand = 3
        }
        if isFirst {
            number(operand, type)
            stack.append(type)
            push(type)
            if divides {
                // Odd, so that it is not zero.
                number(1, type)
                emit(isWide ? .i64Or : .i32Or)
            }
        } else {
            require([type])
            number(operand, type)
            stack.append(type)
        }
        emit(opcode)
        stack.removeLast(2)
        stack.append(opcode.row.results == [.value(.i32)] ? .i32 : type)
    }

    // MARK: Loops

    /// A loop whose body is run some times, mostly with a call in it: its counter is a local that nothing else writes.
    private mutating func countedLoop(_ depth: Int) {
        let counter = takeCounter()
        emit(.i32Const, .i32(Int32(2 + decisions.choose(7))))
        emit(.localSet, .local(counter))
        emit(.loop, .block(.empty))
        takeFuel()
        let outer = floor
        floor = stack.count
        labels.append([])
        if !decisions.oneIn(3) { call() }
        instructions(5, depth: depth + 1)
        absorbAll()
        emit(.localGet, .local(counter))
        emit(.i32Const, .i32(1))
        emit(.i32Sub)
        emit(.localTee, .local(counter))
        emit(.brIf, .label(0))
        finish(with: [])
        labels.removeLast()
        floor = outer
    }

    // MARK: Ends

    /// A load or store that ends where the memory does, or begins a little before, also in a page that has just been grown; seldom one byte
    /// beyond, which traps.
    private mutating func accessAtEnd() {
        let index = decisions.choose(module.memories.count)
        let memory = MemoryIndex(index)
        let isWide = index > 0
        let address: ValueType = isWide ? .i64 : .i32
        if decisions.oneIn(4) {
            number(Int64(decisions.choose(2)), address)
            emit(.memoryGrow, .memory(memory))
            stack.append(address)
            absorbTop()
        }
        let isStore = decisions.oneIn(2)
        let load = choices.loads[decisions.choose(choices.loads.count)]
        let store = choices.stores[decisions.choose(choices.stores.count)]
        let exponent = isStore ? store.exponent : load.exponent
        let offset: Int64 = decisions.choose(from: [0, 0, 1, 8, 4095, 4096, 65_520])
        let isBeyond = decisions.oneIn(16)
        let distance = Int64(1) << Int64(exponent) + (isBeyond ? -1 : decisions.choose(from: [0, 0, 0, 1, 8]))
        emit(.memorySize, .memory(memory))
        number(16, address)
        emit(isWide ? .i64Shl : .i32Shl)
        number(distance + offset, address)
        emit(isWide ? .i64Sub : .i32Sub)
        stack.append(address)
        let argument = MemoryArgument(offset: UInt64(offset), memory: memory, alignment: exponent)
        if isStore {
            push(store.operand)
            emit(store.opcode, .memoryArgument(argument))
            stack.removeLast(2)
        } else {
            emit(load.opcode, .memoryArgument(argument))
            stack[stack.count - 1] = load.result
        }
    }
}
