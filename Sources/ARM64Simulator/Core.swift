/// 128 bits of a vector register.
public struct Vector128: Hashable, Sendable {
    /// Bits 63 to 0.
    public var low: UInt64
    /// Bits 127 to 64.
    public var high: UInt64

    public init(low: UInt64, high: UInt64 = 0) {
        self.low = low
        self.high = high
    }
}

/// The state of the machine beside its register files.
struct CoreState {
    var pc: UInt64 = 0
    /// N, Z, C, V in bits 3 to 0.
    var flags: UInt64 = 0
    var floatStatus: UInt64 = 0
    var fault: SimulatorFault?
    var exclusiveMonitor = ExclusiveMonitor.open
    /// Regions of earlier accesses, by the page of the address; emptied whenever the table changes.
    let regionCache: UnsafeMutablePointer<MemoryRegion>
    var regions: UnsafeMutablePointer<MemoryRegion>
    var regionCount = 0
    /// Bit n stands for xn; of the general registers only bits 0 to 30 are ever set.
    var poisonedGeneral: UInt64 = 0
    var poisonedVector: UInt64 = 0
    var poisonedByCall = PoisonedRegisters.none
    var poisonedByReturn = PoisonedRegisters.none
    var executedInstructions: UInt64 = 0

    /// The region in which the loop runs: its address and its first instruction.
    var codeBase: UInt64 = 0
    var code: UnsafeMutablePointer<DecodedInstruction>?

    init(regions: UnsafeMutablePointer<MemoryRegion>) {
        self.regions = regions
        regionCache = .allocate(capacity: Self.cacheSlots)
        regionCache.initialize(repeating: .empty, count: Self.cacheSlots)
    }

    private static let cacheSlots = 16

    /// Where the cache has the region of an access at `address`.
    @inline(__always) static func cacheSlot(of address: UInt64) -> Int {
        Int(truncatingIfNeeded: address >> 12 & 15)
    }

    func emptyRegionCache() { regionCache.update(repeating: .empty, count: Self.cacheSlots) }

    var isAuditing: Bool {
        poisonedGeneral | poisonedVector != 0 || poisonedByCall != .none || poisonedByReturn != .none
    }
}

/// The execution engine: a value made of pointers alone, so that no access is counted or checked twice.
struct Core {
    /// ``RegisterIndex/count`` elements.
    let x: UnsafeMutablePointer<UInt64>
    /// 32 elements.
    let v: UnsafeMutablePointer<Vector128>
    let state: UnsafeMutablePointer<CoreState>
    /// See ``conditionTable()``.
    let conditions: UnsafeMutablePointer<UInt16>

    /// Why the loop over one region of code came to its end.
    enum LoopExit {
        /// `pc` is outside the region.
        case leftRegion
        case budgetExhausted
        /// The fault is in the state.
        case faulted
    }

    // MARK: Register fields of an instruction

    @inline(__always) func xn(_ d: InstructionReference) -> UInt64 { x[Int(d.rn)] }
    @inline(__always) func xm(_ d: InstructionReference) -> UInt64 { x[Int(d.rm)] }
    @inline(__always) func xa(_ d: InstructionReference) -> UInt64 { x[Int(d.ra)] }
    @inline(__always) func wn(_ d: InstructionReference) -> UInt32 { UInt32(truncatingIfNeeded: x[Int(d.rn)]) }
    @inline(__always) func wm(_ d: InstructionReference) -> UInt32 { UInt32(truncatingIfNeeded: x[Int(d.rm)]) }
    @inline(__always) func wa(_ d: InstructionReference) -> UInt32 { UInt32(truncatingIfNeeded: x[Int(d.ra)]) }
    @inline(__always) func set(_ d: InstructionReference, _ value: UInt64) { x[Int(d.rd)] = value }
    @inline(__always) func set(_ d: InstructionReference, _ value: UInt32) { x[Int(d.rd)] = UInt64(value) }

    /// Whether a condition field holds. Arm ARM, ConditionHolds.
    @inline(__always) func holds(_ condition: UInt8) -> Bool {
        conditions[Int(condition)] &>> UInt16(truncatingIfNeeded: state.pointee.flags) & 1 != 0
    }

    /// For every condition field a bit for every value of the flags.
    static func conditionTable() -> UnsafeMutablePointer<UInt16> {
        let table = UnsafeMutablePointer<UInt16>.allocate(capacity: 16)
        table.initialize(repeating: 0, count: 16)
        for flags in 0..<16 {
            let (n, z, c, v) = (flags & 8 != 0, flags & 4 != 0, flags & 2 != 0, flags & 1 != 0)
            let results = [z, c, n, v, c && !z, n == v, n == v && !z, true]
            for condition in 0..<16 {
                // The lowest bit inverts, but for 15, which is always true as well.
                let inverts = condition & 1 != 0 && condition != 15
                if results[condition >> 1] != inverts { table[condition] |= 1 << UInt16(flags) }
            }
        }
        return table
    }

    /// The address of an instruction of the region in which the loop runs.
    func address(of d: InstructionReference) -> UInt64 {
        guard let code = state.pointee.code else { return state.pointee.pc }
        return state.pointee.codeBase &+ UInt64(d.pointer - UnsafePointer(code)) << 2
    }

    // MARK: The loop

    /// Executes from `state.pc`, which lies in `region`, until control leaves the region.
    func run(in region: MemoryRegion, budget: inout UInt64) -> LoopExit {
        guard let code = region.instructions else { return .leftRegion }
        let base = region.base
        let count = UInt64(region.wordCount)
        let audit = state.pointee.isAuditing
        state.pointee.codeBase = base
        state.pointee.code = code
        var index = (state.pointee.pc &- base) >> 2
        var remaining = budget
        var exit = LoopExit.leftRegion
        loop: while index < count {
            if remaining == 0 {
                exit = .budgetExhausted
                break loop
            }
            let d = InstructionReference(code + Int(truncatingIfNeeded: index))
            var straight = min(remaining, count &- index)
            if audit {
                straight = lengthWithoutPoison(d, limit: straight)
                if straight == 0 {
                    if !auditOperands(d) {
                        exit = .faulted
                        break loop
                    }
                    straight = 1
                }
            }
            guard case .control(let operation) = d.pointer.pointee.operation else {
                let done = executeStraight(d, limit: straight)
                remaining &-= done
                index &+= done
                if state.pointee.fault == nil { continue loop }
                // The instruction that faulted counts as executed.
                remaining &-= 1
                exit = .faulted
                break loop
            }
            remaining &-= 1
            switch operation {
            case .branch:
                index &+= d.immediate
                continue loop
            case .branchLink:
                x[30] = base &+ (index &+ 1) << 2
                index &+= d.immediate
                continue loop
            case .branchConditional:
                index &+= holds(d.ra) ? d.immediate : 1
                continue loop
            case .compareBranchZero32:
                index &+= wn(d) == 0 ? d.immediate : 1
                continue loop
            case .compareBranchZero64:
                index &+= xn(d) == 0 ? d.immediate : 1
                continue loop
            case .compareBranchNonzero32:
                index &+= wn(d) != 0 ? d.immediate : 1
                continue loop
            case .compareBranchNonzero64:
                index &+= xn(d) != 0 ? d.immediate : 1
                continue loop
            case .testBranchZero:
                index &+= xn(d) >> UInt64(d.rm) & 1 == 0 ? d.immediate : 1
                continue loop
            case .testBranchNonzero:
                index &+= xn(d) >> UInt64(d.rm) & 1 != 0 ? d.immediate : 1
                continue loop
            case .branchRegister, .branchLinkRegister, .returnRegister:
                let target = xn(d)
                if operation == .branchLinkRegister { x[30] = base &+ (index &+ 1) << 2 }
                let offset = target &- base
                if offset < region.size && offset & 3 == 0 {
                    index = offset >> 2
                    continue loop
                }
                state.pointee.executedInstructions &+= budget &- remaining
                budget = remaining
                state.pointee.pc = target
                return .leftRegion
            case .nop:
                break
            case .undecoded:
                decode(region, code, from: Int(truncatingIfNeeded: index))
                remaining &+= 1
                continue loop
            case .readFlags, .writeFlags, .readFloatControl, .writeFloatControl, .readFloatStatus,
                .writeFloatStatus, .clearExclusive:
                if !executeSystem(operation, d, pc: base &+ index << 2) {
                    exit = .faulted
                    break loop
                }
            case .unallocated, .unpredictable, .breakpoint, .permanentlyUndefined, .exceptionCall:
                state.pointee.fault = fault(of: operation, d, pc: base &+ index << 2)
                exit = .faulted
                break loop
            }
            index &+= 1
        }
        state.pointee.executedInstructions &+= budget &- remaining
        budget = remaining
        state.pointee.pc = base &+ index << 2
        return exit
    }

    /// Decodes the instruction at a position of a region and those behind it that were not decoded, up to the first of control.
    @inline(never) private func decode(
        _ region: MemoryRegion,
        _ code: UnsafeMutablePointer<DecodedInstruction>,
        from first: Int
    ) {
        for index in first..<region.wordCount {
            guard case .control(.undecoded) = code[index].operation else { return }
            let address = region.base &+ UInt64(index) << 2
            let word = UnsafeRawPointer(bitPattern: UInt(address))!.load(as: UInt32.self)
            code[index] = Decoder.decode(UInt32(littleEndian: word), at: address)
            if case .control = code[index].operation { return }
        }
    }

    /// Executes the instruction, which is not one of control, and those after it up to one that is.
    /// - Parameter limit: the greatest number of instructions, at least 1.
    /// - Returns: the number of instructions that have had their effect; one that faulted, which is in the state, has not.
    @inline(never) private func executeStraight(_ first: InstructionReference, limit: UInt64) -> UInt64 {
        var d = first
        var done: UInt64 = 0
        while done < limit {
            // A chain of comparisons, the most frequent first, is much faster than a table of jumps here.
            let operation = d.pointer.pointee.operation
            if case .integer(let integer) = operation {
                let count = executeIntegers(integer, d, limit: limit &- done)
                done &+= count
                d = InstructionReference(d.pointer + Int(truncatingIfNeeded: count))
                continue
            } else if case .memory(let memory) = operation {
                guard executeMemory(memory, d) else { return done }
            } else if case .float(let float) = operation {
                executeFloat(float, d)
            } else if case .vector(let vector) = operation {
                executeVector(vector, d)
            } else if case .lanes(let lanes) = operation {
                executeLanes(lanes, d)
            } else if case .floatLanes(let lanes) = operation {
                executeFloatLanes(lanes, d)
            } else if case .resizing(let resizing) = operation {
                executeResizing(resizing, d)
            } else if case .structure(let structure) = operation {
                guard executeStructure(structure, d) else { return done }
            } else {
                return done
            }
            done &+= 1
            d = d.next
        }
        return done
    }

    private func executeSystem(_ operation: ControlOperation, _ d: InstructionReference, pc: UInt64) -> Bool {
        switch operation {
        case .readFlags:
            set(d, state.pointee.flags << 28)
        case .writeFlags:
            state.pointee.flags = xn(d) >> 28 & 15
        case .readFloatControl:
            set(d, UInt64(0))
        case .writeFloatControl:
            guard xn(d) == 0 else {
                state.pointee.fault = .unsupportedFloatingPointControl(value: xn(d), pc: pc)
                return false
            }
        case .readFloatStatus:
            set(d, state.pointee.floatStatus)
        case .writeFloatStatus:
            state.pointee.floatStatus = xn(d)
        case .clearExclusive:
            state.pointee.exclusiveMonitor = .open
        case .undecoded, .unallocated, .unpredictable, .nop, .branch, .branchLink, .branchConditional,
            .compareBranchZero32, .compareBranchZero64, .compareBranchNonzero32, .compareBranchNonzero64,
            .testBranchZero, .testBranchNonzero, .branchRegister, .branchLinkRegister, .returnRegister,
            .breakpoint, .permanentlyUndefined, .exceptionCall:
            break
        }
        return true
    }

    private func fault(of operation: ControlOperation, _ d: InstructionReference, pc: UInt64) -> SimulatorFault {
        let word = UInt32(littleEndian: UnsafeRawPointer(bitPattern: UInt(pc))!.load(as: UInt32.self))
        return switch operation {
        case .breakpoint: .breakpoint(immediate: UInt16(truncatingIfNeeded: d.immediate), pc: pc)
        case .permanentlyUndefined: .permanentlyUndefined(immediate: UInt16(truncatingIfNeeded: d.immediate), pc: pc)
        case .exceptionCall: .exceptionCall(word: word, pc: pc)
        case .unpredictable: .unpredictableEncoding(word: word, pc: pc)
        case .unallocated, .undecoded, .nop, .branch, .branchLink, .branchConditional, .compareBranchZero32,
            .compareBranchZero64, .compareBranchNonzero32, .compareBranchNonzero64, .testBranchZero,
            .testBranchNonzero, .branchRegister, .branchLinkRegister, .returnRegister, .readFlags, .writeFlags,
            .readFloatControl, .writeFloatControl, .readFloatStatus, .writeFloatStatus, .clearExclusive:
            .unallocatedEncoding(word: word, pc: pc)
        }
    }
}
