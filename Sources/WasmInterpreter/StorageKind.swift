import WasmModel

/// How a field or an element is stored; the raw value is the exponent of its width in bytes.
enum StorageKind: UInt8 {
    case byte, half, word, double, vector

    /// The kind that a storage type takes.
    init(_ type: StorageType) {
        switch type {
        case .packedI8: self = .byte
        case .packedI16: self = .half
        case .value(.i32), .value(.f32): self = .word
        case .value(.i64), .value(.f64), .value(.reference): self = .double
        case .value(.v128): self = .vector
        }
    }

    /// The number of 8-byte slots that an operand of the kind takes.
    var slotCount: Int { self == .vector ? 2 : 1 }
}

/// What a cast asks for, in the byte and the number that fit into a word of flat code.
struct CastTarget {
    /// What a reference that is not null may be.
    enum Kind: UInt8 {
        /// No reference at all.
        case none
        /// All references of the hierarchy.
        case all
        case equatable
        case integer
        case structure
        case array
        /// An object of a defined type or of one of its subtypes.
        case object
        /// A function of a defined type or of one of its subtypes.
        case function
    }

    /// Marks that null is allowed.
    static let nullable: UInt8 = 1 << 7

    var kind: Kind
    var isNullable: Bool
    /// The store number of the defined type.
    var type: UInt32 = 0

    /// The kind and the nullability in one number.
    var bits: UInt8 { kind.rawValue | (isNullable ? Self.nullable : 0) }
}
