import Differential
import Execution
import Triage
import WasmGenerator

/// Measures how what the compilers in this program need grows with the arity of a case: of code now and then, and of time where a case took
/// long for its size; each once for a compiler and a list of edges.
struct GrowthMeasurement {
    private var measured: Set<String> = []
    private var cases = 0

    /// The code of one case in so many is looked at, as a measurement takes as long as some cases do.
    private static let share = 128
    /// A case that takes longer than both says, and longer than others, is worth a measurement.
    private static let suspiciousDuration = Duration.milliseconds(30) * slowness
    private static let suspiciousDurationPerByte = Duration.microseconds(5) * slowness
    /// How much slower a build without optimisation is.
    private static let slowness = _isDebugAssertConfiguration() ? 40 : 1

    /// What grows faster than the module, with the case at the greatest arity.
    mutating func findings(_ judgement: Judgement, in engines: [any Engine], specimen: String?) -> [Finding] {
        cases += 1
        guard let recipe = judgement.subject.recipe, recipe.routing != .arithmetic else { return [] }
        var findings: [Finding] = []
        if cases % Self.share == 0 {
            let compilers = engines.filter { $0 is any CompilingEngine }
            // They take turns.
            if !compilers.isEmpty {
                findings.append(
                    contentsOf: finding(.codeSize, recipe, compilers[cases / Self.share % compilers.count], specimen)
                )
            }
        }
        let suspicious = max(
            Self.suspiciousDuration,
            Self.suspiciousDurationPerByte * judgement.subject.test.wasm.count
        )
        for entry in judgement.others where entry.duration > suspicious {
            guard let engine = engines.first(where: { $0.name == entry.engine }) else { continue }
            findings += finding(.compileTime, recipe, engine, specimen)
        }
        return findings
    }

    private mutating func finding(
        _ observable: Observable,
        _ recipe: CaseRecipe,
        _ engine: any Engine,
        _ specimen: String?
    ) -> [Finding] {
        let edges = recipe.effectiveEdges.map(\.rawValue).joined(separator: ",")
        guard measured.insert("\(observable) \(engine.name) \(edges)").inserted,
            let divergence = Growth(observable, of: recipe, in: engine, within: Budget())?.divergence
        else { return [] }
        let largest =
            observable == .codeSize ? CodeSizeCurve.largest(recipe) : CompileTimeCurve.Scale.compilers.largest(recipe)
        return [Finding(Case(largest), engine: engine.name, specimen: specimen, divergence: divergence)]
    }
}
