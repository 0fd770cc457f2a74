import WasmModel

/// A value type in 32 bits, as the operand stack of the validator holds it.
///
/// Zero is the bottom type, the type of values in unreachable code; numbers and vectors are small numbers; a reference has bit 31
/// set, bit 30 where it may be null, and below a type index, or with bit 29 set an abstract heap type.
struct PackedType: Hashable, Sendable {
    var rawValue: UInt32

    init(rawValue: UInt32) { self.rawValue = rawValue }

    static let bottom = PackedType(rawValue: 0)
    static let i32 = PackedType(rawValue: 1)
    static let i64 = PackedType(rawValue: 2)
    static let f32 = PackedType(rawValue: 3)
    static let f64 = PackedType(rawValue: 4)
    static let v128 = PackedType(rawValue: 5)
    /// Only in signatures: the address type of the memory that the instruction names.
    static let address = PackedType(rawValue: 6)

    static let nullableFunction = PackedType(ReferenceType.function)
    static let nullableException = PackedType(ReferenceType.exception)
    static let nullableEquatable = PackedType(ReferenceType(isNullable: true, .equatable))

    private static let referenceBit: UInt32 = 1 << 31
    private static let nullableBit: UInt32 = 1 << 30
    private static let abstractBit: UInt32 = 1 << 29

    init(_ type: ValueType) {
        switch type {
        case .i32: self = .i32
        case .i64: self = .i64
        case .f32: self = .f32
        case .f64: self = .f64
        case .v128: self = .v128
        case .reference(let reference): self.init(reference)
        }
    }

    init(_ type: ReferenceType) {
        rawValue = Self.referenceBit | (type.isNullable ? Self.nullableBit : 0) | PackedHeapType(type.heapType).rawValue
    }

    init(isNullable: Bool, _ heapType: PackedHeapType) {
        rawValue = Self.referenceBit | (isNullable ? Self.nullableBit : 0) | heapType.rawValue
    }

    init(_ addressType: AddressType) {
        switch addressType {
        case .i32: self = .i32
        case .i64: self = .i64
        }
    }

    var isReference: Bool { rawValue & Self.referenceBit != 0 }
    var isNullable: Bool { rawValue & Self.nullableBit != 0 }
    /// Whether `select` without a type accepts it: numbers, vectors and the bottom type.
    var isNumberOrVectorOrBottom: Bool { !isReference }
    /// Whether a local of the type has a default value.
    var isDefaultable: Bool { !isReference || isNullable }
    /// What a reference points to.
    var heapType: PackedHeapType { PackedHeapType(rawValue: rawValue & ~(Self.referenceBit | Self.nullableBit)) }
    /// The reference type without null.
    var withoutNull: PackedType { PackedType(rawValue: rawValue & ~Self.nullableBit) }
}

/// A heap type in 30 bits: a type index, or with bit 29 set an abstract type.
struct PackedHeapType: Hashable, Sendable {
    var rawValue: UInt32

    init(rawValue: UInt32) { self.rawValue = rawValue }

    private static let abstractBit: UInt32 = 1 << 29

    private init(abstract number: UInt32) { rawValue = Self.abstractBit | number }

    static let function = PackedHeapType(abstract: 0)
    static let noFunction = PackedHeapType(abstract: 1)
    static let external = PackedHeapType(abstract: 2)
    static let noExternal = PackedHeapType(abstract: 3)
    static let any = PackedHeapType(abstract: 4)
    static let equatable = PackedHeapType(abstract: 5)
    static let i31 = PackedHeapType(abstract: 6)
    static let structure = PackedHeapType(abstract: 7)
    static let array = PackedHeapType(abstract: 8)
    static let none = PackedHeapType(abstract: 9)
    static let exception = PackedHeapType(abstract: 10)
    static let noException = PackedHeapType(abstract: 11)
    /// Below all others; it occurs in unreachable code only.
    static let bottom = PackedHeapType(abstract: 12)

    init(_ type: HeapType) {
        switch type {
        case .function: self = .function
        case .noFunction: self = .noFunction
        case .external: self = .external
        case .noExternal: self = .noExternal
        case .any: self = .any
        case .equatable: self = .equatable
        case .i31: self = .i31
        case .structure: self = .structure
        case .array: self = .array
        case .none: self = .none
        case .exception: self = .exception
        case .noException: self = .noException
        case .defined(let index): self.init(rawValue: index.rawValue)
        }
    }

    /// The type index; nil for an abstract type.
    var definedPosition: Int? { rawValue & Self.abstractBit == 0 ? Int(rawValue) : nil }
    /// The number of an abstract type.
    var abstractNumber: Int { Int(rawValue & ~Self.abstractBit) }
    /// One bit for an abstract type.
    var bit: UInt16 { 1 << UInt16(abstractNumber) }

    /// For every abstract type the bits of those that it is a subtype of, itself included.
    static let abstractSupertypes: [UInt16] = {
        let any = PackedHeapType.any.bit
        let equatable = PackedHeapType.equatable.bit | any
        let i31 = PackedHeapType.i31.bit
        let structure = PackedHeapType.structure.bit
        let array = PackedHeapType.array.bit
        var table = [UInt16](repeating: 0, count: 13)
        table[PackedHeapType.function.abstractNumber] = PackedHeapType.function.bit
        table[PackedHeapType.noFunction.abstractNumber] = PackedHeapType.noFunction.bit | PackedHeapType.function.bit
        table[PackedHeapType.external.abstractNumber] = PackedHeapType.external.bit
        table[PackedHeapType.noExternal.abstractNumber] = PackedHeapType.noExternal.bit | PackedHeapType.external.bit
        table[PackedHeapType.any.abstractNumber] = any
        table[PackedHeapType.equatable.abstractNumber] = equatable
        table[PackedHeapType.i31.abstractNumber] = i31 | equatable
        table[PackedHeapType.structure.abstractNumber] = structure | equatable
        table[PackedHeapType.array.abstractNumber] = array | equatable
        table[PackedHeapType.none.abstractNumber] = PackedHeapType.none.bit | i31 | structure | array | equatable
        table[PackedHeapType.exception.abstractNumber] = PackedHeapType.exception.bit
        table[PackedHeapType.noException.abstractNumber] = PackedHeapType.noException.bit | PackedHeapType.exception.bit
        table[PackedHeapType.bottom.abstractNumber] = .max
        return table
    }()
}
