import Invariants
import MachineCode
import WasmModel

extension X64Backend {
    /// Emits the steps of a vector instruction; the machine instruction's immediate is the lane or, for shuffles, the position of the
    /// mask in the function's vector constants.
    func emit(_ program: VectorProgram, _ instruction: MachineInstruction, into emission: inout Emission) {
        for position in program.steps {
            let step = X64VectorTable.shared.steps[position]
            let immediate =
                switch step.immediateKind {
                case .fixed: Int64(step.immediate)
                case .lane: instruction.immediate
                case .laneTimes16: instruction.immediate << 4
                }
            let register = emission.encoding(of: step.register, in: program, X64VectorTable.scratch)
            switch step.rm {
            case .constant:
                emission.append(step.form, register, constant: X64VectorTable.shared.constants[Int(step.immediate)])
            case .firstMask, .secondMask:
                let lanes = emission.function.vectorConstants[Int(instruction.immediate)]
                let mask = X64ShuffleMask(lanes: V128(low: lanes.low, high: lanes.high))
                emission.append(step.form, register, constant: step.rm == .firstMask ? mask.first : mask.second)
            case .none:
                emission.append(step.form, register, immediate: immediate, condition: step.condition)
            case .first, .second, .third:
                let rm = emission.rm(program.position(of: step.rm))
                emission.append(step.form, register, rm: rm, immediate: immediate, condition: step.condition)
            case .result, .vectorScratch, .otherVectorScratch, .integerScratch, .zero:
                let rm = X64RegisterOrMemory.register(
                    emission.encoding(of: step.rm, in: program, X64VectorTable.scratch)
                )
                emission.append(step.form, register, rm: rm, immediate: immediate, condition: step.condition)
            }
        }
    }
}

extension Emission {
    /// Appends an instruction without immediate that reads 16 bytes from the constant pool.
    mutating func append(_ form: X64Form, _ register: UInt8, constant: V128) {
        let label = code.constant(low: constant.low, high: constant.high, size: 16)
        append(form, register, rm: .memory(.relative(0)))
        code.fixUp(at: code.count - 4, to: label, .x64Relative32)
    }
}

/// The masks of the two operands of a shuffle: an index where the lane comes from the operand, 0x80 elsewhere.
struct X64ShuffleMask {
    var first = V128(low: 0, high: 0)
    var second = V128(low: 0, high: 0)

    /// Makes the masks for the lane numbers of `i8x16.shuffle`.
    init(lanes: V128) {
        for position in 0..<16 {
            let shift = UInt64(8 * (position & 7))
            let lane = (position < 8 ? lanes.low : lanes.high) >> shift & 0xFF
            let masks = (lane < 16 ? lane : 0x80, lane >= 16 ? lane - 16 : 0x80)
            if position < 8 {
                first.low |= masks.0 << shift
                second.low |= masks.1 << shift
            } else {
                first.high |= masks.0 << shift
                second.high |= masks.1 << shift
            }
        }
    }
}
