import Execution
import Foundation
import Testing
import WasmModel

/// The names in the host protocol: literal, so that renaming a case or a property of Swift cannot change them.
struct OutcomeCodingTests {
    private func check<Value: Codable & Equatable>(_ value: Value, _ literal: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        #expect(String(decoding: try encoder.encode(value), as: UTF8.self) == literal)
        #expect(try JSONDecoder().decode(Value.self, from: Data(literal.utf8)) == value)
    }

    @Test func `outcomes have these names`() throws {
        try check(Outcome.refused(reason: "r"), #"{"outcome":"refused","reason":"r"}"#)
        try check(Outcome.rejected(reason: "r"), #"{"outcome":"rejected","reason":"r"}"#)
        try check(Outcome.timedOut(.compile), #"{"outcome":"timed-out","phase":"compile"}"#)
        try check(Outcome.memoryExhausted(.instantiate), #"{"outcome":"memory-exhausted","phase":"instantiate"}"#)
        try check(Outcome.notRun(reason: "r"), #"{"outcome":"not-run","reason":"r"}"#)
        try check(
            Outcome.crashed(Crash(phase: .execute, message: "m", signal: 11)),
            #"{"crash":{"message":"m","phase":"execute","signal":11},"outcome":"crashed"}"#
        )
        try check(
            Outcome.completed(Observation(invocations: [], instances: [InstanceState()])),
            #"{"observation":{"instances":[{}],"invocations":[]},"outcome":"completed"}"#
        )
    }

    @Test func `ends of calls have these names`() throws {
        try check(InvocationOutcome.returned([.i32(7)]), #"{"end":"returned","values":["i32:7"]}"#)
        try check(InvocationOutcome.trapped(.unreachable), #"{"end":"trapped","trap":"unreachable"}"#)
        try check(
            InvocationOutcome.threw(tag: 1, payload: [.i32(7)]),
            #"{"end":"threw","payload":["i32:7"],"tag":1}"#
        )
        try check(InvocationOutcome.threw(tag: nil, payload: []), #"{"end":"threw","payload":[]}"#)
        try check(InvocationOutcome.exhausted(reason: "fuel"), #"{"end":"exhausted","reason":"fuel"}"#)
        try check(InvocationOutcome.exited(status: 3), #"{"end":"exited","status":3}"#)
        try check(InvocationOutcome.mismatched("result 1"), #"{"difference":"result 1","end":"mismatched"}"#)
        try check(InvocationOutcome.unseen, #"{"end":"unseen"}"#)
    }

    @Test func `what instances show has these names`() throws {
        let state = InstanceState(
            globals: [NamedValue(name: "g", value: .i32(1))],
            memories: [NamedBytes(name: "m", bytes: [])],
            tables: [NamedElements(name: "t", [.null, .function(3)])],
            hostCalls: HostCallLog([HostCall(importOrdinal: 2, arguments: [.i32(1)])])
        )
        try check(
            state,
            #"{"globals":[{"name":"g","value":"i32:1"}],"hostCalls":[{"arguments":["i32:1"],"importOrdinal":2}],"#
                + #""memories":[{"name":"m","pieces":[],"size":0}],"#
                + #""tables":[{"count":2,"elements":[{"position":1,"value":"ref:func-3"}],"name":"t"}]}"#
        )
    }

    @Test func `test cases and budgets have these names`() throws {
        let call = Invocation(export: "f", arguments: [.i32(1)])
        try check(
            TestCase(wasm: [0, 1], invocations: [call]),
            #"{"invocations":[{"arguments":["i32:1"],"export":"f"}],"wasm":"AAE="}"#
        )
        try check(
            TestCase(wasm: [], invocations: [], usesFreshInstances: true),
            #"{"freshInstances":true,"invocations":[],"wasm":""}"#
        )
        try check(
            Budget(fuel: 1, callDepth: 2, stackBytes: 3, memoryPages: 4, seconds: 5, processBytes: 6),
            #"{"callDepth":2,"fuel":1,"memoryPages":4,"processBytes":6,"seconds":5,"stackBytes":3}"#
        )
        try check(EngineName("a:b:c"), #""a:b:c""#)
    }
}
