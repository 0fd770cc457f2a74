/// The lanes on which an instruction of advanced SIMD works, packed into the field `ra` of a decoded instruction.
struct Arrangement {
    var packed: UInt8

    /// Lanes of 2 to the power of `sizeLog2` bytes: 16 bytes of them, or 8, or one.
    init(sizeLog2: UInt8, is128: Bool, isScalar: Bool = false, isByElement: Bool = false) {
        packed = sizeLog2 | (is128 ? 4 : 0) | (isScalar ? 8 : 0) | (isByElement ? 16 : 0)
    }

    @inline(__always) init(packed: UInt8) { self.packed = packed }

    /// The logarithm of a lane's size in bytes; the lanes of the source where they become longer, of the result where
    /// they become narrower.
    @inline(__always) var sizeLog2: UInt8 { packed & 3 }
    /// All of the register; for instructions that change the size of lanes, the upper half on the narrow side.
    @inline(__always) var is128: Bool { packed & 4 != 0 }
    /// The lowest lane alone.
    @inline(__always) var isScalar: Bool { packed & 8 != 0 }
    /// The second operand is the lane of vm that the immediate numbers, in every lane.
    @inline(__always) var isByElement: Bool { packed & 16 != 0 }
}

/// Advanced SIMD whose lanes have no numeric meaning: bits, bytes and whole lanes on the move.
///
/// `ra` is an ``Arrangement``.
/// Arm ARM section C4.1.96.
enum VectorOperation: UInt8 {
    case moveImmediate
    case orrImmediate, bicImmediate
    case and, bic, orr, orn, eor, bsl, bit, bif, not
    case countBits8, reverseBits8
    /// Reverses the lanes within containers of 2 to the power of the immediate bytes.
    case reverseLanes
    /// The immediate is the lane.
    case duplicateElement, duplicateGeneral
    case moveLaneUnsigned, moveLaneSigned32, moveLaneSigned64
    case insertGeneral
    /// The immediate is the destination lane, and the source lane times 256.
    case insertElement
    /// The immediate is the number of the first byte.
    case extract
    /// The immediate is the number of registers of the table, from vn on.
    case table, tableExtension
    case zip1, zip2, unzip1, unzip2, transpose1, transpose2
}

/// Advanced SIMD on lanes of integers that keep their size.
///
/// `ra` is an ``Arrangement``.
/// Arm ARM section C4.1.96.
enum LaneOperation: UInt8 {
    case add, subtract, multiply, multiplyAdd, multiplySubtract, polynomialMultiply
    case saturatingAddSigned, saturatingAddUnsigned, saturatingSubtractSigned, saturatingSubtractUnsigned
    case halvingAddSigned, halvingAddUnsigned, halvingSubtractSigned, halvingSubtractUnsigned
    case roundingHalvingAddSigned, roundingHalvingAddUnsigned
    case maximumSigned, maximumUnsigned, minimumSigned, minimumUnsigned
    case differenceSigned, differenceUnsigned, accumulateDifferenceSigned, accumulateDifferenceUnsigned
    case compareEqual, compareTest, compareGreaterSigned, compareGreaterUnsigned
    case compareGreaterEqualSigned, compareGreaterEqualUnsigned
    case doublingMultiplyHigh, roundingDoublingMultiplyHigh
    /// By the lowest byte of each lane of vm, to the right where it is negative.
    case shiftSigned, shiftUnsigned, roundingShiftSigned, roundingShiftUnsigned
    case saturatingShiftSigned, saturatingShiftUnsigned
    case saturatingRoundingShiftSigned, saturatingRoundingShiftUnsigned
    case addPairwise, maximumPairwiseSigned, maximumPairwiseUnsigned, minimumPairwiseSigned, minimumPairwiseUnsigned
    // One operand.
    case compareEqualZero, compareGreaterZero, compareGreaterEqualZero, compareLessZero, compareLessEqualZero
    case negate, absolute, saturatingNegate, saturatingAbsolute
    case countLeadingSigns, countLeadingZeros
    case accumulateUnsignedIntoSigned, accumulateSignedIntoUnsigned
    case addAcross, maximumAcrossSigned, maximumAcrossUnsigned, minimumAcrossSigned, minimumAcrossUnsigned
    case reciprocalEstimate, reciprocalSquareRootEstimate
    // By the immediate.
    case shiftLeftImmediate, shiftLeftInsert, shiftRightInsert
    case saturatingShiftLeftSigned, saturatingShiftLeftUnsigned, saturatingShiftLeftSignedToUnsigned
    case shiftRightSigned, shiftRightUnsigned, accumulateShiftRightSigned, accumulateShiftRightUnsigned
    case roundingShiftRightSigned, roundingShiftRightUnsigned
    case accumulateRoundingShiftRightSigned, accumulateRoundingShiftRightUnsigned
}

/// Advanced SIMD on lanes of integers that become twice as wide or half as wide.
///
/// `ra` is an ``Arrangement`` of the narrow side.
/// Arm ARM section C4.1.96.
enum ResizingOperation: UInt8 {
    // Narrow and narrow to wide.
    case addLongSigned, addLongUnsigned, subtractLongSigned, subtractLongUnsigned
    case differenceLongSigned, differenceLongUnsigned
    case accumulateDifferenceLongSigned, accumulateDifferenceLongUnsigned
    case multiplyLongSigned, multiplyLongUnsigned, multiplyAddLongSigned, multiplyAddLongUnsigned
    case multiplySubtractLongSigned, multiplySubtractLongUnsigned
    case doublingMultiplyLong, doublingMultiplyAddLong, doublingMultiplySubtractLong
    case polynomialMultiplyLong
    // Wide and narrow to wide.
    case addWideSigned, addWideUnsigned, subtractWideSigned, subtractWideUnsigned
    // Wide and wide to narrow.
    case addHighNarrow, roundingAddHighNarrow, subtractHighNarrow, roundingSubtractHighNarrow
    // Narrow to wide; the immediate is a shift to the left.
    case shiftLeftLongSigned, shiftLeftLongUnsigned
    /// All narrow lanes of the arrangement by pairs.
    case addPairsLongSigned, addPairsLongUnsigned, accumulatePairsLongSigned, accumulatePairsLongUnsigned
    case addAcrossLongSigned, addAcrossLongUnsigned
    // Wide to narrow; the immediate is a shift to the right, 0 for none.
    case narrow, roundingNarrow
    case saturatingNarrowSigned, saturatingNarrowUnsigned, saturatingNarrowSignedToUnsigned
    case saturatingRoundingNarrowSigned, saturatingRoundingNarrowUnsigned, saturatingRoundingNarrowSignedToUnsigned
    /// Lanes of 32 bits; four products of bytes for each.
    case dotProductSigned, dotProductUnsigned
}

/// Advanced SIMD on lanes of singles or doubles.
///
/// `ra` is an ``Arrangement``.
/// Arm ARM section C4.1.96.
enum FloatLaneOperation: UInt8 {
    case add, subtract, multiply, divide, multiplyExtended, multiplyAdd, multiplySubtract
    case maximum, minimum, maximumNumber, minimumNumber
    case difference, reciprocalStep, reciprocalSquareRootStep
    case compareEqual, compareGreaterEqual, compareGreater, compareAbsoluteGreaterEqual, compareAbsoluteGreater
    case addPairwise, maximumPairwise, minimumPairwise, maximumNumberPairwise, minimumNumberPairwise
    // One operand.
    case compareEqualZero, compareGreaterEqualZero, compareGreaterZero, compareLessEqualZero, compareLessZero
    case absolute, negate, squareRoot
    case reciprocalEstimate, reciprocalSquareRootEstimate, reciprocalExponent
    /// The immediate is a ``FloatRounding``.
    case round
    /// `rm` is a ``FloatRounding``, the immediate the number of fraction bits.
    case toSigned, toUnsigned
    /// The immediate is the number of fraction bits.
    case fromSigned, fromUnsigned
    case maximumAcross, minimumAcross, maximumNumberAcross, minimumNumberAcross
    /// Between lanes of the arrangement and lanes half as wide, with the halves as ``ResizingOperation`` has them.
    case lengthen, narrow, narrowToOdd
}

/// Loads and stores of structures.
///
/// `rm` is the register that post-indexing adds; the immediate is a ``StructureForm``.
/// Arm ARM section C4.1.94.
enum StructureOperation: UInt8 {
    case loadMultiple, storeMultiple
    /// One lane each of one to four registers.
    case loadLane, storeLane
    /// One element for all lanes.
    case loadReplicated
}

/// What a load or store of structures moves, packed into an immediate.
struct StructureForm {
    /// The number of registers in all.
    var registers: Int
    /// The number of registers of which consecutive elements make one structure.
    var elements: Int
    var sizeLog2: UInt8
    var is128: Bool
    var lane: Int
    var increment: Increment

    /// What is added to the base afterwards.
    enum Increment: UInt64 {
        case none
        /// As many bytes as were moved.
        case size
        case register
    }

    var packed: UInt64 {
        UInt64(registers) | UInt64(elements) << 4 | UInt64(sizeLog2) << 8 | (is128 ? 1 << 12 : 0)
            | UInt64(lane) << 16 | increment.rawValue << 24
    }

    init(registers: Int, elements: Int, sizeLog2: UInt8, is128: Bool, lane: Int, increment: Increment) {
        self.registers = registers
        self.elements = elements
        self.sizeLog2 = sizeLog2
        self.is128 = is128
        self.lane = lane
        self.increment = increment
    }

    init(packed: UInt64) {
        registers = Int(packed & 15)
        elements = Int(packed >> 4 & 15)
        sizeLog2 = UInt8(truncatingIfNeeded: packed >> 8 & 3)
        is128 = packed >> 12 & 1 != 0
        lane = Int(packed >> 16 & 15)
        increment = Increment(rawValue: packed >> 24 & 3) ?? .none
    }
}
