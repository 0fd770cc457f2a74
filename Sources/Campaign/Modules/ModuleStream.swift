import Differential
import Execution
import Foundation
import ModuleMutation
import Triage
import WasmFormats
import WasmGenerator
import WasmModel

/// The modules of a folder, which other tools made: first each as it is, then, unless it is to be those alone, changed ones without end.
struct ModuleStream {
    private let files: [ModuleFile]
    /// The positions of those that can be changed.
    private let changeable: [Int]
    private let seed: UInt64
    private let features: FeatureSet
    private let maximumArity: Int

    /// - Parameter changes: whether there are changed ones.
    init(_ files: [ModuleFile], seed: UInt64, features: FeatureSet, maximumArity: Int, changes: Bool = true) {
        self.files = files
        changeable = changes ? files.indices.filter { files[$0].isChangeable } : []
        self.seed = seed
        self.features = features
        self.maximumArity = maximumArity
    }

    /// Whether there is nothing any more from a position on, as no file can be changed.
    func isOver(at position: Int) -> Bool { position >= files.count && changeable.isEmpty }

    /// The case of a position; nil where the file is no more what it was, or has no valid change.
    func subject(_ position: Int) -> Case? {
        if isOver(at: position) { return nil }
        var random = SplitMix64(seed: seed &+ UInt64(position) &* 0x9E37_79B9)
        let isOriginal = position < files.count
        let file = files[isOriginal ? position : changeable[Int.random(in: changeable.indices, using: &random)]]
        guard case .success(let wasm) = ModuleFile.content(of: file.path) else { return nil }
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
