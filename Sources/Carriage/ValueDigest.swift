import WasmModel

/// A digest of values that wasm computes, too.
///
/// Source: Fowler, Noll and Vo, "The FNV Non-Cryptographic Hash Algorithm", on words of 64 bits with the upper bits folded down.
struct ValueDigest {
    private static let basis: UInt64 = 0xCBF2_9CE4_8422_2325
    private static let prime: UInt64 = 0x100_0000_01B3
    private static let shift: UInt64 = 29

    private(set) var word: UInt64 = 0

    mutating func mix(_ number: UInt64) {
        word = (word ^ number ^ Self.basis) &* Self.prime
        word ^= word >> Self.shift
    }

    /// Mixes a value as ``CarriedModule/writeDigest(ofLocal:_:mix:_:)`` does.
    /// - Throws: where a reference has no code.
    mutating func mix(_ value: WasmValue) throws(CarriageObstacle) {
        switch value {
        case .i32(let bits), .f32(let bits): mix(UInt64(bits))
        case .i64(let bits), .f64(let bits): mix(bits)
        case .v128(let vector):
            mix(vector.low)
            mix(vector.high)
        case .reference(let reference): mix(try reference.checkedCode())
        }
    }

    /// Mixes the bytes of a memory: their number, and words of eight bytes.
    mutating func mix(_ bytes: [UInt8]) {
        mix(UInt64(bytes.count))
        bytes.withUnsafeBytes { bytes in
            var digest = self
            for offset in stride(from: 0, to: bytes.count - 7, by: 8) {
                digest.mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            }
            self = digest
        }
    }

    /// Writes a function that mixes its parameter into a global.
    static func writeMix(into global: GlobalIndex, _ code: inout CodeWriter) {
        let word = code.addLocal(.i64)
        code.get(0)
        code.emit(.globalGet, .global(global))
        code.emit(.i64Xor)
        code.wideNumber(basis)
        code.emit(.i64Xor)
        code.wideNumber(prime)
        code.emit(.i64Mul)
        code.emit(.localTee, .local(LocalIndex(word)))
        code.get(word)
        code.wideNumber(shift)
        code.emit(.i64ShrU)
        code.emit(.i64Xor)
        code.emit(.globalSet, .global(global))
    }
}

extension WasmReference {
    /// The code that wasm makes of the reference.
    func checkedCode() throws(CarriageObstacle) -> UInt64 {
        guard let code = ReferenceKind.code(of: self) else {
            throw CarriageObstacle("wasm cannot recognise the reference \(WasmValue.reference(self))")
        }
        return code
    }
}
