import Testing
import WasmFormats
import WasmModel

struct BinaryRoundTripTests {
    @Test func `a module with every section and opcode comes back the same`() throws {
        let module = sampleModule()
        let bytes = BinaryEncoder.encode(module)
        let decoded = try BinaryDecoder.decode(bytes)
        #expect(decoded.types == module.types)
        #expect(decoded.recursionGroups == module.recursionGroups)
        #expect(decoded.imports == module.imports)
        #expect(decoded.functions == module.functions)
        #expect(decoded.elements == module.elements)
        #expect(decoded.names == module.names)
        #expect(decoded.customSections == module.customSections)
        #expect(decoded == module)
        #expect(BinaryEncoder.encode(decoded) == bytes)
    }

    @Test func `an empty module is its header`() throws {
        #expect(BinaryEncoder.encode(Module()) == [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0])
        #expect(try BinaryDecoder.decode(BinaryEncoder.encode(Module())) == Module())
    }

    @Test func `offsets point at the opcode bytes`() throws {
        let bytes = BinaryEncoder.encode(sampleModule())
        let function = try BinaryDecoder.decode(bytes).functions[0]
        #expect(function.offsets.values.count == function.body.count)
        for (instruction, offset) in zip(function.body, function.offsets.values) {
            #expect(bytes[Int(offset)] == instruction.opcode.row.prefix)
        }
    }

    @Test func `a malformed name section stays a custom section`() throws {
        var module = Module()
        module.customSections = [CustomSection(name: "name", bytes: [1, 9, 0])]
        let decoded = try BinaryDecoder.decode(BinaryEncoder.encode(module))
        #expect(decoded == module)
        #expect(decoded.names.isEmpty)
    }
}
