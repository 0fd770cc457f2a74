import Differential
import Execution
import ModuleMutation
import Triage
import WasmFormats
import WasmGenerator
import WasmModel

/// Inputs of libFuzzer that are modules as they are.
public enum ModuleInput {
    /// Of lists that are made longer, and of modules that are made.
    private static let maximumArity = 300

    /// The case of bytes: a valid module with calls of what it exports, or whatever else they are, for the engines to reject.
    static func subject(_ bytes: [UInt8]) -> Case {
        guard let module = validModule(bytes) else { return Case(TestCase(wasm: bytes, invocations: [])) }
        var test = DecodedCase(module: module, invocations: []).callingExports.testCase
        // The bytes as they are, not as they would be encoded.
        test.wasm = bytes
        return Case(test)
    }

    /// Changes a valid module into another one. What is none becomes one at times, so that there are some without a corpus.
    /// - Returns: nil where libFuzzer is to change the bytes: no change was found that is valid and not too large.
    public static func mutated(_ bytes: [UInt8], seed: UInt64, greatestSize: Int) -> [UInt8]? {
        var random = SplitMix64(seed: seed)
        let changed: Module?
        if let module = validModule(bytes) {
            changed = ModuleMutation.mutated(module, by: &random, maximumArity: maximumArity)
        } else {
            changed = Int.random(in: 0..<4, using: &random) == 0 ? made(random.next()) : nil
        }
        return changed.map { BinaryEncoder.encode($0) }.flatMap { $0.count <= greatestSize ? $0 : nil }
    }

    private static func made(_ seed: UInt64) -> Module {
        var decisions = DecisionSource(seed: seed)
        return switch decisions.choose(from: Profile.all).decidedCase(from: &decisions, maximumArity: maximumArity) {
        case .recipe(let recipe): recipe.generate().module
        case .program(let program): program.module
        }
    }

    private static func validModule(_ bytes: [UInt8]) -> Module? {
        guard let module = try? BinaryDecoder.decode(bytes), (try? Validator.validate(module)) != nil else {
            return nil
        }
        return module
    }
}
