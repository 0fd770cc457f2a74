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

    var memoryArgumentAndLane: (argument: MemoryArgument, lane: UInt8) {
        guard case .memoryArgumentAndLane(let argument, let lane) = self else { mismatch("memory argument and lane") }
        return (argument, lane)
    }

    var lane: UInt8 {
        guard case .lane(let lane) = self else { mismatch("lane") }
        return lane
    }

    var lanes: V128 {
        guard case .lanes(let lanes) = self else { mismatch("lane mask") }
        return lanes
    }

    var memories: (destination: MemoryIndex, source: MemoryIndex) {
        guard case .memories(let destination, let source) = self else { mismatch("pair of memories") }
        return (destination, source)
    }

    var dataAndMemory: (data: DataIndex, memory: MemoryIndex) {
        guard case .dataAndMemory(let data, let memory) = self else { mismatch("data segment and memory") }
        return (data, memory)
    }

    var data: DataIndex {
        guard case .data(let data) = self else { mismatch("data segment") }
        return data
    }

    var table: TableIndex {
        guard case .table(let table) = self else { mismatch("table") }
        return table
    }

    var tables: (destination: TableIndex, source: TableIndex) {
        guard case .tables(let destination, let source) = self else { mismatch("pair of tables") }
        return (destination, source)
    }

    var elementAndTable: (element: ElementIndex, table: TableIndex) {
        guard case .elementAndTable(let element, let table) = self else { mismatch("element segment and table") }
        return (element, table)
    }

    var element: ElementIndex {
        guard case .element(let element) = self else { mismatch("element segment") }
        return element
    }

    var type: TypeIndex {
        guard case .type(let type) = self else { mismatch("type") }
        return type
    }

    var tag: TagIndex {
        guard case .tag(let tag) = self else { mismatch("tag") }
        return tag
    }

    var tryTable: (type: BlockType, clauses: [CatchClause]) {
        guard case .tryTable(let type, let clauses) = self else { mismatch("try table") }
        return (type, clauses)
    }

    private func mismatch(_ kind: String) -> Never {
        invariantFailed("the immediate of a valid instruction is a \(kind)")
    }
}
