import Invariants
import WasmModel

/// The payloads of immediates, whose kinds the opcode's row guarantees in a validated module.
extension Immediate {
    var label: LabelIndex {
        guard case .label(let label) = self else { mismatch("label") }
        return label
    }

    var labelTable: [LabelIndex] {
        guard case .labelTable(let labels) = self else { mismatch("label table") }
        return labels
    }

    var local: LocalIndex {
        guard case .local(let local) = self else { mismatch("local") }
        return local
    }

    var global: GlobalIndex {
        guard case .global(let global) = self else { mismatch("global") }
        return global
    }

    var function: FunctionIndex {
        guard case .function(let function) = self else { mismatch("function") }
        return function
    }

    var blockType: BlockType {
        guard case .block(let type) = self else { mismatch("block type") }
        return type
    }

    var indirectCallee: (type: TypeIndex, table: TableIndex) {
        guard case .callIndirect(let type, let table) = self else { mismatch("type and table") }
        return (type, table)
    }

    var memory: MemoryIndex {
        guard case .memory(let memory) = self else { mismatch("memory") }
        return memory
    }

    var memoryArgument: MemoryArgument {
        guard case .memoryArgument(let argument) = self else { mismatch("memory argument") }
        return argument
    }

    private func mismatch(_ kind: String) -> Never {
        invariantFailed("the immediate of a valid instruction is a \(kind)")
    }
}
