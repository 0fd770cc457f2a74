import Testing
import WasmModel

@Suite struct OpcodeTableTests {
    @Test func `the position of an opcode is its place in the table`() {
        for (position, opcode) in Opcode.allCases.enumerated() {
            #expect(opcode.position == position, "\(opcode)")
            #expect(opcode.row.opcode == opcode)
        }
    }

    @Test func `no two opcodes share an encoding`() {
        var seen: [String: Opcode] = [:]
        for row in OpcodeTable.rows {
            let encoding = "\(row.prefix) \(row.number.map(String.init) ?? "")"
            #expect(seen[encoding] == nil, "\(row.name) and \(String(describing: seen[encoding])) are both \(encoding)")
            seen[encoding] = row.opcode
        }
    }

    @Test func `an instruction is at most 24 bytes, so that large bodies stay small`() {
        #expect(MemoryLayout<Instruction>.stride <= 24)
    }

    @Test func `a host function repeats the next parameter of the result's type`() {
        let host = HostFunction(
            importOrdinal: 1,
            type: FunctionType(parameters: [.i32, .f64, .i32], results: [.i32, .i32, .i64, .i32, .f64])
        )
        #expect(
            host.answers == [
                .parameter(0), .parameter(2), .made(.value(.i64(0x0810_0002_F7EF_FFFD))), .parameter(0), .parameter(1),
            ]
        )
    }
}
