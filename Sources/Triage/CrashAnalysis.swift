import Differential
import Execution
import WasmFormats
import WasmGenerator
import WasmModel

/// Makes a finding into what is stored: reduced, with its boundary and its regression script.
public struct CrashAnalysis {
    private let engine: any Engine
    private let judge: Judge
    private let reductionBudget: Reducer.Budget
    private let boundarySeconds: Double
    private let isTold: (CrashSignature) -> Bool
    private let isCancelled: () -> Bool
    private let isInterrupted: () -> Bool
    private let progress: (Reducer.Progress) -> Void
    private let others: [any Engine]
    private let stages: StageBisection?
    private let provenance: Provenance?
    private let helpers: [Runner]
    private let checkpoint: ReductionCheckpoint?

    /// An engine like the one that is analysed, with a judge whose oracle is its own, for runs at the same time.
    public struct Runner {
        let engine: any Engine
        let judge: Judge

        /// Makes a runner.
        public init(_ engine: any Engine, _ judge: Judge) {
            self.engine = engine
            self.judge = judge
        }

        /// The verdict on the engine; the oracle is judged by the closed form.
        fileprivate func verdict(_ subject: Case) -> Verdict {
            var trial = judge.trial(of: subject)
            return trial.verdict(of: engine)
        }

        /// The signature of the failure of a case; nil where it does not fail.
        fileprivate func signature(_ subject: Case) -> CrashSignature? { signature(verdict(subject)) }

        private func signature(_ verdict: Verdict) -> CrashSignature? {
            verdict.divergence.map { CrashSignature(engine: engine.name, divergence: $0) }
        }

        /// The same of a runner that helps.
        /// - Throws: ``EvaluatorLost``.
        fileprivate func signatureUnlessLost(_ subject: Case) throws -> CrashSignature? {
            let verdict = verdict(subject)
            if case .inconclusive(let reason) = verdict, reason.kind == .worker { throw EvaluatorLost() }
            return signature(verdict)
        }
    }

    /// Makes an analysis for the findings of one engine, which may be the oracle.
    /// - Parameters:
    ///   - engine: is run often, and must not take the process down; an isolated one, where it could.
    ///   - boundarySeconds: wall-clock time for the search of the boundary, after which the report has none.
    ///   - others: engines whose answers stand beside that of the engine.
    ///   - stages: of a compiler in this program, what finds the stage at fault.
    ///   - provenance: what the report says of where it comes from.
    ///   - helpers: run cases of the reduction beside the engine.
    ///   - checkpoint: where the reduction keeps its best so far; whoever stores the record removes it.
    ///   - isTold: whether a crash with the signature is stored: the record of another one has neither a boundary nor an account.
    ///   - isCancelled: asked before each run; where it says so, ``record(for:)`` throws ``Cancelled``.
    ///   - isInterrupted: asked before each run; where it says so, the record is made of what was found until then.
    public init(
        engine: any Engine,
        judge: Judge,
        reductionBudget: Reducer.Budget = Reducer.Budget(),
        boundarySeconds: Double = 60,
        others: [any Engine] = [],
        stages: StageBisection? = nil,
        provenance: Provenance? = nil,
        helpers: [Runner] = [],
        checkpoint: ReductionCheckpoint? = nil,
        progress: @escaping (Reducer.Progress) -> Void = { _ in },
        isTold: @escaping (CrashSignature) -> Bool = { _ in false },
        isCancelled: @escaping () -> Bool = { false },
        isInterrupted: @escaping () -> Bool = { false }
    ) {
        self.engine = engine
        self.judge = judge
        self.reductionBudget = reductionBudget
        self.boundarySeconds = boundarySeconds
        self.isTold = isTold
        self.isCancelled = isCancelled
        self.isInterrupted = isInterrupted
        self.progress = progress
        self.others = others
        self.stages = stages
        self.provenance = provenance
        self.helpers = helpers
        self.checkpoint = checkpoint
    }

    /// Whoever wanted the record does not want it any more.
    public struct Cancelled: Error {}

    /// How the engine differs from what is allowed; nil where it does not, or where nothing can be said.
    public func divergence(_ subject: Case) -> Divergence? { verdict(subject).divergence }

    /// The verdict on the engine; the oracle is judged by the closed form.
    public func verdict(_ subject: Case) -> Verdict { Runner(engine, judge).verdict(subject) }

    /// The signature of the failure of a case; nil where it does not fail.
    public func signature(_ subject: Case) -> CrashSignature? { Runner(engine, judge).signature(subject) }

    /// The record of a finding; one that does not happen again is recorded as it was found.
    /// - Throws: ``Cancelled``.
    public func record(for finding: Finding) throws -> CrashRecord {
        if finding.divergence.observable.isGrowth { return recordOfGrowth(finding) }
        let original = finding.subject.test
        let reduction = try reduction(of: finding)
        let test = reduction?.test ?? original
        let recipe = reduction?.recipe ?? finding.subject.recipe
        let reduced = reduction.map { reduction in
            reduction.transformed ?? reduction.recipe.map { Case($0) }.flatMap { $0.test == reduction.test ? $0 : nil }
                ?? Case(reduction.test)
        }
        let reproduced = reduced.flatMap { divergence($0) }
        var signature = finding.signature
        var culprit: CulpritStage?
        if let reduced {
            culprit = try self.culprit(of: reduced, as: signature)
            if signature.isCoarse {
                if culprit?.failsOnOtherMachine == false, reduced != finding.subject {
                    culprit?.originalFailsOnOtherMachine = try failsOnOtherMachine(finding.subject)
                }
                signature = signature.naming(culpritsIn: test.wasm, culprit, mistake: reproduced?.pattern)
            } else if culprit?.failsOnOtherMachine == true {
                signature = signature.ofBothMachines
            }
        }
        let isNew = !isTold(signature)
        let boundary = isNew ? try reduction.flatMap { try self.boundary(of: BoundarySubject($0), finding) } : nil
        var regressions = regressionCase(of: test).map { [$0] } ?? []
        if let recipe, let boundary {
            regressions += RegressionCase.atBoundary(boundary, of: recipe, judge: judge)
        }
        // Of a compiler the transformed module alone fails.
        let origin = engine.name == judge.oracle.name ? (reduced ?? finding.subject).origin : nil
        var report = CrashReport(
            title: title(finding, recipe, boundary, origin, isReproduced: reduction != nil),
            signature: signature,
            engine: finding.engine,
            engines: [judge.oracle.name, engine.name],
            test: test,
            divergence: reproduced ?? finding.divergence,
            boundary: boundary,
            recipe: recipe,
            specimen: finding.specimen,
            originalSize: original.wasm.count
        )
        report.origin = origin
        report.provenance = provenance
        report.hypotheses = boundary.flatMap { Self.hypotheses($0, of: test, recipe) }
        if isNew, let reduced {
            report.culprit = culprit
            examine(reduced, &report)
        }
        let files = isNew ? account(of: reduced ?? finding.subject, &report) : []
        return CrashRecord(
            report: report,
            wasm: test.wasm,
            original: original.wasm == test.wasm ? nil : original.wasm,
            regressions: regressions,
            files: files,
            cost: reduction?.cost
        )
    }

    /// What a record searches for the boundary in, so that whoever searches finds the same one.
    /// - Returns: nil where the finding does not happen again.
    /// - Throws: ``Cancelled``.
    public func boundarySubject(of finding: Finding) throws -> BoundarySubject? {
        try reduction(of: finding).map(BoundarySubject.init)
    }

    private func reduction(of finding: Finding) throws -> Reduction? {
        func evaluator(_ signature: @escaping (Case) throws -> CrashSignature?) -> Reducer.Evaluate {
            { subject in
                if self.isCancelled() { throw Cancelled() }
                return try signature(subject)
            }
        }
        let reducer = Reducer(
            budget: reductionBudget,
            progress: progress,
            isInterrupted: isInterrupted,
            checkpoint: checkpoint,
            evaluators: [evaluator(Runner(engine, judge).signature)]
                + helpers.map { evaluator($0.signatureUnlessLost) }
        )
        return try reducer.reduce(
            finding.subject,
            signature: finding.signature,
            // Only the recipe tells the closed form that the oracle is judged by.
            includingModule: engine.name != judge.oracle.name
        )
    }

    /// Says in a report what the engine is and what the others do, where it is outside of this program.
    /// - Parameter verdict: asks an engine for the case, and says in words what came of it.
    /// - Returns: the files that the commands of the report need.
    private func account(
        of subject: Case,
        _ report: inout CrashReport,
        verdict: (any Engine, inout Trial) -> String = { EngineAccount.text($1.verdict(of: $0)) }
    ) -> [Reproduction.File] {
        guard let engine = engine as? any CarryingEngine else { return [] }
        var trial = judge.trial(of: subject)
        let reproduction = engine.reproduction(of: subject.test, expected: trial.expected)
        report.account = EngineAccount(
            engine,
            report.divergence,
            others: others,
            commands: reproduction?.commands ?? [],
            verdict: { verdict($0, &trial) }
        )
        return reproduction?.files ?? []
    }

    /// The limits that a boundary fits; nil for none.
    private static func hypotheses(_ boundary: Boundary, of test: TestCase, _ recipe: CaseRecipe?) -> [String]? {
        var types: [ValueType] = []
        if let recipe {
            let scaled = recipe.scaled(boundary.variable, to: boundary.firstBad)
            types = boundary.variable == .results ? scaled.results : scaled.parameters
        } else if let module = try? BinaryDecoder.decode(test.wasm) {
            let lists = module.types.compactMap(\.functionType).map {
                boundary.variable == .results ? $0.results : $0.parameters
            }
            types = lists.max { $0.count < $1.count } ?? []
        }
        let hypotheses = boundary.hypotheses(for: types)
        return hypotheses.isEmpty ? nil : hypotheses
    }

    /// Says in a report of an engine in this program what the other engines do, and how to see the failure.
    private func examine(_ subject: Case, _ report: inout CrashReport) {
        if engine is any CarryingEngine { return }
        var trial = judge.trial(of: subject)
        report.outcomes = ([engine] + others.filter { $0.name != engine.name && !isCancelled() }).map {
            EngineAccount.Answer(engine: $0.name, verdict: EngineAccount.text(trial.verdict(of: $0)))
        }
        report.commands = ReproductionCommands.commands(of: report, subject.test)
    }

    /// Whether a case fails for the other machine as well; nil of an engine outside of this program.
    private func failsOnOtherMachine(_ subject: Case) throws -> Bool? {
        var trial = judge.trial(of: subject)
        return try stages?.failsOnOtherMachine { engine in
            if isCancelled() { throw Cancelled() }
            return trial.verdict(of: engine).isDivergence
        }
    }

    /// Which stage of a compiler in this program is at fault; nil of any other engine.
    /// - Parameter signature: what is looked into: where it tells what is wrong, other machines fail only where they show the same.
    private func culprit(of subject: Case, as signature: CrashSignature) throws -> CulpritStage? {
        guard let stages, let module = try? BinaryDecoder.decode(subject.test.wasm) else { return nil }
        var trial = judge.trial(of: subject)
        func verdict(_ engine: any Engine) throws -> Verdict {
            if isCancelled() { throw Cancelled() }
            return trial.verdict(of: engine)
        }
        return try stages.culprit(
            of: engine.name,
            functions: module.importedFunctionCount..<module.importedFunctionCount + module.functions.count,
            passes: { engine in
                if case .agreement = try verdict(engine) { return true }
                return false
            },
            fails: { engine in
                guard let divergence = try verdict(engine).divergence else { return false }
                let seen = CrashSignature(engine: engine.name, divergence: divergence)
                return signature.isCoarse || seen.symptom == signature.symptom
            }
        )
    }

    /// The record of a case for which an engine needs more than it should: what makes it small would make that less.
    private func recordOfGrowth(_ finding: Finding) -> CrashRecord {
        // What makes one edge slow makes others slow as well.
        let signature =
            finding.signature.isCoarse && engine is any CarryingEngine
            ? finding.signature.naming(finding.engine.options) : finding.signature
        var report = CrashReport(
            title: "\(signature); \(finding.divergence.observed)",
            signature: signature,
            engine: finding.engine,
            engines: [judge.oracle.name, engine.name],
            test: finding.subject.test,
            divergence: finding.divergence,
            recipe: finding.subject.recipe,
            specimen: finding.specimen,
            originalSize: finding.subject.test.wasm.count
        )
        report.provenance = provenance
        let deadline = ContinuousClock.now + .seconds(boundarySeconds)
        func verdict(_ other: any Engine) -> String {
            guard ContinuousClock.now < deadline, !isCancelled(), !isInterrupted() else { return "not measured" }
            return EngineAccount.text(growthOf: finding, in: other, within: judge.budget)
        }
        let files = account(of: finding.subject, &report) { other, _ in verdict(other) }
        if report.account == nil {
            report.outcomes =
                [EngineAccount.Answer(engine: engine.name, verdict: finding.divergence.observed)]
                + others.filter { $0.name != engine.name }.map {
                    EngineAccount.Answer(engine: $0.name, verdict: verdict($0))
                }
            // It measures the growth again.
            report.commands = [ReproductionCommands.replay(report)]
        }
        return CrashRecord(report: report, wasm: finding.subject.test.wasm, regressions: [], files: files)
    }

    /// The boundary in the first of the lists that has one.
    private func boundary(of subject: BoundarySubject, _ finding: Finding) throws -> Boundary? {
        let deadline = ContinuousClock.now + .seconds(boundarySeconds)
        for variable in subject.variables {
            do {
                let outcome = try BoundarySearch.search(
                    subject.subject(variable),
                    variable: variable,
                    maximum: nil,
                    frameSize: { engine.frameSize($0, within: judge.budget) }
                ) { candidate in
                    if self.isCancelled() { throw Cancelled() }
                    guard ContinuousClock.now < deadline, !self.isInterrupted() else { throw TimeOver() }
                    return BoundarySearch.Sample(self.verdict(candidate), of: self.engine.name, as: finding.signature)
                }
                if let boundary = outcome.boundary { return boundary }
            } catch is TimeOver {
                return nil
            }
        }
        return nil
    }

    private struct TimeOver: Error {}

    private func regressionCase(of test: TestCase) -> RegressionCase? {
        guard let module = try? BinaryDecoder.decode(test.wasm),
            case .completed(let observation) = judge.trial(of: Case(test)).expected
        else { return nil }
        return RegressionCase(
            title: "the reduced module",
            module: module,
            invocations: test.invocations,
            expected: observation.invocations,
            companions: test.companions.compactMap { try? BinaryDecoder.decode($0) },
            usesFreshInstances: test.usesFreshInstances
        )
    }

    private func title(
        _ finding: Finding,
        _ recipe: CaseRecipe?,
        _ boundary: Boundary?,
        _ origin: Case.Origin?,
        isReproduced: Bool
    ) -> String {
        var parts = [finding.signature.description]
        if let boundary { parts.append(boundary.description) }
        if let recipe { parts.append(recipe.summary) }
        if let origin { parts.append("after \(origin.account)") }
        if !isReproduced { parts.append("did not happen again") }
        return parts.joined(separator: "; ")
    }
}
