import MachineCode

/// A deliberate bug: the mechanism of a real one, or one of our own, put into the in-tree compilers by replacing a stage or a value of
/// the pipeline.
public struct Specimen: Sendable {
    /// The name that options and reports use.
    public let identifier: String
    /// The issues or pull requests of the real bug; none for mechanisms of our own.
    public let references: [String]
    /// The mechanism in one line.
    public let mechanism: String
    /// What the bug needs to show.
    public let trigger: String
    /// What reports may say of the boundary; none where no count decides whether it shows, nil where nobody has said so.
    public let limits: [SpecimenLimit]?
    /// Breaks a healthy pipeline.
    public let breakPipeline: @Sendable (inout PipelineConfiguration) -> Void

    /// Every specimen of a real bug; add new ones here.
    public static let all: [Specimen] = [
        operandIndexOfEightBits, unsortedArguments, reversedStubResults, unadjustedStackPointer, floatsStoredAsIntegers,
        overlappingCopies, endlessSplitting, mergedMinimalRanges, registersRunOutUnnoticed, terminatorsTakenForBranches,
        stackResultsInRegisters,
        callOfConstantSize, tailCallOfConstantSize, resultOfMachineWord, contextSavedBeforeLowering,
        halfSlotsOfVectorResults, unalignedVectorArgument, callWithoutSpilling, narrowResultStoredWide,
        indirectTailCallWithoutArea, calleeInCopyRegister, leafWithoutPopping, noScratchForMemoryMoves,
        movesOfBothClasses, vectorConstantIndexOf16Bits, fusedCopiesUpwards, slotIndexOf16Bits, frameSizeOf18Bits,
        stackConstantWithoutLowBits, uncheckedConditionalBranch, addressInScratchRegister,
        unsignedBlockType, blockTypeWrittenUnsigned, loopArityOfResults, parametersLeftByIf, loopParametersAsLocals,
        returnFromTheBase, extraTailCallResults, selectOfFirstValue, callEndsBlock, resultReserve,
        wrappedBranchTableCount,
        floatsWithoutStubStore, probeInStub, stubReserveOf128, referencesAfterIntegers, continuationOffByOne,
        contiguousFrames, stackPointerLoweredTwice, landingOffsetOf12Bits, wrappedFrameLayout, movesOfConditionalReturn,
        resultsNotRebased, firstPieceFirst,
    ]

    /// Bugs of our own that the search was not made for, by the part of the compiler that they are in.
    public static let mechanisms: [Specimen] =
        encodings + frames + moves + calls + unwinding + optimisations + bounds + contexts + allocation + growing

    /// The specimen or mechanism of a name.
    public init?(identifier: String) {
        guard let specimen = (Self.all + Self.mechanisms).first(where: { $0.identifier == identifier }) else {
            return nil
        }
        self = specimen
    }

    init(
        _ identifier: String,
        references: [String] = [],
        trigger: String,
        mechanism: String,
        limits: [SpecimenLimit]? = nil,
        breakPipeline: @escaping @Sendable (inout PipelineConfiguration) -> Void
    ) {
        self.identifier = identifier
        self.references = references
        self.trigger = trigger
        self.mechanism = mechanism
        self.limits = limits
        self.breakPipeline = breakPipeline
    }
}
