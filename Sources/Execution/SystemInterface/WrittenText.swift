import WasmModel

/// What a program wrote, as the arguments of a logged host call: the descriptor, the number of bytes, and the bytes in vectors.
public struct WrittenText: Hashable, Sendable {
    public var descriptor: UInt32
    public var bytes: [UInt8]

    init(descriptor: UInt32, bytes: [UInt8]) {
        self.descriptor = descriptor
        self.bytes = bytes
    }

    var arguments: [WasmValue] {
        var arguments: [WasmValue] = [.i32(descriptor), .i32(UInt32(bytes.count))]
        arguments.reserveCapacity(2 + (bytes.count + 15) / 16)
        bytes.withUnsafeBytes { bytes in
            for start in stride(from: 0, to: bytes.count, by: 16) {
                arguments.append(.v128(V128(low: Self.word(bytes, at: start), high: Self.word(bytes, at: start + 8))))
            }
        }
        return arguments
    }

    /// Eight bytes as a number; those behind the end are zero.
    private static func word(_ bytes: UnsafeRawBufferPointer, at start: Int) -> UInt64 {
        if start + 8 <= bytes.count {
            return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
        }
        var word: UInt64 = 0
        for position in start..<max(start, bytes.count) {
            word |= UInt64(bytes[position]) << UInt64((position - start) * 8)
        }
        return word
    }

    /// Reads the arguments of a call of `fd_write`; nil for any others.
    public init?(_ arguments: [WasmValue]) {
        guard arguments.count >= 2, case .i32(let descriptor) = arguments[0], case .i32(let count) = arguments[1],
            arguments.count == 2 + (Int(count) + 15) / 16
        else { return nil }
        var bytes: [UInt8] = []
        for argument in arguments.dropFirst(2) {
            guard case .v128(let vector) = argument else { return nil }
            for half in [vector.low, vector.high] {
                for shift in stride(from: UInt64(0), to: 64, by: 8) {
                    bytes.append(UInt8(truncatingIfNeeded: half >> shift))
                }
            }
        }
        self.init(descriptor: descriptor, bytes: Array(bytes.prefix(Int(count))))
    }
}
