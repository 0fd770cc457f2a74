import ByteCoding

/// The first bytes of a binary module.
///
/// Spec: binary format, section 5.5.16 "Modules".
public enum BinaryHeader {
    /// `\0asm`.
    public static let magic: [UInt8] = [0x00, 0x61, 0x73, 0x6D]
    /// The magic and the version; also the whole of an empty module.
    public static let module = magic + [0x01, 0x00, 0x00, 0x00]

    /// Reads the header of a module.
    /// - Throws: a ``DecodingError`` for other bytes, or a `ByteReadError` where there are too few.
    static func skip(in reader: inout ByteReader) throws {
        guard try reader.bytes(magic.count).elementsEqual(magic) else {
            throw DecodingError("magic header not detected", offset: 0)
        }
        let version = try reader.fixed32()
        // The version of a component has a layer in its upper half.
        let proposal = version >> 16 == 1 ? Proposal.components : nil
        if version != 1 { throw DecodingError("unknown binary version", proposal, offset: magic.count) }
    }
}
