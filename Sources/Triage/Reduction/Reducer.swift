import Differential
import Execution
import WasmFormats
import WasmGenerator
import WasmModel

/// What a reduction came to.
public struct Reduction: Sendable {
    /// The reduced case; it fails with the signature.
    public var test: TestCase
    /// The reduced recipe, where the reduction began with one. The module may be smaller still than what the recipe gives.
    public var recipe: CaseRecipe?
    /// The reduced case, where it is a transformed one that was reduced with its original.
    public var transformed: Case?
    public var cost: ReductionCost
    /// Whether no pass found anything more; false where the budget ended first.
    public var isMinimal: Bool
    /// How many proposals of each pass were kept, in the order of the passes.
    public var kept: [(pass: String, count: Int)]
}

/// What a reduction took.
public struct ReductionCost: Hashable, Sendable, Codable {
    /// How often engines ran.
    public var evaluations: Int
    /// Wall-clock time, in seconds.
    public var seconds: Double

    private enum CodingKeys: String, CodingKey {
        case evaluations = "evaluations"
        case seconds = "seconds"
    }

    /// Makes a cost.
    public init(evaluations: Int, seconds: Double) {
        self.evaluations = evaluations
        self.seconds = seconds
    }
}

/// Makes failing cases smaller while their signature stays the same.
///
/// Deterministic, as far as those who evaluate and the time limit are.
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
        /// How long it may go on, in seconds, if the next round of all passes takes as long as the last; nil in the first round.
        public var secondsLeft: Double?

        /// One line, e.g. `300 B, 8 parameters and results, 120 runs (calls), about 4 s more`.
        public var text: String {
            let left = secondsLeft.map { ", about \(Int($0.rounded(.up))) s more" } ?? ""
            return "\(size) B, \(arity) parameters and results, \(evaluations.counted("run")) (\(pass))\(left)"
        }
    }

    /// Runs a case and says how it fails; nil where it does not.
    public typealias Evaluate = (Case) throws -> CrashSignature?

    private let budget: Budget
    private let evaluators: [Evaluate]
    private let progress: (Progress) -> Void
    private let isInterrupted: () -> Bool
    private let checkpoint: ReductionCheckpoint?

    /// Makes a reducer.
    /// - Parameters:
    ///   - progress: called after each proposal that is kept.
    ///   - isInterrupted: asked before each run; where it says so, the reduction ends as at the end of its budget.
    public init(
        budget: Budget = Budget(),
        progress: @escaping (Progress) -> Void = { _ in },
        isInterrupted: @escaping () -> Bool = { false },
        evaluate: @escaping Evaluate
    ) {
        self.init(budget: budget, progress: progress, isInterrupted: isInterrupted, evaluators: [evaluate])
    }

    /// Makes a reducer that runs several cases at once. What it comes to is the same for any number of them, as far as the time lasts.
    /// - Parameters:
    ///   - evaluators: at least one; each is called from one thread at a time, and must share nothing with the others that is not made for
    ///     several threads.
    ///   - checkpoint: where the best so far is kept on the disk; nil for nowhere.
    public init(
        budget: Budget = Budget(),
        progress: @escaping (Progress) -> Void = { _ in },
        isInterrupted: @escaping () -> Bool = { false },
        checkpoint: ReductionCheckpoint? = nil,
        evaluators: [Evaluate]
    ) {
        self.budget = budget
        self.isInterrupted = isInterrupted
        self.checkpoint = checkpoint
        self.progress = progress
        self.evaluators = evaluators
    }

    /// Reduces a case: its recipe, where it has one, and then, where `includingModule`, the module with its calls.
    /// - Returns: nil where the case does not fail with the signature.
    /// - Throws: what `evaluate` throws.
    public func reduce(
        _ subject: Case,
        signature: CrashSignature,
        includingModule: Bool = true
    ) throws -> Reduction? {
        var run = ReductionRun(
            budget: budget,
            signature: signature,
            evaluators: evaluators,
            progress: progress,
            isInterrupted: isInterrupted,
            checkpoint: checkpoint
        )
        guard try run.fails(subject) else { return nil }
        if !includingModule, let origin = subject.origin {
            let reduced = try run.reduceOrigin(of: subject, origin)
            var reduction = run.result(reduced.test, recipe: nil)
            reduction.transformed = reduced
            return reduction
        }
        let reached = try reached(in: &run)
        guard let recipe = subject.recipe else {
            var test = reached?.subject.test ?? subject.test
            if includingModule { test = try run.reduceModule(of: test) }
            return run.result(test, recipe: nil)
        }
        let reduced = try run.reduce(reached?.recipe ?? recipe, RecipeReduction.passes) { candidate, _ in
            candidate.measured
        }
        var test = Case(reduced).test
        if includingModule {
            // That of the recipe is the larger one, unless the recipe has become smaller since.
            if let reached, reached.recipe == reduced { test = reached.subject.test }
            test = try run.reduceModule(of: test)
        }
        return run.result(test, recipe: reduced)
    }

    /// What an earlier process reached, where it fails still.
    private func reached(in run: inout ReductionRun) throws -> ReductionCheckpoint.Content? {
        guard let content = checkpoint?.content, try run.fails(content.subject) else { return nil }
        if let recipe = content.recipe, try !run.fails(Case(recipe)) { return nil }
        run.recipe = content.recipe
        return content
    }
}

/// A candidate as engines get it, with its size and arity.
struct MeasuredCase {
    let subject: Case
    /// The sum of the lengths of the lists of parameters and results of a recipe, or of all types of a module.
    let arity: Int

    var size: Int { subject.test.wasm.count }
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
