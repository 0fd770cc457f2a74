import MachineCode
import RegisterAllocation
import WasmModel

/// The instructions of a float's width.
struct X64FloatForms {
    let load, compare, add, minimum, maximum, toInteger32, toInteger64, fromInteger64: X64Form
    /// Shifts of the lanes by an immediate.
    let shiftLeft, shiftRight: X64Form
    /// The bits of 2 to the power of 63 and of its negative.
    let twoTo63, minusTwoTo63: UInt64
    /// The position of the sign.
    let signPosition: Int64

    static let single = X64FloatForms(
        load: .movdXmmM,
        compare: .ucomiss,
        add: .addss,
        minimum: .minss,
        maximum: .maxss,
        toInteger32: .cvttss2si32,
        toInteger64: .cvttss2si64,
        fromInteger64: .cvtsi2ss64,
        shiftLeft: .pslldI,
        shiftRight: .psrldI,
        twoTo63: 0x5F00_0000,
        minusTwoTo63: 0xDF00_0000,
        signPosition: 31
    )

    static let double = X64FloatForms(
        load: .movqXmmM,
        compare: .ucomisd,
        add: .addsd,
        minimum: .minsd,
        maximum: .maxsd,
        toInteger32: .cvttsd2si32,
        toInteger64: .cvttsd2si64,
        fromInteger64: .cvtsi2sd64,
        shiftLeft: .psllqI,
        shiftRight: .psrlqI,
        twoTo63: 0x43E0_0000_0000_0000,
        minusTwoTo63: 0xC3E0_0000_0000_0000,
        signPosition: 63
    )
}

extension X64Backend {
    func emitCopySign(_ forms: X64FloatForms, into emission: inout Emission) {
        let destination = emission.encoding(0)
        let sign = X64Vector.ownScratch
        emission.append(.movapsRM, sign, emission.encoding(2))
        emission.append(forms.shiftRight, rm: .register(sign), immediate: forms.signPosition)
        emission.append(forms.shiftLeft, rm: .register(sign), immediate: forms.signPosition)
        emission.appendWithoutSign(forms, destination)
        emission.append(.orps, destination, sign)
    }

    func emitNegation(_ forms: X64FloatForms, into emission: inout Emission) {
        let sign = X64Vector.ownScratch
        emission.append(.pcmpeqd, sign, sign)
        emission.append(forms.shiftLeft, rm: .register(sign), immediate: forms.signPosition)
        emission.append(.xorps, emission.encoding(0), sign)
    }

    func emitVectorConstant(_ constant: V128, into emission: inout Emission) {
        if constant.low == 0 && constant.high == 0 {
            emission.append(.xorps, emission.encoding(0), emission.encoding(0))
        } else {
            emission.append(.movupsRM, emission.encoding(0), constant: constant)
        }
    }

    func emitTruncationToUnsigned64(_ forms: X64FloatForms, into emission: inout Emission) {
        let (destination, source) = (emission.encoding(0), emission.encoding(1))
        emission.appendFloat(forms, bits: forms.twoTo63, to: X64Vector.ownScratch)
        emission.append(forms.compare, source, X64Vector.ownScratch)
        let large = emission.appendShortJump(.aboveOrEqual)
        emission.append(forms.toInteger64, destination, source)
        let done = emission.appendShortJump()
        emission.land(large)
        emission.appendTruncationMinusTwoTo63(forms, source, to: destination)
        emission.appendImmediate(1 << 63, to: X64GPR.ownScratch.rawValue)
        emission.append(.xor64RM, destination, X64GPR.ownScratch.rawValue)
        emission.land(done)
    }

    func emitConversionOfUnsigned32(_ forms: X64FloatForms, into emission: inout Emission) {
        let scratch = X64GPR.ownScratch.rawValue
        let source = emission.rm(1)
        emission.append(.mov32RM, scratch, rm: source)
        emission.append(forms.fromInteger64, emission.encoding(0), scratch)
    }

    /// `minss` and `maxss` answer the second operand where one is a NaN or both are zeros; wasm wants a NaN, and -0 below +0.
    func emitExtremum(isMinimum: Bool, _ forms: X64FloatForms, into emission: inout Emission) {
        let (destination, second) = (emission.encoding(0), emission.encoding(2))
        emission.append(forms.compare, destination, second)
        let unordered = emission.appendShortJump(.parity)
        let different = emission.appendShortJump(.notEqual)
        // Equal numbers have equal bits but for the signs of zeros.
        emission.append(isMinimum ? .orps : .andps, destination, second)
        let doneEqual = emission.appendShortJump()
        emission.land(unordered)
        // A sum with a NaN is that NaN, quiet.
        emission.append(forms.add, destination, second)
        let doneUnordered = emission.appendShortJump()
        emission.land(different)
        emission.append(isMinimum ? forms.minimum : forms.maximum, destination, second)
        emission.land(doneEqual)
        emission.land(doneUnordered)
    }

    func emitReinterpretation(_ instruction: MachineInstruction, into emission: inout Emission) {
        let destination = emission.encoding(0)
        let isWide = instruction.isWide
        let source = emission.rm(1)
        switch source {
        case .memory:
            let toVector: X64Form = isWide ? .movsdRM : .movssRM
            let toInteger: X64Form = isWide ? .mov64RM : .mov32RM
            emission.append(instruction.isDouble ? toVector : toInteger, destination, rm: source)
        case .register(let register):
            if instruction.isDouble {
                emission.append(isWide ? .movqXmmM : .movdXmmM, destination, register)
            } else {
                emission.append(isWide ? .movqMXmm : .movdMXmm, register, destination)
            }
        }
    }

    /// The instruction answers the smallest integer for everything out of range.
    func emitSaturatingSigned(_ forms: X64FloatForms, isWide: Bool, into emission: inout Emission) {
        let (destination, source) = (emission.encoding(0), emission.encoding(1))
        let zero = X64Vector.ownScratch
        emission.append(isWide ? forms.toInteger64 : forms.toInteger32, destination, source)
        // Only the smallest integer overflows when 1 is taken from it.
        emission.append(isWide ? .cmp64MI8 : .cmp32MI8, rm: .register(destination), immediate: 1)
        let inRange = emission.appendShortJump(.notOverflow)
        emission.append(.xorps, zero, zero)
        emission.append(forms.compare, source, zero)
        let isNumber = emission.appendShortJump(.notParity)
        emission.append(.xor32RM, destination, destination)
        let doneNaN = emission.appendShortJump()
        emission.land(isNumber)
        let isNegative = emission.appendShortJump(.below)
        emission.appendImmediate(isWide ? UInt64(Int64.max) : UInt64(Int32.max), to: destination)
        emission.land(isNegative)
        emission.land(doneNaN)
        emission.land(inRange)
    }

    func emitSaturatingUnsigned32(_ forms: X64FloatForms, into emission: inout Emission) {
        let (destination, source) = (emission.encoding(0), emission.encoding(1))
        let largest = X64GPR.ownScratch.rawValue
        let zero = X64Vector.ownScratch
        emission.append(forms.toInteger64, destination, source)
        emission.appendImmediate(UInt64(UInt32.max), to: largest)
        // Negative results, and the one for what is out of the range of 64 bits, are above as unsigned numbers.
        emission.append(.cmp64RM, destination, largest)
        let inRange = emission.appendShortJump(.belowOrEqual)
        emission.append(.xorps, zero, zero)
        emission.append(forms.compare, source, zero)
        emission.append(.mov32RM, destination, largest)
        let isPositive = emission.appendShortJump(.above)
        emission.append(.xor32RM, destination, destination)
        emission.land(isPositive)
        emission.land(inRange)
    }

    func emitSaturatingUnsigned64(_ forms: X64FloatForms, into emission: inout Emission) {
        let (destination, source) = (emission.encoding(0), emission.encoding(1))
        let scratch = X64Vector.ownScratch
        emission.append(.xorps, scratch, scratch)
        emission.append(forms.compare, source, scratch)
        let isPositive = emission.appendShortJump(.above)
        emission.append(.xor32RM, destination, destination)
        let doneZero = emission.appendShortJump()
        emission.land(isPositive)
        emission.appendFloat(forms, bits: forms.twoTo63, to: scratch)
        emission.append(forms.compare, source, scratch)
        let isLarge = emission.appendShortJump(.aboveOrEqual)
        emission.append(forms.toInteger64, destination, source)
        let doneSmall = emission.appendShortJump()
        emission.land(isLarge)
        emission.appendTruncationMinusTwoTo63(forms, source, to: destination)
        emission.append(.test64MR, destination, destination)
        let fits = emission.appendShortJump(.notSign)
        emission.appendImmediate(UInt64.max, to: destination)
        let doneLargest = emission.appendShortJump()
        emission.land(fits)
        emission.appendImmediate(1 << 63, to: X64GPR.ownScratch.rawValue)
        emission.append(.xor64RM, destination, X64GPR.ownScratch.rawValue)
        emission.land(doneZero)
        emission.land(doneSmall)
        emission.land(doneLargest)
    }

    /// Numbers of 64 bits are halved, converted and doubled; the lost bit is kept in the lowest one, so that rounding sees it.
    func emitConversionOfUnsigned64(_ forms: X64FloatForms, into emission: inout Emission) {
        let destination = emission.encoding(0)
        let number = X64GPR.ownScratch.rawValue
        let lowest = X64GPR.sharedScratch.rawValue
        let source = emission.rm(1)
        emission.append(.mov64RM, number, rm: source)
        emission.append(.test64MR, number, number)
        let isLarge = emission.appendShortJump(.sign)
        emission.append(forms.fromInteger64, destination, number)
        let done = emission.appendShortJump()
        emission.land(isLarge)
        emission.append(.mov64RM, lowest, number)
        emission.append(.and32MI8, rm: .register(lowest), immediate: 1)
        emission.append(.shr64MI, rm: .register(number), immediate: 1)
        emission.append(.or64RM, number, lowest)
        emission.append(forms.fromInteger64, destination, number)
        emission.append(forms.add, destination, destination)
        emission.land(done)
    }
}

extension Emission {
    /// Clears the sign of the lanes of a register.
    mutating func appendWithoutSign(_ forms: X64FloatForms, _ register: UInt8) {
        append(forms.shiftLeft, rm: .register(register), immediate: 1)
        append(forms.shiftRight, rm: .register(register), immediate: 1)
    }

    /// Puts the bits of a float into a vector register; takes the back end's own scratch register; flags may change.
    mutating func appendFloat(_ forms: X64FloatForms, bits: UInt64, to register: UInt8) {
        if bits == 0 {
            append(.xorps, register, register)
        } else {
            appendImmediate(bits, to: X64GPR.ownScratch.rawValue)
            append(forms.load, register, X64GPR.ownScratch.rawValue)
        }
    }

    /// Puts a float minus 2 to the power of 63, as a signed integer, into a register; the float is not below that number.
    fileprivate mutating func appendTruncationMinusTwoTo63(
        _ forms: X64FloatForms,
        _ source: UInt8,
        to destination: UInt8
    ) {
        appendFloat(forms, bits: forms.minusTwoTo63, to: X64Vector.ownScratch)
        append(forms.add, X64Vector.ownScratch, source)
        append(forms.toInteger64, destination, X64Vector.ownScratch)
    }
}
