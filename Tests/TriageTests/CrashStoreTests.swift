import Foundation
import Testing
import WasmFormats

@testable import Triage

struct CrashStoreTests {
    @Test func `a crash that is added is a folder with all its files and is read back as it was`() throws {
        try withTemporaryFolder { path in
            let store = CrashStore(path: path)
            let record = SampleCrash.record()
            guard case .added(let folder, []) = try store.add(record) else {
                Issue.record("the store is empty, yet the crash is known")
                return
            }
            #expect(folder.name == "0001-compile-assertion-failed-register-is-real")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(names == ["module.wasm", "module.wat", "original.wasm", "regression.wast", "report.json"])
            let content = try store.content()
            #expect(content.folders == [folder])
            #expect(content.problems.isEmpty)
            #expect(folder.report == record.report)
            #expect(try folder.testCase().wasm == record.wasm)
        }
    }

    @Test func `a crash takes the place of open ones that it explains`() throws {
        try withTemporaryFolder { path in
            let store = CrashStore(path: path)
            func record(_ names: [String]) -> CrashRecord {
                var record = SampleCrash.record()
                record.report.signature = CrashSignature(text: "mine execute: wrong result").naming(names)
                return record
            }
            let less = try store.add(record(["i32.add", "i32.rotl"])).folder
            let other = try store.add(record(["i32.clz", "i32.add"])).folder
            let accepted = try store.add(record(["i32.rotl", "i32.sub"])).folder
            var report = accepted.report
            report.status = .accepted
            try store.update(report, of: accepted)
            guard case .added(let more, replacing: [less.path]) = try store.add(record(["i32.rotl"])) else {
                Issue.record("the one that is reduced less far stays")
                return
            }
            #expect(try store.content().folders.map(\.path) == [other, accepted, more].map(\.path))
            #expect(try store.add(record(["i32.add", "i32.rotl"])) == .known(more))
        }
    }

    @Test func `of several crashes that explain a failure, one with its very signature counts, and an open one first`()
        throws
    {
        try withTemporaryFolder { path in
            let store = CrashStore(path: path)
            func signature(_ names: String...) -> CrashSignature {
                CrashSignature(text: "mine execute: wrong result").naming(names)
            }
            func add(_ signature: CrashSignature, _ status: CrashReport.Status) throws -> CrashFolder {
                var record = SampleCrash.record()
                record.report.signature = signature
                record.report.status = status
                return try store.add(record).folder
            }
            let exact = try add(signature("i32.add", "i32.rotl"), .accepted)
            let accepted = try add(signature("i32.rotl"), .accepted)
            #expect(try store.known(signature("i32.add", "i32.rotl")) == exact)
            #expect(try store.known(signature("i32.rotl", "i32.sub")) == accepted)
            #expect(try store.known(signature("i32.clz")) == nil)
            let open = try add(signature("i32.sub"), .open)
            #expect(try store.known(signature("i32.rotl", "i32.sub")) == open)
            #expect(try store.known(signature("i32.add", "i32.rotl")) == exact)
        }
    }

    @Test func `the text of a stored module reads back as the module`() throws {
        try withTemporaryFolder { path in
            let folder = try CrashStore(path: path).add(SampleCrash.record()).folder
            let text = try StoredFile.named("module.wat").read("\(folder.path)/module.wat")
            #expect(BinaryEncoder.encode(try TextParser.module(text)) == SampleCrash.record().wasm)
        }
    }

    @Test func `the regression script executes the arities below, at and above the boundary`() throws {
        try withTemporaryFolder { path in
            let folder = try CrashStore(path: path).add(SampleCrash.record()).folder
            let script = try ScriptParser.script(try StoredFile.named("x.wast").read("\(folder.path)/regression.wast"))
            let resultCounts = script.commands.compactMap { command -> Int? in
                if case .assertReturn(_, let patterns) = command.kind { patterns.count } else { nil }
            }
            #expect(resultCounts == [2, 3, 4])
            let registered = script.commands.filter { if case .register("host", nil) = $0.kind { true } else { false } }
            #expect(registered.count == 3)
        }
    }

    @Test func `a crash with a known signature is not added again unless the known one is fixed`() throws {
        try withTemporaryFolder { path in
            let store = CrashStore(path: path)
            let signature = SampleCrash.record().report.signature
            #expect(try store.known(signature) == nil)
            let first = try store.add(SampleCrash.record()).folder
            #expect(try store.known(signature) == first)
            #expect(try store.known(signature, specimen: "operand-index-8-bits") == nil)
            #expect(try store.add(SampleCrash.record()) == .known(first))
            var report = first.report
            report.status = .fixed
            try store.update(report, of: first)
            #expect(try store.known(signature) == nil)
            #expect(try store.add(SampleCrash.record()).folder.number == 2)
        }
    }

    @Test func `what a killed writer left is removed at the next opening and findings stay`() throws {
        try withTemporaryFolder { path in
            let left = "\(path)/.tmp-0007-4711"
            try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: true)
            try write("half a module", to: "\(left)/module.wasm")
            let store = CrashStore(path: path)
            try store.inbox.put(SampleCrash.finding())
            #expect(try store.content().folders == [])
            try store.open()
            #expect(!FileManager.default.fileExists(atPath: left))
            #expect(try store.inbox.content().items.count == 1)
        }
    }

    @Test func `many writers at once give each crash a number of its own`() async throws {
        let path = NSTemporaryDirectory() + "triage-tests-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in ["a", "b", "c", "d"] {
                group.addTask {
                    let store = CrashStore(path: path)
                    for letter in ["x", "y", "z"] {
                        _ = try store.add(SampleCrash.record(message: "failure \(writer)\(letter)"))
                    }
                }
            }
            try await group.waitForAll()
        }
        let content = try CrashStore(path: path).content()
        #expect(content.folders.map(\.number) == Array(1...12))
        #expect(Set(content.folders.map(\.report.signature)).count == 12)
    }

    @Test(arguments: 0..<5)
    func `a disk that is full at any of the files gives one error and leaves no folder`(failing: Int) throws {
        try withTemporaryFolder { path in
            let names = ["module.wasm", "module.wat", "regression.wast", "original.wasm", "report.json"]
            let file = DurableFile(write: { bytes, target throws(CrashStoreError) in
                if target.hasSuffix(names[failing]) {
                    try DurableFile.writeNewFile(Array(bytes.prefix(bytes.count / 2)), target)
                    throw CrashStoreError(path: target, reason: "cannot write the file: No space left on device")
                }
                try DurableFile.writeNewFile(bytes, target)
            })
            let store = CrashStore(path: path, file: file)
            let item = try store.inbox.put(SampleCrash.finding())
            let error = #expect(throws: CrashStoreError.self) {
                _ = try store.add(SampleCrash.record(), resolving: item)
            }
            #expect(error?.path.hasSuffix(names[failing]) == true)
            let left = try FileManager.default.contentsOfDirectory(atPath: path).filter {
                !$0.hasPrefix(".") || $0.hasPrefix(".tmp-")
            }
            #expect(left.isEmpty)
            #expect(try store.inbox.content().items == [item])
        }
    }

    @Test func `a store that cannot be made says where and why`() throws {
        try withTemporaryFolder { path in
            try write("a file, not a folder", to: "\(path)/file")
            let store = CrashStore(path: "\(path)/file/Crashes")
            let error = #expect(throws: CrashStoreError.self) { try store.open() }
            #expect(error?.description.contains("\(path)/file/Crashes: cannot make the folder") == true)
            #expect(throws: CrashStoreError.self) { try store.inbox.put(SampleCrash.finding()) }
            #expect(throws: CrashStoreError.self) { _ = try store.add(SampleCrash.record()) }
        }
    }

    @Test(arguments: [
        ("{ \"schemaVersion\": 1, ", "malformed at the top level"),
        ("{ \"schemaVersion\": 1 }", "key 'status' is missing"),
        ("[]", "wrong type at the top level"),
    ])
    func `a folder with a malformed report is named with the reason and hides no other`(
        text: String,
        reason: String
    ) throws {
        try withTemporaryFolder { path in
            let store = CrashStore(path: path)
            let good = try store.add(SampleCrash.record()).folder
            try FileManager.default.createDirectory(atPath: "\(path)/0002-bad", withIntermediateDirectories: true)
            try write(text, to: "\(path)/0002-bad/report.json")
            let content = try store.content()
            #expect(content.folders == [good])
            #expect(content.problems.count == 1)
            #expect(content.problems.first?.path == "\(path)/0002-bad/report.json")
            #expect(content.problems.first?.reason.contains(reason) == true)
        }
    }

    @Test func `a report of a newer shape and a missing module are errors that name the file`() throws {
        try withTemporaryFolder { path in
            let store = CrashStore(path: path)
            let folder = try store.add(SampleCrash.record()).folder
            try FileManager.default.removeItem(atPath: "\(folder.path)/module.wasm")
            let missing = #expect(throws: CrashStoreError.self) { _ = try CrashFolder(reading: folder.path) }
            #expect(missing?.description == "\(folder.path)/module.wasm: the file is missing")
            let path = "\(folder.path)/report.json"
            let text = String(decoding: try StoredFile.named(path).read(path), as: UTF8.self)
            let version = CrashReport.newestSchemaVersion
            try write(
                text.replacingOccurrences(
                    of: "\"schemaVersion\" : \(version)",
                    with: "\"schemaVersion\" : \(version + 1)"
                ),
                to: path
            )
            let newer = #expect(throws: CrashStoreError.self) { _ = try CrashFolder(reading: folder.path) }
            #expect(newer?.reason.contains("schema version \(version + 1) is newer") == true)
        }
    }

    @Test func `a store that does not exist is empty`() throws {
        try withTemporaryFolder { path in
            let store = CrashStore(path: "\(path)/none")
            let (content, inbox) = (try store.content(), try store.inbox.content())
            #expect(content.folders.isEmpty && content.problems.isEmpty)
            #expect(inbox.items.isEmpty && inbox.problems.isEmpty)
            #expect(CrashTable([]).text == "no crashes\n")
        }
    }

    @Test func `the table has a line for each crash and the same as JSON`() throws {
        try withTemporaryFolder { path in
            let store = CrashStore(path: path)
            _ = try store.add(SampleCrash.record())
            let table = CrashTable(try store.content().folders)
            let lines = table.text.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines[1].contains("2 results pass, 3 fail  -  "), "an engine in the tree has no severity")
            let rows = try ReportText.decode([CrashTable.Row].self, [UInt8](try table.json().utf8), path: "json")
            #expect(rows == table.rows)
        }
    }
}
