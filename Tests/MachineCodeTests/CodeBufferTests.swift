import Testing

@testable import MachineCode

/// Labels, distances and the constant pool.
@Suite struct CodeBufferTests {
    /// The field or instruction that results from a distance.
    private func written(_ kind: FixUpKind, from origin: Int, to target: Int) throws -> UInt32 {
        var bytes = [UInt8](repeating: 0, count: 8)
        try CodeBuffer.write(kind, at: 4, from: origin, to: target, in: &bytes)
        #expect(bytes[..<4] == [0, 0, 0, 0])
        return (4..<8).reduce(0) { $0 | UInt32(bytes[$1]) << UInt32(8 * ($1 - 4)) }
    }

    @Test func `distances are counted and placed as each kind demands`() throws {
        #expect(try written(.x64Relative8, from: 4, to: 0) == 0xFB)
        #expect(try written(.x64Relative32, from: 4, to: 4) == 0xFFFF_FFFC)
        #expect(try written(.arm64Branch26, from: 4, to: 0) == 0x03FF_FFFF)
        #expect(try written(.arm64Branch19, from: 0, to: 8) == 2 << 5)
        #expect(try written(.arm64Address21, from: 0, to: 7) == 3 << 29 | 1 << 5)
        #expect(try written(.tableEntry32, from: 16, to: 8) == 0xFFFF_FFF8)
    }

    @Test(
        arguments: [FixUpKind.x64Relative8, .x64Relative32, .arm64Branch26, .arm64Branch19]
    )
    func `the last distance in reach is written and the next is refused`(kind: FixUpKind) throws {
        let step = kind == .x64Relative8 || kind == .x64Relative32 ? 1 : 4
        let field = kind == .x64Relative8 ? 1 : kind == .x64Relative32 ? 4 : 0
        let last = kind.reach.upperBound
        #expect(throws: Never.self) { try written(kind, from: 0, to: last + field) }
        #expect(throws: FixUpOutOfReach(kind: kind, offset: 4, distance: last + step)) {
            try written(kind, from: 0, to: last + step + field)
        }
        let first = kind.reach.lowerBound
        #expect(throws: Never.self) { try written(kind, from: 0, to: first + field) }
        #expect(throws: FixUpOutOfReach(kind: kind, offset: 4, distance: first - step)) {
            try written(kind, from: 0, to: first - step + field)
        }
    }

    @Test func `labels may be bound before and after their use`() throws {
        var code = CodeBuffer()
        let back = code.makeLabel()
        let ahead = code.makeLabel()
        code.bind(back)
        code.byte(0xEB)
        code.byte(0)
        code.fixUp(at: 1, to: ahead, .x64Relative8)
        code.byte(0xEB)
        code.byte(0)
        code.fixUp(at: 3, to: back, .x64Relative8)
        code.bind(ahead)
        try code.resolve()
        #expect(code.bytes == [0xEB, 2, 0xEB, 0xFC])
    }

    @Test func `equal constants are placed once, behind the code, aligned to their size`() {
        var code = CodeBuffer()
        let four = code.constant(low: 0x0403_0201, size: 4)
        let sixteen = code.constant(low: 1, high: 2, size: 16)
        #expect(code.constant(low: 0x0403_0201, size: 4) == four)
        #expect(code.constant(low: 0x0403_0201, size: 8) != four)
        code.byte(0x90)
        code.placeConstants()
        #expect(code.offset(of: sixteen) == 16)
        #expect(code.offset(of: four) == 40)
        #expect(code.bytes[16..<32] == [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0])
        #expect(code.bytes[40...] == [1, 2, 3, 4])
    }

    @Test func `table entries are distances from the table`() throws {
        var code = CodeBuffer()
        let target = code.makeLabel()
        let table = code.makeLabel()
        code.bind(target)
        code.word(0)
        code.bind(table)
        code.tableEntry(target, from: table)
        code.tableEntry(table, from: table)
        try code.resolve()
        #expect(code.bytes[4...] == [0xFC, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0])
    }
}
