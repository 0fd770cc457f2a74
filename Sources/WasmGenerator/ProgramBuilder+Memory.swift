import WasmModel

/// Accesses to memories: at addresses that alias, and at the very end.
extension ProgramBuilder {
    // MARK: Addresses

    /// A local with an address that is not written again.
    struct Pointer {
        var local: LocalIndex
        var memory: Int
        /// Whether offsets of gigabytes lead from it to bytes that there are.
        var takesLargeOffsets = false
    }

    /// A local with an address in the first half of a page, now and then right before the end of the memory or of all addresses; in a memory of
    /// gigabytes anywhere.
    private mutating func takePointer() -> Pointer {
        if pointers.count > 2 || (!pointers.isEmpty && !decisions.oneIn(4)) {
            return pointers[decisions.choose(pointers.count)]
        }
        let memory = decisions.choose(module.memories.count)
        let address = addressType(of: memory)
        var pointer = Pointer(local: 0, memory: memory)
        if memory == largeMemory, decisions.oneIn(2) {
            largeAddress(in: memory)
        } else if decisions.oneIn(32) {
            // Ends beyond the greatest address.
            number(-1 - Int64(decisions.choose(16)), address)
        } else if decisions.oneIn(10) {
            addressBeforeEnd(of: memory, by: 16)
        } else {
            push(address)
            stack.removeLast()
            number(decisions.choose(from: [0x7FF0, 0xF0, 0x7FFF, 0x10]), address)
            emit(address == .i64 ? .i64And : .i32And)
            pointer.takesLargeOffsets = memory == largeMemory
        }
        pointer.local = takeLocal(address)
        emit(.localSet, .local(pointer.local))
        // One that is set in a block is 0 elsewhere, which is an address as well.
        pointers.append(pointer)
        return pointer
    }

    /// Loads at the beginning of a function, where what is loaded is known to all that follows.
    mutating func firstLoads() {
        for _ in 0..<1 + decisions.choose(3) { accessSlot(isStore: false) }
        for _ in 0..<1 + decisions.choose(2) {
            let index = decisions.choose(types.count)
            emit(.globalGet, .global(GlobalIndex(index)))
            stack.append(globals[index])
        }
    }

    /// The ends of offsets that instructions hold, in their sizes.
    private static let offsets: [UInt64] = [
        0, 0, 0, 0, 8, 16, 127, 128, 255, 256, 2040, 4080, 4095, 4096, 8190, 16_380, 32_752, 32_760,
    ]

    /// The offset of an access through a pointer.
    private mutating func offset(from pointer: Pointer) -> UInt64 {
        pointer.takesLargeOffsets ? largeOffset(in: pointer.memory) : decisions.choose(from: Self.offsets)
    }

    // MARK: Aliases

    /// Loads and stores at and around one address, of a few widths and offsets, so that they meet, with what may change memory, or a compiler's
    /// idea of it, between them.
    mutating func aliases() {
        let pointer = takePointer()
        let base = offset(from: pointer)
        let offsets = [base, base, base, base + nearby()]
        let exponent = UInt8(decisions.choose(choices.stores.contains { $0.exponent == 4 } ? 5 : 4))
        let wide = decisions.choose(from: choices.stores.filter { $0.exponent == exponent })
        let stores = [wide, wide, decisions.choose(from: choices.stores)]
        let same = choices.loads.filter { $0.exponent == exponent && $0.result == wide.operand }
        let loads = [
            decisions.choose(from: same), decisions.choose(from: same),
            decisions.choose(from: choices.loads.filter { $0.exponent == exponent }),
            decisions.choose(from: choices.loads),
        ]
        for _ in 0..<2 + decisions.choose(6) {
            switch decisions.choose(12) {
            case 0...4: store(pointer, decisions.choose(from: stores), decisions.choose(from: offsets))
            case 5...9: load(pointer, decisions.choose(from: loads), decisions.choose(from: offsets))
            case 10: interrupt(pointer.memory)
            default:
                condition()
                emit(.if, .block(.empty))
                stack.removeLast()
                store(pointer, decisions.choose(from: stores), decisions.choose(from: offsets))
                emit(.end)
            }
        }
    }

    /// How far from the first address another is.
    private mutating func nearby() -> UInt64 { decisions.choose(from: [0, 0, 0, 0, 0, 1, 2, 3, 4, 6, 7, 8, 15]) }

    /// Something that may write the memory, or make it larger.
    private mutating func interrupt(_ memory: Int) {
        let address = addressType(of: memory)
        switch decisions.choose(4) {
        case 0, 1: call()
        case 2: grow(memory)
        default:
            guard hasBulk else { return }
            number(Int64(decisions.choose(256)), address)
            push(.i32)
            stack.removeLast()
            number(Int64(decisions.choose(64)), address)
            emit(.memoryFill, .memory(MemoryIndex(memory)))
        }
    }

    private mutating func load(
        _ pointer: Pointer,
        _ load: InstructionChoices.Load,
        _ offset: UInt64
    ) {
        emit(.localGet, .local(pointer.local))
        let argument = MemoryArgument(offset: offset, memory: MemoryIndex(pointer.memory), alignment: load.exponent)
        emit(load.opcode, .memoryArgument(argument))
        stack.append(load.result)
    }

    private mutating func store(
        _ pointer: Pointer,
        _ store: InstructionChoices.Store,
        _ offset: UInt64
    ) {
        emit(.localGet, .local(pointer.local))
        variable(store.operand)
        let argument = MemoryArgument(offset: offset, memory: MemoryIndex(pointer.memory), alignment: store.exponent)
        emit(store.opcode, .memoryArgument(argument))
    }

    // MARK: Slots

    /// A place of a type in memory, which is loaded and stored all over a function.
    struct Slot {
        var pointer: Pointer
        var offset: UInt64
        var load: InstructionChoices.Load
        var store: InstructionChoices.Store
    }

    /// A load or store of a whole value at a place that others have, too.
    mutating func accessSlot(isStore: Bool) { access(takeSlot(), isStore: isStore) }

    mutating func access(_ slot: Slot, isStore: Bool) {
        if isStore { store(slot.pointer, slot.store, slot.offset) } else { load(slot.pointer, slot.load, slot.offset) }
    }

    mutating func takeSlot() -> Slot {
        if slots.count > 2 || (!slots.isEmpty && !decisions.oneIn(4)) {
            return slots[decisions.choose(slots.count)]
        }
        let position = decisions.choose(types.count)
        let pointer = takePointer()
        let slot = Slot(
            pointer: pointer,
            offset: offset(from: pointer),
            load: choices.loads[position],
            store: choices.stores[position]
        )
        slots.append(slot)
        return slot
    }

    /// The same access in both arms of an `if`, neither of which comes before the other; seldom of more than there is.
    mutating func accessInArms() {
        var slot = takeSlot()
        if decisions.oneIn(6) {
            let memory = slot.pointer.memory
            addressBeforeEnd(of: memory, by: decisions.choose(from: [0, 1, 3, -16, -4096]))
            slot.pointer.local = takeLocal(addressType(of: memory))
            emit(.localSet, .local(slot.pointer.local))
            slot.offset = 0
        }
        let isStore = decisions.oneIn(2)
        let types = isStore ? [] : [slot.load.result]
        condition()
        stack.removeLast()
        let outer = open(.if, results: types)
        access(slot, isStore: isStore)
        finishArm(with: types)
        emit(.else)
        access(slot, isStore: isStore)
        close(types, outer)
    }

    // MARK: Ends

    /// Emits the address so many bytes before the end that a memory has then.
    private mutating func addressBeforeEnd(of memory: Int, by distance: Int64) {
        let address = addressType(of: memory)
        emit(.memorySize, .memory(MemoryIndex(memory)))
        number(16, address)
        emit(address == .i64 ? .i64Shl : .i32Shl)
        number(distance, address)
        emit(address == .i64 ? .i64Sub : .i32Sub)
    }

    /// Makes a memory a page larger, or asks only.
    private mutating func grow(_ memory: Int) {
        let address = addressType(of: memory)
        number(Int64(decisions.choose(2)), address)
        emit(.memoryGrow, .memory(MemoryIndex(memory)))
        stack.append(address)
        absorbTop()
    }

    /// A load or store that ends where the memory does, or begins a little before, also in a page that has just been grown; seldom one byte
    /// beyond, which traps.
    mutating func accessAtEnd() {
        let index = decisions.choose(module.memories.count)
        let memory = MemoryIndex(index)
        if decisions.oneIn(4) { grow(index) }
        let isStore = decisions.oneIn(2)
        let load = choices.loads[decisions.choose(choices.loads.count)]
        let store = choices.stores[decisions.choose(choices.stores.count)]
        let exponent = isStore ? store.exponent : load.exponent
        let offset: Int64 = decisions.choose(from: [0, 0, 1, 8, 4095, 4096, 65_520])
        let isBeyond = decisions.oneIn(10)
        let distance = Int64(1) << Int64(exponent) + (isBeyond ? -1 : decisions.choose(from: [0, 0, 0, 1, 8]))
        addressBeforeEnd(of: index, by: distance + offset)
        stack.append(addressType(of: index))
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
