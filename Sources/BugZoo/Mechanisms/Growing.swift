import SSA

extension Specimen {
    /// Right code that takes too long to make. No module shows them by what it does: they have no trigger, but a curve.
    static let growing = [equalInstructionByScan]

    /// A table would have it at once.
    static let equalInstructionByScan = Specimen(
        "equal-instruction-by-scan",
        trigger: "a function of thousands of instructions, at the level speed",
        mechanism:
            "each instruction is compared with all before it, so that compile time grows as the square of the function"
    ) { pipeline in
        pipeline.addLastPass { function in
            var equal = 0
            for (position, instruction) in function.instructions.enumerated() {
                for other in function.instructions[..<position]
                where other.operation == instruction.operation && other.immediate == instruction.immediate
                    && other.operands == instruction.operands
                {
                    equal += 1
                }
            }
            var roomy = function
            roomy.valuePool.reserveCapacity(function.valuePool.count + equal)
            return roomy
        }
    }
}
