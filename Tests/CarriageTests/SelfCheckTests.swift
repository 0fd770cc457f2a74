import Carriage
import Execution
import TestedEngines
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

/// A module that knows what has to come out of it.
@Suite struct SelfCheckTests {
    private func answer(_ check: SelfCheck) throws -> SelfCheck.Answer {
        var outcomes: [Outcome] = []
        for test in check.tests {
            _ = try Validator.validate(try BinaryDecoder.decode(test.wasm))
            outcomes.append(TestedEngines.oracle.run(test, within: TestedCase.budget))
        }
        return check.answer(of: outcomes)
    }

    private func runsThrough(_ check: SelfCheck) -> Bool {
        check.tests.allSatisfy { test in
            let start = TestCase(wasm: test.wasm, invocations: [Invocation(export: "_start", arguments: [])])
            guard case .completed(let observation) = TestedEngines.oracle.run(start, within: TestedCase.budget) else {
                return false
            }
            return observation.invocations == [.returned([])]
        }
    }

    private func expectAgreement(_ tested: TestedCase, _ name: String) throws {
        // What a start function ends has nothing to check.
        guard case .completed(let expected) = tested.outcome, expected.instantiation == nil else { return }
        let check = try SelfCheck(tested.test, module: tested.module, expected: expected)
        #expect(try answer(check) == .agreement, "\(name)")
        let isFoundRightByStart = runsThrough(check)
        #expect(isFoundRightByStart, "\(name)")
    }

    @Test func `what is right is found right, at each edge and arity`() throws {
        for recipe in GeneratedCases.recipes(arities: [0, 1, 17, 40]) {
            try expectAgreement(try TestedCase(GeneratedCases.test(recipe)), recipe.summary)
        }
    }

    @Test func `programs and what they leave behind are found right`() throws {
        for (number, test) in GeneratedCases.programs(count: 40).enumerated() {
            let tested = try TestedCase(test)
            if !tested.isExhausted { try expectAgreement(tested, "\(number)") }
        }
    }

    @Test func `state, tags, functions of the host, traps and objects are found right`() throws {
        for (number, tested) in try HandWrittenCases.all().enumerated() { try expectAgreement(tested, "\(number)") }
    }

    @Test func `the first wrong position is named`() throws {
        var count = 0
        for recipe in GeneratedCases.recipes(arities: [1, 17, 300]) {
            let tested = try TestedCase(GeneratedCases.test(recipe))
            guard case .completed(var expected) = tested.outcome, let ending = expected.invocations.last else {
                continue
            }
            let call = expected.invocations.count - 1
            var values: [WasmValue]
            switch ending {
            case .returned(let results): values = results
            case .threw(_, let payload): values = payload
            case .trapped, .exhausted, .exited, .mismatched, .unseen: continue
            }
            for position in Set([values.count - 1, values.count / 2]) { values[position] = values[position].changed }
            switch ending {
            case .returned: expected.invocations[call] = .returned(values)
            case .threw(let tag, _): expected.invocations[call] = .threw(tag: tag, payload: values)
            case .trapped, .exhausted, .exited, .mismatched, .unseen: continue
            }
            let check = try SelfCheck(tested.test, module: tested.module, expected: expected)
            let wanted = SelfCheck.Difference.value(call: call, position: values.count / 2)
            let found = try answer(check)
            #expect(found == .difference(wanted), "\(recipe.summary)")
            let isFoundByStart = !runsThrough(check)
            #expect(isFoundByStart, "\(recipe.summary)")
            count += 1
        }
        #expect(count > 50)
    }

    @Test func `a wrong ending is named`() throws {
        let tested = try HandWrittenCases.traps
        guard case .completed(let expected) = tested.outcome else { return }
        func difference(_ call: Int, _ ending: InvocationOutcome) throws -> SelfCheck.Answer {
            var wrong = expected
            wrong.invocations[call] = ending
            return try answer(try SelfCheck(tested.test, module: tested.module, expected: wrong))
        }
        #expect(
            try difference(0, .trapped(.castFailure))
                == .difference(.ending(call: 0, .trapped(.integerDivideByZero)))
        )
        #expect(try difference(0, .returned([])) == .difference(.ending(call: 0, .trapped(.integerDivideByZero))))
        #expect(try difference(1, .trapped(.unreachable)) == .difference(.ending(call: 1, nil)))
        let check = try SelfCheck(tested.test, module: tested.module, expected: expected)
        #expect(check.callsThatTrap == [0, 2])
    }

    @Test func `what is wrong with the state is named`() throws {
        let tested = try HandWrittenCases.state
        guard case .completed(let expected) = tested.outcome else { return }
        func difference(_ change: (inout InstanceState) -> Void) throws -> SelfCheck.Answer {
            var wrong = expected
            change(&wrong.instances[0])
            return try answer(try SelfCheck(tested.test, module: tested.module, expected: wrong))
        }
        #expect(
            try difference { $0.globals[1].value = .f32(0x7FC0_0000) }
                == .difference(.state(.global("n"), afterCall: nil))
        )
        #expect(
            try difference { $0.memories[1].bytes[65_536] = 1 } == .difference(.state(.memory("m2"), afterCall: nil))
        )
        #expect(
            try difference { $0.tables[0] = NamedElements(name: "t", [.null, .function(1), .null, .null, .null]) }
                == .difference(.state(.table("t"), afterCall: nil))
        )
        let hosts = try HandWrittenCases.hosts
        guard case .completed(var other) = hosts.outcome else { return }
        var calls = other.instances[0].hostCalls.first
        calls[0].arguments[0] = .i32(5)
        other.instances[0].hostCalls = HostCallLog(calls)
        let check = try SelfCheck(hosts.test, module: hosts.module, expected: other)
        #expect(try answer(check) == .difference(.state(.hostCalls, afterCall: nil)))
    }
}
