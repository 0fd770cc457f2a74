import Testing
import WasmFormats
import WasmModel

/// Bytes of which an earlier release allows fewer than WebAssembly 3.0 does.
struct EarlierEncodingTests {
    private func reason(_ bytes: [UInt8], _ features: FeatureSet) -> String? {
        do {
            _ = try BinaryDecoder.decode([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0] + bytes, features: features)
            return nil
        } catch {
            return error.reason
        }
    }

    /// The sections of a module of one function.
    private static func body(_ instructions: [UInt8]) -> [UInt8] {
        let size = UInt8(instructions.count + 3)
        return [1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, size + 2, 1, size, 0] + instructions + [0x1A, 0x0B]
    }

    @Test(
        arguments: [
            // The flags of a memory and of a table with 64-bit addresses; a limit of more than 32 bits.
            ([5, 3, 1, 4, 0], "integer too large"),
            ([4, 4, 1, 0x70, 4, 0], "integer too large"),
            ([5, 7, 1, 0, 0x80, 0x80, 0x80, 0x80, 0x10], "integer too large"),
            // An imported tag, an exported one, a section of tags without any.
            ([2, 6, 1, 0, 0, 4, 0, 0], "malformed import kind"),
            ([7, 4, 1, 0, 4, 0], "malformed export kind"), ([13, 1, 0], "malformed section id"),
            // memory.fill and memory.copy with zeros of two bytes.
            (body([0x41, 0, 0x41, 0, 0x41, 0, 0xFC, 11, 0x80, 0]), "zero byte expected"),
            (body([0x41, 0, 0x41, 0, 0x41, 0, 0xFC, 10, 0, 0x80, 0]), "zero byte expected"),
            // memory.size of memory 1; a load with a memory index; a load at an offset of more than 32 bits.
            (body([0x3F, 1]), "zero byte expected"), (body([0x41, 0, 0x28, 0x42, 0, 0]), "malformed memop flags"),
            (body([0x41, 0, 0x28, 2, 0x80, 0x80, 0x80, 0x80, 0x10]), "integer too large"),
            // A recursion group of one type, and a final subtype without a supertype.
            ([1, 6, 1, 0x4E, 1, 0x60, 0, 0], "malformed definition type"),
            ([1, 6, 1, 0x4F, 0, 0x60, 0, 0], "malformed definition type"),
            // (ref null func) of a table, a segment, a parameter, a block and a select; func in two bytes.
            ([4, 5, 1, 0x63, 0x70, 0, 1], "malformed reference type"),
            ([9, 5, 1, 5, 0x63, 0x70, 0], "malformed reference type"),
            ([1, 6, 1, 0x60, 1, 0x63, 0x70, 0], "malformed value type"),
            (body([0x02, 0x63, 0x70, 0xD0, 0x70, 0x0B]), "malformed value type"),
            (body([0xD0, 0x70, 0xD0, 0x70, 0x41, 0, 0x1C, 1, 0x63, 0x70]), "malformed value type"),
            (body([0xD0, 0xF0, 0x7F]), "malformed reference type"),
        ] as [([UInt8], String)]
    )
    func `2.0 has not what 3.0 made of an encoding`(bytes: [UInt8], expected: String) {
        #expect(reason(bytes, .wasm2) == expected)
        #expect(reason(bytes, .mvp) != nil)
        #expect(reason(bytes, .wasm3) == nil)
    }

    @Test(
        arguments: [
            // Segments that name table 0 and memory 0 behind a flag, and such that are not active or have expressions.
            ([9, 9, 1, 2, 0, 0x41, 0, 0x0B, 0, 1, 0], "malformed elements segment kind"),
            ([9, 4, 1, 1, 0, 0], "malformed elements segment kind"),
            ([9, 4, 1, 3, 0, 0], "malformed elements segment kind"),
            ([9, 6, 1, 4, 0x41, 0, 0x0B, 0], "malformed elements segment kind"),
            ([11, 8, 1, 2, 0, 0x41, 0, 0x0B, 1, 65], "malformed data segment kind"),
            ([11, 3, 1, 1, 0], "malformed data segment kind"),
            // The table of an indirect call as a zero of two bytes.
            (body([0x41, 0, 0x11, 0, 0x80, 0]), "zero byte expected"),
        ] as [([UInt8], String)]
    )
    func `the first release has not what 2.0 made of an encoding`(bytes: [UInt8], expected: String) {
        #expect(reason(bytes, .mvp) == expected)
        #expect(reason(bytes, .wasm2) == nil)
        #expect(reason(bytes, .wasm3) == nil)
    }

    @Test(arguments: [FeatureSet.mvp, .wasm2])
    func `flags that no release has are refused as they were`(features: FeatureSet) {
        #expect(reason([5, 4, 1, 0x81, 0, 0], features) == "integer representation too long")
        #expect(reason([5, 4, 1, 2, 1, 1], features) == "integer too large")
        #expect(reason([9, 2, 1, 8], features) == "malformed elements segment kind")
        #expect(reason([11, 2, 1, 3], features) == "malformed data segment kind")
    }

    @Test
    func `what the encoder writes of a module is in the encoding of the release that has it`() throws {
        let source = """
            (module (type $t (func)) (import "m" "g" (global (mut i32))) (table 1 funcref) (memory 1) (func $f (type $t))
              (elem (table 0) (offset (i32.const 0)) func $f) (data (memory 0) (offset (i32.const 0)) "x")
              (func (call_indirect (type $t) (i32.const 0)) (drop (memory.size))))
            """
        let bytes = BinaryEncoder.encode(try TextParser.module(source))
        #expect(throws: Never.self) {
            try Validator.validate(try BinaryDecoder.decode(bytes, features: .mvp), features: .mvp)
        }
    }
}
