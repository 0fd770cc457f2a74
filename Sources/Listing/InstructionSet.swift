import ARM64Backend
import X64Backend

/// How code is read back for listings, by the back ends' own tables of instruction forms.
public enum InstructionSet: Hashable, Sendable {
    case x86_64
    case arm64

    /// The instruction at an offset in a module's code.
    /// - Returns: its size in bytes, at least 1, and its text; where no form has these bytes, a data directive.
    func instruction(at offset: Int, in code: ArraySlice<UInt8>) -> (size: Int, text: String) {
        switch self {
        case .x86_64:
            guard let (instruction, size) = X64Instruction.decode(code[offset...]) else {
                return (1, Self.data(code[offset...offset]))
            }
            return (size, instruction.text(at: offset))
        case .arm64:
            guard offset + 4 <= code.endIndex else { return (code.endIndex - offset, Self.data(code[offset...])) }
            var word: UInt32 = 0
            for position in 0..<4 { word |= UInt32(code[offset + position]) << UInt32(8 * position) }
            guard let instruction = ARM64Instruction(decoding: word) else {
                return (4, Self.data(code[offset..<offset + 4]))
            }
            return (4, instruction.text(at: offset))
        }
    }

    /// Bytes that are no instruction.
    static func data(_ bytes: ArraySlice<UInt8>) -> String {
        ".byte " + bytes.map { "0x" + String($0, radix: 16) }.joined(separator: ", ")
    }
}
