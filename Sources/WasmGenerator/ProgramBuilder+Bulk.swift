import WasmModel

/// Whole memories and tables, and their segments.
extension ProgramBuilder {
    /// Whether the module may have segments that are used by instructions, and instructions on whole tables.
    var hasBulk: Bool { features.contains([.bulkMemory, .referenceTypes]) }

    /// Adds the passive segments that `memory.init` and `table.init` take from; the active one comes first.
    mutating func addSegments(_ functions: [FunctionIndex]) {
        let reference = ReferenceType.function
        let active = ElementSegment(
            // The one type that segments have in the first release.
            type: hasBulk ? reference : ReferenceType(isNullable: false, .function),
            items: .functions(functions),
            mode: .active(0, offset: [Instruction(.i32Const, .i32(0)), Instruction(.end)])
        )
        guard hasBulk else {
            module.elements = [active]
            return
        }
        module.data = [DataSegment(bytes: (0..<64).map { UInt8(truncatingIfNeeded: $0 * 5 + 1) }, mode: .passive)]
        if isBounded {
            // So that loads show where they are from.
            module.data.append(
                DataSegment(
                    bytes: (0..<256).map { UInt8(truncatingIfNeeded: $0 * 37 + 131) },
                    mode: .active(
                        0,
                        offset: [Instruction(.i32Const, .i32(offsetOfData())), Instruction(.end)]
                    )
                )
            )
        }
        module.dataCount = UInt32(module.data.count)
        // Instructions name the second.
        module.elements =
            [active, ElementSegment(type: reference, items: .functions(functions.reversed()), mode: .passive)]
            + module.elements
    }

    /// Where the data is that is there from the start: mostly at the beginning, and seldom a byte too far.
    private mutating func offsetOfData() -> Int32 {
        let end: Int32 = 65_536 - 256
        if decisions.oneIn(100) { return end + 1 }
        return decisions.oneIn(8) ? decisions.choose(from: [end, 1, 100, 4095]) : 0
    }

    mutating func memoryOrTable() {
        guard hasBulk else { return }
        switch decisions.choose(3) {
        case 0: tableInstruction()
        default: memoryInstruction()
        }
    }

    func addressType(of memory: Int) -> ValueType { module.memories[memory].addressType.valueType }

    private mutating func memoryInstruction() {
        let index = decisions.choose(module.memories.count)
        let memory = MemoryIndex(index)
        let address = addressType(of: index)
        switch decisions.choose(6) {
        case 0: apply(.memoryGrow, .memory(memory), [address], [address])
        case 1: apply(.memorySize, .memory(memory), [], [address])
        case 2:
            pushMasked(address, Self.addressMask)
            push(.i32)
            pushMasked(address, 0xFF)
            emit(.memoryFill, .memory(memory))
            stack.removeLast(3)
        case 3:
            pushMasked(address, Self.addressMask)
            for _ in 0..<2 { pushMasked(.i32, 0x1F) }
            emit(.memoryInit, .dataAndMemory(0, memory))
            stack.removeLast(3)
        case 4 where decisions.oneIn(8): decisions.oneIn(2) ? emit(.dataDrop, .data(0)) : emit(.elemDrop, .element(1))
        default:
            let source = decisions.choose(module.memories.count)
            pushMasked(address, Self.addressMask)
            pushMasked(addressType(of: source), Self.addressMask)
            pushMasked(address == .i64 ? addressType(of: source) : .i32, 0xFFF)
            emit(.memoryCopy, .memories(memory, MemoryIndex(source)))
            stack.removeLast(3)
        }
    }

    private mutating func tableInstruction() {
        switch decisions.choose(isBounded ? 9 : 7) {
        case 7, 8: accessAtTableEnd()
        case 0: apply(.tableSize, .table(0), [], [.i32])
        case 1:
            pushFunction()
            push(.i32)
            emit(.tableGrow, .table(0))
            stack.removeLast(2)
            stack.append(.i32)
        case 2:
            pushMasked(.i32, 1)
            emit(.tableGet, .table(0))
            emit(.refIsNull)
        case 3:
            pushMasked(.i32, 1)
            pushFunction()
            emit(.tableSet, .table(0))
            stack.removeLast(2)
        case 4:
            pushMasked(.i32, 1)
            pushFunction()
            pushCount()
            emit(.tableFill, .table(0))
            stack.removeLast(3)
        case 5:
            for _ in 0..<2 { pushMasked(.i32, 1) }
            pushCount()
            emit(.tableInit, .elementAndTable(1, 0))
            stack.removeLast(3)
        default:
            for _ in 0..<2 { pushMasked(.i32, 1) }
            pushCount()
            emit(.tableCopy, .tables(0, 0))
            stack.removeLast(3)
        }
    }

    /// Puts a number of elements on the stack, seldom of more than there are.
    private mutating func pushCount() {
        guard isBounded, decisions.oneIn(32) else { return pushMasked(.i32, 1) }
        number(1_000, .i32)
        stack.append(.i32)
    }

    /// An access to the last element of the table, also after it has grown; seldom to the one behind it, or at an index that is negative as a
    /// signed number, which traps.
    private mutating func accessAtTableEnd() {
        if decisions.oneIn(4) {
            pushFunction()
            number(Int64(decisions.choose(2)), .i32)
            emit(.tableGrow, .table(0))
            stack[stack.count - 1] = .i32
            absorbTop()
        }
        let isCall = decisions.oneIn(3)
        if decisions.oneIn(24) {
            number(decisions.choose(from: [-1, .init(Int32.min)]), .i32)
        } else {
            emit(.tableSize, .table(0))
            number(decisions.oneIn(12) ? 0 : 1, .i32)
            emit(.i32Sub)
        }
        stack.append(.i32)
        if isCall {
            // Traps in any case: null, or a function of another type.
            guard decisions.oneIn(4) else { return absorbTop() }
            emit(.callIndirect, .callIndirect(module.addType(FunctionType()), 0))
            stack.removeLast()
            return
        }
        if decisions.oneIn(2) {
            pushFunction()
            emit(.tableSet, .table(0))
            stack.removeLast(2)
        } else {
            emit(.tableGet, .table(0))
            emit(.refIsNull)
        }
    }

    /// Puts null or a reference to one of the functions on the stack.
    private mutating func pushFunction() {
        if decisions.oneIn(4) {
            emit(.refFunc, .function(FunctionIndex(decisions.choose(signatures.count))))
        } else {
            emit(.refNull, .heapType(.function))
        }
        stack.append(.functionReference)
    }
}
