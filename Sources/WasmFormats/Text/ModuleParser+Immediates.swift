import WasmModel

extension ModuleParser {
    /// Reads the name and the immediates of an instruction that opens no block.
    mutating func plainInstruction() throws(TextError) -> Instruction {
        guard reader.kind == .word, let opcode = OpcodeTable.byName[reader.text], opcode != .else, opcode != .end else {
            throw reader.unexpected()
        }
        let place = reader.position
        reader.advance()
        switch opcode {
        case .select, .selectTyped:
            guard reader.isList("result") else { return Instruction(.select) }
            var types: [ValueType] = []
            try results(into: &types)
            return Instruction(.selectTyped, .selectTypes(types))
        case .refTest, .refTestNull:
            let type = try referenceType()
            return Instruction(type.isNullable ? .refTestNull : .refTest, .heapType(type.heapType))
        case .refCast, .refCastNull:
            let type = try referenceType()
            return Instruction(type.isNullable ? .refCastNull : .refCast, .heapType(type.heapType))
        default:
            return Instruction(opcode, try immediate(of: opcode, at: place))
        }
    }

    private mutating func immediate(of opcode: Opcode, at place: Int) throws(TextError) -> Immediate {
        switch OpcodeSignatures.all.of(opcode).pointee.immediate {
        case .none: return .none
        case .i32: return .i32(Int32(truncatingIfNeeded: try reader.integer(width: 32)))
        case .i64: return .i64(Int64(truncatingIfNeeded: try reader.integer(width: 64)))
        case .f32: return .f32(UInt32(truncatingIfNeeded: try reader.float(.single)))
        case .f64: return .f64(try reader.float(.double))
        case .v128: return .v128(try reader.vector())
        case .block, .tryTable, .selectTypes: throw reader.unexpected(at: place)
        case .label: return .label(try label())
        case .labelTable:
            var labels = [try label()]
            while isIndex { labels.append(try label()) }
            return .labelTable(labels)
        case .local: return .local(try index(body.locals))
        case .global: return .global(try globalIndex())
        case .function: return .function(try functionIndex())
        case .callIndirect:
            let table = isIndex ? try tableIndex() : 0
            return .callIndirect(try resolve(try typeUseWithoutNames()), table)
        case .tag: return .tag(try tagIndex())
        case .type: return .type(try typeIndex())
        case .types:
            let first = try typeIndex()
            return .types(first, try typeIndex())
        case .typeAndField:
            let type = try typeIndex()
            return .typeAndField(type, try index(fields[type] ?? NameScope("field")))
        case .typeAndLength:
            let type = try typeIndex()
            return .typeAndLength(type, UInt32(truncatingIfNeeded: try reader.natural(width: 32)))
        case .typeAndData:
            usesData = true
            let type = try typeIndex()
            return .typeAndData(type, try dataIndex())
        case .typeAndElement:
            let type = try typeIndex()
            return .typeAndElement(type, try elementIndex())
        case .table: return .table(isIndex ? try tableIndex() : 0)
        case .tables:
            guard isIndex else { return .tables(0, 0) }
            let destination = try tableIndex()
            return .tables(destination, try tableIndex())
        case .elementAndTable:
            let table = isSecondIndex ? try tableIndex() : 0
            return .elementAndTable(try elementIndex(), table)
        case .element: return .element(try elementIndex())
        case .memory: return .memory(isIndex ? try memoryIndex() : 0)
        case .memories:
            guard isIndex else { return .memories(0, 0) }
            let destination = try memoryIndex()
            return .memories(destination, try memoryIndex())
        case .dataAndMemory:
            usesData = true
            let memory = isSecondIndex ? try memoryIndex() : 0
            return .dataAndMemory(try dataIndex(), memory)
        case .data:
            usesData = true
            return .data(try dataIndex())
        case .memoryArgument: return .memoryArgument(try memoryArgument(of: opcode))
        case .memoryArgumentAndLane:
            let argument = try memoryArgument(of: opcode, beforeLane: true)
            return .memoryArgumentAndLane(argument, try lane())
        case .lane: return .lane(try lane())
        case .lanes: return .lanes(try shuffleLanes())
        case .heapType: return .heapType(try heapType())
        case .castBranch:
            let label = try label()
            let source = try referenceType()
            return .castBranch(label, source, try referenceType())
        }
    }

    /// Whether two indices are at hand.
    private var isSecondIndex: Bool {
        guard isIndex else { return false }
        switch reader.kind(ahead: 1) {
        case .identifier: return true
        case .word:
            return NumberSyntax.integer(reader.bytes(at: reader.position + 1)).map { !$0.hasSign } ?? false
        case .leftParenthesis, .rightParenthesis, .string, .reserved, .end: return false
        }
    }

    private func isKeyed(_ key: StaticString, at position: Int) -> Bool {
        guard position < reader.tokens.count, reader.tokens[position].kind == .word else { return false }
        let expected = UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
        return reader.bytes(at: position).starts(with: expected)
    }

    /// Reads `$memory offset=8 align=4`.
    private mutating func memoryArgument(
        of opcode: Opcode,
        beforeLane: Bool = false
    ) throws(TextError) -> MemoryArgument {
        var argument = MemoryArgument(alignment: OpcodeSignatures.all.of(opcode).pointee.naturalAlignment)
        let next = reader.position + 1
        let hasMemory =
            beforeLane
            ? reader.kind == .identifier || isSecondIndex
                || isIndex && (isKeyed("offset=", at: next) || isKeyed("align=", at: next))
            : isIndex
        if hasMemory { argument.memory = try memoryIndex() }
        if isKeyed("offset=", at: reader.position) {
            guard let number = NumberSyntax.integer(reader.bytes(at: reader.position).dropFirst(7)), !number.hasSign
            else { throw reader.unexpected() }
            guard let offset = NumberSyntax.bits(of: number, width: 64) else {
                throw reader.fail("i64 constant out of range")
            }
            argument.offset = offset
            reader.advance()
        }
        if isKeyed("align=", at: reader.position) {
            guard let number = NumberSyntax.integer(reader.bytes(at: reader.position).dropFirst(6)), !number.hasSign
            else { throw reader.unexpected() }
            guard !number.overflows, number.magnitude.nonzeroBitCount == 1 else {
                throw reader.fail("alignment must be a power of two")
            }
            argument.alignment = UInt8(number.magnitude.trailingZeroBitCount)
            reader.advance()
        }
        return argument
    }

    private mutating func lane() throws(TextError) -> UInt8 {
        UInt8(truncatingIfNeeded: try reader.natural(width: 8))
    }

    private mutating func shuffleLanes() throws(TextError) -> V128 {
        var lanes: [UInt8] = []
        let place = reader.position
        while reader.kind == .word, NumberSyntax.isNumber(reader.bytes(at: reader.position)) {
            guard reader.isNatural else { throw reader.fail("i8 constant out of range") }
            lanes.append(try lane())
        }
        guard lanes.count == 16 else { throw reader.fail("invalid lane length", at: place) }
        return V128(bytes: lanes)
    }
}

extension V128 {
    /// Makes a vector of sixteen bytes, byte 0 lowest.
    init(bytes: [UInt8]) {
        var halves: (UInt64, UInt64) = (0, 0)
        for index in 0..<8 {
            halves.0 |= UInt64(bytes[index]) << UInt64(8 * index)
            halves.1 |= UInt64(bytes[index + 8]) << UInt64(8 * index)
        }
        self.init(low: halves.0, high: halves.1)
    }

    /// The bits of a lane, where lanes have a width that divides 64.
    func lane(_ index: Int, width: Int) -> UInt64 {
        let bit = index * width
        let half = bit < 64 ? low : high
        return half >> UInt64(bit & 63) & (width == 64 ? .max : (1 << UInt64(width)) - 1)
    }

    /// Sets the bits of a lane that are zero.
    mutating func insert(_ bits: UInt64, lane index: Int, width: Int) {
        let bit = index * width
        if bit < 64 { low |= bits << UInt64(bit) } else { high |= bits << UInt64(bit - 64) }
    }
}

/// How the sixteen bytes of a vector are divided.
public enum VectorShape: String, Hashable, Sendable, CaseIterable {
    case i8x16, i16x8, i32x4, i64x2, f32x4, f64x2

    /// In bits.
    public var laneWidth: Int {
        switch self {
        case .i8x16: 8
        case .i16x8: 16
        case .i32x4, .f32x4: 32
        case .i64x2, .f64x2: 64
        }
    }

    /// The number of lanes.
    public var laneCount: Int { 128 / laneWidth }
}

extension TextReader {
    /// Reads the name of a shape.
    mutating func vectorShape() throws(TextError) -> VectorShape {
        guard kind == .word, let shape = VectorShape(rawValue: text) else { throw unexpected() }
        advance()
        return shape
    }

    /// Reads `i32x4 1 2 3 4`.
    mutating func vector() throws(TextError) -> V128 {
        let shape = try vectorShape()
        let place = position
        var count = 0
        while kind == .word, NumberSyntax.isNumber(bytes(at: position)) {
            advance()
            count += 1
        }
        guard count == shape.laneCount else {
            throw kind == .word || kind == .reserved ? unexpected() : fail("wrong number of lane literals", at: place)
        }
        move(to: place)
        var vector = V128(low: 0, high: 0)
        for lane in 0..<count {
            let bits: UInt64
            switch shape {
            case .i8x16, .i16x8, .i32x4, .i64x2: bits = try integer(width: shape.laneWidth)
            case .f32x4: bits = try float(.single)
            case .f64x2: bits = try float(.double)
            }
            vector.insert(bits, lane: lane, width: shape.laneWidth)
        }
        return vector
    }
}
