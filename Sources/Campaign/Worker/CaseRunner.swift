import Differential
import Engines
import Triage
import WasmFormats
import WasmGenerator

/// Runs cases through the oracle and the other engines, and compares.
///
/// The same in a worker, where the engines are in this process, and for reproduction, where they are isolated.
public struct CaseRunner: Sendable {
    private let oracle: any Engine
    private let engines: [any Engine]
    private let specimen: String?
    private let budget: Budget

    /// What came of a case.
    public struct Result: Sendable {
        /// One finding for each signature.
        public var findings: [Finding] = []
        /// How many engines were asked.
        public var runs = 0
        /// How many of them refused.
        public var refusals = 0
        /// How many of the others ended in a way that nobody can judge, by the reason.
        public var undecided: [String: Int] = [:]
    }

    /// Makes a runner.
    public init(oracle: any Engine, engines: [any Engine], specimen: String?, budget: Budget) {
        self.oracle = oracle
        self.engines = engines
        self.specimen = specimen
        self.budget = budget
    }

    /// Runs a recipe or any case.
    public func run(_ subject: Finding.Subject) -> Result {
        switch subject {
        case .recipe(let recipe): run(recipe)
        case .test(let test): run(test)
        }
    }

    /// Runs a recipe; the oracle is judged by the results in closed form.
    public func run(_ recipe: CaseRecipe) -> Result {
        let generated = recipe.generate()
        let test = TestCase(wasm: BinaryEncoder.encode(generated.module), invocations: generated.invocations)
        var result = Result()
        let judged = JudgedCase(test, oracle: oracle, within: budget)
        note(OracleCheck.verdict(on: judged.expected, generated), on: oracle.name, .recipe(recipe), in: &result)
        judge(judged, .recipe(recipe), in: &result) { observed, verdict in
            guard case .divergence(let divergence) = verdict, case .result = divergence.observable else {
                return verdict
            }
            // The closed form also says what the mistake looks like.
            let explained = OutcomeComparison.verdict(
                on: observed,
                expectedEndings: generated.expectedEndings,
                explanation: ResultExplanation(arguments: generated.invocations.first?.arguments ?? [])
            )
            guard case .divergence(let better) = explained, better.observable == divergence.observable else {
                return verdict
            }
            return explained
        }
        return result
    }

    /// Runs any case; there is nothing to judge the oracle by but its own crash, and that it takes the module.
    public func run(_ test: TestCase) -> Result {
        var result = Result()
        let judged = JudgedCase(test, oracle: oracle, within: budget)
        switch judged.expected {
        case .crashed, .timedOut, .rejected:
            note(
                OutcomeComparison.verdict(on: judged.expected, oracle: .completed(Observation())),
                on: oracle.name,
                .test(test),
                in: &result
            )
        case .completed, .refused: break
        }
        judge(judged, .test(test), in: &result)
        return result
    }

    /// Runs a case in all engines but the oracle.
    /// - Parameter explain: makes a better verdict of the one on an outcome, where it knows more.
    private func judge(
        _ judged: JudgedCase,
        _ subject: Finding.Subject,
        in result: inout Result,
        explain: (Outcome, Verdict) -> Verdict = { $1 }
    ) {
        for engine in engines {
            let observed = engine.run(judged.test, within: budget)
            let verdict = explain(observed, judged.verdict(on: observed, of: engine))
            count(observed, verdict, in: &result)
            note(verdict, on: engine.name, subject, in: &result)
        }
        result.runs = engines.count
    }

    private func count(_ observed: Outcome, _ verdict: Verdict, in result: inout Result) {
        if case .refused = observed {
            result.refusals += 1
        } else if case .inconclusive(let reason) = verdict {
            result.undecided[reason, default: 0] += 1
        }
    }

    private func note(_ verdict: Verdict, on engine: String, _ subject: Finding.Subject, in result: inout Result) {
        guard case .divergence(let divergence) = verdict else { return }
        let finding = Finding(subject, engine: engine, specimen: specimen, divergence: divergence)
        if !result.findings.contains(where: { $0.signature == finding.signature }) { result.findings.append(finding) }
    }
}
