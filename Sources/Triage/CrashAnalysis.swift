import Differential
import Engines
import WasmFormats
import WasmGenerator
import WasmModel

/// Makes a finding into what is stored: reduced, with its boundary and its regression script.
public struct CrashAnalysis {
    private let engine: any Engine
    private let oracle: any Engine
    private let budget: Budget
    private let reductionBudget: Reducer.Budget
    private let progress: (Reducer.Progress) -> Void

    /// Makes an analysis for the findings of one engine.
    /// - Parameters:
    ///   - engine: is run often, and must not take the process down; an isolated one, where it could.
    ///   - budget: of each run.
    public init(
        engine: any Engine,
        oracle: any Engine,
        budget: Budget = Budget(),
        reductionBudget: Reducer.Budget = Reducer.Budget(),
        progress: @escaping (Reducer.Progress) -> Void = { _ in }
    ) {
        self.engine = engine
        self.oracle = oracle
        self.budget = budget
        self.reductionBudget = reductionBudget
        self.progress = progress
    }

    /// How the engine differs from the oracle; nil where it does not, or where nothing can be said.
    public func divergence(_ test: TestCase) -> Divergence? {
        let verdict = JudgedCase(test, oracle: oracle, within: budget).verdict(of: engine)
        if case .divergence(let divergence) = verdict { return divergence }
        return nil
    }

    /// The signature of the failure of a case; nil where it does not fail.
    public func signature(_ test: TestCase) -> CrashSignature? {
        divergence(test).map { CrashSignature(engine: engine.name, divergence: $0) }
    }

    /// How the oracle differs from the results in closed form; nil where it does not, or where nothing can be said.
    private func divergenceFromClosedForm(_ recipe: CaseRecipe) -> Divergence? {
        let outcome = oracle.run(recipe.testCase, within: budget)
        if case .divergence(let divergence) = OracleCheck.verdict(on: outcome, recipe.generate()) { return divergence }
        return nil
    }

    /// Whether the failure is one of the oracle against the results in closed form, which only the recipe tells.
    private func isOfOracle(_ finding: Finding) -> Bool { finding.engine == oracle.name && finding.recipe != nil }

    /// The signature of the failure of a recipe, by the closed form or by the oracle as that of the finding.
    private func signature(_ recipe: CaseRecipe, of finding: Finding) -> CrashSignature? {
        guard isOfOracle(finding) else { return signature(recipe.testCase) }
        return divergenceFromClosedForm(recipe).map { CrashSignature(engine: oracle.name, divergence: $0) }
    }

    /// The record of a finding; one that does not happen again is recorded as it was found.
    public func record(for finding: Finding) throws -> CrashRecord {
        let original = finding.testCase
        let reducer = Reducer(budget: reductionBudget, progress: progress, evaluate: signature)
        let reduction: Reduction?
        switch finding.subject {
        case .recipe(let recipe) where isOfOracle(finding):
            reduction = try reducer.reduce(recipe, signature: finding.signature) { signature($0, of: finding) }
        case .recipe(let recipe): reduction = try reducer.reduce(recipe, signature: finding.signature)
        case .test(let test): reduction = try reducer.reduce(test, signature: finding.signature)
        }
        let test = reduction?.test ?? original
        let recipe = reduction?.recipe ?? finding.recipe
        let boundary = reduction == nil ? nil : try self.boundary(of: test, recipe, finding)
        var regressions = regressionCase(of: test).map { [$0] } ?? []
        if let recipe, let boundary { regressions += RegressionCase.atBoundary(boundary, of: recipe, oracle: oracle) }
        let reducedDivergence: Divergence?
        if let reduced = reduction?.recipe, isOfOracle(finding) {
            reducedDivergence = divergenceFromClosedForm(reduced)
        } else {
            reducedDivergence = reduction.flatMap { divergence($0.test) }
        }
        let report = CrashReport(
            title: title(finding, recipe, boundary, isReproduced: reduction != nil),
            signature: finding.signature,
            engine: finding.engine,
            engines: [oracle.name, engine.name],
            invocations: test.invocations,
            divergence: reducedDivergence ?? finding.divergence,
            boundary: boundary,
            recipe: recipe,
            specimen: finding.specimen,
            reducedSize: test.wasm.count,
            originalSize: original.wasm.count
        )
        return CrashRecord(
            report: report,
            wasm: test.wasm,
            original: original.wasm == test.wasm ? nil : original.wasm,
            regressions: regressions
        )
    }

    /// The boundary in the longer list of the signature first; of two lists without a passing arity, the first one's.
    private func boundary(of test: TestCase, _ recipe: CaseRecipe?, _ finding: Finding) throws -> Boundary? {
        var variables = Boundary.Variable.allCases
        if let recipe, recipe.parameters.count > recipe.results.count { variables = [.parameters, .results] }
        var first: Boundary?
        for variable in variables {
            let boundary: Boundary?
            if let recipe {
                let count = variable == .results ? recipe.results.count : recipe.parameters.count
                boundary = BoundarySearch.search(recipe, variable: variable, maximum: count) {
                    self.signature($0, of: finding) == finding.signature
                }
            } else {
                boundary = try ArityLimit.search(test, variable: variable) { self.signature($0) == finding.signature }
            }
            if boundary?.lastGood != nil { return boundary }
            if first == nil { first = boundary }
        }
        return first
    }

    private func regressionCase(of test: TestCase) -> RegressionCase? {
        guard let module = try? BinaryDecoder.decode(test.wasm),
            case .completed(let observation) = oracle.run(test, within: budget)
        else { return nil }
        return RegressionCase(
            title: "the reduced module",
            module: module,
            invocations: test.invocations,
            expected: observation.invocations
        )
    }

    private func title(
        _ finding: Finding,
        _ recipe: CaseRecipe?,
        _ boundary: Boundary?,
        isReproduced: Bool
    ) -> String {
        var parts = [finding.signature.description]
        if let boundary { parts.append(boundary.description) }
        if let recipe { parts.append(recipe.summary) }
        if !isReproduced { parts.append("did not happen again") }
        return parts.joined(separator: "; ")
    }
}
