import WasmModel

/// The operands that an instruction of a valid body finds.
///
/// Spec: core 3.0, appendix "Validation Algorithm".
public struct OperandState: Hashable, Sendable {
    /// How many blocks are open, without that of the body.
    public let depth: Int
    /// The types of the operands that belong to the innermost block, the last one uppermost; nil in unreachable code.
    public let operands: [ValueType]?
}

extension ValueType {
    /// The type that a packed one stands for, which is not the bottom type.
    init(_ packed: PackedType) {
        switch packed {
        case .i32: self = .i32
        case .i64: self = .i64
        case .f32: self = .f32
        case .f64: self = .f64
        case .v128: self = .v128
        default: self = .reference(ReferenceType(isNullable: packed.isNullable, HeapType(packed.heapType)))
        }
    }
}

extension HeapType {
    /// The type that a packed one stands for, which is not the bottom type.
    fileprivate init(_ packed: PackedHeapType) {
        if let position = packed.definedPosition {
            self = .defined(TypeIndex(position))
        } else {
            self = HeapType.abstractTypes.first { PackedHeapType($0) == packed } ?? .any
        }
    }
}
