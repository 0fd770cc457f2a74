import Execution
import Testing
import WasmModel

@testable import Differential

@Suite struct VerdictTests {
    private let nan: UInt32 = 0x7FC0_0000
    private let otherNaN: UInt32 = 0xFF80_0001
    private let wideNaN: UInt64 = 0x7FF8_0000_0000_0000
    private let otherWideNaN: UInt64 = 0xFFF0_0000_0000_0001

    private func divergence(_ verdict: Verdict) -> Divergence? { verdict.divergence }

    private func compare(_ observed: Observation, _ oracle: Observation) -> Verdict {
        Verdict.on(.completed(observed), oracle: .completed(oracle))
    }

    private func compare(_ observed: [WasmValue], _ oracle: [WasmValue]) -> Verdict {
        compare(Observation(invocations: [.returned(observed)]), Observation(invocations: [.returned(oracle)]))
    }

    private func pattern(_ observed: [UInt64], _ expected: [UInt64], arguments: [UInt64] = []) -> String? {
        ClosedForm([.returned(expected.map { .i64($0) })], arguments: arguments.map { .i64($0) })
            .verdict(on: Observation(invocations: [.returned(observed.map { .i64($0) })])).divergence?.pattern
    }

    @Test func `equal observations agree, in every observable`() {
        let observation = Observation(
            invocations: [.returned([.i32(1), .f64(0)]), .trapped(.unreachable)],
            globals: [NamedValue(name: "g", value: .i64(7))],
            memories: [NamedBytes(name: "m", bytes: [1, 2, 3])],
            hostCalls: [HostCall(importOrdinal: 0, arguments: [.f32(nan)])]
        )
        #expect(compare(observation, observation) == .agreement)
    }

    @Test
    func `NaNs differ by their bits where no instruction made them, and by their class from results in closed form`() {
        #expect(compare([.f32(nan)], [.f32(otherNaN)]) != .agreement)
        #expect(compare([.f64(wideNaN)], [.f64(otherWideNaN)]) != .agreement)
        let verdict = ClosedForm([.returned([.f32(otherNaN), .f64(otherWideNaN)])])
            .verdict(on: Observation(invocations: [.returned([.f32(nan), .f64(wideNaN)])]))
        #expect(verdict == .agreement)
    }

    @Test func `a vector with exchanged lanes is told from one with a wrong half`() {
        func pattern(_ low: UInt64, _ high: UInt64) -> String? {
            let expected = V128(low: 0x2_0000_0001, high: 0x4_0000_0003)
            return ClosedForm([.returned([.v128(expected)])])
                .verdict(on: Observation(invocations: [.returned([.v128(V128(low: low, high: high))])]))
                .divergence?.pattern
        }
        #expect(pattern(0x2_0000_0001, 0x3_0000_0004) == "wrong lane: 2 has what 3 should have")
        #expect(pattern(0x2_0000_0001, 0) == "wrong high half")
    }

    @Test func `a NaN differs from a number on either side`() {
        let one = Float(1).bitPattern
        let wideOne = Double(1).bitPattern
        for (observed, expected): (WasmValue, WasmValue) in [
            (.f32(nan), .f32(one)), (.f32(one), .f32(nan)), (.f64(wideNaN), .f64(wideOne)),
            (.f64(wideOne), .f64(wideNaN)),
        ] {
            let verdict = compare([.i32(0), observed], [.i32(0), expected])
            #expect(divergence(verdict)?.observable == .result(invocation: 0, index: 1), "\(observed), \(expected)")
        }
    }

    @Test func `zero differs from negative zero, and a bit pattern of an integer is no NaN`() {
        #expect(compare([.f32(0)], [.f32(0x8000_0000)]) != .agreement)
        #expect(compare([.f64(0)], [.f64(1 << 63)]) != .agreement)
        #expect(compare([.i32(nan)], [.i32(otherNaN)]) != .agreement)
        #expect(compare([.i64(wideNaN)], [.i64(otherWideNaN)]) != .agreement)
        #expect(compare([.i32(1)], [.i64(1)]) != .agreement)
    }

    @Test func `the first result that differs is named with both values`() {
        let verdict = compare([.i32(1), .i32(9), .i32(8)], [.i32(1), .i32(2), .i32(3)])
        let found = divergence(verdict)
        #expect(found?.observable == .result(invocation: 0, index: 1))
        #expect(found?.expected == WasmValue.i32(2).description)
        #expect(found?.observed == WasmValue.i32(9).description)
    }

    @Test func `too few and too many results are a difference of the count`() {
        for observed: [WasmValue] in [[.i32(1)], [.i32(1), .i32(2), .i32(3)], []] {
            let verdict = compare(observed, [.i32(1), .i32(2)])
            #expect(divergence(verdict)?.observable == .resultCount(invocation: 0))
        }
    }

    @Test func `how an invocation ends is compared, and which trap`() {
        let endings: [InvocationOutcome] = [
            .returned([.i32(0)]), .trapped(.integerOverflow), .trapped(.integerDivideByZero),
        ]
        for observed in endings {
            for expected in endings where observed != expected {
                let verdict = compare(
                    Observation(invocations: [.returned([]), observed]),
                    Observation(invocations: [.returned([]), expected])
                )
                #expect(divergence(verdict)?.observable == .ending(invocation: 1), "\(observed), \(expected)")
            }
        }
    }

    @Test func `an invocation without an end is a difference`() {
        let one = Outcome.completed(Observation(invocations: [.returned([])]))
        let two = Outcome.completed(Observation(invocations: [.returned([]), .returned([])]))
        for (observed, oracle) in [(one, two), (two, one)] {
            let observable = Verdict.on(observed, oracle: oracle).divergence?.observable
            #expect(observable == .ending(invocation: 1))
        }
    }

    @Test func `tables are compared element by element, and by their size`() {
        func observation(_ references: [WasmReference]) -> Observation {
            Observation(tables: [NamedElements(name: "t", references)])
        }
        let table: [WasmReference] = [.null, .function(3), .external(4)]
        #expect(compare(observation(table), observation(table)) == .agreement)
        let changed = compare(observation([.null, .function(2), .external(4)]), observation(table))
        #expect(divergence(changed)?.observable == .element(table: "t", position: 1))
        #expect(divergence(changed)?.expected == "ref:func-3")
        let removed = compare(observation([.null, .function(3), .null]), observation(table))
        #expect(divergence(removed)?.observable == .element(table: "t", position: 2))
        #expect(divergence(removed)?.observed == "ref:null")
        let grown = compare(observation(table + [.null]), observation(table))
        #expect(divergence(grown)?.observable == .element(table: "t", position: 3))
        #expect(divergence(grown)?.expected == "3 elements")
    }

    @Test func `memories are compared byte by byte, and by their size`() {
        func observation(_ bytes: [UInt8]) -> Observation {
            Observation(
                invocations: [.returned([])],
                memories: [NamedBytes(name: "a", bytes: [0]), NamedBytes(name: "b", bytes: bytes)]
            )
        }
        let changed = compare(observation([1, 2, 9, 4]), observation([1, 2, 3, 4]))
        #expect(divergence(changed)?.observable == .memory(name: "b", byteOffset: 2))
        #expect(divergence(changed)?.expected == "byte 3")
        #expect(divergence(changed)?.observed == "byte 9")
        let grown = compare(observation([1, 2, 3]), observation([1, 2]))
        #expect(divergence(grown)?.observable == .memory(name: "b", byteOffset: 2))
        #expect(divergence(grown)?.expected == "2 bytes")
    }

    @Test func `globals are compared`() {
        func observation(_ value: WasmValue) -> Observation {
            Observation(globals: [NamedValue(name: "g", value: value)])
        }
        #expect(
            divergence(compare(observation(.i32(1)), observation(.i32(2))))?.observable == .global(name: "g")
        )
        #expect(
            divergence(compare(observation(.f32(nan)), observation(.f32(otherNaN))))?.observable == .global(name: "g")
        )
    }

    @Test func `host calls are compared in their order, with their imports, arguments and number`() {
        let first = HostCall(importOrdinal: 0, arguments: [.i32(1), .i32(2)])
        let second = HostCall(importOrdinal: 0, arguments: [.i32(1), .i32(3)])
        let other = HostCall(importOrdinal: 1, arguments: [.i32(1), .i32(2)])
        func observable(_ observed: [HostCall], _ oracle: [HostCall]) -> Observable? {
            divergence(compare(Observation(hostCalls: observed), Observation(hostCalls: oracle)))?.observable
        }
        #expect(observable([second, first], [first, second]) == .hostCallArgument(call: 0, index: 1))
        #expect(observable([first, other], [first, first]) == .hostCallArgument(call: 1, index: 0))
        #expect(observable([first], [first, second]) == .hostCallCount)
        #expect(observable([first, second], [first]) == .hostCallCount)
        #expect(observable([first, second], [first, second]) == nil)
    }

    @Test func `a crash, a hang and exhausted memory are divergences, whether the oracle takes the module or not`() {
        let crash = Outcome.crashed(Crash(phase: .compile, message: "assertion failed"))
        for oracle: Outcome in [.completed(Observation()), .rejected(reason: "x")] {
            #expect(Verdict.on(crash, oracle: oracle).divergence?.observable == .crash(.compile))
            let hang = Verdict.on(.timedOut(.execute), oracle: oracle)
            #expect(hang.divergence?.observable == .hang(.execute))
            let hunger = Verdict.on(.memoryExhausted(.compile), oracle: oracle)
            #expect(hunger.divergence?.observable == .memoryExhaustion(.compile))
        }
    }

    @Test func `a refusal and a budget that ends are inconclusive, never agreement`() {
        let completed = Outcome.completed(Observation(invocations: [.returned([])]))
        let exhausted = Outcome.completed(Observation(invocations: [.exhausted(reason: "fuel")]))
        for (observed, oracle, kind): (Outcome, Outcome, Inconclusiveness.Kind) in [
            (.refused(reason: "a"), completed, .refused), (completed, .refused(reason: "a"), .oracle),
            (.refused(reason: "a"), .refused(reason: "a"), .oracle), (completed, .timedOut(.execute), .oracle),
            (completed, .memoryExhausted(.execute), .oracle), (.timedOut(.execute), .timedOut(.execute), .oracle),
            (exhausted, completed, .exhausted), (completed, exhausted, .exhausted), (exhausted, exhausted, .exhausted),
        ] {
            #expect(Verdict.on(observed, oracle: oracle).inconclusiveness == kind, "\(observed), \(oracle)")
        }
    }

    @Test func `a module that only one side takes for invalid is a divergence`() {
        let completed = Outcome.completed(Observation())
        let rejected = Outcome.rejected(reason: "type mismatch")
        #expect(Verdict.on(rejected, oracle: rejected) == .agreement)
        #expect(Verdict.on(rejected, oracle: completed).divergence?.observable == .rejection)
        #expect(Verdict.on(completed, oracle: rejected).divergence?.observable == .rejection)
    }

    @Test func `results in closed form are compared for each invocation`() {
        func verdict(_ endings: [InvocationOutcome]) -> Verdict {
            ClosedForm([.returned([.i32(1)]), .returned([.i32(2)])]).verdict(on: Observation(invocations: endings))
        }
        #expect(verdict([.returned([.i32(1)]), .returned([.i32(2)])]) == .agreement)
        let wrong = divergence(verdict([.returned([.i32(1)]), .returned([.i32(1)])]))
        #expect(wrong?.observable == .result(invocation: 1, index: 0))
        let trapped = divergence(verdict([.trapped(.unreachable), .returned([.i32(2)])]))
        #expect(trapped?.observable == .ending(invocation: 0))
        let exhausted = Verdict.inconclusive(Inconclusiveness(.exhausted, "fuel"))
        #expect(verdict([.returned([.i32(1)]), .exhausted(reason: "fuel")]) == exhausted)
    }

    @Test func `wrong lists are explained by where their values belong`() {
        let expected: [UInt64] = [10, 11, 12, 13, 14]
        #expect(pattern([10, 12, 11, 13, 14], expected) == "swapped with position 2")
        #expect(pattern([10, 12, 13, 14, 15, 99], expected + [15]) == "shifted by 1")
        #expect(pattern([10, 10, 11, 12, 13], expected) == "shifted by -1")
        #expect(pattern([10, 11, 10, 13, 14], expected) == "overlapping copy of position 0")
        #expect(pattern([10, 14, 12, 13, 99], expected) == "received the value of position 4")
        #expect(pattern([10, 11, 77, 13, 14], expected, arguments: [76, 77]) == "received parameter 1")
        #expect(pattern([10, 11, 99, 13, 14], expected) == nil)
    }

    @Test func `a value that kept only its low 32 bits is truncated`() {
        #expect(pattern([0x1234_5678], [0xFFFF_FFFF_1234_5678]) == "truncated to 32 bits")
        #expect(pattern([0xFFFF_FFFF_0000_0001], [0xFFFF_FFFF_1234_5678]) == nil)
    }
}
