import ArgumentParser
import Differential
import Execution
import Foundation
import Triage
import WasmFormats
import WasmGenerator
import WorkerIsolation

/// Makes a failing case small.
struct Reduce: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reduces a failing case, searches for its boundary, and writes a crash folder.",
        discussion: """
            The first engine that differs from the interpreter is the one that the reduced case fails in, in the same way. The path is \
            what replay takes. With --predicate a command decides instead, as with other reducers. Exit status 1 where a failing case was reduced, 0 where nothing fails, 3 where nothing was compared or the reduced case could not be stored.

            Example: fuzz-multivalue reduce many.wasm --inject operand-index-u8 -o findings
            """
    )

    @Argument(
        help: "A crash folder, a .wasm, .wat or .wast file, a finding, or a raw fuzz input; - for standard input."
    )
    var path: String

    @OptionGroup
    var selection: EngineOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("The folder that gets the crash folder.", valueName: "folder"))
    var output = "findings"

    @Option(parsing: .unconditional, help: ArgumentHelp("How long to reduce, at most.", valueName: "seconds"))
    var time = 60.0

    @Option(
        help: ArgumentHelp(
            "A command that says which modules are interesting, by status 0, in place of engines; {wasm} is the module.",
            valueName: "command"
        )
    )
    var predicate: String?

    func validate() throws {
        try LimitOptions.validate(seconds: time, "--time")
        guard !output.isEmpty else { throw ValidationError("-o is the name of a folder") }
    }

    func run() throws {
        let cases = try ReplayInput.cases(at: [path])
        if let predicate { return try reduce(cases, by: predicate) }
        let failure = try CaseFailure(firstOf: cases, try selection.selection())
        // What is found until an interruption is written down, for which the engines have to go on.
        let selection = try selection.selection(interruption: nil)
        guard let engine = selection.allEngines.first(where: { $0.name == failure.engine }) else { return }
        let finding = Finding(
            failure.item.subject,
            engine: failure.engine,
            specimen: selection.specimen,
            divergence: failure.divergence
        )
        let store = CrashStore(path: output)
        // A place that cannot be written is told before the work that is to be written there.
        do { try store.open() } catch { throw CommandFailure(error.description, status: .nothingCompared) }
        let progress = ProgressLine(isQuiet: self.selection.quiet)
        let analysis = CrashAnalysis(
            engine: engine,
            judge: Judge(oracle: selection.judge.oracle, budget: failure.budget, confirmationFactor: nil),
            reductionBudget: Reducer.Budget(seconds: time),
            namesCulprits: engine is any CarryingEngine,
            others: selection.engines,
            progress: { state in
                progress.show(
                    "\(state.size) B, \(state.arity) parameters and results, \(state.evaluations) runs (\(state.pass))"
                )
            },
            isInterrupted: { Interruption.signals.isRequested }
        )
        let record = try analysis.record(for: finding)
        progress.clear()
        do {
            let addition = try store.add(record)
            try StandardStream.output.write(Self.text(failure, record, addition))
        } catch let error as CrashStoreError {
            try StandardStream.output.write(Self.text(failure, record, nil))
            throw CommandFailure("the reduced case is not stored: \(error)", status: .nothingCompared)
        }
        try ExitStatus.difference.end()
    }

    /// Reduces one module by what a command says of it, and writes it into the folder.
    private func reduce(_ cases: [NamedCase], by predicate: String) throws {
        Interruption.watchFirstSignals()
        guard cases.count == 1 else { throw CommandFailure("\(path): \(cases.count) cases, not one") }
        let reduction = try PredicateReduction(predicate, limits: selection.limits.budget())
        let progress = ProgressLine(isQuiet: selection.quiet)
        let subject = cases[0].subject
        let reduced = try reduction.reduced(subject, within: Reducer.Budget(seconds: time)) { state in
            progress.show("\(state.size) B, \(state.evaluations) runs (\(state.pass))")
        }
        progress.clear()
        guard let reduced else {
            throw CommandFailure("\(cases[0].name): the command does not find it interesting", status: .agreement)
        }
        let files = ["\(output)/reduced.wasm", "\(output)/reduced.wat"]
        do {
            try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure("\(output): cannot be made", status: .nothingCompared)
        }
        try OutputFile.write(reduced.test.wasm, to: files[0])
        if let module = try? BinaryDecoder.decode(reduced.test.wasm) {
            try OutputFile.write(TextPrinter.text(of: module) + "\n", to: files[1])
        }
        try StandardStream.output.write(
            "size      \(subject.test.wasm.count) B before, \(reduced.test.wasm.count) B after\nwritten   \(files[0].displayed)\n"
        )
        try ExitStatus.difference.end()
    }

    private static func text(_ failure: CaseFailure, _ record: CrashRecord, _ addition: CrashStore.Addition?) -> String
    {
        let report = record.report
        var rows = [
            ("case", failure.item.name.displayed), ("engine", report.engine.description),
            ("failure", report.signature.description),
        ]
        rows.append(("size", "\(report.originalSize) B before, \(report.reducedSize) B after"))
        if let recipe = report.recipe { rows.append(("recipe", recipe.summary)) }
        rows.append(("boundary", report.boundary?.description ?? "none found"))
        switch addition {
        case .added(let folder, let replaced):
            rows.append(("written", folder.path.displayed))
            rows += replaced.map { ("replaces", $0.displayed) }
        case nil: break
        case .known(let folder):
            rows.append(("known", "\(folder.path.displayed) has this failure; nothing was written"))
        }
        return rows.map { name, value in
            name + String(repeating: " ", count: 10 - name.count) + value + "\n"
        }.joined()
    }
}
