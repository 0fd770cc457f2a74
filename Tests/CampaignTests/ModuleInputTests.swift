import Execution
import Testing
import WasmFormats
import WasmModel

@testable import Campaign

/// Bytes of libFuzzer that are modules.
struct ModuleInputTests {
    private static func module(_ text: String) throws -> [UInt8] {
        BinaryEncoder.encode(try TextParser.module(text))
    }

    private static func isValid(_ bytes: [UInt8]) -> Bool {
        (try? Validator.validate(try BinaryDecoder.decode(bytes))) != nil
    }

    @Test func `a valid module becomes another valid one, again and again`() throws {
        var bytes = try Self.module(
            """
            (module (memory 1) (func $g (param i64 f32) (result f32 i64) local.get 1 local.get 0)
              (func (export "f") (param i32) (result f32 i64) i64.const 1 f32.const 2 call $g))
            """
        )
        var changes = 0
        for seed in 0..<300 as Range<UInt64> {
            guard let changed = ModuleInput.mutated(bytes, seed: seed, greatestSize: 4096) else { continue }
            #expect(Self.isValid(changed) && changed != bytes && changed.count <= 4096, "seed \(seed)")
            #expect(changed == ModuleInput.mutated(bytes, seed: seed, greatestSize: 4096), "seed \(seed)")
            changes += 1
            if seed % 10 == 0 { bytes = changed }
        }
        #expect(changes > 200, "\(changes) of 300 were changed")
    }

    @Test func `what is no module becomes one at times, and is libFuzzer's to change otherwise`() {
        let changed = (0..<100 as Range<UInt64>).map {
            ModuleInput.mutated([1, 2, 3], seed: $0, greatestSize: 1 << 20)
        }
        let made = changed.compactMap { $0 }
        #expect(made.allSatisfy(Self.isValid))
        #expect((10..<50).contains(made.count), "\(made.count) of 100")
    }

    @Test func `what would be too large is libFuzzer's to change`() throws {
        let bytes = try Self.module("(module (func (export \"f\") (param i32) (result i32) local.get 0))")
        #expect((0..<50 as Range<UInt64>).allSatisfy { ModuleInput.mutated(bytes, seed: $0, greatestSize: 8) == nil })
    }

    @Test func `the exports of a module are called, and the bytes stay as they are`() throws {
        // The size of the first section in five bytes, as no encoder here writes it.
        let bytes: [UInt8] = [
            0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1, 0x84, 0x80, 0x80, 0x80, 0, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 0x66,
            0, 0, 10, 4, 1, 2, 0, 0x0B,
        ]
        var settings = WorkerSettings()
        settings.takesModules = true
        let test = settings.subject(of: bytes).test
        #expect(test.wasm == bytes && test.invocations.map(\.export) == ["f"] && test.usesFreshInstances)
        #expect(settings.subject(of: [0, 1]).test == TestCase(wasm: [0, 1], invocations: []))
    }
}
