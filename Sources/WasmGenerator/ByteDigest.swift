/// A digest of bytes by which decisions follow from them.
public enum ByteDigest {
    /// The digest FNV-1a.
    ///
    /// Source: Fowler, Noll and Vo, "The FNV Non-Cryptographic Hash Algorithm".
    public static func digest(of bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
