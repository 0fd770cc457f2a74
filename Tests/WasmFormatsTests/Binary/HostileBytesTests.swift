import Testing
import WasmFormats
import WasmModel

/// A small deterministic generator of numbers (xorshift64*, Vigna 2016).
private struct Numbers {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % bound
    }
}

struct HostileBytesTests {
    @Test func `every truncation of a module is an error or a module`() {
        let bytes = BinaryEncoder.encode(sampleModule())
        var errors = 0
        for count in stride(from: 0, to: bytes.count, by: 3) {
            do {
                let module = try BinaryDecoder.decode(Array(bytes[..<count]))
                _ = try? Validator.validate(module)
            } catch {
                #expect(error.offset <= count)
                errors += 1
            }
        }
        #expect(errors > bytes.count / 3 - 20)
    }

    @Test func `mutated modules are errors or modules that encode again`() throws {
        let bytes = BinaryEncoder.encode(sampleModule())
        var numbers = Numbers(state: 42)
        var decodedCount = 0
        for _ in 0..<1500 {
            var mutant = bytes
            for _ in 0...numbers.next(below: 3) {
                mutant[numbers.next(below: mutant.count)] = UInt8(numbers.next(below: 256))
            }
            guard let module = try? BinaryDecoder.decode(mutant) else { continue }
            decodedCount += 1
            _ = try? Validator.validate(module)
            if decodedCount % 50 == 0 {
                #expect(try BinaryDecoder.decode(BinaryEncoder.encode(module)) == module)
            }
        }
        #expect(decodedCount > 100)
    }

    @Test func `a count that the bytes cannot hold is refused before anything is allocated`() {
        let header: [UInt8] = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0]
        let expected = DecodingError("unexpected end of section or function", offset: 15)
        for section: UInt8 in [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 13] {
            let bytes = header + [section, 5, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]
            #expect(throws: expected) { try BinaryDecoder.decode(bytes) }
        }
    }
}

struct MalformedBinaryTests {
    @Test(
        arguments: [
            ([], "unexpected end", 0),
            ([0, 0x61, 0x73, 0x6E, 1, 0, 0, 0], "magic header not detected", 0),
            ([0, 0x61, 0x73, 0x6D, 2, 0, 0, 0], "unknown binary version", 4),
            ([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 14, 0], "malformed section id", 8),
            ([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1, 2, 0, 0], "section size mismatch", 11),
            ([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1, 1, 0, 1, 1, 0], "unexpected content after last section", 11),
            ([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 3, 2, 1, 0], "function and code section have inconsistent lengths", 12),
            (
                [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 6, 6, 1, 0x7F, 2, 0x41, 0, 0x0B],
                "malformed mutability (of the proposal shared-everything threads, which is not supported)", 12
            ),
            (
                [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 5, 3, 1, 2, 0],
                "malformed limits flags (of the proposal threads, which is not supported)", 11
            ),
            ([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 12, 1, 1], "data count and data section have inconsistent lengths", 11),
            ([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 10, 4, 1, 2, 0, 0xFF], "illegal opcode ff", 13),
            ([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 10, 4, 1, 2, 0, 0x05], "END opcode expected", 13),
        ] as [([UInt8], String, Int)]
    )
    func `malformed bytes are refused with their reason and offset`(bytes: [UInt8], reason: String, offset: Int) {
        let error = #expect(throws: DecodingError.self) { try BinaryDecoder.decode(bytes) }
        #expect(error?.description == "\(reason), at byte offset 0x\(String(offset, radix: 16))")
    }
}
