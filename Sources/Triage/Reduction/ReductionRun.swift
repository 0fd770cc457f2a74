import Differential
import Execution
import WasmFormats
import WasmGenerator
import WasmModel

/// The state of one reduction.
struct ReductionRun {
    private let budget: Reducer.Budget
    private let signature: CrashSignature
    private let evaluation: ParallelEvaluation
    private let progress: (Reducer.Progress) -> Void
    private let isInterrupted: () -> Bool
    private let checkpoint: ReductionCheckpoint?
    private var lastCheckpoint: ContinuousClock.Instant
    /// The recipe that the case is of; nil where it has none.
    var recipe: CaseRecipe?
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var evaluations = 0
    private var isOutOfBudget = false
    /// The hashes of cases that do not fail with the signature: a later round proposes many of them again.
    private var refuted: Set<Int> = []
    private var kept: [(pass: String, count: Int)] = []
    private var round = ReductionRound()

    init(
        budget: Reducer.Budget,
        signature: CrashSignature,
        evaluators: [Reducer.Evaluate],
        progress: @escaping (Reducer.Progress) -> Void,
        isInterrupted: @escaping () -> Bool,
        checkpoint: ReductionCheckpoint?
    ) {
        self.budget = budget
        self.checkpoint = checkpoint
        self.signature = signature
        evaluation = ParallelEvaluation(evaluators)
        self.progress = progress
        self.isInterrupted = isInterrupted
        start = clock.now
        lastCheckpoint = start
    }

    /// Whether a case fails with the signature; false without running it where the budget is spent.
    mutating func fails(_ subject: Case) throws -> Bool { try firstFailing(of: [subject]) != nil }

    /// The first of several cases that fails with the signature; all of them are run at once, none of them where the budget is spent.
    private mutating func firstFailing(of subjects: [Case]) throws -> Int? {
        let open = subjects.indices.filter { !refuted.contains(subjects[$0].hashValue) }
        if open.isEmpty { return nil }
        // The case that was found is run in any event: without, it would seem not to happen again.
        let isOver = clock.now - start >= .seconds(budget.seconds) || isInterrupted()
        guard evaluations < budget.evaluations, !isOver || evaluations == 0 else {
            isOutOfBudget = true
            return nil
        }
        evaluations += open.count
        let results = evaluation.results(of: open.map { subjects[$0] })
        var first: Int?
        for (position, result) in zip(open, results) {
            // What happened behind the first one that fails does not matter.
            if first == nil, try result.get() == signature {
                first = position
            } else if case .success(let seen) = result, seen != signature {
                refuted.insert(subjects[position].hashValue)
            }
        }
        return first
    }

    func result(_ test: TestCase, recipe: CaseRecipe?) -> Reduction {
        let cost = ReductionCost(evaluations: evaluations, seconds: (clock.now - start) / .seconds(1))
        return Reduction(test: test, recipe: recipe, cost: cost, isMinimal: !isOutOfBudget, kept: kept)
    }

    /// Reduces a module; one that cannot be decoded stays as it is.
    mutating func reduceModule(of test: TestCase) throws -> TestCase {
        guard let subject = try? DecodedCase(test) else { return test }
        // What engines must not take stays as wrong as it was, in the same way.
        let mistake = subject.module.mistake
        let reduced = try reduce(subject, ModuleReduction.passes) { candidate, current in
            let measured = candidate.measured
            // Never a larger module, unless its signatures are smaller: what a value of theirs comes to is a constant somewhere.
            let allowance = Self.bytesOfConstant * max(0, current.arity - measured.arity)
            guard measured.size <= current.size + allowance else { return nil }
            return candidate.module.mistake == mistake ? measured : nil
        }
        let distinct = try reduce(reduced, ValueDistinction.passes) { candidate, _ in
            candidate.module.mistake == mistake ? candidate.measured : nil
        }
        // Where nothing was kept, the bytes stay as they were found, whatever their encoding.
        return distinct == subject ? test : distinct.testCase
    }

    /// Of the longest constant, that of a vector, with its `drop`.
    private static let bytesOfConstant = 19

    /// Applies the passes in turn, until none of them finds anything or the budget ends.
    /// - Parameter measure: a candidate as engines get it, given the current one; nil where it is not to be run.
    mutating func reduce<Subject: Sendable>(
        _ subject: Subject,
        _ passes: [any ReductionPass<Subject>],
        measure: (Subject, MeasuredCase) throws -> MeasuredCase?
    ) throws -> Subject where Subject: ReductionSubject {
        var state = SubjectState(subject: subject, measured: subject.measured)
        let firstTally = kept.count
        kept += passes.map { ($0.name, 0) }
        round = ReductionRound(passCount: passes.count)
        repeat {
            round.begin(at: clock.now)
            for (position, pass) in passes.enumerated() where !isOutOfBudget {
                round.position = position
                let count = try apply(pass, to: &state, measure)
                kept[firstTally + position].count += count
            }
        } while round.hasChanged && !isOutOfBudget
        return state.subject
    }

    private struct SubjectState<Subject> {
        var subject: Subject
        var measured: MeasuredCase
    }

    /// - Returns: how many proposals were kept.
    private mutating func apply<Subject: Sendable>(
        _ pass: any ReductionPass<Subject>,
        to state: inout SubjectState<Subject>,
        _ measure: (Subject, MeasuredCase) throws -> MeasuredCase?
    ) throws -> Int {
        var count = 0
        var list = pass.listSizes(of: state.subject).count - 1
        while list >= 0, !isOutOfBudget {
            switch pass.walk {
            case .anywhere: count += try walkAnywhere(pass, list, &state, measure)
            case .tail: count += try walkTail(pass, list, &state, measure)
            }
            list = min(list, pass.listSizes(of: state.subject).count) - 1
        }
        return count
    }

    private mutating func walkAnywhere<Subject: Sendable>(
        _ pass: any ReductionPass<Subject>,
        _ list: Int,
        _ state: inout SubjectState<Subject>,
        _ measure: (Subject, MeasuredCase) throws -> MeasuredCase?
    ) throws -> Int {
        var count = 0
        var chunk = size(pass, list, state.subject)
        while chunk > 0 {
            var upper = size(pass, list, state.subject)
            while upper > 0, !isOutOfBudget {
                // Most proposals are not kept: those that come next then are tried at the same time.
                let ranges = (0..<evaluation.width).map { upper - $0 * chunk }.filter { $0 > 0 }.map {
                    max(0, $0 - chunk)..<$0
                }
                if let kept = try keepFirst(pass, list, ranges, &state, measure) {
                    count += 1
                    upper = min(ranges[kept].lowerBound, size(pass, list, state.subject))
                } else {
                    upper = ranges.last?.lowerBound ?? 0
                }
            }
            chunk /= 2
        }
        return count
    }

    private mutating func walkTail<Subject: Sendable>(
        _ pass: any ReductionPass<Subject>,
        _ list: Int,
        _ state: inout SubjectState<Subject>,
        _ measure: (Subject, MeasuredCase) throws -> MeasuredCase?
    ) throws -> Int {
        var count = 0
        var smallest = size(pass, list, state.subject)
        guard smallest > 0 else { return 0 }
        // The greatest length that is known not to fail; the empty list is tried first.
        var passing = -1
        var length = 0
        while smallest - passing > 1, !isOutOfBudget {
            if try keep(pass, list, length..<smallest, &state, measure) {
                count += 1
                smallest = min(length, size(pass, list, state.subject))
            } else {
                passing = length
            }
            length = passing + (smallest - passing) / 2
            if length == passing { break }
        }
        return count
    }

    private func size<Subject>(_ pass: any ReductionPass<Subject>, _ list: Int, _ subject: Subject) -> Int {
        let sizes = pass.listSizes(of: subject)
        return list < sizes.count ? sizes[list] : 0
    }

    private mutating func keep<Subject: Sendable>(
        _ pass: any ReductionPass<Subject>,
        _ list: Int,
        _ range: Range<Int>,
        _ state: inout SubjectState<Subject>,
        _ measure: (Subject, MeasuredCase) throws -> MeasuredCase?
    ) throws -> Bool {
        try keepFirst(pass, list, [range], &state, measure) != nil
    }

    /// Keeps the first of several proposals that fails, and says which.
    private mutating func keepFirst<Subject: Sendable>(
        _ pass: any ReductionPass<Subject>,
        _ list: Int,
        _ ranges: [Range<Int>],
        _ state: inout SubjectState<Subject>,
        _ measure: (Subject, MeasuredCase) throws -> MeasuredCase?
    ) throws -> Int? {
        var proposals: [(number: Int, candidate: SubjectState<Subject>)] = []
        for (number, range) in ranges.enumerated() {
            guard let candidate = pass.proposal(for: state.subject, list: list, removing: range),
                let measured = try measure(candidate, state.measured)
            else { continue }
            proposals.append((number, SubjectState(subject: candidate, measured: measured)))
        }
        guard let first = try firstFailing(of: proposals.map(\.candidate.measured.subject)) else { return nil }
        let kept = proposals[first].candidate
        state = kept
        round.hasChanged = true
        if let recipe = kept.measured.subject.recipe { self.recipe = recipe }
        writeCheckpoint(kept.measured.subject)
        let budgetLeft = budget.seconds - (clock.now - start) / .seconds(1)
        progress(
            Reducer.Progress(
                pass: pass.name,
                evaluations: evaluations,
                size: kept.measured.size,
                arity: kept.measured.arity,
                secondsLeft: round.secondsLeft(at: clock.now).map { max(0, min($0, budgetLeft)) }
            )
        )
        return proposals[first].number
    }
}

extension ReductionRun {
    private mutating func writeCheckpoint(_ subject: Case) {
        guard let checkpoint, clock.now - lastCheckpoint >= .seconds(checkpoint.interval) else { return }
        checkpoint.write(ReductionCheckpoint.Content(recipe: recipe, subject: subject))
        lastCheckpoint = clock.now
    }
}

/// What passes work on.
protocol ReductionSubject {
    /// The subject as engines get it.
    var measured: MeasuredCase { get }
}

extension DecodedCase: ReductionSubject {
    var measured: MeasuredCase { MeasuredCase(subject: Case(testCase), arity: module.totalArity) }
}

extension CaseRecipe: ReductionSubject {
    var measured: MeasuredCase {
        MeasuredCase(subject: Case(self), arity: parameters.count + results.count)
    }
}

extension Module {
    /// Why it is not valid, without what changes from module to module; nil where it is.
    fileprivate var mistake: String? {
        do throws(ValidationError) {
            _ = try Validator.validate(self)
            return nil
        } catch {
            return CrashSignature.normalised(error.reason)
        }
    }
}
