import Engines
import WasmFormats
import WasmGenerator
import WasmModel

/// What a reduction came to.
public struct Reduction: Sendable {
    /// The reduced case; it fails with the signature.
    public var test: TestCase
    /// The reduced recipe, where the reduction began with one. The module may be smaller still than what the recipe gives.
    public var recipe: CaseRecipe?
    /// How often engines ran.
    public var evaluations: Int
    /// Whether no pass found anything more; false where the budget ended first.
    public var isMinimal: Bool
    /// How many proposals of each pass were kept, in the order of the passes.
    public var kept: [(pass: String, count: Int)]
}

/// Makes failing cases smaller while their signature stays the same.
///
/// Deterministic, as far as `evaluate` and the time limit are.
public struct Reducer {
    /// What a reduction may cost.
    public struct Budget: Hashable, Sendable {
        /// How often engines may run.
        public var evaluations: Int
        /// Wall-clock time, in seconds.
        public var seconds: Double

        /// Makes a budget.
        public init(evaluations: Int = 20_000, seconds: Double = 60) {
            self.evaluations = evaluations
            self.seconds = seconds
        }
    }

    /// How far a reduction is.
    public struct Progress: Hashable, Sendable {
        public var pass: String
        public var evaluations: Int
        /// Of the smallest failing module so far, in bytes.
        public var size: Int
        /// The sum of the lengths of all lists of parameters and results.
        public var arity: Int
    }

    /// Runs a case and says how it fails; nil where it does not.
    public typealias Evaluate = (TestCase) throws -> CrashSignature?

    private let budget: Budget
    private let evaluate: Evaluate
    private let progress: (Progress) -> Void

    /// Makes a reducer; `progress` is called after each proposal that is kept.
    public init(
        budget: Budget = Budget(),
        progress: @escaping (Progress) -> Void = { _ in },
        evaluate: @escaping Evaluate
    ) {
        self.budget = budget
        self.progress = progress
        self.evaluate = evaluate
    }

    /// Reduces a recipe, and then, where `includingModule`, the module that it gives.
    /// - Returns: nil where the recipe does not fail with the signature.
    /// - Throws: what `evaluate` throws.
    public func reduce(
        _ recipe: CaseRecipe,
        signature: CrashSignature,
        includingModule: Bool = true
    ) throws -> Reduction? {
        var run = ReductionRun(budget: budget, signature: signature, evaluate: evaluate, progress: progress)
        guard try run.fails(recipe.testCase) else { return nil }
        let reduced = try run.reduce(recipe, RecipeReduction.passes) { candidate, _ in
            let generated = candidate.generate()
            return ReductionMeasured(ReductionCase(module: generated.module, invocations: generated.invocations))
        }
        var test = reduced.testCase
        if includingModule { test = try run.reduceModule(of: test) }
        return run.result(test, recipe: reduced)
    }

    /// Reduces a recipe that is judged as such, because its failure cannot be told from the module: the results in closed form, for one.
    /// - Parameter evaluateRecipe: runs the case of a recipe and says how it fails; nil where it does not.
    /// - Returns: nil where the recipe does not fail with the signature.
    /// - Throws: what `evaluateRecipe` throws.
    public func reduce(
        _ recipe: CaseRecipe,
        signature: CrashSignature,
        evaluateRecipe: @escaping (CaseRecipe) throws -> CrashSignature?
    ) throws -> Reduction? {
        var proposed = recipe
        var run = ReductionRun(
            budget: budget,
            signature: signature,
            evaluate: { _ in try evaluateRecipe(proposed) },
            progress: progress
        )
        guard try run.fails(recipe.testCase) else { return nil }
        let reduced = try run.reduce(recipe, RecipeReduction.passes) { candidate, _ in
            proposed = candidate
            return ReductionMeasured(candidate.reductionCase)
        }
        return run.result(reduced.testCase, recipe: reduced)
    }

    /// Reduces a module with its calls.
    /// - Returns: nil where the case does not fail with the signature.
    /// - Throws: what `evaluate` throws.
    public func reduce(_ test: TestCase, signature: CrashSignature) throws -> Reduction? {
        var run = ReductionRun(budget: budget, signature: signature, evaluate: evaluate, progress: progress)
        guard try run.fails(test) else { return nil }
        return run.result(try run.reduceModule(of: test), recipe: nil)
    }
}

/// A candidate as engines get it, with its size and arity.
struct ReductionMeasured {
    let test: TestCase
    let arity: Int

    init(_ candidate: ReductionCase) {
        test = candidate.testCase
        arity = candidate.module.totalArity
    }

    var size: Int { test.wasm.count }
}

extension Module {
    /// The sum of the lengths of all lists of parameters and results of the module's types.
    var totalArity: Int {
        types.reduce(0) { sum, type in
            guard let type = type.functionType else { return sum }
            return sum + type.parameters.count + type.results.count
        }
    }
}
