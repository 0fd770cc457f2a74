/// Collects bytes: little-endian numbers, LEB128 integers as short as possible, parts with their size in front.
///
/// Spec: WebAssembly core 3.0, section 5.2 "Values".
@frozen
public struct ByteWriter: Sendable {
    /// What was written.
    public var bytes: [UInt8]

    /// Makes an empty writer.
    @inlinable
    public init() { bytes = [] }

    /// The number of bytes that were written.
    @inlinable
    public var count: Int { bytes.count }

    /// Appends a byte.
    @inlinable
    public mutating func byte(_ value: UInt8) { bytes.append(value) }

    /// Appends bytes as they are.
    @inlinable
    public mutating func append(_ values: [UInt8]) { bytes.append(contentsOf: values) }

    /// Appends two bytes, the lowest first.
    @inlinable
    public mutating func fixed16(_ value: UInt16) {
        bytes.append(UInt8(truncatingIfNeeded: value))
        bytes.append(UInt8(truncatingIfNeeded: value >> 8))
    }

    /// Appends four bytes, the lowest first.
    @inlinable
    public mutating func fixed32(_ value: UInt32) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Appends eight bytes, the lowest first.
    @inlinable
    public mutating func fixed64(_ value: UInt64) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Appends an unsigned LEB128 integer.
    @inlinable
    public mutating func unsigned(_ value: UInt64) {
        var left = value
        while left >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: left) | 0x80)
            left >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: left))
    }

    /// Appends an unsigned LEB128 integer.
    @inlinable
    public mutating func unsigned(_ value: UInt32) { unsigned(UInt64(value)) }

    /// Appends an unsigned LEB128 integer that must not be negative.
    @inlinable
    public mutating func count(_ value: Int) { unsigned(UInt64(value)) }

    /// Appends a signed LEB128 integer.
    @inlinable
    public mutating func signed(_ value: Int64) {
        var left = value
        while left < -0x40 || left >= 0x40 {
            bytes.append(UInt8(truncatingIfNeeded: left) | 0x80)
            left >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: left) & 0x7F)
    }

    /// Appends text: its length in bytes and its UTF-8 encoding.
    @inlinable
    public mutating func name(_ text: String) {
        let encoded = text.utf8
        count(encoded.count)
        bytes.append(contentsOf: encoded)
    }

    /// Appends what the closure writes, with its size in bytes in front as an unsigned LEB128 integer.
    @inlinable
    public mutating func sized(_ write: (inout ByteWriter) -> Void) {
        var part = ByteWriter()
        write(&part)
        count(part.count)
        append(part.bytes)
    }
}
