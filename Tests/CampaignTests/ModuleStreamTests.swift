import Differential
import Execution
import Foundation
import Testing
import WasmFormats
import WasmModel

@testable import Campaign

/// The modules of a folder in place of generated cases.
struct ModuleStreamTests {
    private let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("modules-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: "\(folder)/b", withIntermediateDirectories: true)
    }

    private func remove() { try? FileManager.default.removeItem(atPath: folder) }

    private func write(_ bytes: [UInt8], _ name: String) {
        _ = FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: Data(bytes))
    }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: "\(folder)/\(name)", withDestinationPath: target)
    }

    private func stream(seed: UInt64 = 1, changes: Bool = true) throws -> ModuleStream {
        ModuleStream(
            try ModuleFolder(path: folder).files,
            seed: seed,
            features: .wasm3,
            maximumArity: 50,
            changes: changes
        )
    }

    private func module(_ text: String) throws -> [UInt8] { BinaryEncoder.encode(try TextParser.module(text)) }

    private static let broken: [UInt8] = BinaryHeader.module + [99]

    @Test func `first each file as it is, in the order of their paths, then changed ones, the same for a seed`() throws
    {
        defer { remove() }
        let first = try module("(module (func (export \"f\") (param i32) (result i32) local.get 0))")
        let second = try module("(module (func (export \"g\") (result i64 f32) i64.const 1 f32.const 2))")
        write(second, "b/second.wasm")
        write(first, "a.wasm")
        write([1, 2, 3], "notes.txt")
        let stream = try self.stream()
        #expect(stream.subject(0)?.test.wasm == first)
        #expect(stream.subject(1)?.test.wasm == second)
        #expect(stream.subject(1)?.test.invocations.map(\.export) == ["g"])
        let changed = (2..<60).compactMap { stream.subject($0)?.test }
        #expect(changed.count > 30 && Set(changed.map(\.wasm)).count > 20)
        #expect(!changed.contains { $0.wasm == first || $0.wasm == second })
        for test in changed {
            #expect(throws: Never.self) { try Validator.validate(try BinaryDecoder.decode(test.wasm)) }
        }
        let again = try self.stream()
        #expect((2..<60).compactMap { again.subject($0)?.test } == changed)
        let other = try self.stream(seed: 2)
        #expect((2..<60).compactMap { other.subject($0)?.test } != changed)
    }

    @Test func `a module that is not valid is there to be rejected, and where nothing can be changed the stream ends`()
        throws
    {
        defer { remove() }
        write(Self.broken, "broken.wasm")
        let stream = try self.stream()
        #expect(stream.subject(0)?.test == TestCase(wasm: Self.broken, invocations: []))
        #expect(!stream.isOver(at: 0) && stream.isOver(at: 1) && stream.subject(1) == nil)
        write(try module("(module (func (export \"f\")))"), "fine.wasm")
        #expect(try !self.stream().isOver(at: 1_000))
    }

    @Test func `where nothing is to be changed the stream ends behind the last file`() throws {
        defer { remove() }
        write(try module("(module (func (export \"f\")))"), "fine.wasm")
        let stream = try self.stream(changes: false)
        #expect(stream.subject(0) != nil && !stream.isOver(at: 0))
        #expect(stream.isOver(at: 1) && stream.subject(1) == nil)
    }

    @Test func `a file that becomes something else after the start is not read`() throws {
        defer { remove() }
        write(try module("(module (func (export \"f\")))"), "a.wasm")
        let stream = try self.stream()
        #expect(stream.subject(0) != nil)
        try FileManager.default.removeItem(atPath: "\(folder)/a.wasm")
        #expect(mkfifo("\(folder)/a.wasm", 0o600) == 0)
        #expect(stream.subject(0) == nil && stream.subject(5) == nil)
    }

    // MARK: What is no module

    /// One file of each kind that cannot be used, which nobody may wait for or read to its end.
    private func writeHostileFiles() throws {
        write([], "empty.wasm")
        write([UInt8](repeating: 7, count: 300), "garbage.wasm")
        write(BinaryHeader.module + [UInt8](repeating: 0, count: 2 << 20), "large.wasm")
        try FileManager.default.createDirectory(atPath: "\(folder)/folder.wasm", withIntermediateDirectories: true)
        #expect(mkfifo("\(folder)/pipe.wasm", 0o600) == 0)
        try link("dangling.wasm", to: "nowhere")
        try link("circle.wasm", to: "circle.wasm")
        try link("zero.wasm", to: "/dev/zero")
    }

    @Test func `files that cannot be used are counted by the reason, with the first of each`() throws {
        defer { remove() }
        try writeHostileFiles()
        write(Self.broken, "broken.wasm")
        write(BinaryHeader.module, "silent.wasm")
        write(try module("(module (memory (export \"m\") 1))"), "state.wasm")
        write(try module("(module (func (export \"f\")))"), "b/call.wasm")
        let outside = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).wasm").path
        defer { try? FileManager.default.removeItem(atPath: outside) }
        try FileManager.default.moveItem(atPath: "\(folder)/state.wasm", toPath: outside)
        try link("state.wasm", to: outside)
        let modules = try ModuleFolder(path: folder)
        #expect(modules.files.map { ($0.path as NSString).lastPathComponent }.sorted().count == 4)
        #expect(modules.files.filter(\.isChangeable).count == 2)
        #expect(modules.readablePaths.count == 2, "the folder and what a link in it stands for")
        #expect(modules.census.files == 12 && modules.census.used == 4)
        #expect(
            modules.census.lines == [
                "8 of 12 files in \(folder) not used: 2 cannot be read (first: circle.wasm), 2 are no module (first: empty.wasm), "
                    + "3 are no regular files (first: folder.wasm), 1 is larger than 1048576 bytes (large.wasm)",
                "2 of 12 files in \(folder) used in part: 1 is not valid, and only to be rejected (broken.wasm), "
                    + "1 has no export to call or compare, and only to be compiled (silent.wasm)",
            ]
        )
    }

    @Test func `a folder in which no file can be used is an error that says why of each kind`() throws {
        defer { remove() }
        #expect(throws: CampaignMisuse(.modules, "\(folder): no folder with .wasm files")) { try stream() }
        try writeHostileFiles()
        write(BinaryHeader.module, "silent.wasm")
        let error = #expect(throws: CampaignMisuse.self) { try stream() }
        for part in ["2 are no module", "3 are no regular files", "1 has no export to call"] {
            #expect(error?.description.contains(part) == true, "\(String(describing: error))")
        }
    }

    @Test func `an interruption leaves the rest of a folder out`() throws {
        defer { remove() }
        for number in 0..<9 { write(Self.broken, "\(number).wasm") }
        var looks = 0
        let modules = try ModuleFolder(path: folder, progress: { _, _ in looks += 1 }, isInterrupted: { looks == 3 })
        #expect(modules.census.files == 3)
    }
}
