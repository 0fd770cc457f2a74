/// An instruction in the form in which it is executed: what the encoding says, with all that can be computed once computed.
///
/// General register fields are indices of the register file of ``Core``: 0 to 30, then ``RegisterIndex/zero``,
/// ``RegisterIndex/stackPointer`` and ``RegisterIndex/discard``, so that execution never asks what 31 means.
struct DecodedInstruction {
    var operation: DecodedOperation
    var rd: UInt8
    var rn: UInt8
    var rm: UInt8
    var ra: UInt8
    var roles: OperandRoles
    var immediate: UInt64

    init(
        _ operation: DecodedOperation,
        rd: UInt8 = 0,
        rn: UInt8 = 0,
        rm: UInt8 = 0,
        ra: UInt8 = 0,
        immediate: UInt64 = 0,
        roles: OperandRoles = []
    ) {
        self.operation = operation
        self.rd = rd
        self.rn = rn
        self.rm = rm
        self.ra = ra
        self.roles = roles
        self.immediate = immediate
    }

    static let undecoded = DecodedInstruction(.control(.undecoded))
    static let unallocated = DecodedInstruction(.control(.unallocated))
    static let unpredictable = DecodedInstruction(.control(.unpredictable))
    static let nop = DecodedInstruction(.control(.nop))
}

/// A decoded instruction in its place among those of its region, so that execution copies nothing.
struct InstructionReference {
    let pointer: UnsafePointer<DecodedInstruction>

    @inline(__always) init(_ pointer: UnsafePointer<DecodedInstruction>) { self.pointer = pointer }

    @inline(__always) var next: InstructionReference { InstructionReference(pointer + 1) }
    @inline(__always) var rd: UInt8 { pointer.pointee.rd }
    @inline(__always) var rn: UInt8 { pointer.pointee.rn }
    @inline(__always) var rm: UInt8 { pointer.pointee.rm }
    @inline(__always) var ra: UInt8 { pointer.pointee.ra }
    @inline(__always) var roles: OperandRoles { pointer.pointee.roles }
    @inline(__always) var immediate: UInt64 { pointer.pointee.immediate }
}

/// The indices of the general register file beyond x30.
enum RegisterIndex {
    /// Reads as zero, is never written.
    static let zero: UInt8 = 31
    static let stackPointer: UInt8 = 32
    /// Takes what is written to the zero register.
    static let discard: UInt8 = 33
    static let count = 34
}

/// Which register fields an instruction reads and writes, for the check of poisoned registers.
///
/// The data operands of stores are not among the reads: saving a register whose value nobody will use is not a defect.
struct OperandRoles: OptionSet {
    let rawValue: UInt16

    static let readsRd = OperandRoles(rawValue: 1)
    static let readsRn = OperandRoles(rawValue: 2)
    static let readsRm = OperandRoles(rawValue: 4)
    static let readsRa = OperandRoles(rawValue: 8)
    static let writesRd = OperandRoles(rawValue: 16)
    static let writesRn = OperandRoles(rawValue: 32)
    static let writesRm = OperandRoles(rawValue: 64)
    static let readsVd = OperandRoles(rawValue: 128)
    static let readsVn = OperandRoles(rawValue: 256)
    static let readsVm = OperandRoles(rawValue: 512)
    static let readsVa = OperandRoles(rawValue: 1024)
    static let writesVd = OperandRoles(rawValue: 2048)
    static let writesVm = OperandRoles(rawValue: 4096)
    /// Transfers control and leaves a return address.
    static let call = OperandRoles(rawValue: 8192)
    static let functionReturn = OperandRoles(rawValue: 16384)
}

/// What an instruction does, by the manual's groups.
enum DecodedOperation {
    case integer(IntegerOperation)
    case memory(MemoryOperation)
    case control(ControlOperation)
    case float(FloatOperation)
    case vector(VectorOperation)
    case lanes(LaneOperation)
    case resizing(ResizingOperation)
    case floatLanes(FloatLaneOperation)
    case structure(StructureOperation)
}

/// Data processing, immediate and register; the suffix is the width in bits.
/// Arm ARM section C4.1.93 and C4.1.95.
enum IntegerOperation: UInt8 {
    /// rd = immediate (movz, movn, adr, adrp).
    case moveImmediate
    /// 16 bits at bit position rm.
    case moveKeep32, moveKeep64
    case addImmediate32, addImmediate64
    case addsImmediate32, addsImmediate64
    case subImmediate32, subImmediate64
    case subsImmediate32, subsImmediate64
    case andImmediate, orrImmediate32, orrImmediate64, eorImmediate32, eorImmediate64
    case andsImmediate32, andsImmediate64
    /// Shift left by rm, then right by ra.
    case bitfieldSigned32, bitfieldSigned64, bitfieldUnsigned32, bitfieldUnsigned64
    /// Rotate right by ra, insert under the mask `immediate`.
    case bitfieldInsert32, bitfieldInsert64
    case extract32, extract64
    case add32, add64, adds32, adds64, sub32, sub64, subs32, subs64
    /// The immediate is an ``AdditionForm``, with a shift by `ra`.
    case additionShifted32, additionShifted64
    /// The immediate is an ``AdditionForm`` with an extension, followed by a shift by `ra`.
    case additionExtended32, additionExtended64
    case addCarry32, addCarry64, addsCarry32, addsCarry64, subCarry32, subCarry64, subsCarry32, subsCarry64
    case and32, and64, bic32, bic64, orr32, orr64, orn32, orn64, eor32, eor64, eon32, eon64
    case ands32, ands64, bics32, bics64
    /// The immediate is a ``LogicalForm``, with a shift by `ra`.
    case logicalShifted32, logicalShifted64
    case multiplyAdd32, multiplyAdd64, multiplySubtract32, multiplySubtract64
    case signedMultiplyAddLong, signedMultiplySubtractLong, unsignedMultiplyAddLong, unsignedMultiplySubtractLong
    case signedMultiplyHigh, unsignedMultiplyHigh
    case unsignedDivide32, unsignedDivide64, signedDivide32, signedDivide64
    case shiftLeft32, shiftLeft64, shiftRight32, shiftRight64
    case arithmeticShiftRight32, arithmeticShiftRight64, rotateRight32, rotateRight64
    case reverseBits32, reverseBits64, reverseBytes16In32, reverseBytes16In64, reverseBytes32In32, reverseBytes32In64
    case reverseBytes64
    case countLeadingZeros32, countLeadingZeros64, countLeadingSigns32, countLeadingSigns64
    /// The condition is `ra`.
    case select32, select64, selectIncrement32, selectIncrement64
    case selectInvert32, selectInvert64, selectNegate32, selectNegate64
    /// The condition is `ra`, the immediate the flags otherwise.
    case compareNegativeConditional32, compareNegativeConditional64, compareConditional32, compareConditional64
    /// The same, `rm` is the immediate operand itself.
    case compareNegativeConditionalImmediate32, compareNegativeConditionalImmediate64
    case compareConditionalImmediate32, compareConditionalImmediate64
}

/// The parts of an addition or subtraction with a shifted or extended operand, packed into an immediate.
struct AdditionForm {
    var subtracts: Bool
    var setsFlags: Bool
    /// The shift type (0 lsl, 1 lsr, 2 asr) or the extension (uxtb to sxtx).
    var option: UInt8

    var packed: UInt64 {
        UInt64(option) | (subtracts ? 8 : 0) | (setsFlags ? 16 : 0)
    }

    init(subtracts: Bool, setsFlags: Bool, option: UInt8) {
        self.subtracts = subtracts
        self.setsFlags = setsFlags
        self.option = option
    }

    init(packed: UInt64) {
        subtracts = packed & 8 != 0
        setsFlags = packed & 16 != 0
        option = UInt8(truncatingIfNeeded: packed & 7)
    }
}

/// The parts of a logical instruction with a shifted operand, packed into an immediate.
struct LogicalForm {
    /// 0 and, 1 orr, 2 eor, 3 ands.
    var opcode: UInt8
    var inverts: Bool
    /// 0 lsl, 1 lsr, 2 asr, 3 ror.
    var shift: UInt8

    var packed: UInt64 {
        UInt64(shift) | UInt64(opcode) << 2 | (inverts ? 16 : 0)
    }

    init(opcode: UInt8, inverts: Bool, shift: UInt8) {
        self.opcode = opcode
        self.inverts = inverts
        self.shift = shift
    }

    init(packed: UInt64) {
        shift = UInt8(truncatingIfNeeded: packed & 3)
        opcode = UInt8(truncatingIfNeeded: packed >> 2 & 3)
        inverts = packed & 16 != 0
    }
}

/// Loads and stores; `rd` is the first and, in a pair, `rm` the second register of the data.
///
/// `ra` is an ``AddressingMode``. A literal is a base of zero with an absolute offset.
/// Arm ARM section C4.1.94.
enum MemoryOperation: UInt8 {
    case load8, load16, load32, load64
    case load8Signed32, load8Signed64, load16Signed32, load16Signed64, load32Signed64
    case store8, store16, store32, store64
    case loadVector8, loadVector16, loadVector32, loadVector64, loadVector128
    case storeVector8, storeVector16, storeVector32, storeVector64, storeVector128
    case loadPair32, loadPair64, loadPairSigned32
    case storePair32, storePair64
    case loadPairVector32, loadPairVector64, loadPairVector128
    case storePairVector32, storePairVector64, storePairVector128
    /// Here `ra` is an ``ExclusiveForm``; of a store `rd` is the status, `rm` the data and the immediate the second register of the data.
    case loadExclusive, storeExclusive
}

/// How the address of a load or store comes about.
enum AddressingMode: UInt8 {
    /// rn + immediate.
    case offset
    /// rn + immediate, which is written back.
    case preIndex
    /// rn; rn + immediate is written back.
    case postIndex
    /// rn + (rm << immediate).
    case register
    /// rn + (zero-extended low word of rm << immediate).
    case registerUnsignedWord
    /// rn + (sign-extended low word of rm << immediate).
    case registerSignedWord
    /// rn, which must be a multiple of the size of the access.
    case alignedOffset
}

/// Branches, exceptions and system instructions; offsets are in words.
/// Arm ARM section C4.1.94 (branches, exception generating and system instructions).
enum ControlOperation: UInt8 {
    case undecoded
    case unallocated
    case unpredictable
    case nop
    case branch, branchLink
    /// The condition is `ra`.
    case branchConditional
    case compareBranchZero32, compareBranchZero64, compareBranchNonzero32, compareBranchNonzero64
    /// The bit is `rm`.
    case testBranchZero, testBranchNonzero
    case branchRegister, branchLinkRegister, returnRegister
    case breakpoint, permanentlyUndefined, exceptionCall
    case readFlags, writeFlags
    case readFloatControl, writeFloatControl
    case readFloatStatus, writeFloatStatus
    case clearExclusive
}

/// Scalar floating point; the suffix is the format.
/// Arm ARM section C4.1.96.
enum FloatOperation: UInt8 {
    case move32, move64, absolute32, absolute64, negate32, negate64, squareRoot32, squareRoot64
    case convert32To64, convert64To32, convert16To32, convert16To64, convert32To16, convert64To16
    /// The rounding is `ra`, a ``FloatRounding``.
    case round32, round64
    case add32, add64, subtract32, subtract64, multiply32, multiply64, divide32, divide64
    case negatedMultiply32, negatedMultiply64
    case maximum32, maximum64, minimum32, minimum64
    case maximumNumber32, maximumNumber64, minimumNumber32, minimumNumber64
    case multiplyAdd32, multiplyAdd64, multiplySubtract32, multiplySubtract64
    case negatedMultiplyAdd32, negatedMultiplyAdd64, negatedMultiplySubtract32, negatedMultiplySubtract64
    case compare32, compare64, compareZero32, compareZero64
    /// The condition is `ra`, the immediate the flags otherwise.
    case compareConditional32, compareConditional64
    case select32, select64
    /// vd = immediate, zero above.
    case moveImmediate
    /// rd = low word, doubleword or high doubleword of vn, or the other way.
    case moveToGeneral32, moveToGeneral64, moveHighToGeneral
    case moveFromGeneral32, moveFromGeneral64, moveHighFromGeneral
    /// From the integer format first named to the float format; the immediate is the number of fraction bits.
    case signed32ToFloat32, signed64ToFloat32, unsigned32ToFloat32, unsigned64ToFloat32
    case signed32ToFloat64, signed64ToFloat64, unsigned32ToFloat64, unsigned64ToFloat64
    /// The same the other way, rounding by `ra`.
    case float32ToSigned32, float32ToSigned64, float32ToUnsigned32, float32ToUnsigned64
    case float64ToSigned32, float64ToSigned64, float64ToUnsigned32, float64ToUnsigned64
}

/// A rounding to an integral value that an instruction names.
enum FloatRounding: UInt8 {
    case nearestEven
    case up
    case down
    case towardZero
    case nearestAway
}
