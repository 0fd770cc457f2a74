import MachineCode
import SSA

extension PipelineConfiguration {
    /// Changes the extents that the checks of accesses with 32-bit indices add to the index.
    /// - Parameter change: gets the load or store and what healthy code adds.
    mutating func rewriteExtents(_ change: @escaping @Sendable (InstructionRecord, Int64) -> Int64) {
        rewriteTranslation { function in
            var changed = function
            for block in function.blocks {
                // The position of the constant of the last check that no access has followed.
                var extent: Int?
                for position in block.instructions.positions {
                    let instruction = function.instructions[position]
                    switch instruction.operation {
                    case .constant:
                        if function.isExtent(position) { extent = position }
                    case .load, .store:
                        guard let constant = extent else { break }
                        changed.instructions[constant].immediate = change(
                            instruction,
                            function.instructions[constant].immediate
                        )
                        extent = nil
                    default: break
                    }
                }
            }
            return changed
        }
    }
}

extension IRFunction {
    /// Whether a constant is followed by a sum, the load of a length and their comparison.
    fileprivate func isExtent(_ position: Int) -> Bool {
        guard instructions[position].type == .i64, position + 3 < instructions.count else { return false }
        return instructions[position + 1].operation == .add && instructions[position + 2].operation == .loadContext
            && instructions[position + 3].operation == .compare(.greaterUnsigned)
    }
}
