import Differential
import Execution
import Foundation
import ModuleMutation
import Triage
import WasmFormats
import WasmGenerator
import WasmModel

/// The modules of a folder, which other tools made: first each as it is, then changed ones without end.
struct ModuleStream {
    private let paths: [String]
    private let seed: UInt64
    private let features: FeatureSet
    private let maximumArity: Int

    /// Larger files would take the time of many others; in bytes.
    private static let greatestSize = 1 << 20

    /// Finds the `.wasm` files of a folder, to the bottom, in the order of their paths.
    /// - Throws: where there are none.
    init(folder: String, seed: UInt64, features: FeatureSet, maximumArity: Int) throws {
        self.seed = seed
        self.features = features
        self.maximumArity = maximumArity
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        paths = files.filter { $0.hasSuffix(".wasm") }.sorted().map { "\(folder)/\($0)" }
        guard !paths.isEmpty else {
            throw CrashStoreError(path: folder, reason: "no .wasm file there")
        }
    }

    /// The case of a position; nil where the file cannot be read, is too large, or has no valid change.
    func subject(_ position: Int) -> Case? {
        var random = SplitMix64(seed: seed &+ UInt64(position) &* 0x9E37_79B9)
        let isOriginal = position < paths.count
        let path = isOriginal ? paths[position] : paths[Int.random(in: paths.indices, using: &random)]
        guard let bytes = FileManager.default.contents(atPath: path), bytes.count <= Self.greatestSize else {
            return nil
        }
        let wasm = [UInt8](bytes)
        guard let module = try? BinaryDecoder.decode(wasm) else {
            return isOriginal ? Case(TestCase(wasm: wasm, invocations: [])) : nil
        }
        if isOriginal { return Case(DecodedCase(module: module, invocations: []).callingExports.testCase) }
        let changed = ModuleMutation.mutated(
            module,
            by: &random,
            features: features,
            maximumArity: maximumArity
        )
        return changed.map { Case(DecodedCase(module: $0, invocations: []).callingExports.testCase) }
    }
}
