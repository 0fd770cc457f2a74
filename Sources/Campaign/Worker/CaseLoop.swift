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
    private let inbox: CrashInbox?
    private let current: CurrentCase?
    private var known: Set<String>
    private var cells: Set<String> = []
    private var report = WorkerReport()
    private var lastReport = ContinuousClock.now

    init(_ settings: WorkerSettings, _ registryOfSpecimen: RegistryOfSpecimen) throws {
        self.settings = settings
        let registry = try registryOfSpecimen(settings.specimen)
        engines = try (settings.engines ?? registry.usableNames).map { try registry.engine(named: $0) }
        // In this process nothing can be tried again with more time: the supervisor does that in another one.
        judge = Judge(oracle: registry.oracle, confirmationFactor: nil)
        inbox = settings.store.map { CrashStore(path: $0).inbox }
        current = try settings.currentCase.map { try CurrentCase(writingTo: $0) }
        known = Set(settings.knownSignatures)
    }

    /// This worker's part of the sweep.
    func sweep() {
        let recipes = settings.sweep()
        var index = settings.number + settings.firstCase * settings.count
        var position = settings.firstCase
        while index < recipes.count {
            run(.sweep(position)) { Case(recipes[index]) }
            index += settings.count
            position += 1
        }
        tell()
    }

    /// This worker's part of the random stream, without end.
    func random() {
        var position = settings.firstCase
        while true {
            run(.random(position)) { settings.subject(ofRandomCase: position * settings.count + settings.number) }
            position += 1
        }
    }

    /// A case of libFuzzer.
    func run(input: [UInt8]) { run(.input(input)) { settings.subject(of: input) } }

    private func run(_ origin: CurrentCase.Origin, _ subject: () -> Case) {
        current?.write(origin)
        CaseClock.start(seconds: settings.secondsPerCase)
        run(subject())
        CaseClock.stop()
    }

    private func run(_ subject: Case) {
        let judgement = judge.judge(subject, in: engines)
        report.cases += 1
        for entry in judgement.others { report.count(entry.verdict) }
        if let recipe = subject.recipe { note(recipe) } else { report.programs += 1 }
        for finding in judgement.findings(specimen: settings.specimen) { keep(finding) }
        if ContinuousClock.now - lastReport > .milliseconds(100) { tell() }
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

    private func keep(_ finding: Finding) {
        guard known.insert(finding.signature.description).inserted else { return }
        guard let inbox else {
            invariantFailed("\(finding.engine) agrees with the oracle: \(finding.signature), \(finding.divergence)")
        }
        do {
            let item = try inbox.put(finding)
            // The supervisor counts cases up to here.
            tell()
            FileDescriptorLine.write("finding \(item.path)", to: 1)
        } catch {
            FileDescriptorLine.write("error: \(error.oneLine)", to: 2)
            _exit(2)
        }
    }

    private func tell() {
        lastReport = .now
        guard settings.store != nil, !report.isEmpty, let line = try? JSONLine.encode(report) else { return }
        FileDescriptorLine.write(WorkerReport.prefix + String(decoding: line.dropLast(), as: UTF8.self), to: 1)
        report = WorkerReport()
    }
}
