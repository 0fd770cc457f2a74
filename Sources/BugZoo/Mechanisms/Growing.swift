import SSA

extension Specimen {
    /// Right code that takes too long to make. No module shows them by what it does: they have no trigger, but a curve.
    static let growing = [usesByScan]

    /// A table would have them at once.
    static let usesByScan = Specimen(
        "uses-by-scan",
        trigger: "a function of thousands of values, at the level speed",
        mechanism:
            "the uses of each value are counted by going through all operands, which grows as the square of the function"
    ) { pipeline in
        pipeline.addLast(to: .algebraicSimplification) { function in
            var unused = 0
            for value in function.valueTypes.indices {
                var uses = 0
                for operand in function.valuePool where operand.index == value { uses += 1 }
                if uses == 0 { unused += 1 }
            }
            var roomy = function
            roomy.valuePool.reserveCapacity(function.valuePool.count + unused)
            return roomy
        }
    }
}
