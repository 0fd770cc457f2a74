import SSA

/// The ways to load and store, each with its three addressing modes.
enum ARM64Access: UInt8, CaseIterable, Sendable {
    case storeByte, loadByte, loadSignedByteX, loadSignedByteW
    case storeHalfword, loadHalfword, loadSignedHalfwordX, loadSignedHalfwordW
    case storeW, loadW, loadSignedWord
    case storeX, loadX
    case storeS, loadS
    case storeD, loadD
    case storeQ, loadQ

    /// The load of a value of a type from so many bytes.
    static func load(_ type: IRType, _ width: MemoryWidth = .full) -> ARM64Access {
        let isWide = type == .i64
        switch width {
        case .full:
            switch type {
            case .i32: return .loadW
            case .i64, .reference: return .loadX
            case .f32: return .loadS
            case .f64: return .loadD
            case .v128: return .loadQ
            }
        case .signed8: return isWide ? .loadSignedByteX : .loadSignedByteW
        case .unsigned8: return .loadByte
        case .signed16: return isWide ? .loadSignedHalfwordX : .loadSignedHalfwordW
        case .unsigned16: return .loadHalfword
        case .signed32: return isWide ? .loadSignedWord : .loadW
        case .unsigned32: return .loadW
        }
    }

    /// The store of so many of the low bytes of a value of a type.
    static func store(_ type: IRType, _ width: MemoryWidth = .full) -> ARM64Access {
        switch width {
        case .full:
            switch type {
            case .i32: return .storeW
            case .i64, .reference: return .storeX
            case .f32: return .storeS
            case .f64: return .storeD
            case .v128: return .storeQ
            }
        case .signed8, .unsigned8: return .storeByte
        case .signed16, .unsigned16: return .storeHalfword
        case .signed32, .unsigned32: return .storeW
        }
    }

    /// In bytes.
    var size: Int {
        switch self {
        case .storeByte, .loadByte, .loadSignedByteX, .loadSignedByteW: 1
        case .storeHalfword, .loadHalfword, .loadSignedHalfwordX, .loadSignedHalfwordW: 2
        case .storeW, .loadW, .loadSignedWord, .storeS, .loadS: 4
        case .storeX, .loadX, .storeD, .loadD: 8
        case .storeQ, .loadQ: 16
        }
    }

    /// With an unsigned offset in units of the size, with a signed offset of nine bits in bytes, and with the offset in a register.
    var forms: (scaled: ARM64Form, unscaled: ARM64Form, register: ARM64Form) {
        switch self {
        case .storeByte: (.strb, .sturb, .strbRegister)
        case .loadByte: (.ldrb, .ldurb, .ldrbRegister)
        case .loadSignedByteX: (.ldrsbX, .ldursbX, .ldrsbXRegister)
        case .loadSignedByteW: (.ldrsbW, .ldursbW, .ldrsbWRegister)
        case .storeHalfword: (.strh, .sturh, .strhRegister)
        case .loadHalfword: (.ldrh, .ldurh, .ldrhRegister)
        case .loadSignedHalfwordX: (.ldrshX, .ldurshX, .ldrshXRegister)
        case .loadSignedHalfwordW: (.ldrshW, .ldurshW, .ldrshWRegister)
        case .storeW: (.strW, .sturW, .strWRegister)
        case .loadW: (.ldrW, .ldurW, .ldrWRegister)
        case .loadSignedWord: (.ldrsw, .ldursw, .ldrswRegister)
        case .storeX: (.strX, .sturX, .strXRegister)
        case .loadX: (.ldrX, .ldurX, .ldrXRegister)
        case .storeS: (.strS, .sturS, .strSRegister)
        case .loadS: (.ldrS, .ldurS, .ldrSRegister)
        case .storeD: (.strD, .sturD, .strDRegister)
        case .loadD: (.ldrD, .ldurD, .ldrDRegister)
        case .storeQ: (.strQ, .sturQ, .strQRegister)
        case .loadQ: (.ldrQ, .ldurQ, .ldrQRegister)
        }
    }
}
