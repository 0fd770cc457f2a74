import Differential
import Execution
import WasmModel

/// The rule that a stored crash must keep.
public enum Regression {
    /// A crash that breaks its rule.
    public struct Violation: Hashable, Sendable, CustomStringConvertible {
        /// The folder's name.
        public var crash: String
        /// The engine's name; nil where no engine is concerned.
        public var engine: EngineName?
        public var reason: String

        /// Crash, engine and reason in one line.
        public var description: String {
            [crash, engine?.description, reason].compactMap { $0 }.joined(separator: ": ")
        }
    }

    /// Checks a crash by its status: a fixed one must agree with the oracle in every engine; an open one must still diverge in the engine
    /// that is at fault, where that is among the engines, so that a silent fix surfaces; an accepted one is only read.
    ///
    /// A crash that was found under a deliberate bug must agree in engines without the bug. One of an engine outside of this program is a
    /// matter of that engine alone.
    /// - Parameters:
    ///   - engines: run in this process as they are; who cannot afford a crash passes isolated ones.
    ///   - specimen: the deliberate bug that the engines have.
    /// - Returns: what breaks the rule; empty where it is kept.
    /// - Throws: where the crash cannot be read.
    public static func violations(
        of folder: CrashFolder,
        engines: [any Engine],
        judge: Judge,
        specimen: String? = nil
    ) throws(CrashStoreError) -> [Violation] {
        let test = try folder.testCase()
        let concerned = engines.filter { isConcerned($0.name, by: folder.report, specimen: specimen) }
        if concerned.isEmpty { return [] }
        var judgement = judge.judge(Case(test), in: concerned)
        if let (engine, verdict) = measuredVerdict(folder, concerned, judge.budget) {
            judgement = judgement.with(verdict, on: engine)
        }
        return judgement.others.compactMap { entry in
            violation(of: folder, by: entry.verdict, on: entry.engine, specimen: specimen)
        }
    }

    /// The verdict on the engine of a crash that is no difference of one case, but of how its engine grows with the case, which is measured; nil
    /// of any other crash, and where its engine is not among those.
    public static func measuredVerdict(
        _ folder: CrashFolder,
        _ engines: [any Engine],
        _ budget: Budget
    ) -> (engine: EngineName, verdict: Verdict)? {
        let report = folder.report
        guard report.divergence.observable.isGrowth, let recipe = report.recipe,
            let engine = engines.first(where: { $0.name == report.engine })
        else { return nil }
        let growth = Growth(report.divergence.observable, of: recipe, in: engine, confirmingWithin: budget)
        guard let growth else {
            return (engine.name, .inconclusive(Inconclusiveness(.unconfirmed, "what it needs cannot be measured")))
        }
        return (engine.name, growth.divergence.map { .divergence($0) } ?? .agreement)
    }

    /// As above, of one engine that has run the crash already.
    public static func violation(
        of folder: CrashFolder,
        by verdict: Verdict,
        on engine: EngineName,
        specimen: String? = nil
    ) -> Violation? {
        guard isConcerned(engine, by: folder.report, specimen: specimen) else { return nil }
        let mustAgree = mustAgree(folder.report, specimen: specimen)
        let reason: String? =
            switch verdict {
            case .agreement: mustAgree ? nil : "no longer diverges: set its status to fixed"
            case .divergence(let divergence):
                mustAgree ? "expected \(divergence.expected), observed \(divergence.observed)" : nil
            case .inconclusive(let reason): "cannot be compared: \(reason)"
            }
        return reason.map { Violation(crash: folder.name, engine: engine, reason: $0) }
    }

    private static func mustAgree(_ report: CrashReport, specimen: String?) -> Bool {
        report.status == .fixed || report.specimen != specimen
    }

    private static func isConcerned(_ engine: EngineName, by report: CrashReport, specimen: String?) -> Bool {
        switch report.status {
        case .accepted: false
        case .open, .fixed:
            engine == report.engine || (report.account == nil && mustAgree(report, specimen: specimen))
        }
    }
}
