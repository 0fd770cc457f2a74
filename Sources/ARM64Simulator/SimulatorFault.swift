/// A register of the simulated machine, as faults name it.
public enum SimulatedRegister: Hashable, Sendable, CustomStringConvertible {
    /// x0 to x30.
    case general(Int)
    /// v0 to v31.
    case vector(Int)

    public var description: String {
        switch self {
        case .general(let number): "x\(number)"
        case .vector(let number): "v\(number)"
        }
    }
}

/// What an instruction wanted to do with memory.
public enum MemoryAccessKind: UInt8, Hashable, Sendable, CustomStringConvertible {
    case read
    case write
    case execute

    public var description: String {
        switch self {
        case .read: "read"
        case .write: "write"
        case .execute: "execution"
        }
    }
}

/// Why the simulated program cannot continue; every case is a defect of the code that was simulated.
///
/// `pc` is the address of the instruction that faulted; it has had no effect.
/// Arm ARM section D1 (exceptions), section K1 (constrained unpredictable behaviours).
public enum SimulatorFault: Error, Hashable, Sendable {
    /// No instruction that this simulator knows has this encoding.
    case unallocatedEncoding(word: UInt32, pc: UInt64)
    /// The encoding is allocated, but its effect with these operands is constrained unpredictable
    /// (e.g. a load with write-back into its own base register).
    case unpredictableEncoding(word: UInt32, pc: UInt64)
    /// Memory was addressed through sp while sp was not a multiple of 16.
    case misalignedStackPointer(stackPointer: UInt64, pc: UInt64)
    /// An access of `size` bytes is not wholly inside one registered region.
    case accessOutsideRegions(kind: MemoryAccessKind, address: UInt64, size: Int, pc: UInt64)
    /// An ordered access of `size` bytes is not at a multiple of its size.
    case misalignedAccess(address: UInt64, size: Int, pc: UInt64)
    /// An access is inside a region that does not permit it.
    case accessNotPermitted(kind: MemoryAccessKind, address: UInt64, size: Int, pc: UInt64)
    /// Control reached an address that is neither code, nor a host call, nor the return address.
    case executionOutsideRegions(address: UInt64)
    /// Control reached an address that is not a multiple of 4.
    case misalignedProgramCounter(address: UInt64)
    /// A `brk` was executed.
    case breakpoint(immediate: UInt16, pc: UInt64)
    /// A `udf` was executed.
    case permanentlyUndefined(immediate: UInt16, pc: UInt64)
    /// An `svc`, `hvc`, `smc` or `hlt` was executed.
    case exceptionCall(word: UInt32, pc: UInt64)
    /// A poisoned register was read as an operand.
    case poisonedRegister(register: SimulatedRegister, pc: UInt64)
    /// FPCR was given a value other than zero; only the default floating-point behaviour is simulated.
    case unsupportedFloatingPointControl(value: UInt64, pc: UInt64)
}

extension SimulatorFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unallocatedEncoding(let word, let pc):
            "unallocated encoding \(hex(UInt64(word))) at \(hex(pc))"
        case .unpredictableEncoding(let word, let pc):
            "encoding \(hex(UInt64(word))) is constrained unpredictable, at \(hex(pc))"
        case .misalignedStackPointer(let stackPointer, let pc):
            "memory addressed through misaligned sp \(hex(stackPointer)) at \(hex(pc))"
        case .accessOutsideRegions(let kind, let address, let size, let pc):
            "\(kind) of \(size) bytes at \(hex(address)) is out of registered regions, at \(hex(pc))"
        case .misalignedAccess(let address, let size, let pc):
            "ordered access of \(size) bytes at misaligned \(hex(address)), at \(hex(pc))"
        case .accessNotPermitted(let kind, let address, let size, let pc):
            "\(kind) of \(size) bytes at \(hex(address)) is not permitted by its region, at \(hex(pc))"
        case .executionOutsideRegions(let address):
            "execution at \(hex(address)) is out of registered regions"
        case .misalignedProgramCounter(let address):
            "execution at misaligned address \(hex(address))"
        case .breakpoint(let immediate, let pc):
            "brk #\(immediate) at \(hex(pc))"
        case .permanentlyUndefined(let immediate, let pc):
            "udf #\(immediate) at \(hex(pc))"
        case .exceptionCall(let word, let pc):
            "exception-generating instruction \(hex(UInt64(word))) at \(hex(pc))"
        case .poisonedRegister(let register, let pc):
            "read of poisoned register \(register) at \(hex(pc))"
        case .unsupportedFloatingPointControl(let value, let pc):
            "FPCR set to \(hex(value)), which is not simulated, at \(hex(pc))"
        }
    }

    private func hex(_ value: UInt64) -> String {
        "0x" + String(value, radix: 16)
    }
}

/// Why ``ARM64Simulator/run(from:budget:)`` came back.
public enum StopReason: Hashable, Sendable {
    /// Control reached ``ARM64Simulator/returnAddress``.
    case returned
    /// Control reached a registered host call; the arguments are in x0 to x7, `x[30]` says where to resume.
    case hostCall(address: UInt64)
    /// As many instructions as the budget allowed were executed; `pc` is the next one.
    case budgetExhausted
    /// The program did something that it must not do.
    case fault(SimulatorFault)
}
