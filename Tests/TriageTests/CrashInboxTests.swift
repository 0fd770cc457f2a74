import Differential
import Execution
import Testing
import WasmModel

@testable import Triage

struct CrashInboxTests {
    @Test func `a finding survives until its crash is in the store`() throws {
        try withTemporaryFolder { path in
            let item = try CrashStore(path: path).inbox.put(SampleCrash.finding())
            // The process that comes after one that was killed.
            let next = CrashStore(path: path)
            try next.open()
            #expect(try next.inbox.content().items == [item])
            #expect(try next.inbox.content().items.first?.finding == SampleCrash.finding())
            _ = try next.add(SampleCrash.record(), resolving: item)
            #expect(try next.inbox.content().items == [])
        }
    }

    @Test func `a finding whose crash is known leaves the inbox too`() throws {
        try withTemporaryFolder { path in
            let store = CrashStore(path: path)
            _ = try store.add(SampleCrash.record())
            let item = try store.inbox.put(SampleCrash.finding())
            #expect(try store.add(SampleCrash.record(), resolving: item).folder.number == 1)
            #expect(try store.inbox.content().items == [])
        }
    }

    @Test func `a finding of a bare module keeps its bytes and arguments`() throws {
        try withTemporaryFolder { path in
            let store = CrashStore(path: path)
            var finding = SampleCrash.finding()
            finding.subject = Case(
                TestCase(
                    wasm: [0, 97, 115, 109, 255],
                    invocations: [Invocation(export: "é", arguments: [.f64(0x7FF8_0000_0000_0001), .i64(.max)])]
                )
            )
            try store.inbox.put(finding)
            #expect(try store.inbox.content().items.map(\.finding) == [finding])
        }
    }

    @Test func `a malformed finding is named with the reason and hides no other`() throws {
        try withTemporaryFolder { path in
            let store = CrashStore(path: path)
            let item = try store.inbox.put(SampleCrash.finding())
            try write("{", to: "\(path)/.pending/0.json")
            let content = try store.inbox.content()
            #expect(content.items == [item])
            #expect(content.problems.map(\.path) == ["\(path)/.pending/0.json"])
        }
    }
}
