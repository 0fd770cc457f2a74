import ByteCoding
import WasmModel

/// Function bodies and constant expressions.
///
/// Spec: core 3.0, section 5.4 "Instructions", and section 5.5.13 "Code Section".
extension ModuleDecoder {
    mutating func decodeBodies() throws {
        let count = try count(of: "functions", limit: ModuleLimits.functions)
        bodies.reserveCapacity(count)
        for _ in 0..<count { bodies.append(try body()) }
    }

    private mutating func body() throws -> Function {
        let sizeOffset = reader.position
        let size = try reader.count()
        if size > ModuleLimits.bodySizeInBytes {
            throw limitError("bytes in a function body", size, ModuleLimits.bodySizeInBytes, at: sizeOffset)
        }
        let end = reader.position + size
        let locals = try localRuns()
        try readInstructions()
        if reader.position != end { throw DecodingError("section size mismatch", offset: reader.position) }
        let (instructions, offsets) = decoded.take()
        return Function(type: 0, locals: locals, body: instructions, offsets: InstructionOffsets(offsets))
    }

    private mutating func localRuns() throws -> [LocalRun] {
        let start = reader.position
        let count = try reader.count()
        guard count > 0 else { return [] }
        var total: UInt64 = 0
        var runs: [LocalRun] = []
        // A run has at least two bytes.
        runs.reserveCapacity(min(count, reader.remaining / 2))
        for _ in 0..<count {
            let run = LocalRun(count: try reader.u32(), type: try valueType())
            total += UInt64(run.count)
            runs.append(run)
        }
        if total > UInt64(UInt32.max) { throw DecodingError("too many locals", offset: start) }
        return runs
    }

    /// Reads a constant expression, which may hold any instructions here.
    mutating func expression() throws -> Expression {
        try readInstructions()
        return decoded.take().instructions
    }

    /// Reads instructions into ``decoded`` until the `end` that closes them all.
    private mutating func readInstructions() throws {
        decoded.removeAll()
        openBlocks.removeAll(keepingCapacity: true)
        while true {
            let start = reader.position
            let form = try opcodeForm()
            switch form.nesting {
            case .none: break
            case .opens: openBlocks.append(false)
            case .opensWithElse: openBlocks.append(true)
            case .else:
                guard let last = openBlocks.last, last else {
                    throw DecodingError("END opcode expected", offset: start)
                }
                openBlocks[openBlocks.count - 1] = false
            case .closes:
                decoded.append(Instruction(form.opcode), offset: start)
                if openBlocks.isEmpty { return }
                openBlocks.removeLast()
                continue
            case .needsDataCount: if firstDataReference == nil { firstDataReference = start }
            }
            // The frequent ones are written without a detour.
            switch form.immediate {
            case .none: decoded.append(Instruction(form.opcode), offset: start)
            case .local:
                let index = LocalIndex(try reader.u32())
                decoded.append(Instruction(form.opcode, .local(index)), offset: start)
            case .i32:
                let number = try reader.s32()
                decoded.append(Instruction(form.opcode, .i32(number)), offset: start)
            case .memoryArgument:
                let argument = try memoryArgument()
                decoded.append(Instruction(form.opcode, .memoryArgument(argument)), offset: start)
            default:
                let immediate = try immediate(form.immediate)
                decoded.append(Instruction(form.opcode, immediate), offset: start)
            }
        }
    }

    @inline(__always)
    private mutating func opcodeForm() throws -> OpcodeForm {
        let start = reader.position
        let first = try reader.byte()
        let form = forms.byByte[Int(first)]
        if form.isKnown { return form }
        return try opcodeForm(after: first, at: start)
    }

    /// The form of an opcode that is a prefix and a number.
    private mutating func opcodeForm(after prefix: UInt8, at start: Int) throws -> OpcodeForm {
        guard let table = forms.table(afterPrefix: prefix) else {
            return try illegalOpcode(prefix, at: start)
        }
        let number = Int(try reader.u32())
        if number < table.count, table[number].isKnown { return table[number] }
        let digits = String(number, radix: 16)
        let proposal = Proposal(prefix: prefix, number: number)
        throw DecodingError("illegal opcode \(String(prefix, radix: 16)) \(digits)", proposal, offset: start)
    }

    /// Throws the error for a byte that neither is an opcode nor begins one.
    private mutating func illegalOpcode(_ byte: UInt8, at start: Int) throws -> OpcodeForm {
        let reason = "illegal opcode \(String(byte, radix: 16))"
        var proposal = Proposal(opcode: byte)
        if proposal == .threads, let number = try? reader.u32() {
            proposal = Proposal(prefix: byte, number: Int(number))
        }
        throw DecodingError(reason, proposal, offset: start)
    }

    private mutating func immediate(_ kind: ImmediateKind) throws -> Immediate {
        switch kind {
        case .none: return .none
        case .i32: return .i32(try reader.s32())
        case .i64: return .i64(try reader.s64())
        case .f32: return .f32(try reader.fixed32())
        case .f64: return .f64(try reader.fixed64())
        case .v128: return .v128(try vector())
        case .block: return .block(try blockType())
        case .tryTable:
            let type = try blockType()
            let count = try reader.count()
            var clauses: [CatchClause] = []
            clauses.reserveCapacity(count)
            for _ in 0..<count { clauses.append(try catchClause()) }
            return .tryTable(type, clauses)
        case .label: return .label(LabelIndex(try reader.u32()))
        case .labelTable:
            let count = try reader.count()
            var labels: [LabelIndex] = []
            labels.reserveCapacity(count + 1)
            for _ in 0...count { labels.append(LabelIndex(try reader.u32())) }
            return .labelTable(labels)
        case .local: return .local(LocalIndex(try reader.u32()))
        case .global: return .global(GlobalIndex(try reader.u32()))
        case .function: return .function(FunctionIndex(try reader.u32()))
        case .callIndirect:
            let type = TypeIndex(try reader.u32())
            return .callIndirect(type, try tableIndexOfCall())
        case .tag: return .tag(TagIndex(try reader.u32()))
        case .type: return .type(TypeIndex(try reader.u32()))
        case .types:
            let first = TypeIndex(try reader.u32())
            return .types(first, TypeIndex(try reader.u32()))
        case .typeAndField:
            let type = TypeIndex(try reader.u32())
            return .typeAndField(type, FieldIndex(try reader.u32()))
        case .typeAndLength:
            let type = TypeIndex(try reader.u32())
            return .typeAndLength(type, try reader.u32())
        case .typeAndData:
            let type = TypeIndex(try reader.u32())
            return .typeAndData(type, DataIndex(try reader.u32()))
        case .typeAndElement:
            let type = TypeIndex(try reader.u32())
            return .typeAndElement(type, ElementIndex(try reader.u32()))
        case .table: return .table(TableIndex(try reader.u32()))
        case .tables:
            let destination = TableIndex(try reader.u32())
            return .tables(destination, TableIndex(try reader.u32()))
        case .elementAndTable:
            let element = ElementIndex(try reader.u32())
            return .elementAndTable(element, TableIndex(try reader.u32()))
        case .element: return .element(ElementIndex(try reader.u32()))
        case .memory: return .memory(try memoryIndex())
        case .memories:
            let destination = try memoryIndex()
            return .memories(destination, try memoryIndex())
        case .dataAndMemory:
            let data = DataIndex(try reader.u32())
            return .dataAndMemory(data, try memoryIndex())
        case .data: return .data(DataIndex(try reader.u32()))
        case .memoryArgument: return .memoryArgument(try memoryArgument())
        case .memoryArgumentAndLane:
            let argument = try memoryArgument()
            return .memoryArgumentAndLane(argument, try reader.byte())
        case .lane: return .lane(try reader.byte())
        case .lanes: return .lanes(try vector())
        case .selectTypes: return .selectTypes(try valueTypes(try reader.count()))
        case .heapType: return .heapType(try heapType())
        case .castBranch:
            let start = reader.position
            let flags = try reader.byte()
            guard flags <= 3 else { throw DecodingError("malformed br_on_cast flags", offset: start) }
            let label = LabelIndex(try reader.u32())
            let source = ReferenceType(isNullable: flags & 1 != 0, try heapType())
            let target = ReferenceType(isNullable: flags & 2 != 0, try heapType())
            return .castBranch(label, source, target)
        }
    }

    private mutating func vector() throws -> V128 {
        let low = try reader.fixed64()
        return V128(low: low, high: try reader.fixed64())
    }

    /// Bit 6 of the alignment says that a memory index follows.
    @inline(__always)
    private mutating func memoryArgument() throws -> MemoryArgument {
        let start = reader.position
        let flags = try reader.u32()
        guard flags < memoryFlagLimit else { throw DecodingError("malformed memop flags", offset: start) }
        let memory = flags & 0x40 != 0 ? MemoryIndex(try reader.u32()) : MemoryIndex(0)
        let offset = hasMemory64 ? try reader.u64() : UInt64(try reader.u32())
        return MemoryArgument(offset: offset, memory: memory, alignment: UInt8(flags & 0x3F))
    }

    /// The index of the memory that an instruction is about; a zero byte before there were several memories.
    private mutating func memoryIndex() throws -> MemoryIndex {
        if features.contains(.multiMemory) { return MemoryIndex(try reader.u32()) }
        try zeroByte()
        return 0
    }

    /// The table of an indirect call; a zero byte before there were several tables.
    private mutating func tableIndexOfCall() throws -> TableIndex {
        if features.contains(.referenceTypes) { return TableIndex(try reader.u32()) }
        try zeroByte()
        return 0
    }

    private mutating func zeroByte() throws {
        let start = reader.position
        if try reader.byte() != 0 { throw DecodingError("zero byte expected", offset: start) }
    }

    private mutating func catchClause() throws -> CatchClause {
        let start = reader.position
        switch try reader.byte() {
        case 0:
            let tag = TagIndex(try reader.u32())
            return .tag(tag, LabelIndex(try reader.u32()))
        case 1:
            let tag = TagIndex(try reader.u32())
            return .tagWithReference(tag, LabelIndex(try reader.u32()))
        case 2: return .all(LabelIndex(try reader.u32()))
        case 3: return .allWithReference(LabelIndex(try reader.u32()))
        default: throw DecodingError("malformed catch clause", offset: start)
        }
    }
}
