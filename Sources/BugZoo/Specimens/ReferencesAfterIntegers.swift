import MachineCode
import SSA

extension Specimen {
    /// What the garbage collector has to see is in one run, as the stub has it; functions count as the parameters come.
    static let referencesAfterIntegers = Specimen(
        "references-after-integers",
        references: ["V8 2021"],
        trigger: "an export with references among other parameters beyond the registers",
        mechanism: "the entry stub gives stack slots to references after all others, its callee by their order",
        limits: .registers(of: "parameters")
    ) { pipeline in
        pipeline.changeLayoutInEntryStubs { layout, signature, _ in
            let inMemory = signature.parameters.indices.filter {
                if case .memory = layout.parameters[$0] { true } else { false }
            }
            let references = inMemory.filter { signature.parameters[$0] == .reference }
            var offset = 0
            for position in inMemory.filter({ signature.parameters[$0] != .reference }) + references {
                let size = signature.parameters[position] == .v128 ? 16 : 8
                offset = (offset + size - 1) / size * size
                layout.parameters[position] = .memory(offset)
                offset += size
            }
        }
    }
}
