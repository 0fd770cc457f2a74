import WasmModel

/// The bytes of a memory, read with their bounds.
struct StoredBytes {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The number of 32 bits at an offset.
    func word(_ offset: Int) throws(CarriageFailure) -> UInt32 {
        guard offset + 4 <= bytes.count else { throw .nonsense("\(bytes.count) bytes, none at \(offset)") }
        return bytes.withUnsafeBytes { UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self)) }
    }

    /// The number of 64 bits at an offset.
    func wideWord(_ offset: Int) throws(CarriageFailure) -> UInt64 {
        guard offset + 8 <= bytes.count else { throw .nonsense("\(bytes.count) bytes, none at \(offset)") }
        return bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
    }

    /// The reference whose code is at an offset.
    func reference(_ offset: Int) throws(CarriageFailure) -> WasmReference {
        let code = try wideWord(offset)
        guard let reference = ReferenceKind.reference(of: code) else { throw .nonsense("a reference \(code)") }
        return reference
    }

    /// The values of types from an offset on.
    func values(_ types: [ValueType], at offset: Int) throws(CarriageFailure) -> [WasmValue] {
        var values: [WasmValue] = []
        values.reserveCapacity(types.count)
        var place = offset
        for type in types {
            values.append(try value(place, type))
            place += CarriageLayout.slotSize
        }
        return values
    }

    /// The value of a type at an offset.
    func value(_ offset: Int, _ type: ValueType) throws(CarriageFailure) -> WasmValue {
        switch type {
        case .i32: .i32(try word(offset))
        case .i64: .i64(try wideWord(offset))
        case .f32: .f32(try word(offset))
        case .f64: .f64(try wideWord(offset))
        case .v128: .v128(V128(low: try wideWord(offset), high: try wideWord(offset + 8)))
        case .reference: .reference(try reference(offset))
        }
    }
}
