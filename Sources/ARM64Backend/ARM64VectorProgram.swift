import Invariants
import RegisterAllocation
import WasmModel

/// What a step of a vector instruction names as a register.
enum ARM64VectorPlace: UInt8 {
    case none
    /// Operands of the wasm instruction.
    case first, second, third
    /// The result, where it has a register of its own.
    case result
    /// The back end's own vector scratch register v30, and the shared one v31 behind it.
    case vectorScratch, otherVectorScratch
    /// The back end's own general-purpose scratch register, and the zero register.
    case integerScratch, zero
}

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
    var d = ARM64VectorPlace.none
    var n = ARM64VectorPlace.none
    var m = ARM64VectorPlace.none
    var modifier: UInt8 = 0
    /// Whether the immediate is the lane of the wasm instruction.
    var takesLane = false
    var immediate: Int32 = 0
}

/// The instructions for one wasm instruction: a row of ``ARM64VectorRows``.
struct ARM64VectorProgram {
    /// One operand of the machine instruction behind the definition, which is the first.
    struct Use {
        /// The position among the operands of the wasm instruction.
        var operand: Int
        var position: OperandPosition
    }

    var opcode: Opcode
    var uses: [Use]
    /// The constraint of the definition.
    var definition: OperandConstraint
    /// In ``ARM64VectorTable/steps``.
    var steps: Range<Int>
    /// By the position of a wasm operand, the position of the machine instruction's operand.
    var positions: (Int, Int, Int)

    /// The name in the text format.
    var name: String { opcode.row.name }
}

/// The rows of ``ARM64VectorRows``, read once.
struct ARM64VectorTable {
    static let shared = ARM64VectorTable(reading: ARM64VectorRows.text)

    private(set) var programs: [ARM64VectorProgram] = []
    private(set) var steps: [ARM64VectorStep] = []
    private(set) var constants: [V128] = []
    /// By the position of an opcode: that of its program; -1 for opcodes without.
    private var programOfOpcode = [Int16](repeating: -1, count: OpcodeTable.rows.count)

    /// The position of the program for an opcode; nil where there is none.
    func program(_ opcode: Opcode) -> Int? {
        let position = Int(programOfOpcode[opcode.position])
        return position < 0 ? nil : position
    }

    init(reading text: String) {
        let forms = Dictionary(uniqueKeysWithValues: ARM64FormTable.forms.map { ("\($0)", $0) })
        var rows: [String] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("//") {
            if line.first == " " { rows[rows.count - 1] += line } else { rows.append(String(line)) }
        }
        for row in rows { read(row, forms) }
    }

    private mutating func read(_ row: String, _ forms: [String: ARM64Form]) {
        let fields = row.split(separator: "|")
        invariant(fields.count == 3, "row of three fields: \(row)")
        guard let opcode = OpcodeTable.byName[fields[0].filter { $0 != " " }] else {
            invariantFailed("name of an instruction in a row: \(row)")
        }
        let start = steps.count
        for step in fields[2].split(separator: ";") {
            let tokens = step.split(separator: " ")
            steps.append(tokens[0] == "constant" ? readConstant(tokens, row) : readStep(tokens, forms, row))
        }
        var program = ARM64VectorProgram(
            opcode: opcode,
            uses: [],
            definition: .register,
            steps: start..<steps.count,
            positions: (0, 0, 0)
        )
        readOperands(fields[1].split(separator: " "), of: &program)
        invariant(programOfOpcode[opcode.position] < 0, "one row for an instruction: \(row)")
        programOfOpcode[opcode.position] = Int16(programs.count)
        programs.append(program)
    }

    private func readOperands(_ tokens: [Substring], of program: inout ARM64VectorProgram) {
        var written = ARM64VectorPlace.result
        for token in tokens where token.first == "=" { written = ARM64VectorPlace(letter: token.last) }
        for (position, token) in tokens.enumerated() {
            let place = ARM64VectorPlace(letter: token.last)
            switch place {
            case .first: program.positions.0 = position + 1
            case .second: program.positions.1 = position + 1
            default: program.positions.2 = position + 1
            }
            if place == written { program.definition = .reuse(UInt32(position + 1)) }
            let isLate = place != written && reads(place, afterWriting: written, program.steps)
            program.uses.append(
                ARM64VectorProgram.Use(
                    operand: Int(place.rawValue - ARM64VectorPlace.first.rawValue),
                    position: isLate ? .late : .early
                )
            )
        }
    }

    /// Whether a step reads a place after a step that wrote to another.
    private func reads(
        _ place: ARM64VectorPlace,
        afterWriting written: ARM64VectorPlace,
        _ range: Range<Int>
    ) -> Bool {
        var isWritten = false
        for step in steps[range] {
            if isWritten && (step.n == place || step.m == place) { return true }
            if step.d == written { isWritten = true }
        }
        return false
    }

    private func readStep(_ tokens: [Substring], _ forms: [String: ARM64Form], _ row: String) -> ARM64VectorStep {
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
        if fields.contains(.Rd) { step.d = ARM64VectorPlace(letter: rest.popFirst()?.first) }
        if fields.contains(.Rn) { step.n = ARM64VectorPlace(letter: rest.popFirst()?.first) }
        if fields.contains(.Rm) { step.m = ARM64VectorPlace(letter: rest.popFirst()?.first) }
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

    private mutating func readConstant(_ tokens: [Substring], _ row: String) -> ARM64VectorStep {
        invariant(tokens.count == 3, "a register and a constant: \(row)")
        var step = ARM64VectorStep(kind: .constant, d: ARM64VectorPlace(letter: tokens[1].first))
        if tokens[2] == "mask" {
            step.kind = .mask
            return step
        }
        guard tokens[2].count == 32, let high = UInt64(tokens[2].prefix(16), radix: 16),
            let low = UInt64(tokens[2].suffix(16), radix: 16)
        else { invariantFailed("constant in a row: \(row)") }
        step.immediate = Int32(constants.count)
        constants.append(V128(low: low, high: high))
        return step
    }
}

extension ARM64VectorPlace {
    fileprivate init(letter: Character?) {
        switch letter {
        case "a": self = .first
        case "b": self = .second
        case "c": self = .third
        case "d": self = .result
        case "t": self = .vectorScratch
        case "u": self = .otherVectorScratch
        case "g": self = .integerScratch
        case "z": self = .zero
        default: invariantFailed("place in a row: \(letter.map(String.init) ?? "none")")
        }
    }
}
