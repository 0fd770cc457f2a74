import Execution
import Metamorphosis
import WasmFormats
import WasmGenerator
import WasmModel

extension Case {
    /// What a case was made from, by transformations that preserve what its host sees.
    public struct Origin: Hashable, Sendable, Codable {
        private enum CodingKeys: String, CodingKey {
            case test = "test"
            case recipe = "recipe"
            case steps = "steps"
        }

        public let test: TestCase
        /// What the generator made the original from, where it did.
        public let recipe: CaseRecipe?
        /// The transformations, in their order.
        public let steps: [TransformedModule.Step]

        /// What was done, in words.
        public var account: String { steps.map(\.account).joined(separator: ", then ") }
    }

    /// The case before it was transformed; nil where it was not.
    public var original: Case? {
        origin.map { origin in origin.recipe.map { Case($0) } ?? Case(origin.test, isGenerated: isGenerated) }
    }

    /// The case with its module transformed, by transformations that decisions choose; the calls stay the same, and so does how they end.
    ///
    /// Structures come in only where the module has some, as compilers in the tree refuse them.
    /// - Returns: nil where no transformation has a place in the module.
    public func transformed(by decisions: inout SplitMix64, features: FeatureSet = .wasm3) -> Case? {
        guard origin == nil, let decoded = try? BinaryDecoder.decode(test.wasm) else { return nil }
        let withoutStructures = features.subtracting(.garbageCollection)
        guard
            let module = (try? Validator.validate(decoded, features: withoutStructures))
                ?? (try? Validator.validate(decoded, features: features)),
            let transformed = TransformedModule(module, by: &decisions)
        else { return nil }
        return Case(self, transformed)
    }

    /// A case whose module is transformed as another one was.
    /// - Returns: nil where a step has no place in the module any more.
    public init?(_ test: TestCase, repeating steps: [TransformedModule.Step]) {
        guard let decoded = try? BinaryDecoder.decode(test.wasm), let module = try? Validator.validate(decoded),
            let transformed = TransformedModule(module, repeating: steps)
        else { return nil }
        self.init(Case(test), transformed)
    }

    private init(_ original: Case, _ transformed: TransformedModule) {
        var test = original.test
        test.wasm = BinaryEncoder.encode(transformed.module.module)
        let origin = Origin(test: original.test, recipe: original.recipe, steps: transformed.steps)
        self.init(test, isGenerated: original.isGenerated, origin: origin)
    }
}
