import Invariants
import MachineCode

/// One A64 instruction of a vector instruction.
struct ARM64VectorStep {
    /// What the step is beside an instruction of the table.
    enum Kind: UInt8 {
        case instruction
        /// Makes a constant: the immediate is its position in ``ARM64VectorTable/constants``.
        case constant
        /// Makes the vector constant of the function that the machine instruction's immediate says.
        case mask
    }

    var kind = Kind.instruction
    var form = ARM64Form.udf
    var is64 = true
    var isDouble = false
    var d = VectorPlace.none
    var n = VectorPlace.none
    var m = VectorPlace.none
    var modifier: UInt8 = 0
    /// Whether the immediate is the lane of the wasm instruction.
    var takesLane = false
    var immediate: Int32 = 0
}

/// The rows of ``ARM64VectorRows``, read once.
struct ARM64VectorTable {
    static let shared = ARM64VectorTable(reading: ARM64VectorRows.text)
    static let scratch = VectorScratchRegisters(
        own: ARM64Register.ownVectorScratch,
        shared: ARM64Register.sharedVectorScratch,
        integer: ARM64Register.ownScratch,
        zero: ARM64Register.zero
    )

    let programs: VectorPrograms
    let steps: [ARM64VectorStep]
    let constants: VectorConstants

    init(reading text: String) {
        var reader = ARM64VectorStepReader()
        programs = VectorPrograms(reading: text) { tokens, row in
            let step = tokens[0] == "constant" ? reader.readConstant(tokens, row) : reader.readStep(tokens, row)
            reader.steps.append(step)
            return VectorPrograms.Accesses(reads: (step.n, step.m), writes: step.d)
        }
        steps = reader.steps
        constants = reader.constants
    }
}

/// Reads the steps of rows.
private struct ARM64VectorStepReader {
    let forms = Dictionary(uniqueKeysWithValues: ARM64FormTable.forms.map { ("\($0)", $0) })
    var steps: [ARM64VectorStep] = []
    var constants = VectorConstants()

    func readStep(_ tokens: [Substring], _ row: String) -> ARM64VectorStep {
        let name = tokens[0].split(separator: ".")
        guard let form = forms[String(name[0])] else { invariantFailed("form in a row: \(row)") }
        var step = ARM64VectorStep(form: form)
        for suffix in name.dropFirst() {
            if let arrangement = ARM64Arrangement.allCases.first(where: { $0.name == suffix }) {
                step.modifier = arrangement.rawValue
            } else if let condition = ARM64Condition.allCases.first(where: { $0.name == suffix }) {
                step.modifier = condition.rawValue
            } else if suffix == "w" {
                step.is64 = false
            } else {
                invariant(suffix == "double", "suffix of a form in a row: \(row)")
                step.isDouble = true
            }
        }
        let table = ARM64FormTable.shared
        let fields = Set(table.fields[table.rows[form.position].fields].map(\.field))
        var rest = tokens.dropFirst()
        if fields.contains(.Rd) { step.d = VectorPlace(letter: rest.popFirst()?.first) }
        if fields.contains(.Rn) { step.n = VectorPlace(letter: rest.popFirst()?.first) }
        if fields.contains(.Rm) { step.m = VectorPlace(letter: rest.popFirst()?.first) }
        if let token = rest.popFirst() {
            if token == "#" {
                step.takesLane = true
            } else {
                guard let value = Int32(token) else { invariantFailed("immediate in a row: \(row)") }
                step.immediate = value
            }
        }
        invariant(rest.isEmpty, "operands of \(form) in a row: \(row)")
        return step
    }

    mutating func readConstant(_ tokens: [Substring], _ row: String) -> ARM64VectorStep {
        invariant(tokens.count == 3, "a register and a constant: \(row)")
        var step = ARM64VectorStep(kind: .constant, d: VectorPlace(letter: tokens[1].first))
        if tokens[2] == "mask" {
            step.kind = .mask
            return step
        }
        guard let position = constants.position(reading: tokens[2]) else {
            invariantFailed("constant in a row: \(row)")
        }
        step.immediate = Int32(position)
        return step
    }
}
