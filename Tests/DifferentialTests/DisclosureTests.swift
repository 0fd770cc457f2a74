import Execution
import Testing
import WasmModel

@testable import Differential

/// What an engine does not disclose agrees with anything of its kind, and with nothing else.
struct DisclosureTests {
    private func verdict(_ observed: Observation, _ expected: Observation) -> Verdict {
        .on(.completed(observed), oracle: .completed(expected))
    }

    private func verdict(_ observed: InvocationOutcome, _ expected: InvocationOutcome) -> Verdict {
        verdict(Observation(invocations: [observed]), Observation(invocations: [expected]))
    }

    private func differs(_ verdict: Verdict) -> Bool {
        if case .divergence = verdict { true } else { false }
    }

    private let opaqueFunction = WasmValue.reference(.opaque("func"))
    private let opaqueExternal = WasmValue.reference(.opaque("extern"))

    @Test(arguments: Trap.allCases)
    func `a trap that is not named is any trap`(_ trap: Trap) {
        #expect(verdict(.trapped(.unnamed), .trapped(trap)) == .agreement)
    }

    @Test func `a trap that is not named is nothing but a trap`() {
        #expect(differs(verdict(.trapped(.unnamed), .returned([]))))
        #expect(differs(verdict(.trapped(.unnamed), .threw(tag: 0, payload: []))))
        #expect(differs(verdict(.returned([]), .trapped(.unreachable))))
        #expect(differs(verdict(.threw(tag: 0, payload: []), .trapped(.unreachable))))
    }

    @Test func `a trap with a name is that trap`() {
        #expect(verdict(.trapped(.unreachable), .trapped(.unreachable)) == .agreement)
        #expect(differs(verdict(.trapped(.unreachable), .trapped(.integerOverflow))))
        #expect(differs(verdict(.trapped(.unreachable), .trapped(.unnamed))), "the oracle names its traps")
    }

    @Test func `a start function's trap need not be named either`() {
        let expected = Observation(instantiation: .trapped(.unreachable))
        #expect(verdict(Observation(instantiation: .trapped(.unnamed)), expected) == .agreement)
        #expect(differs(verdict(Observation(invocations: []), expected)))
    }

    @Test func `a function that is not told is any function, and an object of the host any of those`() {
        #expect(
            verdict(.returned([opaqueFunction, .i32(1)]), .returned([.reference(.function(3)), .i32(1)])) == .agreement
        )
        #expect(verdict(.returned([opaqueExternal]), .returned([.reference(.external(9))])) == .agreement)
    }

    @Test func `kinds of references are told apart, and from null`() {
        let kinds: [WasmValue] = [.reference(.function(3)), .reference(.external(9)), .reference(.null)]
        for (observed, fitting) in [(opaqueFunction, 0), (opaqueExternal, 1)] {
            for (position, expected) in kinds.enumerated() where position != fitting {
                #expect(differs(verdict(.returned([observed]), .returned([expected]))), "\(observed) \(expected)")
            }
        }
        #expect(differs(verdict(.returned([.reference(.null)]), .returned([.reference(.function(3))]))))
        #expect(
            differs(verdict(.returned([.reference(.opaque("array"))]), .returned([.reference(.function(3))])))
        )
    }

    @Test func `a function that is told is that function`() {
        #expect(differs(verdict(.returned([.reference(.function(2))]), .returned([.reference(.function(3))]))))
        #expect(differs(verdict(.returned([.reference(.external(2))]), .returned([.reference(.external(3))]))))
    }

    @Test func `what is told beside something hidden is compared`() {
        let expected: [WasmValue] = [.reference(.function(3)), .i32(1), .reference(.function(4))]
        #expect(differs(verdict(.returned([opaqueFunction, .i32(2), opaqueFunction]), .returned(expected))))
        #expect(
            differs(verdict(.returned([opaqueFunction, .i32(1), .reference(.function(5))]), .returned(expected)))
        )
        #expect(differs(verdict(.returned([opaqueFunction, .i32(1)]), .returned(expected))), "one result is missing")
        #expect(differs(verdict(.returned(expected + [opaqueFunction]), .returned(expected))), "one result too many")
        #expect(verdict(.returned([opaqueFunction, .i32(1), opaqueFunction]), .returned(expected)) == .agreement)
    }

    @Test func `payloads are disclosed as results are, and their tags are compared`() {
        let expected = InvocationOutcome.threw(tag: 1, payload: [.reference(.external(9))])
        #expect(verdict(.threw(tag: 1, payload: [opaqueExternal]), expected) == .agreement)
        #expect(differs(verdict(.threw(tag: 2, payload: [opaqueExternal]), expected)))
        #expect(differs(verdict(.threw(tag: 1, payload: [opaqueFunction]), expected)))
    }

    @Test func `globals, tables and arguments of host calls are disclosed, too`() {
        func state(_ function: WasmReference, _ external: WasmReference, positions: Int = 3) -> Observation {
            var references = [WasmReference](repeating: .null, count: positions)
            references[1] = function
            return Observation(
                invocations: [.returned([])],
                globals: [NamedValue(name: "g", value: .reference(external))],
                tables: [NamedElements(name: "t", references)],
                hostCalls: [HostCall(importOrdinal: 0, arguments: [.reference(function), .i32(5)])]
            )
        }
        let expected = state(.function(3), .external(9))
        #expect(verdict(state(.opaque("func"), .opaque("extern")), expected) == .agreement)
        #expect(differs(verdict(state(.opaque("extern"), .opaque("extern")), expected)))
        #expect(differs(verdict(state(.opaque("func"), .opaque("func")), expected)))
        #expect(differs(verdict(state(.opaque("func"), .null), expected)))
        #expect(differs(verdict(state(.opaque("func"), .opaque("extern"), positions: 4), expected)))
        var moved = state(.opaque("func"), .opaque("extern"))
        moved.instances[0].tables[0].elements[0].position = 2
        #expect(differs(verdict(moved, expected)))
        var calls = state(.opaque("func"), .opaque("extern"))
        calls.instances[0].hostCalls = HostCallLog()
        #expect(differs(verdict(calls, expected)))
    }
}
