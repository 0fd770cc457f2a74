import ByteCoding
import Testing

/// Reads from bytes; the closure gets a reader of all of them.
private func reading<Value>(
    _ bytes: [UInt8],
    _ read: (inout ByteReader) throws(ByteReadError) -> Value
) -> Result<Value, ByteReadError> {
    bytes.withUnsafeBytes { buffer in
        var reader = ByteReader(buffer)
        return Result { () throws(ByteReadError) -> Value in try read(&reader) }
    }
}

struct ByteReaderTests {
    @Test func `signed integers come back as they were written`() throws {
        let values: [Int64] = [0, 1, -1, 63, 64, -64, -65, 8191, -8192, 1 << 31, -(1 << 32), .max, .min]
        for value in values {
            var writer = ByteWriter()
            writer.signed(value)
            #expect(try reading(writer.bytes) { reader throws(ByteReadError) in try reader.s64() }.get() == value)
        }
    }

    @Test func `unsigned integers come back as they were written`() throws {
        for shift in 0..<64 {
            for value in [UInt64(1) << UInt64(shift), (1 << UInt64(shift)) &- 1, ~0 >> UInt64(shift)] {
                var writer = ByteWriter()
                writer.unsigned(value)
                #expect(try reading(writer.bytes) { reader throws(ByteReadError) in try reader.u64() }.get() == value)
            }
        }
    }

    @Test func `an integer of too many bytes is too long`() {
        let bytes: [UInt8] = [0x80, 0x80, 0x80, 0x80, 0x80, 0x00]
        #expect(
            reading(bytes) { reader throws(ByteReadError) in try reader.u32() }
                == .failure(ByteReadError(.integerTooLong, offset: 0))
        )
        #expect(
            reading(bytes) { reader throws(ByteReadError) in try reader.s32() }
                == .failure(ByteReadError(.integerTooLong, offset: 0))
        )
    }

    @Test func `an integer with bits beyond its width is too large`() {
        #expect(
            reading([0xFF, 0xFF, 0xFF, 0xFF, 0x1F]) { reader throws(ByteReadError) in try reader.u32() }
                == .failure(ByteReadError(.integerTooLarge, offset: 0))
        )
        #expect(
            reading([0xFF, 0xFF, 0xFF, 0xFF, 0x4F]) { reader throws(ByteReadError) in try reader.s32() }
                == .failure(ByteReadError(.integerTooLarge, offset: 0))
        )
        #expect(
            reading([0xFF, 0xFF, 0xFF, 0xFF, 0x0F]) { reader throws(ByteReadError) in try reader.u32() }
                == .success(.max)
        )
        #expect(
            reading([0x80, 0x80, 0x80, 0x80, 0x78]) { reader throws(ByteReadError) in try reader.s32() }
                == .success(.min)
        )
    }

    @Test func `a read beyond the end says where the end is`() {
        #expect(
            reading([0x80]) { reader throws(ByteReadError) in try reader.u32() }
                == .failure(ByteReadError(.unexpectedEnd, offset: 1))
        )
        #expect(
            reading([1, 2, 3]) { reader throws(ByteReadError) in try reader.fixed32() }
                == .failure(ByteReadError(.unexpectedEnd, offset: 3))
        )
    }

    @Test func `a name that is not UTF-8 is an error`() {
        #expect(
            reading([2, 0xC0, 0x80]) { reader throws(ByteReadError) in try reader.name() }
                == .failure(ByteReadError(.malformedUTF8, offset: 1))
        )
        #expect(
            reading([3, 0xE2, 0x82, 0xAC]) { reader throws(ByteReadError) in try reader.name() } == .success("€")
        )
    }
}

struct ContentDigestTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `the digest of a text is the standard's`(text: String, expected: String) {
        #expect(ContentDigest(of: Array(text.utf8)).description == expected)
    }
}
