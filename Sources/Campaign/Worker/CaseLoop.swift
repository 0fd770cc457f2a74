import Differential
import Engines
import Foundation
import Invariants
import Triage
import WasmGenerator

/// Runs case after case in this process, keeps findings at once, and reports.
///
/// Before a case is run, the file of the present case says which it is, so that the supervisor knows what killed the worker.
final class CaseLoop {
    private let settings: WorkerSettings
    private let runner: CaseRunner
    private let inbox: CrashInbox?
    private let present: PresentCase?
    private var known: Set<String>
    private var cells: Set<String> = []
    private var report = WorkerReport()
    private var lastReport = ContinuousClock.now

    init(_ settings: WorkerSettings, _ catalogOfSpecimen: CatalogOfSpecimen) throws {
        self.settings = settings
        let catalog = try catalogOfSpecimen(settings.specimen)
        let engines = try settings.engines.flatMap { try catalog.engines(named: $0) }
        runner = CaseRunner(
            oracle: catalog.oracle,
            engines: engines.isEmpty ? catalog.allCompilers : engines.filter { $0.name != catalog.oracle.name },
            specimen: settings.specimen,
            budget: Budget()
        )
        inbox = settings.store.map { CrashStore(path: $0).inbox }
        present = try settings.present.map { try PresentCase(writingTo: $0) }
        known = Set(settings.knownSignatures)
    }

    /// This worker's part of the sweep.
    func sweep() throws {
        let recipes = settings.sweep()
        var index = settings.number + settings.firstCase * settings.count
        var position = settings.firstCase
        while index < recipes.count {
            // The default action of the signal ends the process: a hang.
            alarm(settings.secondsPerCase)
            present?.write(.sweep(position))
            run(.recipe(recipes[index]))
            index += settings.count
            position += 1
        }
        alarm(0)
        tell()
    }

    /// This worker's part of the random stream, without end.
    func random() throws {
        var position = settings.firstCase
        while true {
            alarm(settings.secondsPerCase)
            present?.write(.random(position))
            run(settings.subject(ofRandomCase: position * settings.count + settings.number))
            position += 1
        }
    }

    /// A case of libFuzzer.
    func run(input: [UInt8]) {
        present?.write(.input(input))
        run(settings.subject(of: input))
    }

    private func run(_ subject: Finding.Subject) {
        let result = runner.run(subject)
        report.cases += 1
        report.runs += result.runs
        report.refusals += result.refusals
        report.undecided.merge(result.undecided, uniquingKeysWith: +)
        switch subject {
        case .recipe(let recipe): note(recipe)
        case .test: report.programs += 1
        }
        for finding in result.findings { keep(finding) }
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
            FileDescriptorLine.write("finding \(item.path)", to: 1)
        } catch {
            FileDescriptorLine.write("error: \(error)", to: 2)
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
