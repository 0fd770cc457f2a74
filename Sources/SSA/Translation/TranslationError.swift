import WasmModel

/// Why a function cannot be translated, and where the cause stands.
public struct TranslationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is refused.
    public enum Reason: Hashable, Sendable {
        /// The compilers do not support the instruction.
        case unsupportedInstruction(Opcode)
        /// The compilers do not support what the text names.
        case unsupported(String)
        /// The function's branches carry more values than the limit allows, in all.
        case tooManyBranchArguments(count: Int, limit: Int)
    }

    public var reason: Reason
    /// The function, in the whole index space.
    public var function: FunctionIndex
    /// The position of the instruction in the body.
    public var instruction: Int
    /// The byte offset of the instruction from the start of the binary, where it is known.
    public var offset: UInt32?

    /// Makes an error.
    public init(reason: Reason, function: FunctionIndex, instruction: Int, offset: UInt32? = nil) {
        self.reason = reason
        self.function = function
        self.instruction = instruction
        self.offset = offset
    }

    /// The reason followed by the place.
    public var description: String {
        let cause =
            switch reason {
            case .unsupportedInstruction(let opcode): "unsupported instruction \(opcode.row.name)"
            case .unsupported(let what): "unsupported \(what)"
            case .tooManyBranchArguments(let count, let limit):
                "branches that carry \(count) values exceed the limit of \(limit) in a function"
            }
        let place = offset.map { ", at byte offset 0x\(String($0, radix: 16))" } ?? ""
        return "\(cause), in function \(function), instruction \(instruction)\(place)"
    }
}
