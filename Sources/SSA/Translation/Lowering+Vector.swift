import WasmModel

/// How a vector instruction that accesses memory is translated: as an access of a scalar and an operation on vectors.
///
/// The scalar is a float where its width allows, as that lives in a vector register; loads and stores keep all its bits.
enum VectorAccess: Hashable, Sendable {
    /// 8 bytes, whose parts the opcode widens.
    case extend(Opcode)
    case splat(MemoryWidth, IRType, Opcode)
    /// A scalar with zeros above.
    case zero(IRType)
    case loadLane(MemoryWidth, IRType, Opcode)
    case storeLane(MemoryWidth, IRType, Opcode)
}

extension LoweringTable {
    /// The vector instructions that do not access memory are ``Lowering/vector(_:)``, all of them.
    static let vectors: [(Opcode, Lowering)] = Opcode.allCases.compactMap { opcode in
        VectorSignature(opcode).map { _ in (opcode, .vector(opcode)) }
    }

    static let vectorMemory: [(Opcode, Lowering)] = [
        (.v128Const, .constant),
        (.v128Load, .load(.full, .v128)),
        (.v128Store, .store(.full, .v128)),
        (.v128Load8x8S, .vectorAccess(.extend(.i16x8ExtendLowI8x16S))),
        (.v128Load8x8U, .vectorAccess(.extend(.i16x8ExtendLowI8x16U))),
        (.v128Load16x4S, .vectorAccess(.extend(.i32x4ExtendLowI16x8S))),
        (.v128Load16x4U, .vectorAccess(.extend(.i32x4ExtendLowI16x8U))),
        (.v128Load32x2S, .vectorAccess(.extend(.i64x2ExtendLowI32x4S))),
        (.v128Load32x2U, .vectorAccess(.extend(.i64x2ExtendLowI32x4U))),
        (.v128Load8Splat, .vectorAccess(.splat(.unsigned8, .i32, .i8x16Splat))),
        (.v128Load16Splat, .vectorAccess(.splat(.unsigned16, .i32, .i16x8Splat))),
        (.v128Load32Splat, .vectorAccess(.splat(.full, .f32, .f32x4Splat))),
        (.v128Load64Splat, .vectorAccess(.splat(.full, .f64, .f64x2Splat))),
        (.v128Load32Zero, .vectorAccess(.zero(.f32))),
        (.v128Load64Zero, .vectorAccess(.zero(.f64))),
        (.v128Load8Lane, .vectorAccess(.loadLane(.unsigned8, .i32, .i8x16ReplaceLane))),
        (.v128Load16Lane, .vectorAccess(.loadLane(.unsigned16, .i32, .i16x8ReplaceLane))),
        (.v128Load32Lane, .vectorAccess(.loadLane(.full, .f32, .f32x4ReplaceLane))),
        (.v128Load64Lane, .vectorAccess(.loadLane(.full, .f64, .f64x2ReplaceLane))),
        (.v128Store8Lane, .vectorAccess(.storeLane(.unsigned8, .i32, .i8x16ExtractLaneU))),
        (.v128Store16Lane, .vectorAccess(.storeLane(.unsigned16, .i32, .i16x8ExtractLaneU))),
        (.v128Store32Lane, .vectorAccess(.storeLane(.full, .f32, .f32x4ExtractLane))),
        (.v128Store64Lane, .vectorAccess(.storeLane(.full, .f64, .f64x2ExtractLane))),
    ]
}
