import MachineCode
import WasmModel

extension ARM64Backend {
    /// Emits the steps of a vector instruction; the machine instruction's immediate is the lane or, for shuffles, the position of the
    /// mask in the function's vector constants.
    func emit(_ program: VectorProgram, _ instruction: MachineInstruction, into emission: inout Emission) {
        for position in program.steps {
            let step = ARM64VectorTable.shared.steps[position]
            let destination = emission.encoding(of: step.d, in: program, ARM64VectorTable.scratch)
            switch step.kind {
            case .constant:
                let constant = ARM64VectorTable.shared.constants[Int(step.immediate)]
                emission.appendVectorConstant(low: constant.low, high: constant.high, to: destination)
            case .mask:
                let mask = emission.function.vectorConstants[Int(instruction.immediate)]
                emission.appendVectorConstant(low: mask.low, high: mask.high, to: destination)
            case .instruction:
                emission.append(
                    step.form,
                    is64: step.is64,
                    isDouble: step.isDouble,
                    d: destination,
                    n: emission.encoding(of: step.n, in: program, ARM64VectorTable.scratch),
                    m: emission.encoding(of: step.m, in: program, ARM64VectorTable.scratch),
                    modifier: step.modifier,
                    immediate: step.takesLane ? instruction.immediate : Int64(step.immediate)
                )
            }
        }
    }
}

extension Emission {
    /// Appends what puts 128 bits into a vector register: one instruction where an immediate form or a literal holds them; in code
    /// that has become so long that a literal may be out of reach, up to ten, which take the back end's own scratch register.
    mutating func appendVectorConstant(low: UInt64, high: UInt64, to register: UInt8) {
        if low == high, let immediate = ARM64VectorImmediate(low) {
            append(immediate.form, d: register, amount: immediate.amount, immediate: Int64(immediate.bits))
            return
        }
        if high == 0, let mask = ARM64VectorImmediate.byteMask(low) {
            append(.moviD, d: register, immediate: Int64(mask))
            return
        }
        switch branchReach {
        case .near:
            let label = code.constant(low: low, high: high, size: 16)
            append(.ldrQLiteral, d: register)
            // The field is that of conditional branches.
            code.fixUp(at: code.count - 4, to: label, .arm64Branch19)
        case .far:
            let scratch = ARM64Register.ownScratch
            appendImmediate(low, to: scratch)
            append(.fmovDX, d: register, n: scratch)
            if high != low { appendImmediate(high, to: scratch) }
            append(.fmovTopX, d: register, n: scratch)
        }
    }
}

/// A vector of equal doublewords as an immediate.
///
/// Source: Arm ARM, section C7.2, "MOVI", "MVNI", "FMOV (vector, immediate)"; the function AdvSIMDExpandImm.
struct ARM64VectorImmediate: Hashable {
    var form: ARM64Form
    var bits: UInt8
    /// Of the shift, in bits.
    var amount: UInt8 = 0

    /// The immediate whose vector has a pattern in both halves; nil where there is none.
    init?(_ pattern: UInt64) {
        if let mask = Self.byteMask(pattern) {
            self.init(form: .movi2D, bits: mask)
            return
        }
        let word = UInt32(truncatingIfNeeded: pattern)
        guard pattern >> 32 == UInt64(word) else {
            guard let bits = ARM64FloatImmediate.encode(Double(bitPattern: pattern)) else { return nil }
            self.init(form: .fmov2D, bits: bits)
            return
        }
        let half = UInt16(truncatingIfNeeded: word)
        if word >> 16 == UInt32(half) {
            if half >> 8 == half & 0xFF {
                self.init(form: .movi16B, bits: UInt8(half & 0xFF))
                return
            }
            for (form, value) in [(ARM64Form.movi8H, half), (.mvni8H, ~half)] {
                for amount: UInt8 in [0, 8] where value & ~(0xFF << UInt16(amount)) == 0 {
                    self.init(form: form, bits: UInt8(value >> UInt16(amount)), amount: amount)
                    return
                }
            }
        }
        for (form, value) in [(ARM64Form.movi4S, word), (.mvni4S, ~word)] {
            for amount: UInt8 in [0, 8, 16, 24] where value & ~(0xFF << UInt32(amount)) == 0 {
                self.init(form: form, bits: UInt8(value >> UInt32(amount)), amount: amount)
                return
            }
        }
        // A conversion could change the bits of a NaN, but no NaN has a short form.
        guard let bits = ARM64FloatImmediate.encode(Double(Float(bitPattern: word))) else { return nil }
        self.init(form: .fmov4S, bits: bits)
    }

    private init(form: ARM64Form, bits: UInt8, amount: UInt8 = 0) {
        self.form = form
        self.bits = bits
        self.amount = amount
    }

    /// A bit for each byte, where all bytes are zeros or ones.
    static func byteMask(_ pattern: UInt64) -> UInt8? {
        var mask: UInt8 = 0
        for byte: UInt64 in 0..<8 {
            switch pattern >> (8 * byte) & 0xFF {
            case 0: break
            case 0xFF: mask |= 1 << UInt8(byte)
            default: return nil
            }
        }
        return mask
    }
}
