import Invariants
import RegisterAllocation
import WasmModel

/// What a step of a vector instruction names as an operand.
public enum VectorPlace: UInt8, Hashable, Sendable {
    case none
    /// Operands of the wasm instruction.
    case first, second, third
    /// The result, where it has a register of its own.
    case result
    /// The back end's own and the shared vector scratch register, and the own general-purpose one.
    case vectorScratch, otherVectorScratch, integerScratch
    /// The register that is always zero, where the machine has one.
    case zero
    /// A constant in memory.
    case constant
    /// The masks of a shuffle, in memory.
    case firstMask, secondMask

    /// The register that a letter in a row stands for.
    public init(letter: Character?) {
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

/// The hardware numbers of the registers that vector instructions use beside their operands.
public struct VectorScratchRegisters: Sendable {
    public var own: UInt8
    public var shared: UInt8
    public var integer: UInt8
    /// nil where the machine has no register that is always zero.
    public var zero: UInt8?

    public init(own: UInt8, shared: UInt8, integer: UInt8, zero: UInt8? = nil) {
        self.own = own
        self.shared = shared
        self.integer = integer
        self.zero = zero
    }
}

/// The instructions for one wasm instruction: a row of a back end's vector instructions.
public struct VectorProgram: Sendable {
    /// One operand of the machine instruction behind the definition, which is the first.
    public struct Use: Sendable {
        /// The position among the operands of the wasm instruction.
        public var operand: Int
        public var constraint: OperandConstraint
        public var position: OperandPosition
    }

    public let opcode: Opcode
    /// For the instructions that differ by lane; nil where the row is for all lanes.
    public let lane: Int?
    /// The positions of its steps among the back end's.
    public let steps: Range<Int>
    public internal(set) var uses: [Use] = []
    /// The constraint of the definition.
    public internal(set) var definition = OperandConstraint.register
    /// By the position of a wasm operand, the position of the machine instruction's operand.
    private var positions = (0, 0, 0)

    init(opcode: Opcode, lane: Int?, steps: Range<Int>) {
        self.opcode = opcode
        self.lane = lane
        self.steps = steps
    }

    /// The name in the text format.
    public var name: String { opcode.row.name }

    /// The position among the machine instruction's operands; 0, which is the definition, for what is no operand of the wasm instruction.
    public func position(of place: VectorPlace) -> Int {
        switch place {
        case .first: positions.0
        case .second: positions.1
        case .third: positions.2
        case .none, .result, .vectorScratch, .otherVectorScratch, .integerScratch, .zero, .constant, .firstMask,
            .secondMask:
            0
        }
    }

    /// Adds the operand of the wasm instruction that a place is.
    mutating func use(_ place: VectorPlace, _ constraint: OperandConstraint, _ position: OperandPosition) {
        let operand: Int
        switch place {
        case .first: (operand, positions.0) = (0, uses.count + 1)
        case .second: (operand, positions.1) = (1, uses.count + 1)
        case .third: (operand, positions.2) = (2, uses.count + 1)
        case .none, .result, .vectorScratch, .otherVectorScratch, .integerScratch, .zero, .constant, .firstMask,
            .secondMask:
            invariantFailed("operand of a row is one of the wasm instruction")
        }
        uses.append(Use(operand: operand, constraint: constraint, position: position))
    }
}

extension Emission {
    /// The hardware number of the register that a place is; 0 for none.
    public func encoding(
        of place: VectorPlace,
        in program: VectorProgram,
        _ scratch: VectorScratchRegisters
    ) -> UInt8 {
        switch place {
        case .none: return 0
        case .first, .second, .third, .result: return register(program.position(of: place)).encoding
        case .vectorScratch: return scratch.own
        case .otherVectorScratch: return scratch.shared
        case .integerScratch: return scratch.integer
        case .zero:
            guard let zero = scratch.zero else { invariantFailed("machine has a zero register") }
            return zero
        case .constant, .firstMask, .secondMask: invariantFailed("place is a register")
        }
    }
}
