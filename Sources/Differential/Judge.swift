import Execution

/// The one that says what an engine's outcome is worth: whoever runs cases asks it, and differs only in what it does with the verdicts.
///
/// The oracle decides. Where the specification leaves something open, everything that it allows is; what the oracle itself does is judged
/// by the closed form of the case, where it has one. Time and memory are no verdict by themselves: what seems to be without end is tried
/// again with ten times as much of both, and 200 times the time of the oracle, before it is one.
public struct Judge: Sendable {
    public let oracle: any Oracle
    /// Of every run but those that confirm.
    public let budget: Budget
    /// How much more time and memory a run gets that is to confirm that they do not suffice; nil to take the first word for it, which
    /// only those may do who had it confirmed before.
    public let confirmationFactor: Double?

    /// Makes a judge.
    public init(
        oracle: any Oracle,
        budget: Budget = Budget(),
        confirmationFactor: Double? = Budget.confirmationFactor
    ) {
        self.oracle = oracle
        self.budget = budget
        self.confirmationFactor = confirmationFactor
    }

    /// The same judge for cases like one whose failure was confirmed: the first word is taken.
    public var withoutConfirmation: Judge { Judge(oracle: oracle, budget: budget, confirmationFactor: nil) }

    /// Runs a case in the oracle, to judge engines by it.
    public func trial(of subject: Case) -> Trial { Trial(subject, self) }

    /// Runs a case in the oracle and in engines, one after the other, and judges all of them.
    /// - Parameters:
    ///   - willRun: called before each engine, the oracle first.
    ///   - isEnough: asked after each engine; where it says so, those behind it are left out.
    public func judge(
        _ subject: Case,
        in engines: [any Engine],
        willRun: (EngineName) -> Void = { _ in },
        isEnough: (Judgement.Entry) -> Bool = { _ in false }
    ) -> Judgement {
        let clock = ContinuousClock()
        willRun(oracle.name)
        var start = clock.now
        var trial = trial(of: subject)
        var entries = [
            Judgement.Entry(
                engine: oracle.name,
                outcome: trial.expected,
                verdict: trial.verdictOnOracle,
                duration: clock.now - start
            )
        ]
        for engine in engines where engine.name != oracle.name {
            willRun(engine.name)
            start = clock.now
            let (outcome, verdict) = trial.judge(engine)
            let entry = Judgement.Entry(
                engine: engine.name,
                outcome: outcome,
                verdict: verdict,
                duration: clock.now - start
            )
            entries.append(entry)
            if isEnough(entry) { break }
        }
        return Judgement(subject: subject, entries: entries)
    }
}

/// What became of a case in the oracle and in engines.
public struct Judgement: Sendable {
    /// One engine's part.
    public struct Entry: Sendable {
        public var engine: EngineName
        /// Nil where the engine was not run, because there is nothing that it could be compared with.
        public var outcome: Outcome?
        public var verdict: Verdict
        /// Of all runs that the verdict took, wall-clock.
        public var duration: Duration
    }

    public let subject: Case
    /// The oracle first; its verdict is that of the closed form, or that it could not judge.
    public let entries: [Entry]

    /// The judgement with another verdict on an engine.
    public func with(_ verdict: Verdict, on engine: EngineName) -> Judgement {
        var changed = entries
        for position in changed.indices where changed[position].engine == engine { changed[position].verdict = verdict }
        return Judgement(subject: subject, entries: changed)
    }

    public var oracle: Entry { entries[0] }
    /// Without the oracle's.
    public var others: ArraySlice<Entry> { entries.dropFirst() }

    /// Whether anything differs.
    public var differs: Bool { entries.contains { $0.verdict.isDivergence } }

    /// Whether an engine other than the oracle was compared with something.
    public var hasComparison: Bool {
        others.contains { entry in
            switch entry.verdict {
            case .agreement, .divergence: true
            case .inconclusive: false
            }
        }
    }
}
