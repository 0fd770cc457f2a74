/// Why a read failed, and where.
public struct ByteReadError: Error, Hashable, Sendable {
    /// What was wrong; the raw value is the text that the WebAssembly test suite uses for it.
    public enum Reason: String, Hashable, Sendable {
        case unexpectedEnd = "unexpected end"
        case integerTooLong = "integer representation too long"
        case integerTooLarge = "integer too large"
        case malformedUTF8 = "malformed UTF-8 encoding"
        case lengthOutOfBounds = "length out of bounds"
    }

    public var reason: Reason
    /// In bytes from the start of the reader's buffer.
    public var offset: Int

    /// Makes an error.
    public init(_ reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

/// Reads little-endian numbers and LEB128 integers from a buffer, with every access checked.
///
/// The buffer must outlive the reader.
///
/// Spec: WebAssembly core 3.0, section 5.2 "Values".
@frozen
public struct ByteReader {
    /// What is read.
    public let buffer: UnsafeRawBufferPointer
    /// The offset of the next byte; never beyond ``end``.
    public var position: Int
    /// The offset after the last byte that may be read.
    public let end: Int

    /// Makes a reader of a whole buffer.
    @inlinable
    public init(_ buffer: UnsafeRawBufferPointer) {
        self.init(buffer, range: 0..<buffer.count)
    }

    /// Makes a reader of a part of a buffer; offsets still count from the buffer's start.
    @inlinable
    public init(_ buffer: UnsafeRawBufferPointer, range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= buffer.count, "range within the buffer")
        self.buffer = buffer
        self.position = range.lowerBound
        self.end = range.upperBound
    }

    /// The number of bytes that are left.
    @inlinable
    public var remaining: Int { end - position }

    /// Whether nothing is left.
    @inlinable
    public var isAtEnd: Bool { position >= end }

    /// The next byte, which stays unread; nil at the end.
    @inlinable
    public var peek: UInt8? { position < end ? buffer[position] : nil }

    /// Reads a byte.
    @inlinable
    public mutating func byte() throws(ByteReadError) -> UInt8 {
        guard position < end else { throw ByteReadError(.unexpectedEnd, offset: end) }
        let value = buffer[position]
        position += 1
        return value
    }

    /// Checks that so many bytes are left.
    @inlinable
    public func require(_ count: Int) throws(ByteReadError) {
        guard count <= end - position else { throw ByteReadError(.unexpectedEnd, offset: end) }
    }

    /// Reads so many bytes, in place.
    @inlinable
    public mutating func bytes(_ count: Int) throws(ByteReadError) -> UnsafeRawBufferPointer {
        try require(count)
        let part = UnsafeRawBufferPointer(rebasing: buffer[position..<position + count])
        position += count
        return part
    }

    /// Reads four bytes, the lowest first.
    @inlinable
    public mutating func fixed32() throws(ByteReadError) -> UInt32 {
        try require(4)
        let value = buffer.loadUnaligned(fromByteOffset: position, as: UInt32.self)
        position += 4
        return UInt32(littleEndian: value)
    }

    /// Reads eight bytes, the lowest first.
    @inlinable
    public mutating func fixed64() throws(ByteReadError) -> UInt64 {
        try require(8)
        let value = buffer.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        position += 8
        return UInt64(littleEndian: value)
    }

    /// Reads an unsigned LEB128 integer of at most 32 bits.
    @inlinable
    public mutating func u32() throws(ByteReadError) -> UInt32 {
        if position < end {
            let first = buffer[position]
            if first < 0x80 {
                position += 1
                return UInt32(first)
            }
        }
        return UInt32(truncatingIfNeeded: try unsigned(bits: 32))
    }

    /// Reads an unsigned LEB128 integer of at most 64 bits.
    @inlinable
    public mutating func u64() throws(ByteReadError) -> UInt64 {
        if position < end {
            let first = buffer[position]
            if first < 0x80 {
                position += 1
                return UInt64(first)
            }
        }
        return try unsigned(bits: 64)
    }

    /// Reads a signed LEB128 integer of at most 32 bits.
    @inlinable
    public mutating func s32() throws(ByteReadError) -> Int32 {
        if position < end {
            let first = buffer[position]
            if first < 0x80 {
                position += 1
                return Int32(Int8(bitPattern: first << 1) >> 1)
            }
        }
        return Int32(truncatingIfNeeded: try signed(bits: 32))
    }

    /// Reads a signed LEB128 integer of at most 33 bits.
    @inlinable
    public mutating func s33() throws(ByteReadError) -> Int64 { try signed(bits: 33) }

    /// Reads a signed LEB128 integer of at most 64 bits.
    @inlinable
    public mutating func s64() throws(ByteReadError) -> Int64 { try signed(bits: 64) }

    /// Reads a count of items of at least one byte each; more than the bytes that are left is an error.
    @inlinable
    public mutating func count() throws(ByteReadError) -> Int {
        let value = Int(try u32())
        try require(value)
        return value
    }

    /// Reads the length in bytes of a part that follows; more than the bytes that are left is an error of its own.
    @inlinable
    public mutating func length() throws(ByteReadError) -> Int {
        let start = position
        let value = Int(try u32())
        guard value <= end - position else { throw ByteReadError(.lengthOutOfBounds, offset: start) }
        return value
    }

    /// Reads text: its length in bytes and its UTF-8 encoding, which must be correct.
    public mutating func name() throws(ByteReadError) -> String {
        let length = try length()
        let start = position
        let content = try bytes(length)
        guard let text = String(validating: content, as: UTF8.self) else {
            throw ByteReadError(.malformedUTF8, offset: start)
        }
        return text
    }

    @usableFromInline
    mutating func unsigned(bits: Int) throws(ByteReadError) -> UInt64 {
        let start = position
        var value: UInt64 = 0
        var shift = 0
        while true {
            let next = try byte()
            let left = bits - shift
            if left < 7 {
                if next & 0x80 != 0 { throw ByteReadError(.integerTooLong, offset: start) }
                if next >> UInt8(left) != 0 { throw ByteReadError(.integerTooLarge, offset: start) }
            }
            value |= UInt64(next & 0x7F) << UInt64(shift)
            if next & 0x80 == 0 { return value }
            shift += 7
        }
    }

    @usableFromInline
    mutating func signed(bits: Int) throws(ByteReadError) -> Int64 {
        let start = position
        var value: Int64 = 0
        var shift = 0
        while true {
            let next = try byte()
            let left = bits - shift
            if left < 7 {
                if next & 0x80 != 0 { throw ByteReadError(.integerTooLong, offset: start) }
                // The bits from the sign bit up must all be equal.
                let top = Int8(bitPattern: next << 1) >> Int8(left)
                if top != 0 && top != -1 { throw ByteReadError(.integerTooLarge, offset: start) }
            }
            value |= Int64(next & 0x7F) << Int64(shift)
            shift += 7
            if next & 0x80 == 0 {
                return shift < 64 && next & 0x40 != 0 ? value | (-1 << Int64(shift)) : value
            }
        }
    }
}
