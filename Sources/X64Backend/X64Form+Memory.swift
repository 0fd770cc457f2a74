import SSA

/// The instructions that load and store.
extension X64Form {
    /// The instruction that loads a value of a type from so many bytes.
    static func load(_ type: IRType, _ width: MemoryWidth = .full) -> X64Form {
        let isWide = type == .i64
        switch width {
        case .full:
            switch type {
            case .i32: return .mov32RM
            case .i64, .reference: return .mov64RM
            case .f32: return .movssRM
            case .f64: return .movsdRM
            case .v128: return .movupsRM
            }
        case .signed8: return isWide ? .movsx64RM8 : .movsx32RM8
        case .unsigned8: return .movzx32RM8
        case .signed16: return isWide ? .movsx64RM16 : .movsx32RM16
        case .unsigned16: return .movzx32RM16
        case .signed32: return .movsxd64RM32
        case .unsigned32: return .mov32RM
        }
    }

    /// The instruction that stores so many of the low bytes of a value of a type.
    static func store(_ type: IRType, _ width: MemoryWidth = .full) -> X64Form {
        switch width {
        case .full:
            switch type {
            case .i32: return .mov32MR
            case .i64, .reference: return .mov64MR
            case .f32: return .movssMR
            case .f64: return .movsdMR
            case .v128: return .movupsMR
            }
        case .signed8, .unsigned8: return .mov8MR
        case .signed16, .unsigned16: return .mov16MR
        case .signed32, .unsigned32: return .mov32MR
        }
    }

    /// The instruction that stores so many of the low bytes of a constant of a type, and these.
    static func storeImmediate(
        _ type: IRType,
        _ width: MemoryWidth,
        _ constant: Int64
    ) -> (X64Form, Int32) {
        switch width {
        case .signed8, .unsigned8: (.mov8MI, Int32(Int8(truncatingIfNeeded: constant)))
        case .signed16, .unsigned16: (.mov16MI, Int32(Int16(truncatingIfNeeded: constant)))
        case .signed32, .unsigned32: (.mov32MI, Int32(constant))
        case .full: (type == .i32 ? .mov32MI : .mov64MI, Int32(constant))
        }
    }
}
