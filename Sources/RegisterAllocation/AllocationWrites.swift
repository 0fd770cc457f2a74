/// All that an allocated function writes to registers and spill slots, by unit and in order, so that the last write before a place is
/// found without going through what is between.
struct AllocationWrites {
    /// A moment of the program: the instruction, which of its steps, and a position that tells the edits or operands of the step apart.
    ///
    /// Keys grow in the order in which things happen in a block.
    struct Key: Comparable {
        fileprivate let bits: UInt64

        /// What happens around an instruction, in order.
        enum Step: UInt64 {
            case editsBefore, overwriting, definitions, editsAfter
        }

        /// How a write meets a unit.
        enum Role: UInt64 {
            /// The location that is written begins with the unit.
            case first
            /// The unit is the second of the location.
            case second
            /// The location is the second half of a 128-bit slot that begins with the unit.
            case before
        }

        /// The beginning of a step.
        init(_ instruction: Int, _ step: Step, position: Int = 0, _ role: Role = .first) {
            bits = (UInt64(instruction) << 2 | step.rawValue) << 34 | UInt64(position) << 2 | role.rawValue
        }

        var instruction: Int { Int(bits >> 36) }
        var step: Step { Step(rawValue: bits >> 34 & 3)! }
        /// Of the edit in steps of edits, otherwise of the operand; 0 for registers that are clobbered.
        var position: Int { Int(bits >> 2 & 0xFFFF_FFFF) }
        var role: Role { Role(rawValue: bits & 3)! }

        static func < (left: Key, right: Key) -> Bool { left.bits < right.bits }
    }

    /// The keys of all writes, those of one unit in a row and in order.
    private var keys: [Key]
    /// By unit, its first position in ``keys``.
    private var starts: [Int]
    /// By unit, its only write but for those that concern vectors alone.
    private var onlyWrites: [Key?]
    private let scratchBits: UInt64

    init(_ problem: AllocationProblem, _ allocation: Allocation) {
        scratchBits = RegisterSet(problem.scratch).bits
        var writes: [(unit: Int, key: Key)] = []
        writes.reserveCapacity(problem.registerKinds.count + allocation.edits.count)
        var starts = [Int](repeating: 0, count: 64 + allocation.spillSlotCount + 1)
        Self.forEach(problem, allocation) { unit, key in
            writes.append((unit, key))
            starts[unit + 1] += 1
        }
        for unit in 1..<starts.count { starts[unit] += starts[unit - 1] }
        var ends = starts
        keys = [Key](repeating: Key(0, .editsBefore), count: writes.count)
        for write in writes {
            keys[ends[write.unit]] = write.key
            ends[write.unit] += 1
        }
        self.starts = starts
        onlyWrites = [Key?](repeating: nil, count: starts.count - 1)
        for unit in onlyWrites.indices { onlyWrites[unit] = onlyNarrowKey(starts[unit]..<starts[unit + 1]) }
    }

    /// The only one of some keys, but for those that concern vectors alone.
    private func onlyNarrowKey(_ positions: Range<Int>) -> Key? {
        var only: Key?
        for position in positions where keys[position].role != .before {
            if only != nil { return nil }
            only = keys[position]
        }
        return only
    }

    /// All writes in order that meet a value whose location begins with the unit, but for those to scratch registers that every
    /// instruction does.
    func all(to unit: Int, ofVector isVector: Bool) -> some Sequence<Key> {
        keys[starts[unit]..<starts[unit + 1]].lazy.filter { isVector || $0.role != .before }
    }

    /// The write to a unit where it is the only one of these.
    func only(to unit: Int, ofVector isVector: Bool) -> Key? {
        if isVector, starts[unit + 1] - starts[unit] != 1 { return nil }
        return onlyWrites[unit]
    }

    /// The last write to a unit that is before a place and not before another one.
    func last(to unit: Int, before end: Key, from start: Key) -> Key? {
        var (low, high) = (starts[unit], starts[unit + 1])
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < end { low = middle + 1 } else { high = middle }
        }
        var found = low > starts[unit] && keys[low - 1] >= start ? keys[low - 1] : nil
        if unit < 64, scratchBits >> UInt64(unit) & 1 != 0 {
            // Every instruction overwrites scratch registers.
            let isPast = Key(end.instruction, .overwriting) < end
            let instruction = isPast ? end.instruction : end.instruction - 1
            if instruction >= start.instruction {
                found = max(found ?? start, Key(instruction, .overwriting))
            }
        }
        return found
    }

    /// Calls with all writes to all units, but for those of scratch registers that every instruction does, in order.
    private static func forEach(
        _ problem: AllocationProblem,
        _ allocation: Allocation,
        _ body: (_ unit: Int, _ key: Key) -> Void
    ) {
        let (operands, kinds) = (problem.operands, problem.registerKinds)
        let (locations, edits) = (allocation.locations, allocation.edits)
        func write(
            _ location: Location,
            _ kind: VirtualRegisterKind,
            _ instruction: Int,
            _ step: Key.Step,
            _ position: Int
        ) {
            let units = location.units(of: kind)
            if units.isEmpty { return }
            body(units.lowerBound, Key(instruction, step, position: position, .first))
            if units.count == 2 { body(units.lowerBound + 1, Key(instruction, step, position: position, .second)) }
            if units.lowerBound > 64, units.lowerBound % 2 != 0 {
                body(units.lowerBound - 1, Key(instruction, step, position: position, .before))
            }
        }
        var edit = 0
        func writeEdits(at point: ProgramPoint, _ instruction: Int, _ step: Key.Step) {
            while edit < edits.count, edits[edit].point == point {
                let move = edits[edit]
                if move.source != move.destination { write(move.destination, move.kind, instruction, step, edit) }
                edit += 1
            }
        }
        func writeDefinitions(_ positions: Range<Int>, _ instruction: Int, _ step: Key.Step) {
            for position in positions where operands[position].role == .definition {
                write(locations[position], kinds[operands[position].register.position], instruction, step, position)
            }
        }
        for block in problem.blocks {
            // Behind an exceptional edge the locations of what would have been defined hold nothing. Nobody else comes that far back:
            // the definitions themselves are in the way.
            let mayEndByException = block.successors.contains { problem.edges[$0].isExceptional }
            for number in block.instructions {
                writeEdits(at: .before(number), number, .editsBefore)
                let instruction = problem.instructions[number]
                var clobbers = instruction.clobbers.bits
                while clobbers != 0 {
                    body(clobbers.trailingZeroBitCount, Key(number, .overwriting))
                    clobbers &= clobbers - 1
                }
                if mayEndByException && number == block.instructions.upperBound - 1 {
                    writeDefinitions(instruction.operands, number, .overwriting)
                }
                writeDefinitions(instruction.operands, number, .definitions)
                writeEdits(at: .after(number), number, .editsAfter)
            }
        }
    }
}

extension Location {
    /// What a value of a kind takes there, in the numbering of the checker: 64 registers, then slots of 8 bytes.
    func units(of kind: VirtualRegisterKind) -> Range<Int> {
        switch self {
        case .none: return 0..<0
        case .register(let register): return Int(register.number)..<Int(register.number) + 1
        case .slot(let slot): return 64 + Int(slot)..<64 + Int(slot) + kind.slotCount
        }
    }
}
