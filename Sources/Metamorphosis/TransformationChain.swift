import WasmFormats
import WasmGenerator
import WasmModel

/// A module that was transformed several times.
public struct TransformedModule: Sendable {
    /// One transformation, from which the same module makes the same again.
    public struct Step: Hashable, Sendable, Codable {
        public var transformation: Transformation
        public var seed: UInt64
        /// What the module was allowed to use, by the bits of a set.
        public var features: UInt32
        /// What it did, in words.
        public var account: String

        private enum CodingKeys: String, CodingKey {
            case transformation = "transformation"
            case seed = "seed"
            case features = "features"
            case account = "account"
        }
    }

    public let module: ValidatedModule
    /// In the order in which they were made; at least one.
    public let steps: [Step]

    /// How many transformations are made of a module at most.
    private static let mostSteps = 4

    /// Transforms a module one to four times.
    ///
    /// What comes out uses no feature that the module was not allowed to use.
    /// - Returns: nil where no transformation that was tried has a place in the module.
    public init?(_ module: ValidatedModule, by decisions: inout SplitMix64) {
        var present = module
        var steps: [Step] = []
        let wanted = Int.random(in: 1...Self.mostSteps, using: &decisions)
        for _ in 0..<2 * wanted where steps.count < wanted {
            guard let transformation = Transformation.allCases.randomElement(using: &decisions) else { break }
            let seed = decisions.next()
            guard let result = transformation.applied(to: present, seed: seed, features: module.features) else {
                continue
            }
            present = result.module
            steps.append(
                Step(
                    transformation: transformation,
                    seed: seed,
                    features: module.features.rawValue,
                    account: result.account
                )
            )
        }
        if steps.isEmpty { return nil }
        self.module = present
        self.steps = steps
    }

    /// Transforms a module as another one was.
    /// - Returns: nil where a step has no place in it.
    public init?(_ module: ValidatedModule, repeating steps: [Step]) {
        var present = module
        var made: [Step] = []
        for step in steps {
            let features = FeatureSet(rawValue: step.features)
            guard let result = step.transformation.applied(to: present, seed: step.seed, features: features) else {
                return nil
            }
            present = result.module
            var step = step
            step.account = result.account
            made.append(step)
        }
        self.module = present
        self.steps = made
    }
}
