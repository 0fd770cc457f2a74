import Differential
import Execution
import Triage
import WasmGenerator

/// Measures now and then how the code of a compiler grows with the arity of a case, once for each list of edges.
struct CodeMeasurement {
    private var measured: Set<String> = []
    private var cases = 0

    /// One case in so many is looked at, as a measurement takes as long as some cases do.
    private static let share = 128

    /// What grows faster than the module, with the case at the greatest arity; nil where nothing does, and where nothing was measured.
    ///
    /// The compilers take turns.
    mutating func finding(_ subject: Case, in engines: [any Engine]) -> Finding? {
        cases += 1
        let compilers = engines.compactMap { $0 as? any CodeMeasuringEngine }
        guard cases % Self.share == 0, !compilers.isEmpty,
            let recipe = subject.recipe, recipe.routing != .arithmetic
        else { return nil }
        let engine = compilers[cases / Self.share % compilers.count]
        let edges = recipe.effectiveEdges.map(\.rawValue).joined(separator: ",")
        guard measured.insert("\(engine.name) \(edges)").inserted,
            let divergence = CodeSizeCurve(recipe, in: engine)?.divergence
        else { return nil }
        return Finding(Case(CodeSizeCurve.largest(recipe)), engine: engine.name, divergence: divergence)
    }
}
