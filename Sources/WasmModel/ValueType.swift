/// The type of a value that instructions work on.
///
/// Spec: core 3.0, section 2.3 "Types".
public enum ValueType: Hashable, Sendable {
    case i32
    case i64
    case f32
    case f64
    case v128
    case reference(ReferenceType)
}

/// A reference type: what it may point to, and whether it may be null.
public struct ReferenceType: Hashable, Sendable {
    public var isNullable: Bool
    public var heapType: HeapType

    /// Makes a reference type from its two parts.
    public init(isNullable: Bool, _ heapType: HeapType) {
        self.isNullable = isNullable
        self.heapType = heapType
    }

    /// `(ref null func)`, written `funcref`.
    public static let function = ReferenceType(isNullable: true, .function)
    /// `(ref null extern)`, written `externref`.
    public static let external = ReferenceType(isNullable: true, .external)
    /// `(ref null exn)`, written `exnref`.
    public static let exception = ReferenceType(isNullable: true, .exception)
}

/// What a reference may point to: one of the abstract hierarchies or a defined type.
public enum HeapType: Hashable, Sendable {
    case function
    case noFunction
    case external
    case noExternal
    case any
    case equatable
    case i31
    case structure
    case array
    case none
    case exception
    case noException
    case defined(TypeIndex)
}

extension ValueType {
    public static let functionReference = ValueType.reference(.function)
    public static let externalReference = ValueType.reference(.external)
    public static let exceptionReference = ValueType.reference(.exception)

    /// Whether the type is one of the four number types.
    @inlinable
    public var isNumber: Bool {
        switch self {
        case .i32, .i64, .f32, .f64: true
        case .v128, .reference: false
        }
    }

    /// Whether the type is a reference type.
    @inlinable
    public var isReference: Bool {
        if case .reference = self { true } else { false }
    }

    /// Whether a local of the type has a default value: all but references that may not be null.
    @inlinable
    public var isDefaultable: Bool {
        if case .reference(let type) = self { type.isNullable } else { true }
    }
}

/// The width of a field of a structure or an array.
public enum StorageType: Hashable, Sendable {
    case value(ValueType)
    case packedI8
    case packedI16

    /// The type of the value outside of the field (specification, core 3.0, section 2.3.9 "Composite Types").
    public var unpacked: ValueType {
        switch self {
        case .value(let type): type
        case .packedI8, .packedI16: .i32
        }
    }
}

/// A field of a structure, or the element of an array.
public struct FieldType: Hashable, Sendable {
    public var storage: StorageType
    public var isMutable: Bool

    /// Makes a field type from its two parts.
    public init(_ storage: StorageType, isMutable: Bool) {
        self.storage = storage
        self.isMutable = isMutable
    }
}

/// The parameters and the results of a function, in order.
public struct FunctionType: Hashable, Sendable {
    public var parameters: [ValueType]
    public var results: [ValueType]

    /// Makes a function type from its two lists.
    public init(parameters: [ValueType] = [], results: [ValueType] = []) {
        self.parameters = parameters
        self.results = results
    }
}

/// What a defined type describes.
public enum CompositeType: Hashable, Sendable {
    case function(FunctionType)
    case structure([FieldType])
    case array(FieldType)
}

/// One defined type with its declared supertypes.
///
/// Spec: core 3.0, section 2.3.10 "Recursive Types".
public struct SubType: Hashable, Sendable {
    public var isFinal: Bool
    public var supertypes: [TypeIndex]
    public var composite: CompositeType

    /// Makes a defined type; one without `sub` is final and has no supertypes.
    public init(isFinal: Bool = true, supertypes: [TypeIndex] = [], _ composite: CompositeType) {
        self.isFinal = isFinal
        self.supertypes = supertypes
        self.composite = composite
    }

    /// The function type that this type describes, where it describes one.
    public var functionType: FunctionType? {
        if case .function(let type) = composite { type } else { nil }
    }
}

/// The type of the addresses of a memory or a table.
public enum AddressType: UInt8, Hashable, Sendable {
    case i32
    case i64

    /// The type of an operand that holds such an address.
    public var valueType: ValueType {
        switch self {
        case .i32: .i32
        case .i64: .i64
        }
    }
}

/// The size bounds of a memory, in pages of 65,536 bytes, or of a table, in elements.
public struct Limits: Hashable, Sendable {
    public var minimum: UInt64
    public var maximum: UInt64?

    /// Makes limits; without a maximum the size is bounded by the address type only.
    public init(minimum: UInt64, maximum: UInt64? = nil) {
        self.minimum = minimum
        self.maximum = maximum
    }
}

/// The type of a memory.
public struct MemoryType: Hashable, Sendable {
    public var addressType: AddressType
    /// In pages of 65,536 bytes.
    public var limits: Limits

    /// Makes a memory type from its two parts.
    public init(addressType: AddressType = .i32, limits: Limits) {
        self.addressType = addressType
        self.limits = limits
    }
}

/// The type of a table.
public struct TableType: Hashable, Sendable {
    public var addressType: AddressType
    /// In elements.
    public var limits: Limits
    public var element: ReferenceType

    /// Makes a table type from its three parts.
    public init(addressType: AddressType = .i32, limits: Limits, element: ReferenceType) {
        self.addressType = addressType
        self.limits = limits
        self.element = element
    }
}

/// The type of a global.
public struct GlobalType: Hashable, Sendable {
    public var valueType: ValueType
    public var isMutable: Bool

    /// Makes a global type from its two parts.
    public init(_ valueType: ValueType, isMutable: Bool) {
        self.valueType = valueType
        self.isMutable = isMutable
    }
}

extension ReferenceType: CustomStringConvertible {
    /// The type as the text format writes it, e.g. `(ref null func)`.
    public var description: String { "(ref \(isNullable ? "null " : "")\(heapType))" }
}

extension HeapType {
    /// The heap types that are not defined.
    public static let abstractTypes: [HeapType] = [
        .function, .noFunction, .external, .noExternal, .any, .equatable, .i31, .structure, .array, .none, .exception,
        .noException,
    ]
}

extension HeapType: CustomStringConvertible {
    /// The type as the text format writes it; a defined one by its index.
    public var description: String {
        switch self {
        case .function: "func"
        case .noFunction: "nofunc"
        case .external: "extern"
        case .noExternal: "noextern"
        case .any: "any"
        case .equatable: "eq"
        case .i31: "i31"
        case .structure: "struct"
        case .array: "array"
        case .none: "none"
        case .exception: "exn"
        case .noException: "noexn"
        case .defined(let index): "\(index)"
        }
    }
}
