/// The first bytes of a binary module.
///
/// Spec: binary format, section 5.5.16 "Modules".
public enum BinaryHeader {
    /// `\0asm`.
    public static let magic: [UInt8] = [0x00, 0x61, 0x73, 0x6D]
    /// The magic and the version; also the whole of an empty module.
    public static let module = magic + [0x01, 0x00, 0x00, 0x00]
}
