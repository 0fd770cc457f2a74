import WasmModel

/// Deletes the beginning of what is never reached, behind a branch that is always taken or a trap, as far as the failure stays, by bisection:
/// the stack there has any value that the rest takes.
struct DeleteUnreached: ReductionPass {
    let name = "unreached"
    let walk = ReductionWalk.tail

    /// What is not reached in one block.
    private struct Stretch {
        let function: Int
        /// Where its instructions begin, but those of blocks in it.
        var starts: [Int]
        /// Where it ends.
        var end: Int
    }

    /// One for each branch that is always taken, where something stands behind it.
    private func stretches(_ module: Module) -> [Stretch] {
        var stretches: [Stretch] = []
        for (number, function) in module.functions.enumerated() {
            var depth = 0
            var current: (depth: Int, stretch: Stretch)?
            for (position, instruction) in function.body.enumerated() {
                if [.end, .else].contains(instruction.opcode) {
                    if var stretch = current?.stretch, current?.depth == depth {
                        stretch.end = position
                        if !stretch.starts.isEmpty { stretches.append(stretch) }
                        current = nil
                    }
                    if instruction.opcode == .end { depth -= 1 }
                    continue
                }
                if current?.depth == depth { current?.stretch.starts.append(position) }
                if instruction.opcode.opensBlock { depth += 1 }
                if current == nil, instruction.opcode.isUnconditionalBranch {
                    current = (depth, Stretch(function: number, starts: [], end: position))
                }
            }
        }
        return stretches
    }

    /// The last instructions of each stretch stay, so that they are what a list begins with.
    func listSizes(of subject: DecodedCase) -> [Int] { stretches(subject.module).map(\.starts.count) }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        let stretch = stretches(subject.module)[list]
        guard let first = stretch.starts.first else { return nil }
        let kept = range.lowerBound == 0 ? stretch.end : stretch.starts[stretch.starts.count - range.lowerBound]
        var simpler = subject
        simpler.module.functions[stretch.function].body.removeSubrange(first..<kept)
        return simpler
    }
}
