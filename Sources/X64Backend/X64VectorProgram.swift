import Invariants
import MachineCode

/// One x86_64 instruction of a vector instruction; where an operand is a constant in memory, the immediate is its position in
/// ``X64VectorTable/constants``.
struct X64VectorStep {
    /// Where the immediate comes from.
    enum Immediate: UInt8 {
        case fixed, lane, laneTimes16
    }

    var form: X64Form
    var register = VectorPlace.none
    var rm = VectorPlace.none
    var immediateKind = Immediate.fixed
    var condition = X64Condition.overflow
    var immediate: Int32 = 0
}

/// The rows of ``X64VectorRows``, read once.
struct X64VectorTable {
    static let shared = X64VectorTable(reading: X64VectorRows.text)
    static let scratch = VectorScratchRegisters(
        own: X64Vector.ownScratch,
        shared: X64Vector.sharedScratch,
        integer: X64GPR.ownScratch.rawValue
    )

    let programs: VectorPrograms
    let steps: [X64VectorStep]
    let constants: VectorConstants

    init(reading text: String) {
        var reader = X64VectorStepReader()
        programs = VectorPrograms(reading: text) { tokens, row in
            let step = reader.readStep(tokens, row)
            reader.steps.append(step)
            return VectorPrograms.Accesses(reads: (step.register, step.rm), writes: step.destination)
        }
        steps = reader.steps
        constants = reader.constants
    }
}

/// Reads the steps of rows.
private struct X64VectorStepReader {
    let forms = Dictionary(uniqueKeysWithValues: X64Form.allCases.map { ("\($0)", $0) })
    var steps: [X64VectorStep] = []
    var constants = VectorConstants()

    mutating func readStep(_ tokens: [Substring], _ row: String) -> X64VectorStep {
        let name = tokens[0].split(separator: ":")
        guard let form = forms[String(name[0])] else { invariantFailed("form in a row: \(row)") }
        var step = X64VectorStep(form: form)
        if name.count == 2 {
            guard let condition = X64Condition.allCases.first(where: { "\($0)" == name[1] }) else {
                invariantFailed("condition in a row: \(row)")
            }
            step.condition = condition
        }
        let operands = form.operands
        invariant(operands.count == tokens.count - 1, "operands of \(form) in a row: \(row)")
        for (operand, token) in zip(operands, tokens.dropFirst()) {
            switch operand.role {
            case .register: step.register = VectorPlace(letter: token.first)
            case .rm, .rmMemoryOnly, .rmRegisterOnly:
                if token.first == "$" {
                    readConstant(token.dropFirst(), of: &step, row)
                } else {
                    step.rm = VectorPlace(letter: token.first)
                }
            case .immediate, .unsignedImmediate, .predicate:
                invariant(step.rm != .constant, "no constant and immediate in one step: \(row)")
                switch token {
                case "#": step.immediateKind = .lane
                case "#<<4": step.immediateKind = .laneTimes16
                default:
                    let hexadecimal = token.hasPrefix("0x") ? Int32(token.dropFirst(2), radix: 16) : Int32(token)
                    guard let value = hexadecimal else { invariantFailed("immediate in a row: \(row)") }
                    step.immediate = value
                }
            case .relative, .fixedCL: invariantFailed("operands of \(form) in a row: \(row)")
            }
        }
        return step
    }

    private mutating func readConstant(_ text: Substring, of step: inout X64VectorStep, _ row: String) {
        if text == "first" || text == "second" {
            step.rm = text == "first" ? .firstMask : .secondMask
            return
        }
        guard let position = constants.position(reading: text) else { invariantFailed("constant in a row: \(row)") }
        step.rm = .constant
        step.immediate = Int32(position)
    }
}

extension X64VectorStep {
    /// What the instruction writes: the manual's first operand, but for those that only set flags.
    var destination: VectorPlace {
        if form == .ptest { return .none }
        return form.operands.first?.role == .register ? register : rm
    }
}
