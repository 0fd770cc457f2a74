import Execution
import WasmFormats
import WasmGenerator
import WasmModel

/// Everything that is judged: a module with the calls to make, whether it came from a recipe, from decisions, or from a file.
public struct Case: Hashable, Sendable {
    /// What engines are given.
    public let test: TestCase
    /// What the generator made the case from, where it did; the same recipe always gives the same case.
    public let recipe: CaseRecipe?
    /// How each invocation must end, in closed form; empty where only the oracle knows.
    let expectedEndings: [ExpectedEnding]
    /// Whether the generator made the case, so that the module has to be valid.
    public let isGenerated: Bool
    /// What the case was made from by transformations; nil where it was not.
    public let origin: Origin?

    /// The case of a recipe.
    public init(_ recipe: CaseRecipe) {
        let generated = recipe.generate()
        self.recipe = recipe
        test = TestCase(wasm: BinaryEncoder.encode(generated.module), invocations: generated.invocations)
        expectedEndings = generated.expectedEndings
        isGenerated = true
        origin = nil
    }

    /// A module with its calls.
    public init(_ test: TestCase) { self.init(test, isGenerated: false) }

    /// A module with its calls.
    /// - Parameters:
    ///   - isGenerated: whether the generator made it.
    ///   - origin: what it was made from by transformations, which leave the closed form as it is.
    init(_ test: TestCase, isGenerated: Bool, origin: Origin? = nil) {
        self.test = test
        self.isGenerated = isGenerated
        self.origin = origin
        recipe = nil
        expectedEndings = origin?.recipe?.generate().expectedEndings ?? []
    }

    /// What decisions made.
    public init(_ decided: DecidedCase) {
        switch decided {
        case .recipe(let recipe): self.init(recipe)
        case .program(let program):
            let split = program.split(importingFrom: TestCase.companionName(0))
            self.init(
                TestCase(
                    wasm: BinaryEncoder.encode(split?.rest ?? program.module),
                    invocations: program.invocations,
                    companions: split.map { [BinaryEncoder.encode($0.companion)] } ?? []
                ),
                isGenerated: true
            )
        }
    }

    /// A line for reports.
    public var summary: String {
        if let origin { return "\(original?.summary ?? "") after \(origin.account)" }
        return recipe?.summary ?? "a module of \(test.wasm.count) bytes"
    }
}
