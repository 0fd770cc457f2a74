import ByteCoding
import WasmModel

/// The type section and the types that other sections mention.
///
/// Spec: core 3.0, section 5.3 "Types".
extension ModuleDecoder {
    mutating func decodeTypes() throws {
        let count = try count(of: "types", limit: ModuleLimits.types)
        module.types.reserveCapacity(count)
        module.recursionGroups.reserveCapacity(count)
        for _ in 0..<count {
            let start = module.types.count
            if reader.peek == 0x4E, features.contains(.garbageCollection) {
                reader.position += 1
                let offset = reader.position
                let size = try self.count(of: "types", limit: ModuleLimits.types)
                if start + size > ModuleLimits.types {
                    throw limitError("types", start + size, ModuleLimits.types, at: offset)
                }
                for _ in 0..<size { module.types.append(try subType()) }
            } else {
                if start == ModuleLimits.types {
                    throw limitError("types", start + 1, ModuleLimits.types, at: reader.position)
                }
                module.types.append(try subType())
            }
            module.recursionGroups.append(start..<module.types.count)
        }
    }

    private mutating func subType() throws -> SubType {
        guard let form = reader.peek, form == 0x50 || form == 0x4F, features.contains(.garbageCollection) else {
            return SubType(try compositeType())
        }
        reader.position += 1
        var supertypes: [TypeIndex] = []
        for _ in 0..<(try reader.count()) { supertypes.append(TypeIndex(try reader.u32())) }
        return SubType(isFinal: form == 0x4F, supertypes: supertypes, try compositeType())
    }

    private mutating func compositeType() throws -> CompositeType {
        let start = reader.position
        let form = try reader.byte()
        switch form {
        case 0x60:
            let parameters = try valueTypes(try count(of: "parameters", limit: ModuleLimits.parameters))
            let results = try valueTypes(try count(of: "results", limit: ModuleLimits.results))
            return .function(FunctionType(parameters: parameters, results: results))
        case 0x5F:
            let count = try count(of: "fields", limit: ModuleLimits.fields)
            var fields: [FieldType] = []
            fields.reserveCapacity(count)
            for _ in 0..<count { fields.append(try fieldType()) }
            return .structure(fields)
        case 0x5E: return .array(try fieldType())
        default:
            // The form is a signed integer of seven bits.
            if form & 0x80 != 0 { throw ByteReadError(.integerTooLong, offset: start) }
            throw DecodingError("malformed definition type", Proposal(typeByte: form), offset: start)
        }
    }

    private mutating func fieldType() throws -> FieldType {
        let storage: StorageType
        switch reader.peek {
        case 0x78:
            reader.position += 1
            storage = .packedI8
        case 0x77:
            reader.position += 1
            storage = .packedI16
        default: storage = .value(try valueType())
        }
        return FieldType(storage, isMutable: try mutability())
    }

    mutating func mutability() throws -> Bool {
        let start = reader.position
        switch try reader.byte() {
        case 0: return false
        case 1: return true
        case 2, 3: throw DecodingError("malformed mutability", .sharedEverythingThreads, offset: start)
        default: throw DecodingError("malformed mutability", offset: start)
        }
    }

    mutating func valueTypes(_ count: Int) throws -> [ValueType] {
        var types: [ValueType] = []
        types.reserveCapacity(count)
        for _ in 0..<count { types.append(try valueType()) }
        return types
    }

    mutating func valueType() throws -> ValueType {
        switch reader.peek {
        case 0x7F:
            reader.position += 1
            return .i32
        case 0x7E:
            reader.position += 1
            return .i64
        case 0x7D:
            reader.position += 1
            return .f32
        case 0x7C:
            reader.position += 1
            return .f64
        case 0x7B:
            reader.position += 1
            return .v128
        default:
            guard let type = try referenceTypeIfPresent() else {
                let proposal = reader.peek.flatMap(Proposal.init(typeByte:))
                throw DecodingError("malformed value type", proposal, offset: reader.position)
            }
            return .reference(type)
        }
    }

    mutating func referenceType() throws -> ReferenceType {
        guard let type = try referenceTypeIfPresent() else {
            let proposal = reader.peek.flatMap(Proposal.init(typeByte:))
            throw DecodingError("malformed reference type", proposal, offset: reader.position)
        }
        return type
    }

    /// Reads a reference type; nil where the next byte begins none.
    private mutating func referenceTypeIfPresent() throws -> ReferenceType? {
        let first = try reader.byte()
        if hasTypedReferences, first == 0x63 || first == 0x64 {
            return ReferenceType(isNullable: first == 0x63, try heapType())
        }
        if let heapType = HeapType(byte: first) { return ReferenceType(isNullable: true, heapType) }
        reader.position -= 1
        return nil
    }

    /// Reads the heap type of an instruction; it is the byte of a reference type before there were defined ones.
    mutating func heapType() throws -> HeapType {
        guard hasTypedReferences else { return try referenceType().heapType }
        let start = reader.position
        let number = try reader.s33()
        if number >= 0 { return .defined(TypeIndex(UInt32(number))) }
        if number >= -0x40, let heapType = HeapType(byte: UInt8(number & 0x7F)) { return heapType }
        let proposal = number >= -0x40 ? Proposal(typeByte: UInt8(number & 0x7F)) : nil
        throw DecodingError("malformed heap type", proposal, offset: start)
    }

    mutating func tableType() throws -> TableType {
        let element = try referenceType()
        let (addressType, limits) = try limits()
        return TableType(addressType: addressType, limits: limits, element: element)
    }

    mutating func memoryType() throws -> MemoryType {
        let (addressType, limits) = try limits()
        return MemoryType(addressType: addressType, limits: limits)
    }

    mutating func globalType() throws -> GlobalType {
        let type = try valueType()
        return GlobalType(type, isMutable: try mutability())
    }

    mutating func tagType() throws -> TypeIndex {
        let start = reader.position
        if try reader.byte() != 0 { throw DecodingError("malformed tag attribute", offset: start) }
        return TypeIndex(try reader.u32())
    }

    /// Bit 0 of the flags: with a maximum; bit 2: 64-bit addresses.
    private mutating func limits() throws -> (AddressType, Limits) {
        guard hasMemory64 else { return (.i32, try narrowLimits()) }
        let start = reader.position
        let flags = try reader.byte()
        guard flags & ~5 == 0 else {
            throw DecodingError("malformed limits flags", Proposal(limitsFlags: flags), offset: start)
        }
        let minimum = try reader.u64()
        let maximum = flags & 1 != 0 ? try reader.u64() : nil
        return (flags & 4 != 0 ? .i64 : .i32, Limits(minimum: minimum, maximum: maximum))
    }

    /// Limits before there were 64-bit addresses: the flags are an integer of one bit, the limits have 32.
    private mutating func narrowLimits() throws -> Limits {
        let start = reader.position
        let flags = try reader.byte()
        if flags & 0x80 != 0 { throw ByteReadError(.integerTooLong, offset: start) }
        if flags > 1 { throw ByteReadError(.integerTooLarge, offset: start) }
        let minimum = UInt64(try reader.u32())
        return Limits(minimum: minimum, maximum: flags == 1 ? UInt64(try reader.u32()) : nil)
    }

    mutating func blockType() throws -> BlockType {
        let start = reader.position
        guard let first = reader.peek else { return .type(TypeIndex(try reader.u32())) }
        if first == 0x40 {
            reader.position += 1
            return .empty
        }
        if first & 0xC0 == 0x40 { return .result(try valueType()) }
        let index = try reader.s33()
        guard index >= 0 else { throw DecodingError("malformed block type", offset: start) }
        return .type(TypeIndex(UInt32(index)))
    }
}

/// The bytes of the abstract heap types.
///
/// Spec: core 3.0, section 5.3.3 "Heap Types".
extension HeapType {
    init?(byte: UInt8) {
        switch byte {
        case 0x74: self = .noException
        case 0x73: self = .noFunction
        case 0x72: self = .noExternal
        case 0x71: self = .none
        case 0x70: self = .function
        case 0x6F: self = .external
        case 0x6E: self = .any
        case 0x6D: self = .equatable
        case 0x6C: self = .i31
        case 0x6B: self = .structure
        case 0x6A: self = .array
        case 0x69: self = .exception
        default: return nil
        }
    }

    /// The byte of an abstract heap type; nil for a defined type.
    var byte: UInt8? {
        switch self {
        case .noException: 0x74
        case .noFunction: 0x73
        case .noExternal: 0x72
        case .none: 0x71
        case .function: 0x70
        case .external: 0x6F
        case .any: 0x6E
        case .equatable: 0x6D
        case .i31: 0x6C
        case .structure: 0x6B
        case .array: 0x6A
        case .exception: 0x69
        case .defined: nil
        }
    }
}
