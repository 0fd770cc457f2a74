import Testing
import WasmFormats
import WasmModel

@testable import Execution

@Suite struct ModuleReaderTests {
    private static func module(exporting name: String) throws -> [UInt8] {
        try BinaryEncoder.encode(TextParser.module("(module (func (export \"\(name)\")))"))
    }

    @Test func `The same bytes are the same module, and others are another one`() throws {
        let reader = ModuleReader()
        let (a, b) = (try Self.module(exporting: "a"), try Self.module(exporting: "b"))
        let first = try reader.module(a)
        let second = try reader.module(b)
        #expect(try reader.module(a) === first)
        #expect(try reader.module(b) === second)
        #expect(first.module.exports[0].name == "a")
        #expect(second.module.exports[0].name == "b")
    }

    @Test func `Only the last modules are kept`() throws {
        let reader = ModuleReader()
        let first = try reader.module(Self.module(exporting: "a"))
        for name in ["b", "c", "d"] { _ = try reader.module(Self.module(exporting: name)) }
        let again = try reader.module(Self.module(exporting: "a"))
        #expect(again !== first)
        #expect(again.module.exports == first.module.exports)
    }

    @Test func `Bytes that are no module are rejected each time, for the same reason`() throws {
        let reader = ModuleReader()
        var reasons: Set<ModuleReader.Failure> = []
        for _ in 0..<2 {
            do {
                _ = try reader.module([0, 1, 2, 3])
                Issue.record("a module")
            } catch {
                reasons.insert(error)
            }
        }
        #expect(reasons.count == 1)
        guard case .rejected = reasons.first else {
            Issue.record("not rejected")
            return
        }
    }

    @Test func `Both phases are told each time, whether the module is known or not`() throws {
        let reader = ModuleReader()
        let wasm = try Self.module(exporting: "a")
        var phases: [String] = []
        for _ in 0..<2 {
            _ = try reader.module(
                wasm,
                willDecode: { phases.append("decode") },
                willValidate: { phases.append("validate") }
            )
        }
        #expect(phases == ["decode", "validate", "decode", "validate"])
    }

    @Test func `A reader with a decoder of its own reads what that makes of the bytes`() throws {
        let wasm = try Self.module(exporting: "a")
        let reader = ModuleReader(
            decode: { (bytes) throws(DecodingError) in
                var module = try BinaryDecoder.decode(bytes)
                module.exports[0].name = "b"
                return module
            }
        )
        #expect(try reader.module(wasm).module.exports[0].name == "b")
        #expect(try ModuleReader().module(wasm).module.exports[0].name == "a")
    }
}
