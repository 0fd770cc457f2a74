import Testing
import WasmModel

@testable import Execution

/// `poll_oneoff` in the deterministic clock.
struct SystemPollTests {
    private let system = SystemInterface()

    private struct Subscription {
        var kind: UInt8
        /// The clock or the descriptor.
        var name: UInt32
        var timeout: UInt64 = 0
        var isAbsolute = false
    }

    private struct Event: Equatable {
        /// The number of the subscription.
        var number: UInt64
        var error: UInt64 = 0
        var kind: UInt64
        var byteCount: UInt64 = 0
        var flags: UInt64 = 0
    }

    private static let (output, countAddress) = (1024, 2040)

    private func call(_ kind: SystemFunction.Kind, _ arguments: [WasmValue], _ memory: inout [UInt8]) throws -> UInt32 {
        let item = Import(module: SystemFunction.module, name: kind.rawValue, type: .function(0))
        let function = try #require(SystemFunction(item, type: kind.type, importOrdinal: 0))
        let answer = memory.withUnsafeMutableBytes { system.call(function, arguments, $0) }.answer
        guard case .returned(let values) = answer, case .i32(let error)? = values.first else { return .max }
        return error
    }

    private func poll(_ subscriptions: [Subscription]) throws -> (error: UInt32, events: [Event]) {
        var memory = [UInt8](repeating: 0, count: 2048)
        func store(_ value: UInt64, at address: Int) {
            for byte in 0..<8 { memory[address + byte] = UInt8(truncatingIfNeeded: value >> UInt64(byte * 8)) }
        }
        for (number, subscription) in subscriptions.enumerated() {
            let start = number * 48
            store(UInt64(number), at: start)
            store(UInt64(subscription.kind), at: start + 8)
            store(UInt64(subscription.name), at: start + 16)
            store(subscription.timeout, at: start + 24)
            store(subscription.isAbsolute ? 1 : 0, at: start + 40)
        }
        let arguments: [WasmValue] = [
            .i32(0), .i32(UInt32(Self.output)), .i32(UInt32(subscriptions.count)), .i32(UInt32(Self.countAddress)),
        ]
        let error = try call(.poll, arguments, &memory)
        let count = Int(number(memory, at: Self.countAddress) & 0xFFFF_FFFF)
        let events = (0..<count).map { position in
            let start = Self.output + position * 32
            let word = number(memory, at: start + 8)
            return Event(
                number: number(memory, at: start),
                error: word & 0xFFFF,
                kind: word >> 16,
                byteCount: number(memory, at: start + 16),
                flags: number(memory, at: start + 24)
            )
        }
        return (error, events)
    }

    private func time() throws -> UInt64 {
        var memory = [UInt8](repeating: 0, count: 8)
        #expect(try call(.clockTime, [.i32(1), .i64(0), .i32(0)], &memory) == 0)
        return number(memory, at: 0)
    }

    @Test func `nothing to wait for, and what is no event, are invalid and take no time`() throws {
        let start = try time()
        #expect(try poll([]).error == 28)
        #expect(try poll([Subscription(kind: 0, name: 0), Subscription(kind: 3, name: 0)]).error == 28)
        #expect(try time() == start + 1_000_000)
    }

    @Test func `the clock goes to the first time that is waited for`() throws {
        let start = try time()
        let hour: UInt64 = 3_600_000_000_000
        let (error, events) = try poll([
            Subscription(kind: 0, name: 0, timeout: 2 * hour), Subscription(kind: 0, name: 1, timeout: hour),
            Subscription(kind: 0, name: 1, timeout: start + hour, isAbsolute: true),
        ])
        #expect(error == 0)
        // The relative time counts from the question, which is later than the start.
        #expect(events == [Event(number: 2, kind: 0)])
        #expect(try time() == start + hour)
    }

    @Test func `times that have come do not wait, and one without end is the end of time`() throws {
        let start = try time()
        let past = try poll([Subscription(kind: 0, name: 3), Subscription(kind: 0, name: 0, isAbsolute: true)])
        #expect(past.events == [Event(number: 0, kind: 0), Event(number: 1, kind: 0)])
        #expect(try time() == start + 2_000_000)
        #expect(try poll([Subscription(kind: 0, name: 0, timeout: .max)]).events.count == 1)
        #expect(try time() == .max)
        #expect(try time() == .max)
    }

    @Test func `streams are ready, and what cannot be waited for says so at once`() throws {
        let start = try time()
        let (error, events) = try poll([
            Subscription(kind: 0, name: 0, timeout: 1 << 40), Subscription(kind: 2, name: 1),
            Subscription(kind: 1, name: 0), Subscription(kind: 1, name: 1), Subscription(kind: 2, name: 5),
            Subscription(kind: 0, name: 4, timeout: 1),
        ])
        #expect(error == 0)
        #expect(
            events == [
                Event(number: 1, kind: 2, byteCount: 1 << 20), Event(number: 2, kind: 1, flags: 1),
                Event(number: 3, error: 76, kind: 1), Event(number: 4, error: 8, kind: 2),
                Event(number: 5, error: 28, kind: 0),
            ]
        )
        #expect(try time() == start + 2_000_000)
    }

    @Test func `events outside of the memory are a fault before anything happens`() throws {
        var memory = [UInt8](repeating: 0, count: 64)
        let start = try time()
        #expect(try call(.poll, [.i32(0), .i32(40), .i32(1), .i32(0)], &memory) == 21)
        #expect(try call(.poll, [.i32(32), .i32(0), .i32(1), .i32(0)], &memory) == 21)
        #expect(try call(.poll, [.i32(0), .i32(0), .i32(1), .i32(62)], &memory) == 21)
        #expect(try call(.poll, [.i32(0), .i32(0), .i32(.max), .i32(0)], &memory) == 28)
        #expect(memory == [UInt8](repeating: 0, count: 64))
        #expect(try time() == start + 1_000_000)
    }
}
