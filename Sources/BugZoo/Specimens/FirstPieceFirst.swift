import MachineCode

extension Specimen {
    /// Arguments move upwards to where those of the function were: the first piece may land on another that is still to be read.
    static let firstPieceFirst = Specimen(
        "first-piece-first",
        references: ["V8 2025"],
        trigger: "a tail call with stack arguments that are much larger than the rest of the frame",
        mechanism: "a tail call moves stack arguments before those that they overwrite are read",
        limits: .most(7...24, "parameters")
    ) { pipeline in
        pipeline.emission.tailCallCopies = TailCallCopies { stride(from: 0, to: $0, by: 16) }
    }
}
