import Differential
import Execution
import Triage
import WasmModel

/// A case that an engine fails.
struct CaseFailure {
    let item: NamedCase
    let engine: EngineName
    let divergence: Divergence
    /// For running the case and smaller ones again: what does not end soon does not end.
    let budget: Budget

    /// The first failure, in the order of the cases and then of the engines; a crash's own engine comes first.
    init(firstOf cases: [NamedCase], _ selection: EngineSelection) throws(CommandFailure) {
        var reasons: [String] = []
        var hasComparison = false
        for item in cases {
            let atFault = item.folder?.report.engine
            let engines =
                selection.engines.filter { $0.name == atFault } + selection.engines.filter { $0.name != atFault }
            var trial = selection.judge.trial(of: item.subject)
            for engine in [selection.judge.oracle] + engines {
                let clock = ContinuousClock()
                let start = clock.now
                let isOracle = engine.name == selection.judge.oracle.name
                let verdict = trial.verdict(of: engine)
                try EngineSelection.checkInterruption()
                switch verdict {
                case .agreement: if !isOracle { hasComparison = true }
                case .inconclusive where isOracle: break
                case .inconclusive(let reason): reasons.append("\(engine.name): \(reason)")
                case .divergence(let divergence):
                    self.item = item
                    self.engine = engine.name
                    self.divergence = divergence
                    budget = Self.budget(selection.judge.budget, divergence, clock.now - start)
                    return
                }
            }
        }
        throw CommandFailure(
            Self.nothing(cases, selection, reasons, hasComparison: hasComparison),
            status: ExitStatus(differs: false, hasComparison: hasComparison)
        )
    }

    /// With ten times what the run took, at least two seconds; what a hang takes has been confirmed.
    private static func budget(_ whole: Budget, _ divergence: Divergence, _ time: Duration) -> Budget {
        var budget = whole
        if case .hang = divergence.observable {
            budget.seconds = min(budget.seconds, 2)
        } else {
            budget.seconds = min(max(time / .seconds(1) * 10, 2), budget.seconds)
        }
        return budget
    }

    private static func nothing(
        _ cases: [NamedCase],
        _ selection: EngineSelection,
        _ reasons: [String],
        hasComparison: Bool
    ) -> String {
        let names = selection.engines.map(\.name.description).joined(separator: ", ")
        var text =
            switch (cases.count, selection.engines.isEmpty) {
            case (0, _): "nothing to run: no crash folder there"
            case (_, true): "nothing to compare: --engines names none but the oracle"
            case _ where !hasComparison:
                "\(cases.count == 1 ? cases[0].name : "\(cases.count) cases"): nothing can be compared (\(names))"
            case (1, false): "\(cases[0].name): no engine fails (\(names))"
            case (_, false): "none of \(cases.count) cases fails (\(names))"
            }
        if let first = reasons.first {
            text += "; \(reasons.count.counted("run")) cannot be compared, the first being \(first)"
        }
        return text
    }
}
