/// How a back end gives out the numbers of its machine instruction forms, from ``SharedForm/firstOfBackend`` on: first every
/// single instruction, then every sequence, then every vector program.
public struct MachineFormNumbering: Sendable {
    /// What a number stands for.
    public enum Meaning: Hashable, Sendable {
        /// One instruction, by its position among the machine's instruction forms.
        case instruction(Int)
        /// Several instructions, by the raw value of the back end's sequence.
        case sequence(UInt16)
        /// A vector instruction, by its position in ``VectorPrograms/programs``.
        case program(Int)
    }

    private let firstSequence: UInt16
    private let firstProgram: UInt16

    /// Numbers so many forms.
    public init(instructionCount: Int, sequenceCount: Int) {
        firstSequence = SharedForm.firstOfBackend + UInt16(instructionCount)
        firstProgram = firstSequence + UInt16(sequenceCount)
    }

    public func number(instruction: Int) -> UInt16 { SharedForm.firstOfBackend + UInt16(instruction) }
    public func number(sequence: UInt16) -> UInt16 { firstSequence + sequence }
    public func number(program: Int) -> UInt16 { firstProgram + UInt16(program) }

    /// What a number from ``SharedForm/firstOfBackend`` on stands for.
    public func meaning(of number: UInt16) -> Meaning {
        if number < firstSequence { return .instruction(Int(number - SharedForm.firstOfBackend)) }
        if number < firstProgram { return .sequence(number - firstSequence) }
        return .program(Int(number - firstProgram))
    }
}
