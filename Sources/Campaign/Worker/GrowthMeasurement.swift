import Differential
import Execution
import Triage
import WasmGenerator

/// How what a compiler in this program needs grows with a recipe, to be measured.
struct GrowthMeasurement {
    let observable: Observable
    let recipe: CaseRecipe
    let engine: any CompilingEngine

    /// The recipe at the greatest arity that is measured.
    var largest: CaseRecipe {
        observable == .codeSize ? CodeSizeCurve.largest(recipe) : CompileTimeCurve.Scale.compilers.largest(recipe)
    }

    /// The greatest arity that is measured.
    var largestArity: Int {
        observable == .codeSize ? CodeSizeCurve.greatestArity : CompileTimeCurve.Scale.compilers.greatestArity
    }

    /// What a measurement says.
    struct Result {
        /// What grows faster than the module, with the case at the greatest arity; nil where nothing does.
        var finding: Finding?
        /// How long the compilations took.
        var times: [CompileTimeSample]
    }

    /// Measures, where a glance at two arities does not say already that it is not worth it.
    func result(within budget: Budget, specimen: String?) -> Result {
        var points: [CompileTimeCurve.Point] = []
        var finding: Finding?
        if observable == .compileTime {
            points = CompileTimeCurve.glance(at: recipe, compiledBy: engine, within: budget)
        }
        if observable != .compileTime || CompileTimeCurve.mayBeSteep(points),
            let growth = Growth(observable, of: recipe, in: engine, within: budget)
        {
            points += growth.times
            finding = growth.divergence.map {
                Finding(Case(largest), engine: engine.name, specimen: specimen, divergence: $0)
            }
        }
        let times = points.map {
            CompileTimeSample(engine: engine.name, arity: $0.arity, milliseconds: $0.seconds * 1000)
        }
        return Result(finding: finding, times: times)
    }
}

/// Decides when a worker measures: now and then, and time also where a case took long for its size; each once for a compiler and a list of edges.
struct GrowthSchedule {
    private let compilers: [any CompilingEngine]
    private let measuresTime: Bool
    private let greatestArity: Int
    private var measured: Set<String> = []
    private var cases = 0

    /// - Parameters:
    ///   - engines: of which those that are no compilers are left out.
    ///   - greatestArity: the greatest number of parameters and results; what needs more is not measured.
    init(_ engines: [any Engine], _ measurements: WorkerSettings.Measurements = .all, greatestArity: Int = .max) {
        compilers = measurements == .none ? [] : engines.compactMap { $0 as? any CompilingEngine }
        measuresTime = measurements == .all
        self.greatestArity = greatestArity
    }

    /// One case in so many is looked at, for code and for time by turns, as a measurement takes as long as some cases do.
    private static let share = 96
    /// A case that takes longer than both say is worth a measurement.
    private static let suspiciousDuration = Duration.milliseconds(30) * BuildConfiguration.slowness
    private static let suspiciousDurationPerByte = Duration.microseconds(5) * BuildConfiguration.slowness

    /// What is to be measured behind a case.
    mutating func due(_ judgement: Judgement) -> [GrowthMeasurement] {
        guard !compilers.isEmpty else { return [] }
        cases += 1
        guard let recipe = judgement.subject.recipe, recipe.routing != .arithmetic else { return [] }
        var due: [GrowthMeasurement] = []
        if cases % Self.share == 0 {
            let turn = cases / Self.share
            let engine = compilers[turn / 2 % compilers.count]
            due.append(
                GrowthMeasurement(observable: turn % 2 == 0 ? .codeSize : .compileTime, recipe: recipe, engine: engine)
            )
        }
        let size = judgement.subject.test.wasm.count
        let suspicious = max(Self.suspiciousDuration, Self.suspiciousDurationPerByte * size)
        for entry in judgement.others where entry.duration > suspicious {
            guard let engine = compilers.first(where: { $0.name == entry.engine }) else { continue }
            due.append(GrowthMeasurement(observable: .compileTime, recipe: recipe, engine: engine))
        }
        due.removeAll { $0.largestArity > greatestArity }
        if !measuresTime { due.removeAll { $0.observable == .compileTime } }
        let edges = recipe.effectiveEdges.map(\.rawValue).joined(separator: ",")
        return due.filter { measured.insert("\($0.observable) \($0.engine.name) \(edges)").inserted }
    }
}
