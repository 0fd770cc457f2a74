import WasmFormats
import WasmModel

/// Makes flat code of a validated body, in one pass that is linear in the size of the body and the values that it
/// moves.
///
/// Locals and constants that are on the operand stack are read where they are: a value on the stack may be an alias
/// of such a slot, or a number that is nowhere yet, until it must be in a slot of its own. A result that is at once put
/// into a local is computed there. Operations take constants as immediate operands, and comparisons become one word
/// with the jump that follows them.
struct Flattener {
    /// A value on the operand stack.
    struct Entry {
        /// The slot that belongs to this place of the stack.
        var slot: UInt32
        /// The slot that holds the value.
        var source: UInt32
        /// In slots.
        var width: UInt32
        /// The number that the value is, where it is known.
        var constant: UInt64?
        /// Whether the number is in no slot yet.
        var isPending = false

        /// Whether the value is elsewhere than in its own slot.
        var isAlias: Bool { source != slot || isPending }
    }

    /// An open block.
    struct Frame {
        enum Kind {
            case body, block, loop, then, otherwise
        }
        var kind: Kind
        /// The number of entries below the block's parameters.
        var height: Int
        var parameters: [ValueType]
        var results: [ValueType]
        /// The first instruction, where branches to a loop go.
        var start: Int
        /// The last jump to the end whose distance is not known; its distance holds the one before. Zero ends the
        /// chain.
        var pending: UInt32 = 0
        /// The jump over the first arm of an `if`.
        var skip = 0
        /// The instructions that belong to the loop or the body and to no inner loop.
        var cost: Int64 = 0
        /// Whether the block is a `try_table`.
        var isProtected = false
    }

    let instance: ModuleInstance
    /// Whether neighbouring instructions are fused into one word where they can be.
    let fusesInstructions: Bool
    /// The first word is never executed, so that no jump is at position zero.
    var code: [FlatInstruction] = [FlatInstruction(.unreachable)]
    var entries: [Entry] = []
    var frames: [Frame] = []
    /// The places of the stack whose values are not in their own slots, lowest first.
    var aliases: [Int] = []
    /// The numbers in ``roots`` of so many of the lowest aliases, as far as they are known.
    var aliasPlaces: [Int32] = []
    var knownAliases = 0
    var roots: RootMap
    /// How many aliases each local has.
    var aliasCounts: [Int32]
    var localSlots: [UInt32] = []
    var localWidths: [UInt8] = []
    /// The handlers of the blocks that have ended, inner ones first, and those of the open ones, outer ones first.
    var handlers: [InterpretedHandler] = []
    var openHandlers: [InterpretedHandler] = []
    var constants: [UInt64] = []
    var constantSlots: [UInt64: UInt32] = [:]
    /// The first slots of the constants and of the operand stack.
    let firstConstantSlot: UInt32
    let firstOperandSlot: UInt32
    var highestSlot: UInt32
    /// The last word, where it computes one value into slot `a` and nothing jumps behind it; otherwise -1.
    var lastResult = -1
    /// The jumps that go to the end of the code, if that is still at the position.
    var landed: (position: Int, jumps: [Int]) = (0, [])
    /// The memory that memory instructions use at this point; -1 where it is unknown.
    var memoryInUse = -1
    var isReachable = true
    /// The units of fuel of the innermost loop or the body up to here.
    var cost: Int64 = 1
    /// The block depth of unreachable code that is skipped.
    var skippedDepth = 0

    /// So many constants a function keeps in its frame; others are written to a slot where one is needed.
    static let maximumConstants = 16

    init(function position: Int, of instance: ModuleInstance, fusesInstructions: Bool) {
        self.instance = instance
        self.fusesInstructions = fusesInstructions
        let module = instance.module
        var slot: UInt32 = 0
        let types = module.localTypes(ofDefined: position)
        localSlots.reserveCapacity(types.count)
        localWidths.reserveCapacity(types.count)
        for type in types {
            localSlots.append(slot)
            localWidths.append(UInt8(type.slotCount))
            slot += UInt32(type.slotCount)
        }
        aliasCounts = [Int32](repeating: 0, count: Int(slot))
        firstConstantSlot = slot
        let body = module.module.functions[position].body
        for (position, instruction) in body.enumerated() {
            guard let bits = Self.constantBits(instruction) else { continue }
            if constants.count == Self.maximumConstants { break }
            if constantSlots[bits] == nil, position + 1 < body.count,
                !fusesInstructions || !Self.takes(bits, body[position + 1].opcode)
            {
                constantSlots[bits] = slot + UInt32(constants.count)
                constants.append(bits)
            }
        }
        firstOperandSlot = slot + UInt32(constants.count)
        highestSlot = firstOperandSlot
        roots = RootMap(localSlots: Int(firstConstantSlot), firstOperandSlot: Int(firstOperandSlot))
        memoryInUse = instance.memories.isEmpty ? -1 : 0
        let type = module.functionType(of: module.functionIndex(ofDefined: position))
        frames.append(
            Frame(kind: .body, height: 0, parameters: [], results: type.results, start: 0)
        )
        cost += Int64(slot) / 8 + Int64(type.results.slotCount) / 8
    }

    private static func constantBits(_ instruction: Instruction) -> UInt64? {
        switch instruction.immediate {
        case .i32(let value): UInt64(UInt32(bitPattern: value))
        case .i64(let value): UInt64(bitPattern: value)
        case .f32(let bits): UInt64(bits)
        case .f64(let bits): bits
        default: nil
        }
    }

    /// Whether an instruction needs no slot for a constant that is its last operand.
    private static func takes(_ bits: UInt64, _ opcode: Opcode) -> Bool {
        switch opcode {
        case .localSet, .localTee, .drop: true
        default: opcode.row.operands?.count == 2 && FlatOpcode(opcode).immediate(bits) != nil
        }
    }

    // MARK: Emission

    mutating func emit(_ instruction: FlatInstruction) {
        code.append(instruction)
        lastResult = -1
    }

    mutating func emitCopy(to target: UInt32, from source: UInt32, width: UInt32) {
        guard target != source, width > 0 else { return }
        if width == 1 {
            emit(FlatInstruction(.copy, a: target, b: source))
        } else {
            emit(FlatInstruction(.copyMany, a: target, b: source, c: width))
        }
    }

    mutating func emitConstant(to target: UInt32, _ bits: UInt64) {
        let low = UInt32(truncatingIfNeeded: bits)
        emit(FlatInstruction(.constant, a: target, b: low, c: UInt32(truncatingIfNeeded: bits >> 32)))
    }

    /// Emits an instruction whose result is the uppermost value, in slot `a`.
    mutating func emitResult(_ instruction: FlatInstruction) {
        emit(instruction)
        lastResult = code.count - 1
    }

    // MARK: The operand stack

    /// The slot that the next value has.
    var nextSlot: UInt32 { entries.last.map { $0.slot + $0.width } ?? firstOperandSlot }

    /// The number of entries of the innermost block's surroundings.
    var height: Int { frames[frames.count - 1].height }

    /// The slot of the entry at a place of the stack, or the one above the stack.
    func slot(at place: Int) -> UInt32 { place < entries.count ? entries[place].slot : nextSlot }

    /// Adds a value that is computed into its own slot.
    @discardableResult
    mutating func push(width: UInt32 = 1) -> UInt32 {
        let slot = nextSlot
        entries.append(Entry(slot: slot, source: slot, width: width))
        if slot + width > highestSlot { highestSlot = slot + width }
        return slot
    }

    mutating func push(_ types: [ValueType]) {
        for type in types { push(width: UInt32(type.slotCount)) }
    }

    /// Adds a value that is in the slot of a local or a constant.
    mutating func pushAlias(of source: UInt32, width: UInt32) {
        push(width: width)
        entries[entries.count - 1].source = source
        aliases.append(entries.count - 1)
        if source < firstConstantSlot { aliasCounts[Int(source)] += 1 }
    }

    mutating func pushConstant(_ bits: UInt64) {
        push()
        let last = entries.count - 1
        if !fusesInstructions, constantSlots[bits] == nil {
            emitConstant(to: entries[last].slot, bits)
            return
        }
        entries[last].constant = bits
        aliases.append(last)
        if let slot = constantSlots[bits] {
            entries[last].source = slot
        } else {
            entries[last].isPending = true
        }
    }

    /// Makes sure that nothing is assumed about the memory in use where paths of control meet.
    mutating func forgetMemory() {
        if instance.memories.count > 1 { memoryInUse = -1 }
    }

    /// Takes the uppermost value, which may be a number that is in no slot.
    @discardableResult
    mutating func popValue() -> Entry {
        let entry = entries.removeLast()
        if entry.isAlias {
            removeLastAlias()
            if entry.source < firstConstantSlot { aliasCounts[Int(entry.source)] -= 1 }
        }
        return entry
    }

    /// The slot from which the very next instruction may read a value that was taken.
    mutating func slot(of entry: Entry) -> UInt32 {
        if entry.isPending, let bits = entry.constant { emitConstant(to: entry.slot, bits) }
        return entry.source
    }

    /// Takes the uppermost value; its source may be read by the very next instruction.
    mutating func pop() -> Entry {
        let entry = popValue()
        _ = slot(of: entry)
        return entry
    }

    private mutating func removeLastAlias() {
        aliases.removeLast()
        knownAliases = min(knownAliases, aliases.count)
    }

    mutating func pop(count: Int) {
        for _ in 0..<count { popValue() }
    }

    /// The slot from which the uppermost value may be read; the value stays on the stack.
    mutating func slotOfTop() -> UInt32 {
        let last = entries.count - 1
        if entries[last].isPending {
            _ = slot(of: entries[last])
            entries[last].isPending = false
            entries[last].constant = nil
            removeLastAlias()
        }
        return entries[last].source
    }

    /// Whether the last word computes the value.
    func isLastResult(_ entry: Entry) -> Bool {
        fusesInstructions && lastResult >= 0 && !entry.isAlias && code[lastResult].a == entry.slot
    }

    /// Puts the values from a place of the stack upwards into their own slots.
    mutating func settle(from place: Int = 0) {
        var first = aliases.count
        while first > 0, aliases[first - 1] >= place { first -= 1 }
        guard first < aliases.count else { return }
        // Neighbours that come from neighbours are copied together.
        var run: (target: UInt32, source: UInt32, width: UInt32)?
        for alias in aliases[first...] {
            let entry = entries[alias]
            // What is in its own slot may be what a loop computes anew.
            entries[alias] = Entry(slot: entry.slot, source: entry.slot, width: entry.width)
            if entry.isPending {
                _ = slot(of: entry)
                continue
            }
            if entry.source < firstConstantSlot { aliasCounts[Int(entry.source)] -= 1 }
            if let open = run, open.target + open.width == entry.slot, open.source + open.width == entry.source {
                run = (open.target, open.source, open.width + entry.width)
            } else {
                if let open = run { emitCopy(to: open.target, from: open.source, width: open.width) }
                run = (entry.slot, entry.source, entry.width)
            }
        }
        if let open = run { emitCopy(to: open.target, from: open.source, width: open.width) }
        aliases.removeSubrange(first...)
        knownAliases = min(knownAliases, first)
    }

    // MARK: The body

    /// Flattens the whole body.
    mutating func flatten(_ body: [Instruction]) {
        for instruction in body {
            if isReachable {
                cost += 1
                flatten(instruction)
            } else {
                skip(instruction)
            }
        }
    }

    /// The end of code that cannot be reached is found without looking at anything but the nesting.
    private mutating func skip(_ instruction: Instruction) {
        switch instruction.opcode {
        case .block, .loop, .if, .tryTable: skippedDepth += 1
        case .end where skippedDepth > 0: skippedDepth -= 1
        case .end: end()
        case .else where skippedDepth == 0: otherwise()
        default: break
        }
    }

    mutating func setUnreachable() {
        isReachable = false
        pop(count: entries.count - height)
        lastResult = -1
    }
}
