import Invariants
import RegisterAllocation
import SSA
import WasmModel

/// The rows of a back end's vector instructions, read once: what each pure SIMD instruction of wasm becomes.
///
/// A row is `name | operands | steps`; lines that begin with `//` are comments, lines that begin with a blank continue the row
/// before them. The operands are `a`, `b` and `c` for those of the wasm instruction, in the order in which the machine
/// instruction names them. `=a` is one in whose register the result goes, and `a` then stands for both; where there is none,
/// the result `d` is in a register of its own. `/m` says that the operand may be in its spill slot. A name with a number in
/// brackets is for that lane. Steps are separated by semicolons, their tokens by blanks; the back end reads them.
///
/// An operand that is read after the first step that writes the result shares no register with it.
public struct VectorPrograms: Sendable {
    /// What a step reads and writes, as far as these are places.
    public struct Accesses {
        public var reads: (VectorPlace, VectorPlace)
        public var writes: VectorPlace

        public init(reads: (VectorPlace, VectorPlace), writes: VectorPlace) {
            self.reads = reads
            self.writes = writes
        }
    }

    public private(set) var programs: [VectorProgram] = []
    /// By the position of an opcode: that of its first program; -1 for opcodes without.
    private var firstProgram = [Int16](repeating: -1, count: OpcodeTable.rows.count)

    /// Reads rows.
    /// - Parameter readStep: reads the tokens of a step, numbered from 0 in the order of the rows; the text of its row is for messages.
    public init(reading text: String, step readStep: (_ tokens: [Substring], _ row: String) -> Accesses) {
        var rows: [String] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("//") {
            if line.first == " " { rows[rows.count - 1] += line } else { rows.append(String(line)) }
        }
        var stepCount = 0
        for row in rows {
            let fields = row.split(separator: "|")
            invariant(fields.count == 3, "row of three fields: \(row)")
            let steps = fields[2].split(separator: ";").map { readStep($0.split(separator: " "), row) }
            add(fields, steps, stepCount..<stepCount + steps.count, row)
            stepCount += steps.count
        }
    }

    private mutating func add(_ fields: [Substring], _ steps: [Accesses], _ range: Range<Int>, _ row: String) {
        var name = fields[0].filter { $0 != " " }
        var lane: Int?
        if name.last == "]", let bracket = name.firstIndex(of: "[") {
            lane = Int(name[name.index(after: bracket)...].dropLast())
            name = String(name[..<bracket])
        }
        guard let opcode = OpcodeTable.byName[name] else { invariantFailed("name of an instruction in a row: \(row)") }
        var program = VectorProgram(opcode: opcode, lane: lane, steps: range)
        Self.readOperands(fields[1].split(separator: " "), steps, of: &program)
        let first = Int(firstProgram[opcode.position])
        if first < 0 {
            firstProgram[opcode.position] = Int16(programs.count)
        } else {
            invariant(lane == programs.count - first, "one row for an instruction, or one for each lane: \(row)")
        }
        programs.append(program)
    }

    private static func readOperands(_ tokens: [Substring], _ steps: [Accesses], of program: inout VectorProgram) {
        func place(_ token: Substring) -> VectorPlace {
            VectorPlace(letter: token.first == "=" ? token.dropFirst().first : token.first)
        }
        let written = tokens.first { $0.first == "=" }.map { place($0) } ?? .result
        for (position, token) in tokens.enumerated() {
            let operand = place(token)
            if operand == written { program.definition = .reuse(UInt32(position + 1)) }
            let isLate = operand != written && reads(operand, afterWriting: written, steps)
            program.use(operand, token.hasSuffix("/m") ? .any : .register, isLate ? .late : .early)
        }
    }

    /// Whether a step reads a place after a step that wrote to another.
    private static func reads(_ place: VectorPlace, afterWriting written: VectorPlace, _ steps: [Accesses]) -> Bool {
        guard let first = steps.firstIndex(where: { $0.writes == written }) else { return false }
        return steps[(first + 1)...].contains { $0.reads.0 == place || $0.reads.1 == place }
    }

    // MARK: Selection

    /// The position of the program for an opcode and a lane; nil where there is none.
    public func program(_ opcode: Opcode, lane: Int64) -> Int? {
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

    /// What a vector instruction becomes, with its immediate, which is a lane or the position of a mask; nil where there is no row.
    public func selectedInstruction(
        _ opcode: Opcode,
        for instruction: InstructionRecord,
        in facts: SelectionFacts,
        _ numbering: MachineFormNumbering
    ) -> SelectedInstruction? {
        guard let position = program(opcode, lane: instruction.immediate) else { return nil }
        let program = programs[position]
        var selected = SelectedInstruction(defining: program.definition)
        for use in program.uses {
            selected.use(facts.operand(use.operand, of: instruction), use.constraint, use.position)
        }
        selected.finish(numbering.number(program: position), immediate: instruction.immediate)
        return selected
    }
}

/// The vector constants of a back end's rows, each once.
public struct VectorConstants: Sendable {
    private var constants: [V128] = []

    public init() {}

    public subscript(position: Int) -> V128 { constants[position] }

    /// The position of the constant that a text writes: 16 bytes, highest first, or a letter, a colon and the byte, halfword,
    /// word or doubleword that fills it; nil where it is neither.
    public mutating func position(reading text: Substring) -> Int? {
        var digits = String(text)
        if let colon = text.firstIndex(of: ":") {
            let lane = text[text.index(after: colon)...]
            digits = String(repeating: String(lane), count: 32 / lane.count)
        }
        guard digits.count == 32, let high = UInt64(digits.prefix(16), radix: 16),
            let low = UInt64(digits.suffix(16), radix: 16)
        else { return nil }
        let constant = V128(low: low, high: high)
        if let position = constants.firstIndex(of: constant) { return position }
        constants.append(constant)
        return constants.count - 1
    }
}
