import Invariants
import RegisterAllocation
import SSA

/// The additional code of audited functions; see ``AuditViolation``. Nothing here is emitted for others.
///
/// An audited frame has 16 bytes of canaries above the outgoing arguments and above the result area. Every call puts
/// further ones right above its own arguments and results. The former are checked before every call that may write them anew, so that
/// none hides what was stored too far.
extension EmissionDriver {
    /// What guards and meaningless registers and slots hold: no address, no small number, as a float no NaN.
    private static let canary: UInt64 = 0x2BAD_C0DE_D15E_A5ED
    /// How much of a frame is filled with poison: the uppermost part, where the spill slots are.
    private static let poisonLimit = 16 << 10

    private var isAudited: Bool { emission.frame.isAudited }

    // MARK: Stack pointer

    /// Leaves where the stack pointer is not so far below the frame pointer. Overwrites the scratch register.
    private mutating func emitCheck(stackPointerBelowFrameBy size: Int, _ violation: AuditViolation) {
        let scratch = machine.scratch(.integer)
        let label = emission.trapLabel(violation.rawValue)
        backend.emitAddress(to: scratch, base: machine.stackPointer, offset: size, into: &emission)
        backend.emitBranch(ifDifferent: scratch, machine.framePointer, to: label, into: &emission)
    }

    private mutating func emitCheckOfStackPointer(_ violation: AuditViolation) {
        emitCheck(stackPointerBelowFrameBy: emission.frame.size, violation)
    }

    // MARK: Canaries

    /// Stores canaries in 16 bytes; the scratch register holds one.
    private mutating func emitCanaries(at offset: Int) {
        let scratch = machine.scratch(.integer)
        backend.emitStore(.i64, from: scratch, base: machine.stackPointer, offset: offset, into: &emission)
        backend.emitStore(.i64, from: scratch, base: machine.stackPointer, offset: offset + 8, into: &emission)
    }

    /// Leaves where 16 bytes at an offset from the stack pointer are no canaries; the scratch register holds one.
    private mutating func emitCheckOfCanaries(
        at offset: Int,
        with register: PhysicalRegister,
        _ violation: AuditViolation
    ) {
        let label = emission.trapLabel(violation.rawValue)
        for word in [offset, offset + 8] {
            backend.emitLoad(.i64, to: register, base: machine.stackPointer, offset: word, into: &emission)
            backend.emitBranch(ifDifferent: register, machine.scratch(.integer), to: label, into: &emission)
        }
    }

    /// Puts a canary into the scratch register, and leaves where one of the frame's guards has changed.
    private mutating func emitCheckOfGuards(with register: PhysicalRegister) {
        backend.emitImmediate(Self.canary, to: machine.scratch(.integer), into: &emission)
        emitCheckOfCanaries(at: emission.frame.guardOffset, with: register, .guardsOfFrame)
        emitCheckOfCanaries(at: emission.frame.resultGuardOffset, with: register, .guardsOfFrame)
    }

    /// An integer register among those that may be overwritten.
    private func integerRegister(among free: RegisterSet) -> PhysicalRegister {
        guard let register = free.first, register.registerClass == .integer else {
            invariantFailed("an integer register is free")
        }
        return register
    }

    /// The registers that hold nothing that a call needs, which overwrites all of them.
    private func registersFree(before site: CallSite, at position: Int) -> RegisterSet {
        var free = machine.allocatable - fixedRegisters(.use, of: position)
        if site.target.isInRegister { free.remove(emission.register(0)) }
        return free
    }

    // MARK: Poison

    /// Fills the registers of a set, and the scratch registers; the frame's guard is a canary.
    ///
    /// The scratch registers come first and the others are copies of them, which is the shortest code.
    private mutating func emitPoison(of registers: RegisterSet) {
        let scratch = machine.scratch(.integer)
        let vector = machine.scratch(.vector)
        let guardOffset = emission.frame.guardOffset
        backend.emitImmediate(Self.canary, to: scratch, into: &emission)
        backend.emitLoad(.v128, to: vector, base: machine.stackPointer, offset: guardOffset, into: &emission)
        var rest = registers
        while let register = rest.first {
            rest.remove(register)
            switch register.registerClass {
            case .integer: backend.emitMove(.i64, from: scratch, to: register, into: &emission)
            case .vector: backend.emitMove(.v128, from: vector, to: register, into: &emission)
            }
        }
    }

    /// The registers of the operands with a role that the current instruction has in fixed registers.
    private func fixedRegisters(_ role: OperandRole, of position: Int) -> RegisterSet {
        let problem = emission.function.problem
        var registers = RegisterSet()
        for operand in problem.instructions[position].operands where problem.operands[operand].role == role {
            if case .fixed(let register) = problem.operands[operand].constraint { registers.insert(register) }
        }
        return registers
    }

    /// Fills the uppermost part of the frame, and all registers but those of arguments.
    private mutating func emitPoisonOfFrame() {
        let frame = emission.frame
        let scratch = machine.scratch(.integer)
        let vector = machine.scratch(.vector)
        backend.emitImmediate(Self.canary, to: scratch, into: &emission)
        emitCanaries(at: frame.guardOffset)
        emitCanaries(at: frame.resultGuardOffset)
        backend.emitLoad(
            .v128,
            to: vector,
            base: machine.stackPointer,
            offset: frame.guardOffset,
            into: &emission
        )
        var end = machine.framePointer
        if frame.entrySize > 0 {
            // The fourth argument of an entry stub is none.
            end = machine.hostArguments[3]
            backend.emitAddress(
                to: end,
                base: machine.framePointer,
                offset: -frame.entrySize,
                into: &emission
            )
        }
        // The guards become canaries once more.
        let start = max(frame.guardOffset, frame.size - frame.entrySize - Self.poisonLimit)
        guard start < frame.size - frame.entrySize else { return }
        backend.emitAddress(to: scratch, base: machine.stackPointer, offset: start, into: &emission)
        let loop = emission.code.makeLabel()
        emission.code.bind(loop)
        backend.emitStore(.v128, from: vector, base: scratch, offset: 0, into: &emission)
        backend.emitAddress(to: scratch, base: scratch, offset: 16, into: &emission)
        backend.emitBranch(ifDifferent: scratch, end, to: loop, into: &emission)
    }

    // MARK: Places

    /// After the frame is made: fills it, and keeps a second copy of the host's registers.
    mutating func auditPrologue() {
        guard isAudited else { return }
        let label = emission.trapLabel(AuditViolation.frameMisaligned.rawValue)
        backend.emitBranch(ifMisaligned: machine.framePointer, to: label, into: &emission)
        emitPoisonOfFrame()
        let parameters = fixedRegisters(.definition, of: 0)
        emitPoison(of: machine.allocatable - parameters)
        guard emission.frame.entrySize > 0 else { return }
        let scratch = machine.scratch(.integer)
        for (position, saved) in EntryFrame(on: machine).savedRegisters.enumerated() {
            backend.emitLoad(.i64, to: scratch, base: machine.framePointer, offset: saved.offset, into: &emission)
            let copy = emission.frame.savedCopyOffset + 8 * position
            backend.emitStore(.i64, from: scratch, base: machine.stackPointer, offset: copy, into: &emission)
        }
    }

    /// Before a call.
    /// - Parameter position: of the call.
    mutating func auditCall(_ site: CallSite, at position: Int) {
        guard isAudited else { return }
        emitCheckOfStackPointer(.stackPointerAtCall)
        emitCheckOfGuards(with: integerRegister(among: registersFree(before: site, at: position)))
        emitCanaries(at: site.argumentSize)
        emitCanaries(at: emission.frame.resultAreaOffset + site.resultSize)
    }

    /// At the return address of a call.
    mutating func auditReturn(from site: CallSite) {
        guard isAudited else { return }
        emitCheck(stackPointerBelowFrameBy: emission.frame.size - site.argumentSize, .stackPointerAfterCall)
    }

    /// After a call, when the stack pointer is right again and before stack results are moved.
    mutating func auditAfterCall(_ site: CallSite) {
        guard isAudited else { return }
        emitCheckOfStackPointer(.stackPointerAfterAdjustment)
        let free = machine.allocatable - site.resultRegisters
        let register = integerRegister(among: free)
        backend.emitImmediate(Self.canary, to: machine.scratch(.integer), into: &emission)
        emitCheckOfCanaries(at: site.argumentSize, with: register, .memoryAboveArguments)
        if site.resultSize > 0 {
            let start = emission.frame.resultAreaOffset
            emitCheckOfCanaries(at: emission.frame.guardOffset, with: register, .memoryBelowResults)
            emitCheckOfCanaries(at: start + site.resultSize, with: register, .memoryAboveResults)
        }
        emitPoison(of: free)
    }

    /// Before a tail call takes the frame away.
    /// - Parameter position: of the call.
    mutating func auditTailCall(_ site: CallSite, at position: Int) {
        guard isAudited else { return }
        emitCheckOfStackPointer(.stackPointerAtCall)
        emitCheckOfGuards(with: integerRegister(among: registersFree(before: site, at: position)))
    }

    /// Before a function returns to compiled code.
    /// - Parameter position: of the return instruction.
    mutating func auditReturn(at position: Int) {
        guard isAudited else { return }
        emitCheckOfStackPointer(.stackPointerAtReturn)
        let free = machine.allocatable - fixedRegisters(.use, of: position)
        emitCheckOfGuards(with: integerRegister(among: free))
        emitPoison(of: free)
    }

    /// Where an exception arrives: nothing but the context's register holds anything.
    /// - Parameter destination: the register that is written next.
    mutating func auditLanding(with destination: PhysicalRegister) {
        guard isAudited else { return }
        emitCheckOfStackPointer(.stackPointerAtLanding)
        emitCheckOfGuards(with: destination)
    }

    /// Before an entry stub returns to the host: all registers but the one of the trap code are free.
    mutating func auditLeave() {
        guard isAudited, emission.frame.entrySize > 0 else { return }
        emitCheckOfStackPointer(.stackPointerAtReturn)
        let scratch = machine.scratch(.integer)
        let other = machine.hostArguments[1]
        let label = emission.trapLabel(AuditViolation.savedRegisters.rawValue)
        for (position, saved) in EntryFrame(on: machine).savedRegisters.enumerated() {
            backend.emitLoad(.i64, to: scratch, base: machine.framePointer, offset: saved.offset, into: &emission)
            let copy = emission.frame.savedCopyOffset + 8 * position
            backend.emitLoad(.i64, to: other, base: machine.stackPointer, offset: copy, into: &emission)
            backend.emitBranch(ifDifferent: scratch, other, to: label, into: &emission)
        }
    }
}
