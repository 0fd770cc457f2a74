import MachineCode

/// A deliberate bug: the mechanism of a real one, put into the in-tree compilers by replacing a stage or a value of the pipeline.
public struct Specimen: Sendable {
    /// The name that options and reports use.
    public let identifier: String
    /// The issues or pull requests of the real bug.
    public let references: [String]
    /// The mechanism in one line.
    public let mechanism: String
    /// What the real bug needed to show.
    public let trigger: String
    /// Breaks a healthy pipeline.
    public let breakPipeline: @Sendable (inout PipelineConfiguration) -> Void

    /// Every specimen; add new ones here.
    public static let all: [Specimen] = [
        operandIndexOfEightBits, unsortedArguments, reversedStubResults, unadjustedStackPointer, floatsStoredAsIntegers,
        overlappingCopies, endlessSplitting, mergedMinimalRanges,
    ]

    /// The specimen of a name.
    public init?(identifier: String) {
        guard let specimen = Self.all.first(where: { $0.identifier == identifier }) else { return nil }
        self = specimen
    }

    init(
        _ identifier: String,
        references: [String],
        trigger: String,
        mechanism: String,
        breakPipeline: @escaping @Sendable (inout PipelineConfiguration) -> Void
    ) {
        self.identifier = identifier
        self.references = references
        self.trigger = trigger
        self.mechanism = mechanism
        self.breakPipeline = breakPipeline
    }
}
