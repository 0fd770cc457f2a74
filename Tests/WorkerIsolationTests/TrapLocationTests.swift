import Testing

@testable import WorkerIsolation

/// Where a worker met a trap instruction becomes a part of what the crash is called.
@Suite struct TrapLocationTests {
    @Test func `a line of a worker gives the addresses, innermost first`() {
        #expect(TrapLocation(line: "trap at 0x1f40 0x20")?.addresses == [0x1F40, 0x20])
        for line in [
            "trap at", "trap at ", "trap at 0xzz", "trap at 12", "trap at 0x-5", "trap at 0xffffffffffffffff",
            "phase compile x", "",
        ] {
            #expect(TrapLocation(line: line) == nil, "\(line)")
        }
    }
}
