import Foundation
import FuzzChecks
import Testing
import WasmFormats
import WasmGenerator

@Suite struct FuzzCheckTests {
    static let seeds: [[UInt8]] = (0..<12 as Range<UInt64>).map { seed in
        var decisions = DecisionSource(seed: seed)
        let recipe = Profile.all[0].recipe(from: &decisions, maximumArity: 20)
        return BinaryEncoder.encode(recipe.generate().module)
    }

    @Test func `generated modules pass the check of the decoder, and their mutations do not stop it`() {
        for (number, bytes) in Self.seeds.enumerated() {
            #expect(DecodeCheck.check(bytes), "seed \(number)")
            var generator = SplitMix64(seed: UInt64(number))
            for _ in 0..<40 {
                var mutated = bytes
                mutated[Int.random(in: 0..<mutated.count, using: &generator)] = UInt8.random(
                    in: 0...255,
                    using: &generator
                )
                DecodeCheck.check(mutated)
            }
        }
    }

    @Test func `generated modules pass the check of the text format, and their mutations do not stop it`() throws {
        for (number, bytes) in Self.seeds.enumerated() {
            let text = Array(TextPrinter.text(of: try BinaryDecoder.decode(bytes)).utf8)
            #expect(TextCheck.check(text), "seed \(number)")
            var generator = SplitMix64(seed: UInt64(number))
            for _ in 0..<20 {
                var mutated = text
                mutated[Int.random(in: 0..<mutated.count, using: &generator)] = UInt8.random(
                    in: 32...126,
                    using: &generator
                )
                TextCheck.check(mutated)
            }
        }
    }

    @Test
    func `generated modules, their mutations and what random bytes decide are interpreted in the same way each time`() {
        for (number, bytes) in Self.seeds.enumerated() {
            #expect(InterpretCheck.check(bytes), "seed \(number)")
            var generator = SplitMix64(seed: UInt64(number))
            for _ in 0..<10 {
                var mutated = bytes
                mutated[Int.random(in: 0..<mutated.count, using: &generator)] = UInt8.random(
                    in: 0...255,
                    using: &generator
                )
                InterpretCheck.check(mutated)
                let random = (0..<200).map { _ in UInt8.random(in: 0...255, using: &generator) }
                #expect(InterpretCheck.check(random), "seed \(number)")
            }
        }
    }

    @Test func `the modules of all stored crashes pass the checks, which some were found by`() throws {
        let store = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Crashes")
        let folders = try FileManager.default.contentsOfDirectory(at: store, includingPropertiesForKeys: nil)
            .filter { FileManager.default.fileExists(atPath: $0.appendingPathComponent("module.wasm").path) }
        #expect(!folders.isEmpty)
        for folder in folders {
            let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent("module.wasm")))
            #expect(DecodeCheck.check(bytes), "\(folder.lastPathComponent)")
            #expect(InterpretCheck.check(bytes), "\(folder.lastPathComponent)")
            let text = [UInt8](try Data(contentsOf: folder.appendingPathComponent("module.wat")))
            #expect(TextCheck.check(text), "\(folder.lastPathComponent)")
        }
    }
}
