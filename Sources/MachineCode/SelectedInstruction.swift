import RegisterAllocation
import SSA

/// What an SSA instruction becomes: one machine instruction over the values of its function.
///
/// The definition, where there is one, is operand 0 and the result of the SSA instruction; the uses are the operands behind it.
public struct SelectedInstruction: Sendable {
    /// A use of a value.
    public struct Use: Sendable {
        public var value: Value
        public var constraint: OperandConstraint
        public var position: OperandPosition

        @inlinable
        init(value: Value, constraint: OperandConstraint, position: OperandPosition) {
            self.value = value
            self.constraint = constraint
            self.position = position
        }
    }

    /// One of the back end's own, or a ``SharedForm``.
    public var form: UInt16 = 0
    public var auxiliary: UInt32 = 0
    public var immediate: Int64 = 0
    public var clobbers = RegisterSet()
    /// The constraint of the definition; nil where nothing is defined.
    public var definition: OperandConstraint?
    @usableFromInline var useCount = 0
    /// The most are five: two values to choose from, and the left side and the address of what decides.
    @usableFromInline var uses: InlineArray<5, Use>

    /// Makes an instruction without uses.
    @inlinable
    public init(defining definition: OperandConstraint?) {
        self.definition = definition
        uses = InlineArray(repeating: Use(value: Value(0), constraint: .any, position: .early))
    }

    /// A use, by its position behind the definition.
    func use(at position: Int) -> Use { uses[position] }

    /// Adds a use.
    @inlinable
    public mutating func use(
        _ value: Value,
        _ constraint: OperandConstraint = .register,
        _ position: OperandPosition = .early
    ) {
        uses[useCount] = Use(value: value, constraint: constraint, position: position)
        useCount += 1
    }

    /// Says what the instruction is.
    @inlinable
    public mutating func finish(_ form: UInt16, auxiliary: UInt32 = 0, immediate: Int64 = 0) {
        self.form = form
        self.auxiliary = auxiliary
        self.immediate = immediate
    }

    /// How many operands the instruction has so far.
    @inlinable
    public var operandCount: Int { useCount + (definition == nil ? 0 : 1) }
}

extension Selection {
    /// Adds what the current SSA instruction becomes.
    mutating func add(_ selected: SelectedInstruction) {
        if let definition = selected.definition { define(result(), definition) }
        for position in 0..<selected.useCount {
            let use = selected.use(at: position)
            self.use(register(of: use.value), use.constraint, use.position)
        }
        finish(
            selected.form,
            auxiliary: selected.auxiliary,
            immediate: selected.immediate,
            clobbers: selected.clobbers
        )
    }
}
