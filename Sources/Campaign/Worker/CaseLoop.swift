import Differential
import Execution
import Foundation
import Invariants
import Triage
import WasmGenerator
import WorkerIsolation

/// Runs case after case in this process, keeps findings at once, and reports.
///
/// Before a case is run, the file of the current case says which it is, so that the supervisor knows what killed the worker.
final class CaseLoop {
    private let settings: WorkerSettings
    private let judge: Judge
    private let engines: [any Engine]
    private let turns: EngineTurns
    private let inbox: CrashInbox?
    private let current: CurrentCase?
    private let gate: Gate?
    private let known: Set<String>
    /// How many of the last cases were not run, as no process could be had.
    private var casesNotRun = 0
    /// How often each signature was met.
    private var alike: [String: Int] = [:]
    /// For which edges of which engine the growth of time was measured.
    private var measured: Set<String> = []
    private var growthSchedule: GrowthSchedule
    /// How many cases are still to be run in all engines, so that each compares something in the shortest of campaigns.
    private var casesInAllEngines: Int
    /// How many cases are still to be run; nil for as many as there are.
    private var casesLeft: Int?
    private var cells: Set<String> = []
    private var steering = CaseSteering()
    private var sweepShare = SweepShare()
    private var report = WorkerReport()
    private var lastReport = ContinuousClock.now
    /// When the last report was that told of the domain, which is long.
    private var lastReportOfDomain = ContinuousClock.now
    /// Whether all engines are outside of this program, so that this process runs no code of theirs.
    let isDriver: Bool

    init(_ settings: WorkerSettings, _ registryOfSpecimen: RegistryOfSpecimen) throws {
        self.settings = settings
        let registry = try registryOfSpecimen(settings.specimen)
        engines = try (settings.engines ?? registry.usableNames).map { try registry.engine(named: $0) }
        turns = EngineTurns(engines, registry)
        growthSchedule = GrowthSchedule(engines, settings.measurements, greatestArity: settings.greatestArity)
        casesInAllEngines = settings.measurements == .none ? 0 : 4
        casesLeft = settings.caseCount
        isDriver = !engines.isEmpty && engines.allSatisfy { registry.isExternal($0.name) }
        // In this process nothing can be tried again with more time: the supervisor does that in another one.
        judge = Judge(oracle: registry.oracle, confirmationFactor: nil)
        inbox = settings.store.map { CrashStore(path: $0).inbox }
        current = try settings.currentCase.map { try CurrentCase(writingTo: $0) }
        gate = try settings.gate.map { try Gate($0) }
        known = Set(settings.knownSignatures)
    }

    /// This worker's part of the sweep.
    func sweep() {
        let cases = settings.sweep()
        var index = settings.number + settings.firstCase * settings.count
        var position = settings.firstCase
        while index < cases.count, casesLeft != 0 {
            run(.sweep(position), isSwept: true) { cases[index].subject }
            index += settings.count
            position += 1
        }
        tell()
    }

    /// This worker's part of the random stream, without end where no number of cases is said: most of its cases are the best of several candidates.
    func random() {
        var position = settings.firstCase
        var swept = settings.firstSwept
        let sweep = settings.mixesSweep ? settings.mixedSweep() : []
        steering = CaseSteering(possible: settings.domain.possiblePlaces)
        while casesLeft != 0 {
            let index = settings.index(of: position)
            let indexOfSwept = settings.index(of: swept)
            if settings.sweeps(at: position), indexOfSwept < sweep.count, sweepShare.permitsMore {
                run(.swept(position, number: swept), isSwept: true) { sweep[indexOfSwept].subject }
                swept += 1
            } else if !settings.steers(randomCase: index) {
                run(.random(position)) { settings.subject(ofRandomCase: index) }
            } else if settings.aims(randomCase: index), let (origin, subject) = aimed(at: position) {
                run(origin) { subject }
            } else {
                let candidates = settings.candidates(ofRandomCase: index)
                let chosen = candidates[steering.choose(among: candidates.map(\.decided))]
                run(.chosen(position, seed: chosen.seed)) {
                    settings.subject(chosen.decided, ofRandomCase: index)
                }
            }
            position += 1
        }
        tell()
    }

    /// A case for a place that was not met, where there is one: the first of a few that the oracle says is there, or else the last.
    private func aimed(at position: Int) -> (CurrentCase.Origin, Case)? {
        let index = settings.index(of: position)
        var random = SplitMix64(seed: settings.seed &+ UInt64(index))
        guard let place = steering.aim(by: &random) else { return nil }
        var last: (CurrentCase.Origin, Case)?
        for attempt in 0..<Self.attemptsAtPlace {
            let origin = CurrentCase.Origin.aimed(position, attempt: attempt, place)
            current?.write(origin)
            guard let subject = settings.subject(at: place, ofRandomCase: index, attempt: attempt) else { return last }
            last = (origin, subject)
            CaseClock.start(seconds: settings.secondsPerCase)
            let outcome = judge.oracle.run(subject.test, within: judge.budget)
            CaseClock.stop()
            if outcome.inDomain.contains(place.outcome) { break }
        }
        return last
    }

    private static let attemptsAtPlace = 12

    /// This worker's part of the stream of modules, without end where one of them can be changed.
    func run(_ modules: ModuleFolder) {
        let stream = settings.stream(of: modules)
        var position = settings.firstCase
        while case let index = settings.index(of: position), !stream.isOver(at: index), casesLeft != 0 {
            if let subject = stream.subject(index) { run(.module(position)) { subject } }
            position += 1
        }
        tell()
    }

    /// A case of libFuzzer.
    func run(input: [UInt8]) { run(.input(input)) { settings.subject(of: input) } }

    /// - Parameter isSwept: whether the case is of the sweep.
    private func run(_ origin: CurrentCase.Origin, isSwept: Bool = false, _ subject: () -> Case) {
        gate?.pass(willWait: tell)
        let start = ContinuousClock.now
        current?.write(origin)
        CaseClock.start(seconds: settings.secondsPerCase)
        let judgement = run(subject(), isSwept)
        CaseClock.stop()
        measureCompilers(judgement, after: origin)
        // Where the cases are to be the same each time, time says nothing.
        let work = settings.caseCount == nil ? Campaign.seconds(since: start) : CaseCost.of(judgement.subject)
        sweepShare.add(work, isSwept: isSwept)
        if isDriver {
            // Takes many times as long as a case, within the budgets of its runs.
            if settings.measurements == .all { measure(judgement) }
            stopWhereNothingRuns(judgement)
        }
    }

    /// Measures how what compilers in this program need grows with a case, where it is due.
    private func measureCompilers(_ judgement: Judgement, after origin: CurrentCase.Origin) {
        let due = growthSchedule.due(judgement)
        // Whatever ends this process from here on, the case was run.
        if !due.isEmpty { tell() }
        for measurement in due {
            current?.write(.growth(measurement.largest, after: origin))
            CaseClock.start(seconds: settings.secondsPerCase)
            let result = measurement.result(within: judge.budget, specimen: settings.specimen)
            CaseClock.stop()
            report.compileTimes += result.times
            keep([result.finding].compactMap { $0 })
        }
    }

    private func run(_ subject: Case, _ isSwept: Bool) -> Judgement {
        let engines = turns.engines(for: subject, all: casesInAllEngines > 0)
        casesInAllEngines = max(0, casesInAllEngines - 1)
        let judgement = judge.judge(subject, in: engines)
        report.cases += 1
        report.swept += isSwept ? 1 : 0
        casesLeft = casesLeft.map { $0 - 1 }
        for entry in judgement.others { report.count(entry.verdict, of: entry.engine) }
        if let recipe = subject.recipe { note(recipe) } else { report.programs += 1 }
        let findings = self.findings(of: judgement, engines)
        if subject.isGenerated {
            let cells = subject.cells
            report.domain.map.add(judgement, in: cells)
            steering.learn(judgement, in: cells, failures: findings.count { alike[$0.signature.description] == nil })
        }
        keep(findings)
        let now = ContinuousClock.now
        if casesLeft != nil {
            tell()
        } else if now - lastReport > .milliseconds(100) {
            tell(ofDomain: now - lastReportOfDomain > .seconds(1))
        }
        return judgement
    }

    /// What fails; of a transformed case with the original in its place where that fails, too, as it can be made smaller by its recipe.
    private func findings(of judgement: Judgement, _ engines: [any Engine]) -> [Finding] {
        let findings = judgement.findings(specimen: settings.specimen)
        guard !findings.isEmpty, let original = judgement.subject.original else { return findings }
        let ofOriginal = judge.judge(original, in: engines).findings(specimen: settings.specimen)
        return ofOriginal + findings.filter { finding in !ofOriginal.contains { $0.signature == finding.signature } }
    }

    private func note(_ recipe: CaseRecipe) {
        let edges = recipe.effectiveEdges.isEmpty ? [.export] : recipe.effectiveEdges
        for edge in edges {
            for arity in [recipe.parameters.count, recipe.results.count] {
                let cell = "\(edge.rawValue) \(arity)"
                if cells.insert(cell).inserted { report.newCells.append(cell) }
            }
        }
    }

    /// Measures the growth of the time that an engine takes for what has a large case that takes long, once for each list of edges.
    private func measure(_ judgement: Judgement) {
        guard let recipe = judgement.subject.recipe,
            max(recipe.parameters.count, recipe.results.count) * 2 >= CompileTimeCurve.Scale.engines.greatestArity,
            CompileTimeCurve.Scale.engines.greatestArity <= settings.greatestArity
        else { return }
        for entry in judgement.others where entry.duration > .milliseconds(300) {
            guard let engine = engines.first(where: { $0.name == entry.engine }) as? any MeasuredEngine else {
                continue
            }
            let edges = recipe.effectiveEdges.map(\.rawValue).joined(separator: ",")
            guard measured.count < Self.mostSignatures, measured.insert("\(entry.engine) \(edges)").inserted,
                let curve = CompileTimeCurve(recipe, in: engine, within: judge.budget),
                let divergence = curve.divergence
            else { continue }
            let largest = Case(CompileTimeCurve.Scale.engines.largest(recipe))
            keep([Finding(largest, engine: entry.engine, divergence: divergence)])
        }
    }

    /// Ends a driver whose engine has not run for so many cases in a row, with what it says.
    private func stopWhereNothingRuns(_ judgement: Judgement) {
        guard let reason = judgement.reasonNotRun else {
            casesNotRun = 0
            return
        }
        casesNotRun += 1
        if casesNotRun < Self.mostCasesNotRun { return }
        tell()
        let names = judgement.others.map(\.engine.description).joined(separator: ", ")
        FileDescriptorLine.write("error: \(names): \(reason)", to: 2)
        _exit(2)
    }

    private static let mostCasesNotRun = 20

    /// How many kinds of failures a worker keeps, and of how many lists of edges it measures the growth of time.
    private static let mostSignatures = 2_000

    /// How often a campaign keeps what looks the same before it is reduced: an engine may have many mistakes that do, one outside of the
    /// program more of them.
    private static let (mostAlike, mostAlikeOfDrivers) = (5, 20)

    /// Whether a finding is worth to be kept.
    private func isNew(_ finding: Finding) -> Bool {
        let signature = finding.signature.description
        report.met[signature, default: 0] += 1
        if known.contains(signature) { return false }
        // A host can say anything.
        if alike.count >= Self.mostSignatures, alike[signature] == nil { return false }
        alike[signature, default: 0] += 1
        let most = isDriver ? Self.mostAlikeOfDrivers : Self.mostAlike
        return alike[signature, default: 0] <= (finding.isCoarse(isExternal: isDriver) ? most : 1)
    }

    /// Writes what is new to the inbox. Where that fails, each finding that is lost is told, and the process ends, as it could keep no other.
    private func keep(_ findings: [Finding]) {
        var failure: CrashStoreError?
        for finding in findings where isNew(finding) {
            guard let inbox else {
                // The signature alone is the text: what groups crashes takes the first words of it, and the rest is another each time.
                FileDescriptorLine.write("\(finding.engine): \(finding.divergence)", to: 2)
                invariantFailed(finding.signature.description)
            }
            do throws(CrashStoreError) {
                let item = try inbox.put(finding)
                // The supervisor counts cases up to here.
                tell()
                FileDescriptorLine.write("finding \(item.path)", to: 1)
            } catch {
                tell()
                let lost = LostFinding(signature: finding.signature.description, reason: error.reason)
                FileDescriptorLine.write(lost.line, to: 1)
                failure = error
            }
        }
        guard let failure else { return }
        FileDescriptorLine.write("error: \(failure.oneLine)", to: 2)
        _exit(2)
    }

    private func tell() { tell(ofDomain: true) }

    private func tell(ofDomain isWhole: Bool) {
        lastReport = .now
        if isWhole { lastReportOfDomain = .now }
        for engine in engines {
            guard let carrying = engine as? any CarryingEngine else { continue }
            report.engines[engine.name.description, default: EngineTally()].carriages
                .merge(carrying.takeCarriageCounts(), uniquingKeysWith: +)
        }
        guard settings.store != nil, !report.isEmpty else { return }
        var rest = WorkerReport()
        if !isWhole { swap(&rest.domain, &report.domain) }
        guard let line = try? JSONLine.encode(report) else { return }
        FileDescriptorLine.write(WorkerReport.prefix + String(decoding: line.dropLast(), as: UTF8.self), to: 1)
        report = rest
    }
}
