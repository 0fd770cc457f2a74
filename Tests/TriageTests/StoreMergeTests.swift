import Foundation
import Synchronization
import Testing

@testable import Triage

/// Stores of several machines become one.
struct StoreMergeTests {
    private func record(_ names: String..., status: CrashReport.Status = .open) -> CrashRecord {
        var record = SampleCrash.record()
        record.report.signature = CrashSignature(text: "mine execute: wrong result").naming(names)
        record.report.status = status
        return record
    }

    private func signatures(_ store: CrashStore) throws -> [String] {
        try store.content().folders.map(\.report.signature.description).sorted()
    }

    @Test(arguments: [false, true])
    func `each crash of any machine is there once, in whatever order they come`(isReversed: Bool) throws {
        try withTemporaryFolder { path in
            let machines = (1...3).map { CrashStore(path: "\(path)/machine-\($0)") }
            _ = try machines[0].add(record("i32.rotl"))
            _ = try machines[0].add(record("i32.clz"))
            _ = try machines[1].add(record("i32.add", "i32.rotl"))
            _ = try machines[1].add(record("i32.ctz", status: .fixed))
            _ = try machines[2].add(record("i32.clz", status: .accepted))
            let all = CrashStore(path: "\(path)/all")
            for machine in isReversed ? machines.reversed() : machines {
                let merge = try all.merge(machine)
                #expect(merge.problems.isEmpty)
                #expect(try all.merge(machine).added.isEmpty, "merging again adds nothing")
            }
            #expect(try signatures(all) == ["clz", "ctz", "rotl"].map { "mine execute: wrong result (i32.\($0))" })
            #expect(try signatures(machines[0]).count == 2, "the others stay as they are")
            let names = try FileManager.default.contentsOfDirectory(atPath: all.content().folders[0].path).sorted()
            #expect(names == ["module.wasm", "module.wat", "original.wasm", "regression.wast", "report.json"])
        }
    }

    @Test func `what waits is taken once, with the cases of workers that died`() throws {
        try withTemporaryFolder { path in
            let (one, other) = (CrashStore(path: "\(path)/one"), CrashStore(path: "\(path)/other"))
            for store in [one, other] { try store.inbox.put(SampleCrash.finding()) }
            try other.inbox.put(SampleCrash.finding(message: "assertion failed: another one"))
            let death = WaitingFolder(path: "\(other.inbox.path)/deaths")
            try death.put([UInt8]("{}".utf8), at: death.newPath())
            #expect(try one.merge(other).findings == 2)
            #expect(try one.merge(other).findings == 0)
            #expect(try one.inbox.content().items.count == 2)
            #expect(try WaitingFolder(path: "\(one.inbox.path)/deaths").files().count == 1)
        }
    }

    @Test func `what waits is taken once by merges at the same time`() throws {
        try withTemporaryFolder { path in
            let other = CrashStore(path: "\(path)/other")
            for number in 0..<20 { try other.inbox.put(SampleCrash.finding(message: "assertion failed: \(number)")) }
            _ = try other.add(record("i32.clz"))
            let all = CrashStore(path: "\(path)/all")
            let taken = Mutex<[Int]>([])
            DispatchQueue.concurrentPerform(iterations: 4) { _ in
                let count = (try? all.merge(other)).map { $0.findings + $0.added.count }
                taken.withLock { $0.append(count ?? -1) }
            }
            #expect(taken.withLock { $0.reduce(0, +) } == 21 && taken.withLock { $0.allSatisfy { $0 >= 0 } })
            #expect(try all.inbox.content().items.count == 20)
            #expect(try signatures(all).count == 1)
        }
    }

    @Test func `a folder that cannot be read is told, and the others are taken`() throws {
        try withTemporaryFolder { path in
            let (one, other) = (CrashStore(path: "\(path)/one"), CrashStore(path: "\(path)/other"))
            _ = try other.add(record("i32.rotl"))
            let damaged = try other.add(record("i32.clz")).folder
            try "{".write(toFile: "\(damaged.path)/report.json", atomically: true, encoding: .utf8)
            let merge = try one.merge(other)
            #expect(merge.added.count == 1 && merge.problems.map(\.path) == ["\(damaged.path)/report.json"])
        }
    }

    @Test func `a store whose path goes on where that of the other ends is another one`() throws {
        try withTemporaryFolder { path in
            let (one, other) = (CrashStore(path: "\(path)/one"), CrashStore(path: "\(path)/one-more"))
            let damaged = try other.add(record("i32.clz")).folder
            try "{".write(toFile: "\(damaged.path)/original.wasm", atomically: true, encoding: .utf8)
            try FileManager.default.removeItem(atPath: "\(damaged.path)/module.wat")
            try FileManager.default.createDirectory(
                atPath: "\(damaged.path)/module.wat",
                withIntermediateDirectories: false
            )
            let merge = try one.merge(other)
            #expect(merge.added.isEmpty && merge.problems.map(\.path) == ["\(damaged.path)/module.wat"])
            #expect(try one.content().folders.isEmpty, "nothing is left of what could not be taken")
        }
    }
}
