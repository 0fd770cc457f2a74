import MachineCode
import SSA

extension Specimen {
    /// State that compiled code looks for in the wrong place of its instance.
    static let contexts = [contextOffsetOf12Bits, contextOffsetOf15Bits]

    /// The field of unscaled offsets has 12 bits for what takes one byte.
    static let contextOffsetOf12Bits = Specimen(
        "context-offset-of-12-bits",
        trigger: "a global or a tag that is 4 to 8 KiB behind the beginning of its instance's state",
        mechanism: "offsets into the state of an instance lose bit 12"
    ) { pipeline in
        pipeline.cutContextOffsets(toBits: 12)
    }

    /// The field has 12 bits, which count what takes 8 bytes.
    static let contextOffsetOf15Bits = Specimen(
        "context-offset-of-15-bits",
        trigger: "a global or a tag that is 32 to 64 KiB behind the beginning of its instance's state",
        mechanism: "offsets into the state of an instance lose bit 15"
    ) { pipeline in
        pipeline.cutContextOffsets(toBits: 15)
    }
}

extension PipelineConfiguration {
    /// Cuts offsets of one bit more than the given number.
    fileprivate mutating func cutContextOffsets(toBits count: Int64) {
        rewriteTranslation { function in
            var changed = function
            for position in function.instructions.indices {
                let instruction = function.instructions[position]
                guard instruction.operation == .loadContext || instruction.operation == .storeContext,
                    instruction.immediate >> count == 1
                else { continue }
                changed.instructions[position].immediate -= 1 << count
            }
            return changed
        }
    }
}
