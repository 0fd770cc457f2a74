import ByteCoding
import WasmModel

/// The bytes of an opcode.
struct OpcodeBytes {
    var prefix: UInt8
    /// The number after the prefix byte; nil for opcodes of one byte.
    var number: UInt32?

    /// By ``Opcode/position``.
    static let table: [OpcodeBytes] = OpcodeTable.rows.map { OpcodeBytes(prefix: $0.prefix, number: $0.number) }
}

/// Instructions in the binary format.
///
/// Spec: core 3.0, section 5.4 "Instructions".
extension ByteWriter {
    /// Appends the locals and the instructions of a function.
    mutating func appendBody(of function: Function) {
        count(function.locals.count)
        for run in function.locals {
            unsigned(run.count)
            append(run.type)
        }
        append(function.body)
    }

    mutating func append(_ instructions: [Instruction]) {
        for instruction in instructions {
            let opcode = OpcodeBytes.table[instruction.opcode.position]
            byte(opcode.prefix)
            if let number = opcode.number { unsigned(number) }
            append(instruction.immediate)
        }
    }

    private mutating func append(_ immediate: Immediate) {
        switch immediate {
        case .none: break
        case .i32(let value): signed(Int64(value))
        case .i64(let value): signed(value)
        case .f32(let bits): fixed32(bits)
        case .f64(let bits): fixed64(bits)
        case .v128(let bits), .lanes(let bits):
            fixed64(bits.low)
            fixed64(bits.high)
        case .block(let type): append(type)
        case .tryTable(let type, let clauses):
            append(type)
            count(clauses.count)
            for clause in clauses { append(clause) }
        case .label(let index): unsigned(index.rawValue)
        case .labelTable(let labels):
            count(labels.count - 1)
            for label in labels { unsigned(label.rawValue) }
        case .local(let index): unsigned(index.rawValue)
        case .global(let index): unsigned(index.rawValue)
        case .function(let index): unsigned(index.rawValue)
        case .callIndirect(let type, let table): append(type.rawValue, table.rawValue)
        case .type(let index): unsigned(index.rawValue)
        case .types(let first, let second): append(first.rawValue, second.rawValue)
        case .typeAndField(let type, let field): append(type.rawValue, field.rawValue)
        case .typeAndLength(let type, let length): append(type.rawValue, length)
        case .typeAndData(let type, let data): append(type.rawValue, data.rawValue)
        case .typeAndElement(let type, let element): append(type.rawValue, element.rawValue)
        case .table(let index): unsigned(index.rawValue)
        case .tables(let destination, let source): append(destination.rawValue, source.rawValue)
        case .elementAndTable(let element, let table): append(element.rawValue, table.rawValue)
        case .element(let index): unsigned(index.rawValue)
        case .memory(let index): unsigned(index.rawValue)
        case .memories(let destination, let source): append(destination.rawValue, source.rawValue)
        case .dataAndMemory(let data, let memory): append(data.rawValue, memory.rawValue)
        case .data(let index): unsigned(index.rawValue)
        case .memoryArgument(let argument): append(argument)
        case .memoryArgumentAndLane(let argument, let lane):
            append(argument)
            byte(lane)
        case .lane(let lane): byte(lane)
        case .tag(let index): unsigned(index.rawValue)
        case .selectTypes(let types): append(types)
        case .heapType(let type): append(type)
        case .castBranch(let label, let source, let target):
            byte((source.isNullable ? 1 : 0) | (target.isNullable ? 2 : 0))
            unsigned(label.rawValue)
            append(source.heapType)
            append(target.heapType)
        }
    }

    private mutating func append(_ first: UInt32, _ second: UInt32) {
        unsigned(first)
        unsigned(second)
    }

    private mutating func append(_ type: BlockType) {
        switch type {
        case .empty: byte(0x40)
        case .result(let type): append(type)
        case .type(let index): signed(Int64(index.rawValue))
        }
    }

    private mutating func append(_ argument: MemoryArgument) {
        if argument.memory == 0 {
            byte(argument.alignment)
        } else {
            byte(argument.alignment | 0x40)
            unsigned(argument.memory.rawValue)
        }
        unsigned(argument.offset)
    }

    private mutating func append(_ clause: CatchClause) {
        switch clause {
        case .tag(let tag, let label):
            byte(0)
            append(tag.rawValue, label.rawValue)
        case .tagWithReference(let tag, let label):
            byte(1)
            append(tag.rawValue, label.rawValue)
        case .all(let label):
            byte(2)
            unsigned(label.rawValue)
        case .allWithReference(let label):
            byte(3)
            unsigned(label.rawValue)
        }
    }
}
