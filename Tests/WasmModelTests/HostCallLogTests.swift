import Testing

@testable import WasmModel

@Suite struct HostCallLogTests {
    private func log(_ count: Int, changing changed: Int? = nil, to value: WasmValue = .i32(7)) -> HostCallLog {
        HostCallLog(
            (0..<count).map { number in
                HostCall(importOrdinal: 1, arguments: [number == changed ? value : .f32(UInt32(number))])
            }
        )
    }

    @Test func `the first calls are kept whole, and of the rest a number and a digest`() {
        let count = HostCallLog.keptValues / 2
        #expect(log(count).isWhole && log(count).first.count == count)
        let longer = log(count + 10)
        #expect(longer.first.count == count && longer.count == count + 10 && !longer.isWhole)
        #expect(longer == log(count + 10))
        #expect(longer != log(count + 11))
    }

    @Test func `a call behind the kept ones that differs makes the log differ`() {
        let count = HostCallLog.keptValues / 2
        let log = log(count + 10)
        for value in [.i32(7), .reference(.null), .v128(V128(low: 1, high: 2)), .reference(.opaque("i31"))]
            as [WasmValue]
        {
            let other = self.log(count + 10, changing: count + 3, to: value)
            #expect(other.first == log.first && other.count == log.count)
            #expect(other.restDigest != log.restDigest && other.restDigestWithoutNaNs != log.restDigestWithoutNaNs)
        }
    }

    @Test func `one digest tells NaNs apart, the other does not`() {
        let count = HostCallLog.keptValues / 2 + 5
        let nans: [(WasmValue, WasmValue)] = [
            (.f32(0x7FC0_0000), .f32(0xFFC0_0001)), (.f64(0x7FF8_0000_0000_0000), .f64(0xFFF8_0000_0000_0001)),
            (.v128(V128(low: 0x7FC0_0000, high: 0)), .v128(V128(low: 0xFFC0_0000, high: 0))),
        ]
        for (left, right) in nans {
            let first = log(count, changing: count - 1, to: left)
            let second = log(count, changing: count - 1, to: right)
            #expect(first.restDigest != second.restDigest)
            #expect(first.restDigestWithoutNaNs == second.restDigestWithoutNaNs)
        }
    }
}
