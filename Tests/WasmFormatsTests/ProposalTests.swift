import Testing
import WasmFormats
import WasmModel

struct ProposalTests {
    private static let header: [UInt8] = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0]

    /// The sections of a module of one function.
    private static func body(_ instructions: [UInt8]) -> [UInt8] {
        let size = UInt8(instructions.count + 2)
        return [1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, size + 2, 1, size, 0] + instructions + [0x0B]
    }

    @Test(
        arguments: [
            (body([0x06, 0x40]), "illegal opcode", .legacyExceptions),
            (body([0x07, 0]), "illegal opcode", .legacyExceptions),
            (body([0x09, 0]), "illegal opcode", .legacyExceptions),
            (body([0x18, 0]), "illegal opcode", .legacyExceptions),
            (body([0x19]), "illegal opcode", .legacyExceptions), (body([0xFE, 3, 0]), "illegal opcode", .threads),
            (body([0xFE, 0x4F, 0]), "illegal opcode", .sharedEverythingThreads),
            (body([0xFC, 19]), "illegal opcode", .wideArithmetic),
            (body([0xFC, 22]), "illegal opcode", .wideArithmetic),
            (body([0xFC, 18, 0]), "illegal opcode", .memoryControl),
            (body([0xE0, 0]), "illegal opcode", .stackSwitching),
            (body([0xFB, 34, 0]), "illegal opcode", .customDescriptors),
            (body([0xFC, 23]), "illegal opcode", nil), (body([0xFF]), "illegal opcode", nil),
            ([5, 4, 1, 3, 1, 1], "malformed limits flags", .threads),
            ([5, 4, 1, 8, 1, 0], "malformed limits flags", .customPageSizes),
            ([5, 4, 1, 0x10, 1, 0], "malformed limits flags", nil),
            ([1, 3, 1, 0x5D, 0], "malformed definition type", .stackSwitching),
            ([1, 3, 1, 0x4D, 0], "malformed definition type", .customDescriptors),
            ([1, 3, 1, 0x65, 0x5F], "malformed definition type", .sharedEverythingThreads),
            ([2, 5, 1, 1, 0x61, 0, 0x7F], "malformed import kind", .compactImports),
            ([6, 4, 1, 0x7F, 2, 0x0B], "malformed mutability", .sharedEverythingThreads),
        ] as [([UInt8], String, Proposal?)]
    )
    func `bytes of a proposal are refused by its name behind the suite's text`(
        sections: [UInt8],
        text: String,
        proposal: Proposal?
    ) throws {
        let error = try #require(
            #expect(throws: DecodingError.self) { try BinaryDecoder.decode(Self.header + sections) }
        )
        #expect(error.reason.hasPrefix(text), "\(error)")
        #expect(error.proposal == proposal, "\(error)")
        #expect(error.reason.contains(proposal?.rawValue ?? text))
    }

    @Test
    func `a component is called a component`() throws {
        let bytes: [UInt8] = [0, 0x61, 0x73, 0x6D, 0x0D, 0, 1, 0]
        let error = try #require(#expect(throws: DecodingError.self) { try BinaryDecoder.decode(bytes) })
        #expect(error.reason == "unknown binary version (a component, not a module)")
        let text = try #require(#expect(throws: TextError.self) { try TextParser.module("(component (core module))") })
        #expect(text.proposal == .components)
    }

    @Test(
        arguments: [
            ("(memory 1 1 shared)", .threads), ("(func i32.atomic.load)", .threads), ("(func atomic.fence)", .threads),
            ("(func memory.atomic.notify)", .threads), ("(memory 1 (pagesize 1))", .customPageSizes),
            ("(func try end)", .legacyExceptions), ("(func (try (do) (catch_all)))", .legacyExceptions),
            ("(func rethrow 0)", .legacyExceptions), ("(func i64.mul_wide_u)", .wideArithmetic),
            ("(type (cont 0))", .stackSwitching), ("(func suspend 0)", .stackSwitching),
            ("(func memory.discard)", .memoryControl), ("(func ref.get_desc 0)", .customDescriptors),
            ("(func struct.atomic.get 0 0)", .sharedEverythingThreads), ("(func frob)", nil), ("(func 7)", nil),
        ] as [(String, Proposal?)]
    )
    func `words of a proposal are refused by its name`(source: String, proposal: Proposal?) throws {
        let error = try #require(#expect(throws: TextError.self) { try TextParser.module(source) })
        #expect(error.proposal == proposal, "\(error)")
        #expect(error.reason.hasPrefix("unknown operator") || error.reason.hasPrefix("unexpected token"), "\(error)")
    }
}
