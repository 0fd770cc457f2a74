import Invariants
import RegisterAllocation
import SSA

/// The emission of calls between compiled functions.
extension EmissionDriver {
    /// Calls, makes the stack pointer and the context right again, and moves stack results to where they are wanted.
    /// - Parameters:
    ///   - position: of the instruction.
    ///   - hasLanding: whether an exception of the callee goes on in this function.
    mutating func emitCall(_ site: CallSite, at position: Int, hasLanding: Bool) {
        auditCall(site, at: position)
        switch site.target {
        case .symbol(let symbol): backend.emitCall(symbol, into: &emission)
        case .register: backend.emitCall(emission.register(0), into: &emission)
        case .record: backend.emitCall(emitContextSwitch(record: emission.register(0)), into: &emission)
        }
        if hasLanding {
            emission.landings.append((returnOffset: emission.code.count, label: emission.target(1)))
        }
        auditReturn(from: site)
        if site.poppedSize > 0 { backend.emitStackAdjustment(downBy: site.poppedSize, into: &emission) }
        auditAfterCall(site)
        if site.restoresContext { emitContextRestoration() }
        let start = emission.frame.offset(of: .results)
        for (position, index) in site.stackResults.enumerated() {
            let result = emission.function.stackResults[index]
            load(
                result.type,
                operand: site.firstStackResult + position,
                base: machine.stackPointer,
                offset: start + result.offset
            )
        }
    }

    /// Takes over the context of a function record.
    /// - Returns: the scratch register, which holds the address of the record's code.
    private mutating func emitContextSwitch(record: PhysicalRegister) -> PhysicalRegister {
        let scratch = machine.scratch(.integer)
        let code = InstanceContextLayout.FunctionRecord.code
        backend.emitLoad(.i64, to: scratch, base: record, offset: code, into: &emission)
        let context = InstanceContextLayout.FunctionRecord.context
        backend.emitLoad(.i64, to: machine.context, base: record, offset: context, into: &emission)
        return scratch
    }

    private mutating func emitContextRestoration() {
        invariant(emission.function.keepsContext, "the function's context is in its frame")
        let slot = FrameLayout.contextSlot
        backend.emitLoad(.i64, to: machine.context, base: machine.framePointer, offset: slot, into: &emission)
    }

    /// Replaces this function's frame and stack arguments by the callee's stack arguments, and jumps.
    ///
    /// Both lists of stack arguments end where those of this function's caller end, so the callee's, which are copied
    /// from the area of outgoing arguments, may reach down over the return address, or begin above it. They are copied
    /// upwards by more than nothing, from the last to the first, so that no copy overwrites what is still to be copied.
    /// - Parameter position: of the instruction.
    mutating func emitTailCall(_ site: CallSite, at position: Int) {
        auditTailCall(site, at: position)
        let frame = emission.frame
        let sp = machine.stackPointer
        // From the stack pointer to the callee's stack arguments in their final place.
        let shift = frame.size + MachineDescription.linkageSize + frame.incomingArgumentSize - site.argumentSize
        invariant(shift > 0, "the frame holds the outgoing arguments")
        let returnAddress = machine.link ?? machine.scratch(.integer)
        backend.emitLoad(.i64, to: returnAddress, base: sp, offset: frame.size + 8, into: &emission)
        backend.emitLoad(.i64, to: machine.framePointer, base: sp, offset: frame.size, into: &emission)
        let vector = machine.scratch(.vector)
        for offset in tailCallCopies.offsets(site.argumentSize) {
            backend.emitLoad(.v128, to: vector, base: sp, offset: offset, into: &emission)
            backend.emitStore(.v128, from: vector, base: sp, offset: shift + offset, into: &emission)
        }
        if machine.link == nil {
            backend.emitStore(.i64, from: returnAddress, base: sp, offset: shift - 8, into: &emission)
            backend.emitStackAdjustment(downBy: -(shift - 8), into: &emission)
        } else {
            backend.emitStackAdjustment(downBy: -shift, into: &emission)
        }
        switch site.target {
        case .symbol(let symbol): backend.emitJump(to: symbol, into: &emission)
        case .register: backend.emitJump(to: emission.register(0), into: &emission)
        case .record: backend.emitJump(to: emitContextSwitch(record: emission.register(0)), into: &emission)
        }
    }

    /// Goes to the landing that the host has found for an exception. All registers but the context's are free.
    mutating func emitLanding() {
        let state = machine.hostResult
        let scratch = machine.scratch(.integer)
        let address = InstanceContextLayout.storeState
        backend.emitLoad(.i64, to: state, base: machine.context, offset: address, into: &emission)
        backend.emitLoad(
            .i64,
            to: machine.framePointer,
            base: state,
            offset: InstanceContextLayout.StoreState.landingFramePointer,
            into: &emission
        )
        let stackPointer = InstanceContextLayout.StoreState.landingStackPointer
        backend.emitLoad(.i64, to: scratch, base: state, offset: stackPointer, into: &emission)
        backend.emitAddress(to: machine.stackPointer, base: scratch, offset: 0, into: &emission)
        let landing = InstanceContextLayout.StoreState.landingAddress
        backend.emitLoad(.i64, to: scratch, base: state, offset: landing, into: &emission)
        backend.emitJump(to: scratch, into: &emission)
    }

    /// Begins the block where an exception arrives: the trap exit has set the frame pointer and the stack pointer, and
    /// the context is that of who threw.
    /// - Parameter adjustment: how far the stack pointer is lowered first, in bytes.
    mutating func emitLandingPad(to destination: PhysicalRegister, loweringBy adjustment: Int) {
        if adjustment > 0 { backend.emitStackAdjustment(downBy: adjustment, into: &emission) }
        emitContextRestoration()
        auditLanding(with: destination)
        let state = InstanceContextLayout.storeState
        backend.emitLoad(.i64, to: destination, base: machine.context, offset: state, into: &emission)
        let exception = InstanceContextLayout.StoreState.exception
        backend.emitLoad(.i64, to: destination, base: destination, offset: exception, into: &emission)
    }
}

/// In which order a tail call copies its stack arguments, in pieces of 16 bytes.
public struct TailCallCopies: Sendable {
    /// The offsets of the pieces of so many bytes, in their order.
    public var offsets: @Sendable (Int) -> StrideTo<Int>

    /// Makes an order.
    public init(offsets: @escaping @Sendable (Int) -> StrideTo<Int>) { self.offsets = offsets }

    /// The copies go upwards, so that the last piece has to be gone before one overwrites it.
    public static let lastFirst = TailCallCopies { stride(from: $0 - 16, to: -16, by: -16) }
}
