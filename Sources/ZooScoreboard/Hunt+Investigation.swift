import Engines
import Triage
import WasmGenerator

extension Hunt {
    /// Reduces a finding and searches for its boundaries.
    /// - Parameter seconds: what the reduction may take; 0 for no reduction and no boundaries.
    func investigate(_ finding: Finding, seconds: Double) throws -> Discovery {
        let size = finding.testCase.wasm.count
        var discovery = Discovery(
            engine: finding.engine,
            signature: finding.signature,
            observed: "expected \(finding.divergence.expected), observed \(finding.divergence.observed)",
            recipe: finding.recipe?.summary,
            reducedRecipe: nil,
            originalSize: size,
            reducedSize: size,
            reductionRuns: 0,
            isMinimal: false,
            boundaries: []
        )
        guard seconds > 0, let engine = engines.first(where: { $0.name == finding.engine }) else { return discovery }
        let analysis = CrashAnalysis(engine: engine, oracle: oracle, budget: budget)
        let reducer = Reducer(budget: Reducer.Budget(seconds: seconds), evaluate: analysis.signature)
        let reduction: Reduction?
        switch finding.subject {
        case .recipe(let recipe): reduction = try reducer.reduce(recipe, signature: finding.signature)
        case .test(let test): reduction = try reducer.reduce(test, signature: finding.signature)
        }
        guard let reduction else { return discovery }
        discovery.reducedSize = reduction.test.wasm.count
        discovery.reductionRuns = reduction.evaluations
        discovery.isMinimal = reduction.isMinimal
        if let recipe = reduction.recipe {
            discovery.reducedRecipe = recipe.summary
            discovery.boundaries = boundaries(of: recipe, analysis)
        }
        return discovery
    }

    /// Where each list of a failing recipe begins to matter, the longer list first; only one bug is there, so that any failure counts.
    private func boundaries(of recipe: CaseRecipe, _ analysis: CrashAnalysis) -> [Boundary] {
        let variables: [Boundary.Variable] =
            recipe.parameters.count > recipe.results.count ? [.parameters, .results] : [.results, .parameters]
        return variables.compactMap { variable in
            let count = variable == .results ? recipe.results.count : recipe.parameters.count
            let boundary = BoundarySearch.search(recipe, variable: variable, maximum: count) {
                analysis.divergence($0.testCase) != nil
            }
            return boundary?.lastGood == nil ? nil : boundary
        }
    }
}
