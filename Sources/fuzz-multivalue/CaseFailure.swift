import Differential
import Engines
import Triage

/// A case that an engine fails.
struct CaseFailure {
    let item: ReplayCase
    let engine: any Engine
    let divergence: Divergence

    /// The first failure, in the order of the cases and then of the engines; a crash's own engine comes first.
    init(firstOf cases: [ReplayCase], _ selection: EngineSelection) throws(CommandFailure) {
        var reasons: [String] = []
        for item in cases {
            let expected = selection.oracle.run(item.test, within: Budget())
            let atFault = item.folder?.report.engine
            let engines =
                selection.engines.filter { $0.name == atFault } + selection.engines.filter { $0.name != atFault }
            for engine in engines {
                let outcome = engine.run(item.test, within: Budget())
                switch OutcomeComparison.verdict(on: outcome, oracle: expected) {
                case .agreement: break
                case .inconclusive(let reason): reasons.append("\(engine.name): \(reason)")
                case .divergence(let divergence):
                    self.item = item
                    self.engine = engine
                    self.divergence = divergence
                    return
                }
            }
        }
        throw CommandFailure(Self.nothing(cases, selection, reasons))
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
