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
    /// The region of the last access; it is replaced whenever the table changes.
    var lastRegion = MemoryRegion.empty
    var regions: UnsafeMutablePointer<MemoryRegion>
    var regionCount = 0
    /// Bit n stands for xn; of the general registers only bits 0 to 30 are ever set.
    var poisonedGeneral: UInt64 = 0
    var poisonedVector: UInt64 = 0
    var poisonedByCall = RegisterSet.none
    var poisonedByReturn = RegisterSet.none
    var executedInstructions: UInt64 = 0

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

    /// Why the loop over one region of code came to its end.
    enum LoopExit {
        /// `pc` is outside the region.
        case leftRegion
        case budgetExhausted
        /// The fault is in the state.
        case faulted
    }

    // MARK: Register fields of an instruction

    @inline(__always) func xn(_ d: DecodedInstruction) -> UInt64 { x[Int(d.rn)] }
    @inline(__always) func xm(_ d: DecodedInstruction) -> UInt64 { x[Int(d.rm)] }
    @inline(__always) func xa(_ d: DecodedInstruction) -> UInt64 { x[Int(d.ra)] }
    @inline(__always) func wn(_ d: DecodedInstruction) -> UInt32 { UInt32(truncatingIfNeeded: x[Int(d.rn)]) }
    @inline(__always) func wm(_ d: DecodedInstruction) -> UInt32 { UInt32(truncatingIfNeeded: x[Int(d.rm)]) }
    @inline(__always) func wa(_ d: DecodedInstruction) -> UInt32 { UInt32(truncatingIfNeeded: x[Int(d.ra)]) }
    @inline(__always) func set(_ d: DecodedInstruction, _ value: UInt64) { x[Int(d.rd)] = value }
    @inline(__always) func set(_ d: DecodedInstruction, _ value: UInt32) { x[Int(d.rd)] = UInt64(value) }

    /// Whether a condition field holds. Arm ARM, ConditionHolds.
    @inline(__always) func holds(_ condition: UInt8) -> Bool {
        let flags = state.pointee.flags
        let n = flags & 8 != 0
        let z = flags & 4 != 0
        let c = flags & 2 != 0
        let v = flags & 1 != 0
        let result: Bool
        switch condition >> 1 {
        case 0: result = z
        case 1: result = c
        case 2: result = n
        case 3: result = v
        case 4: result = c && !z
        case 5: result = n == v
        case 6: result = n == v && !z
        default: return true
        }
        return result != (condition & 1 != 0)
    }

    // MARK: The loop

    /// Executes from `state.pc`, which lies in `region`, until control leaves the region.
    func run(in region: MemoryRegion, budget: inout UInt64) -> LoopExit {
        guard let code = region.instructions else { return .leftRegion }
        let base = region.base
        let count = UInt64(region.wordCount)
        let audit = state.pointee.isAuditing
        var index = (state.pointee.pc &- base) >> 2
        var remaining = budget
        var exit = LoopExit.leftRegion
        loop: while index < count {
            if remaining == 0 {
                exit = .budgetExhausted
                break loop
            }
            let d = code[Int(truncatingIfNeeded: index)]
            if audit && !auditOperands(d, pc: base &+ index << 2) {
                exit = .faulted
                break loop
            }
            remaining &-= 1
            switch d.operation {
            case .integer(let operation):
                executeInteger(operation, d)
            case .memory(let operation):
                if !executeMemory(operation, d, pc: base &+ index << 2) {
                    exit = .faulted
                    break loop
                }
            case .float(let operation):
                executeFloat(operation, d)
            case .vector(let operation):
                executeVector(operation, d)
            case .lanes(let operation):
                executeLanes(operation, d)
            case .resizing(let operation):
                executeResizing(operation, d)
            case .floatLanes(let operation):
                executeFloatLanes(operation, d)
            case .structure(let operation):
                if !executeStructure(operation, d, pc: base &+ index << 2) {
                    exit = .faulted
                    break loop
                }
            case .control(let operation):
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
                    let address = base &+ index << 2
                    let word = UnsafeRawPointer(bitPattern: UInt(address))!.load(as: UInt32.self)
                    code[Int(truncatingIfNeeded: index)] = Decoder.decode(UInt32(littleEndian: word), at: address)
                    remaining &+= 1
                    continue loop
                case .readFlags, .writeFlags, .readFloatControl, .writeFloatControl, .readFloatStatus,
                    .writeFloatStatus:
                    if !executeSystem(operation, d, pc: base &+ index << 2) {
                        exit = .faulted
                        break loop
                    }
                case .unallocated, .unpredictable, .breakpoint, .permanentlyUndefined, .exceptionCall:
                    state.pointee.fault = fault(of: operation, d, pc: base &+ index << 2)
                    exit = .faulted
                    break loop
                }
            }
            index &+= 1
        }
        state.pointee.executedInstructions &+= budget &- remaining
        budget = remaining
        state.pointee.pc = base &+ index << 2
        return exit
    }

    private func executeSystem(_ operation: ControlOperation, _ d: DecodedInstruction, pc: UInt64) -> Bool {
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
        case .undecoded, .unallocated, .unpredictable, .nop, .branch, .branchLink, .branchConditional,
            .compareBranchZero32, .compareBranchZero64, .compareBranchNonzero32, .compareBranchNonzero64,
            .testBranchZero, .testBranchNonzero, .branchRegister, .branchLinkRegister, .returnRegister,
            .breakpoint, .permanentlyUndefined, .exceptionCall:
            break
        }
        return true
    }

    private func fault(of operation: ControlOperation, _ d: DecodedInstruction, pc: UInt64) -> SimulatorFault {
        let word = UInt32(littleEndian: UnsafeRawPointer(bitPattern: UInt(pc))!.load(as: UInt32.self))
        return switch operation {
        case .breakpoint: .breakpoint(immediate: UInt16(truncatingIfNeeded: d.immediate), pc: pc)
        case .permanentlyUndefined: .permanentlyUndefined(immediate: UInt16(truncatingIfNeeded: d.immediate), pc: pc)
        case .exceptionCall: .exceptionCall(word: word, pc: pc)
        case .unpredictable: .unpredictableEncoding(word: word, pc: pc)
        case .unallocated, .undecoded, .nop, .branch, .branchLink, .branchConditional, .compareBranchZero32,
            .compareBranchZero64, .compareBranchNonzero32, .compareBranchNonzero64, .testBranchZero,
            .testBranchNonzero, .branchRegister, .branchLinkRegister, .returnRegister, .readFlags, .writeFlags,
            .readFloatControl, .writeFloatControl, .readFloatStatus, .writeFloatStatus:
            .unallocatedEncoding(word: word, pc: pc)
        }
    }
}
