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

    private func stream(seed: UInt64 = 1) throws -> ModuleStream {
        try ModuleStream(folder: folder, seed: seed, features: .wasm3, maximumArity: 50)
    }

    private func module(_ text: String) throws -> [UInt8] { BinaryEncoder.encode(try TextParser.module(text)) }

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

    @Test func `a file that is no module is given to engines as it is and not changed, and a large one is left out`()
        throws
    {
        defer { remove() }
        write([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 99], "broken.wasm")
        write([UInt8](repeating: 0, count: 2 << 20), "large.wasm")
        let stream = try self.stream()
        #expect(stream.subject(0)?.test.invocations == [])
        #expect(stream.subject(1) == nil)
        for position in 2..<20 { #expect(stream.subject(position) == nil) }
    }

    @Test func `a folder without modules is an error that names it`() {
        defer { remove() }
        #expect(throws: (any Error).self) { try stream() }
    }
}
