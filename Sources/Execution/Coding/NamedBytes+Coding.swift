import Foundation

/// Memories are large and mostly zero: only what is not is written, in Base64.
extension NamedBytes: Codable {
    private enum CodingKeys: String, CodingKey {
        case name, size, pieces
    }

    /// A run of blocks that are not zero.
    private struct Piece: Codable {
        /// In bytes.
        var offset: Int
        var bytes: Data
    }

    /// In bytes; a block that is all zero is left out.
    private static let blockSize = 256

    /// Writes the name, the size in bytes, and the runs of blocks that are not zero.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(bytes.count, forKey: .size)
        try container.encode(pieces, forKey: .pieces)
    }

    private var pieces: [Piece] {
        let zeros = [UInt8](repeating: 0, count: Self.blockSize)
        var pieces: [Piece] = []
        bytes.withUnsafeBytes { bytes in
            var start: Int?
            func finish(_ end: Int) {
                guard let first = start else { return }
                let run = UnsafeRawBufferPointer(rebasing: bytes[first..<min(end, bytes.count)])
                pieces.append(Piece(offset: first, bytes: Data(run)))
                start = nil
            }
            for block in stride(from: 0, to: bytes.count, by: Self.blockSize) {
                let count = min(Self.blockSize, bytes.count - block)
                let isZero = bytes.baseAddress.map { memcmp($0 + block, zeros, count) == 0 } ?? true
                if isZero { finish(block) } else if start == nil { start = block }
            }
            finish(bytes.count)
        }
        return pieces
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        let size = try container.decode(Int.self, forKey: .size)
        guard (0...1 << 32).contains(size) else {
            throw DecodingError.dataCorruptedError(forKey: .size, in: container, debugDescription: "no size")
        }
        bytes = [UInt8](repeating: 0, count: size)
        for piece in try container.decode([Piece].self, forKey: .pieces) {
            guard piece.offset >= 0, piece.offset <= size, piece.bytes.count <= size - piece.offset else {
                throw DecodingError.dataCorruptedError(
                    forKey: .pieces,
                    in: container,
                    debugDescription: "a piece lies outside of the memory"
                )
            }
            bytes.withUnsafeMutableBytes { bytes in
                UnsafeMutableRawBufferPointer(rebasing: bytes[piece.offset..<(piece.offset + piece.bytes.count)])
                    .copyBytes(from: piece.bytes)
            }
        }
    }
}
