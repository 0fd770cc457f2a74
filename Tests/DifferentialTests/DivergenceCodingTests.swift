import Execution
import Foundation
import Testing

@testable import Differential

/// The names in files: literal, so that renaming a case or a property of Swift cannot change them.
struct DivergenceCodingTests {
    static let observables: [(Observable, String)] = [
        (.payload(invocation: 1, index: 2), #"{"index":2,"invocation":1,"kind":"payload"}"#),
        (.crash(.compile), #"{"kind":"crash","phase":"compile"}"#),
        (.hang(.execute), #"{"kind":"hang","phase":"execute"}"#),
        (.memoryExhaustion(.decode), #"{"kind":"memory-exhaustion","phase":"decode"}"#),
        (.compileTime, #"{"kind":"compile-time"}"#),
        (.codeSize, #"{"kind":"code-size"}"#),
        (.rejection, #"{"kind":"rejection"}"#),
        (.instantiation, #"{"kind":"instantiation"}"#),
        (.ending(invocation: 2), #"{"invocation":2,"kind":"ending"}"#),
        (.resultCount(invocation: 2), #"{"invocation":2,"kind":"result-count"}"#),
        (.result(invocation: 2, index: 3), #"{"index":3,"invocation":2,"kind":"result"}"#),
        (.global(name: "g"), #"{"kind":"global","name":"g"}"#),
        (.memory(name: "m", byteOffset: 4), #"{"byteOffset":4,"kind":"memory","name":"m"}"#),
        (.element(table: "t", position: 5), #"{"kind":"element","position":5,"table":"t"}"#),
        (.hostCallCount, #"{"kind":"host-call-count"}"#),
        (.hostCallArgument(call: 6, index: 7), #"{"call":6,"index":7,"kind":"host-call-argument"}"#),
    ]

    /// As version 1 of reports has them.
    static let versionOne: [(Observable, String)] = [
        (.crash(.compile), #"{"crash":{"_0":"compile"}}"#),
        (.hang(.execute), #"{"hang":{"_0":"execute"}}"#),
        (.rejection, #"{"rejection":{}}"#),
        (.ending(invocation: 2), #"{"ending":{"invocation":2}}"#),
        (.resultCount(invocation: 2), #"{"resultCount":{"invocation":2}}"#),
        (.result(invocation: 2, index: 3), #"{"result":{"invocation":2,"index":3}}"#),
        (.global(name: "g"), #"{"global":{"name":"g"}}"#),
        (.memory(name: "m", byteOffset: 4), #"{"memory":{"name":"m","byteOffset":4}}"#),
        (.element(table: "t", position: 5), #"{"element":{"table":"t","position":5}}"#),
        (.hostCallCount, #"{"hostCallCount":{}}"#),
        (.hostCallArgument(call: 6, index: 7), #"{"hostCallArgument":{"call":6,"index":7}}"#),
    ]

    private func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    @Test(arguments: observables)
    func `an observable has a name of its own`(observable: Observable, literal: String) throws {
        #expect(try text(observable) == literal)
        #expect(try JSONDecoder().decode(Observable.self, from: Data(literal.utf8)) == observable)
    }

    @Test(arguments: versionOne)
    func `an observable of version 1 is read`(observable: Observable, literal: String) throws {
        #expect(try JSONDecoder().decode(Observable.self, from: Data(literal.utf8)) == observable)
    }

    @Test(arguments: ["{}", #"{"kind":"something"}"#, #"{"something":{}}"#, #"{"kind":"crash"}"#, "[]", "3"])
    func `what is no observable is an error`(literal: String) {
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode(Observable.self, from: Data(literal.utf8))
        }
    }

    @Test func `a divergence has these names`() throws {
        let divergence = Divergence(observable: .rejection, expected: "a", observed: "b", pattern: "c")
        #expect(
            try text(divergence)
                == #"{"expected":"a","observable":{"kind":"rejection"},"observed":"b","pattern":"c"}"#
        )
    }
}
