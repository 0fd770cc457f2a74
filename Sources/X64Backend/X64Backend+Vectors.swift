import Invariants
import MachineCode
import RegisterAllocation
import SSA
import WasmModel

extension X64Backend {
    /// Selects the row of ``X64VectorRows`` for a vector instruction of wasm.
    /// - Returns: false where there is no row.
    func selectVector(_ opcode: Opcode, immediate: Int64, into selection: inout Selection) -> Bool {
        let table = X64VectorTable.shared
        guard let number = table.program(opcode, lane: immediate) else { return false }
        let program = table.programs[number]
        selection.define(selection.result(), program.definition)
        for use in program.uses {
            selection.use(selection.operand(use.operand), use.constraint, use.position)
        }
        selection.finish(X64MachineForm.number(program: number), immediate: immediate)
        return true
    }

    /// Emits the steps of a vector instruction; the machine instruction's immediate is the lane or, for shuffles, the position of the
    /// mask in the function's vector constants.
    func emit(_ program: X64VectorProgram, _ instruction: MachineInstruction, into emission: inout Emission) {
        for position in program.steps {
            let step = X64VectorTable.shared.steps[position]
            let immediate =
                switch step.immediateKind {
                case .fixed: Int64(step.immediate)
                case .lane: instruction.immediate
                case .laneTimes16: instruction.immediate << 4
                }
            let register = step.register == .none ? 0 : emission.encoding(step.register, program)
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
            case .result, .vectorScratch, .otherVectorScratch, .integerScratch:
                let rm = X64RegisterOrMemory.register(emission.encoding(step.rm, program))
                emission.append(step.form, register, rm: rm, immediate: immediate, condition: step.condition)
            }
        }
    }
}

extension X64VectorProgram {
    /// The position among the machine instruction's operands.
    fileprivate func position(of place: X64VectorPlace) -> Int {
        switch place {
        case .first: positions.0
        case .second: positions.1
        case .third: positions.2
        case .none, .result, .vectorScratch, .otherVectorScratch, .integerScratch, .constant, .firstMask, .secondMask: 0
        }
    }
}

extension Emission {
    /// The number of the register that a place is.
    fileprivate func encoding(_ place: X64VectorPlace, _ program: X64VectorProgram) -> UInt8 {
        switch place {
        case .first, .second, .third, .result: encoding(program.position(of: place))
        case .vectorScratch: X64Vector.ownScratch
        case .otherVectorScratch: X64Vector.sharedScratch
        case .integerScratch: X64GPR.ownScratch.rawValue
        case .none, .constant, .firstMask, .secondMask: invariantFailed("place is a register")
        }
    }

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
