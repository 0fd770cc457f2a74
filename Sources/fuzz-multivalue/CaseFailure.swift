import Differential
import Engines
import Triage

/// A case that an engine fails.
struct CaseFailure {
    let item: ReplayCase
    let engine: any Engine
    let divergence: Divergence
    /// For running the case and smaller ones again: what does not end soon does not end.
    let budget: Budget

    /// The first failure, in the order of the cases and then of the engines; a crash's own engine comes first.
    init(firstOf cases: [ReplayCase], _ selection: EngineSelection) throws(CommandFailure) {
        var reasons: [String] = []
        for item in cases {
            let clock = ContinuousClock()
            let start = clock.now
            let judged = JudgedCase(item.test, oracle: selection.oracle)
            let oracleTime = clock.now - start
            let atFault = item.folder?.report.engine
            let engines =
                selection.engines.filter { $0.name == atFault } + selection.engines.filter { $0.name != atFault }
            for engine in engines {
                let engineStart = clock.now
                let outcome = engine.run(item.test, within: Budget())
                let engineTime = clock.now - engineStart
                switch judged.verdict(on: outcome, of: engine) {
                case .agreement: break
                case .inconclusive(let reason): reasons.append("\(engine.name): \(reason)")
                case .divergence(let divergence):
                    self.item = item
                    self.engine = engine
                    self.divergence = divergence
                    budget = Self.budget(divergence, oracleTime, engineTime)
                    return
                }
            }
        }
        throw CommandFailure(Self.nothing(cases, selection, reasons))
    }

    /// Ten times what the run took, at least two seconds; of a hang, what the oracle took counts.
    private static func budget(_ divergence: Divergence, _ oracleTime: Duration, _ engineTime: Duration) -> Budget {
        var time = max(oracleTime, engineTime)
        if case .hang = divergence.observable { time = oracleTime }
        return Budget(seconds: min(max(time / .seconds(1) * 10, 2), Budget().seconds))
    }

    private static func nothing(_ cases: [ReplayCase], _ selection: EngineSelection, _ reasons: [String]) -> String {
        let names = selection.engines.map(\.name).joined(separator: ", ")
        var text =
            switch (cases.count, selection.engines.isEmpty) {
            case (0, _): "nothing to run: no crash folder there"
            case (_, true): "nothing to compare: --engines names none but the oracle"
            case (1, false): "\(cases[0].name): no engine fails (\(names))"
            case (_, false): "none of \(cases.count) cases fails (\(names))"
            }
        if let first = reasons.first {
            text += "; \(reasons.count) runs cannot be compared, the first being \(first)"
        }
        return text
    }
}
