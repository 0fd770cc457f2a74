import Invariants
import RegisterAllocation
import WasmModel

/// What a step of a vector instruction names as an operand.
enum X64VectorPlace: UInt8 {
    case none
    /// Operands of the wasm instruction.
    case first, second, third
    /// The result, where it has a register of its own.
    case result
    /// The back end's own and the shared vector scratch register, and the own general-purpose one.
    case vectorScratch, otherVectorScratch, integerScratch
    /// A constant in memory: the step's immediate is its position in ``X64VectorTable/constants``.
    case constant
    /// The masks of a shuffle.
    case firstMask, secondMask
}

/// One x86_64 instruction of a vector instruction.
struct X64VectorStep {
    /// Where the immediate comes from.
    enum Immediate: UInt8 {
        case fixed, lane, laneTimes16
    }

    var form: X64Form
    var register = X64VectorPlace.none
    var rm = X64VectorPlace.none
    var immediateKind = Immediate.fixed
    var condition = X64Condition.overflow
    var immediate: Int32 = 0
}

/// The instructions for one wasm instruction: a row of ``X64VectorRows``.
struct X64VectorProgram {
    /// One operand of the machine instruction behind the definition, which is the first.
    struct Use {
        /// The position among the operands of the wasm instruction.
        var operand: Int
        var constraint: OperandConstraint
        var position: OperandPosition
    }

    var opcode: Opcode
    /// For the instructions that differ by lane; nil where the row is for all lanes.
    var lane: Int?
    var uses: [Use]
    /// The constraint of the definition.
    var definition: OperandConstraint
    /// In ``X64VectorTable/steps``.
    var steps: Range<Int>
    /// By the position of a wasm operand, the position of the machine instruction's operand.
    var positions: (Int, Int, Int)

    /// The name in the text format.
    var name: String { opcode.row.name }
}

/// The rows of ``X64VectorRows``, read once.
struct X64VectorTable {
    static let shared = X64VectorTable(reading: X64VectorRows.text)

    private(set) var programs: [X64VectorProgram] = []
    private(set) var steps: [X64VectorStep] = []
    private(set) var constants: [V128] = []
    /// By the position of an opcode: that of its first program; -1 for opcodes without.
    private var firstProgram = [Int16](repeating: -1, count: OpcodeTable.rows.count)
    private var constantPositions: [V128: Int] = [:]

    /// The position of the program for an opcode and a lane; nil where there is none.
    func program(_ opcode: Opcode, lane: Int64) -> Int? {
        let first = Int(firstProgram[opcode.position])
        if first < 0 { return nil }
        guard programs[first].lane != nil else { return first }
        // The programs of an opcode are in the order of their lanes.
        let position = first + Int(lane)
        invariant(
            position < programs.count && programs[position].opcode == opcode && programs[position].lane == Int(lane),
            "a row for lane \(lane) of \(opcode)"
        )
        return position
    }

    init(reading text: String) {
        var rows: [String] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("//") {
            if line.first == " " { rows[rows.count - 1] += line } else { rows.append(String(line)) }
        }
        let forms = Dictionary(uniqueKeysWithValues: X64Form.allCases.map { ("\($0)", $0) })
        for row in rows { read(row, forms) }
    }

    private mutating func read(_ row: String, _ forms: [String: X64Form]) {
        let fields = row.split(separator: "|")
        invariant(fields.count == 3, "row of three fields: \(row)")
        var name = fields[0].filter { $0 != " " }
        var lane: Int?
        if name.last == "]", let bracket = name.firstIndex(of: "[") {
            lane = Int(name[name.index(after: bracket)...].dropLast())
            name = String(name[..<bracket])
        }
        guard let opcode = OpcodeTable.byName[name] else { invariantFailed("name of an instruction in a row: \(row)") }
        let start = steps.count
        for step in fields[2].split(separator: ";") {
            steps.append(readStep(step.split(separator: " "), forms, row))
        }
        var program = X64VectorProgram(
            opcode: opcode,
            lane: lane,
            uses: [],
            definition: .register,
            steps: start..<steps.count,
            positions: (0, 0, 0)
        )
        readOperands(fields[1].split(separator: " "), of: &program)
        if firstProgram[opcode.position] < 0 { firstProgram[opcode.position] = Int16(programs.count) }
        programs.append(program)
    }

    private func readOperands(_ tokens: [Substring], of program: inout X64VectorProgram) {
        var written = X64VectorPlace.result
        for token in tokens where token.first == "=" { written = X64VectorPlace(operand: token.dropFirst().first) }
        for (position, token) in tokens.enumerated() {
            let place = X64VectorPlace(operand: token.first == "=" ? token.dropFirst().first : token.first)
            let operand = Int(place.rawValue - X64VectorPlace.first.rawValue)
            switch place {
            case .first: program.positions.0 = position + 1
            case .second: program.positions.1 = position + 1
            default: program.positions.2 = position + 1
            }
            if place == written { program.definition = .reuse(UInt32(position + 1)) }
            let isLate = place != written && reads(place, afterWriting: written, program.steps)
            program.uses.append(
                X64VectorProgram.Use(
                    operand: operand,
                    constraint: token.hasSuffix("/m") ? .any : .register,
                    position: isLate ? .late : .early
                )
            )
        }
    }

    /// Whether a step reads a place after a step that wrote to another.
    private func reads(
        _ place: X64VectorPlace,
        afterWriting written: X64VectorPlace,
        _ range: Range<Int>
    ) -> Bool {
        var isWritten = false
        for step in steps[range] {
            if isWritten && (step.register == place || step.rm == place) { return true }
            if step.destination == written { isWritten = true }
        }
        return false
    }

    private mutating func readStep(_ tokens: [Substring], _ forms: [String: X64Form], _ row: String) -> X64VectorStep {
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
            case .register: step.register = X64VectorPlace(operand: token.first)
            case .rm, .rmMemoryOnly, .rmRegisterOnly:
                if token.first == "$" {
                    readConstant(token.dropFirst(), of: &step, row)
                } else {
                    step.rm = X64VectorPlace(operand: token.first)
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
        var digits = String(text)
        if let colon = text.firstIndex(of: ":") {
            let lane = text[text.index(after: colon)...]
            digits = String(repeating: String(lane), count: 32 / lane.count)
        }
        guard digits.count == 32, let high = UInt64(digits.prefix(16), radix: 16),
            let low = UInt64(digits.suffix(16), radix: 16)
        else { invariantFailed("constant in a row: \(row)") }
        let constant = V128(low: low, high: high)
        let position = constantPositions[constant] ?? constants.count
        if position == constants.count {
            constants.append(constant)
            constantPositions[constant] = position
        }
        step.rm = .constant
        step.immediate = Int32(position)
    }
}

extension X64VectorPlace {
    fileprivate init(operand letter: Character?) {
        switch letter {
        case "a": self = .first
        case "b": self = .second
        case "c": self = .third
        case "d": self = .result
        case "t": self = .vectorScratch
        case "u": self = .otherVectorScratch
        case "g": self = .integerScratch
        default: invariantFailed("place in a row: \(letter.map(String.init) ?? "none")")
        }
    }
}

extension X64VectorStep {
    /// What the instruction writes: the manual's first operand, but for those that only set flags.
    var destination: X64VectorPlace {
        if form == .ptest { return .none }
        return form.operands.first?.role == .register ? register : rm
    }
}
