extension X64Instruction {
    /// Reads the instruction at the start of some bytes, for listings: the first form of the table that encodes to just these bytes.
    ///
    /// - Returns: the instruction and its size in bytes; nil where no form of the table has these bytes.
    /// Source: Intel SDM vol. 2, sections 2.1 and 2.2.
    public static func decode(_ bytes: ArraySlice<UInt8>) -> (instruction: X64Instruction, size: Int)? {
        var reader = X64ByteReader(bytes: bytes.prefix(15))
        guard var byte = reader.next() else { return nil }
        var prefix: UInt8 = 0
        if byte == 0x66 || byte == 0xF2 || byte == 0xF3 {
            prefix = byte
            guard let next = reader.next() else { return nil }
            byte = next
        }
        var rex: UInt8 = 0
        if byte & 0xF0 == 0x40 {
            rex = byte
            guard let next = reader.next() else { return nil }
            byte = next
        }
        var opcode = UInt32(byte)
        var opcodeLength: UInt8 = 1
        if byte == 0x0F {
            guard let second = reader.next() else { return nil }
            opcode |= UInt32(second) << 8
            opcodeLength = 2
            if second == 0x38 || second == 0x3A {
                guard let third = reader.next() else { return nil }
                opcode |= UInt32(third) << 16
                opcodeLength = 3
            }
        }
        let lastOpcodeByte = UInt8(truncatingIfNeeded: opcode >> (8 * UInt32(opcodeLength - 1)))
        for position in X64DecodingTable.candidates[Int(lastOpcodeByte)] {
            let row = X64FormTable.rows[position]
            guard row.mandatoryPrefix == prefix, row.rexW == (rex & 8 != 0), row.opcodeLength == opcodeLength else {
                continue
            }
            let lowOpcodeMask = ~(UInt32(0xFF) << (8 * UInt32(opcodeLength - 1)))
            guard (row.opcode ^ opcode) & lowOpcodeMask == 0 else { continue }
            var operands = reader
            guard
                let instruction = read(X64FormTable.forms[position], row, lastOpcodeByte, rex, &operands),
                X64DecodingTable.allowsOperand(instruction.rm, of: position)
            else { continue }
            var encoded: [UInt8] = []
            instruction.encode(into: &encoded)
            if bytes.starts(with: encoded) { return (instruction, encoded.count) }
        }
        return nil
    }

    private static func read(
        _ form: X64Form,
        _ row: X64FormRow,
        _ lastOpcodeByte: UInt8,
        _ rex: UInt8,
        _ reader: inout X64ByteReader
    ) -> X64Instruction? {
        var instruction = X64Instruction(form)
        switch row.addend {
        case .none: break
        case .register: instruction.register = lastOpcodeByte & 7 | (rex & 1) << 3
        case .condition:
            guard let condition = X64Condition(rawValue: lastOpcodeByte & 15) else { return nil }
            instruction.condition = condition
        }
        var hasModRM = true
        var digit: UInt8?
        switch row.modRM {
        case .absent: hasModRM = false
        case .digit(let value): digit = value
        case .register: break
        }
        if hasModRM {
            guard let modRM = reader.next() else { return nil }
            let field = modRM >> 3 & 7
            if let digit, digit != field { return nil }
            if digit == nil { instruction.register = field | (rex & 4) << 1 }
            guard let rm = registerOrMemory(modRM, rex, &reader) else { return nil }
            instruction.rm = rm
        }
        if row.immediateSize > 0 {
            guard let immediate = reader.signed(size: Int(row.immediateSize)) else { return nil }
            instruction.immediate = immediate
        }
        return instruction
    }

    private static func registerOrMemory(
        _ modRM: UInt8,
        _ rex: UInt8,
        _ reader: inout X64ByteReader
    ) -> X64RegisterOrMemory? {
        let mode = modRM >> 6
        let low = modRM & 7
        if mode == 3 { return .register(low | (rex & 1) << 3) }
        var memory = X64Memory(base: low | (rex & 1) << 3)
        if low == 4 {
            guard let sib = reader.next() else { return nil }
            memory.base = sib & 7 | (rex & 1) << 3
            let index = sib >> 3 & 7 | (rex & 2) << 2
            if index != 4 {
                memory.index = index
                memory.scaleShift = sib >> 6
            }
            if mode == 0, sib & 7 == 5 { memory.base = X64Memory.noRegister }
        } else if mode == 0, low == 5 {
            memory.base = X64Memory.instructionPointer
        }
        let isAbsolute = memory.base == X64Memory.noRegister || memory.base == X64Memory.instructionPointer
        let size = isAbsolute || mode == 2 ? 4 : mode == 1 ? 1 : 0
        if size > 0 {
            guard let displacement = reader.signed(size: size) else { return nil }
            memory.displacement = Int32(truncatingIfNeeded: displacement)
        }
        return .memory(memory)
    }
}

/// Takes bytes from the front.
private struct X64ByteReader {
    var bytes: ArraySlice<UInt8>

    mutating func next() -> UInt8? { bytes.popFirst() }

    /// A number of so many bytes, the lowest first.
    mutating func signed(size: Int) -> Int64? {
        guard bytes.count >= size else { return nil }
        var bits: UInt64 = 0
        for position in 0..<size { bits |= UInt64(bytes.removeFirst()) << UInt64(8 * position) }
        let unused = Int64(64 - 8 * size)
        return (Int64(bitPattern: bits) << unused) >> unused
    }
}

/// What decoding needs beside the rows.
private enum X64DecodingTable {
    /// By the last opcode byte: the positions of the forms that may have it.
    static let candidates: [[Int]] = {
        var candidates = [[Int]](repeating: [], count: 256)
        for (position, row) in X64FormTable.rows.enumerated() {
            let last = Int(row.opcode >> (8 * UInt32(row.opcodeLength - 1)) & 0xFF)
            let count =
                switch row.addend {
                case .none: 1
                case .register: 8
                case .condition: 16
                }
            for addend in 0..<count { candidates[last + addend].append(position) }
        }
        return candidates
    }()

    private static let operandRoles: [(register: Bool, memory: Bool)] = X64FormTable.forms.map { form in
        let roles = form.operands.map(\.role)
        return (
            roles.contains { $0 == .rm || $0 == .rmRegisterOnly }, roles.contains { $0 == .rm || $0 == .rmMemoryOnly }
        )
    }

    /// Whether a form takes such an operand; forms without one take register 0, which stands for none.
    static func allowsOperand(_ operand: X64RegisterOrMemory, of position: Int) -> Bool {
        let roles = operandRoles[position]
        switch operand {
        case .register(let number): return roles.register || (!roles.memory && number == 0)
        case .memory: return roles.memory
        }
    }
}
