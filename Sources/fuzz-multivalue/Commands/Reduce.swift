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
            what replay takes; of a module, all exports are called, or that of --invoke. Exit status 1 where a failing case was reduced, \
            0 where nothing fails, 3 where nothing was compared or the reduced case could not be stored. Ctrl-C writes what was reached; \
            what a killed process reached is taken up by the same command.

            \(InvocationOptions.valueHelp)

            With --predicate a command decides instead of engines, as with other reducers: a module is interesting where it ends with \
            status 0. The path of the module is put in place of {wasm} in its arguments and variables; a command without {wasm} gets it \
            behind its last argument. Whoever has no end within --timeout, on the clock, or dies of a signal has not answered: exit status 3 \
            for the module as it is, and counted for smaller ones.

            Example: fuzz-multivalue reduce many.wasm --inject operand-index-u8 -o findings
                     fuzz-multivalue reduce many.wasm --engine mine --invoke f -5 0x1.8p3
                     fuzz-multivalue reduce many.wasm --predicate 'sh -c "my-engine {wasm} 2>&1 | grep -q boom"'
            """
    )

    @Argument(
        help: "A crash folder, a .wasm, .wat or .wast file, a finding, or a raw fuzz input; - for standard input."
    )
    var path: String

    @OptionGroup
    var invocation: InvocationOptions

    @OptionGroup
    var selection: EngineOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("The folder that gets the crash folder.", valueName: "folder"))
    var output = "findings"

    @Option(parsing: .unconditional, help: ArgumentHelp("How long to reduce, at most.", valueName: "seconds"))
    var time = 60.0

    @Option(
        help: ArgumentHelp(
            "A command that says which modules are interesting, by status 0, in place of engines; {wasm} is the module, which comes last without.",
            valueName: "command"
        )
    )
    var predicate: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How many runs there are at the same time; one for each processor without.",
            valueName: "count"
        )
    )
    var jobs: Int?

    @Option(
        help: ArgumentHelp(
            "A command that runs this program on another machine, for one run more at the same time (repeatable), such as 'ssh other fuzz-multivalue'.",
            valueName: "command"
        )
    )
    var host: [String] = []

    private var jobCount: Int { jobs ?? min(ProcessInfo.processInfo.activeProcessorCount, Self.mostJobs) }
    private static let mostJobs = 64

    func validate() throws {
        try LimitOptions.validate(seconds: time, "--time")
        if let jobs, !(1...Self.mostJobs).contains(jobs) {
            throw ValidationError("--jobs is a number from 1 to \(Self.mostJobs)")
        }
        guard !output.isEmpty else { throw ValidationError("-o is the name of a folder") }
        if predicate != nil, let option = optionsOfEngines.first {
            throw ValidationError(
                "\(option) has no use beside --predicate, where a command decides and no engine is run"
            )
        }
    }

    /// The options that were given and only say something to engines.
    private var optionsOfEngines: [String] {
        let (real, limits) = (selection.real, selection.limits)
        let given = [
            ("--engine", !real.chosen.isEmpty), ("--engines", selection.engines != nil),
            ("--engines-file", real.enginesFile != nil), ("--inject", selection.inject != nil),
            ("--fuel", limits.fuel != nil), ("--memory", limits.memory != nil),
            ("--invoke", !invocation.invoke.isEmpty), ("--seed", invocation.seed != nil), ("--host", !host.isEmpty),
        ]
        return given.filter(\.1).map(\.0)
    }

    func run() throws {
        let cases = try ReplayInput.cases(at: [path], calling: invocation)
        if let predicate { return try reduce(cases, by: predicate) }
        let failure = try CaseFailure(firstOf: cases, try selection.selection(for: cases))
        // What is found until an interruption is written down, for which the engines have to go on.
        let selection = try selection.selection(for: cases, interruption: nil)
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
        let judge = Judge(oracle: selection.judge.oracle, budget: failure.budget, confirmationFactor: nil)
        let analysis = CrashAnalysis(
            engine: engine,
            judge: judge,
            reductionBudget: Reducer.Budget(seconds: time),
            others: selection.engines,
            stages: selection.bisection(of: engine.name),
            provenance: .ofThisRun(),
            helpers: try selection.helpers(jobCount - 1, of: engine.name, judge, hosts: host),
            checkpoint: store.checkpoint(of: finding),
            progress: { progress.show($0.text) },
            isInterrupted: { Interruption.signals.isRequested }
        )
        let record = try analysis.record(for: finding)
        progress.clear()
        do {
            let addition = try store.add(record)
            store.checkpoint(of: finding)?.remove()
            try StandardStream.output.write(Self.text(failure, record, addition))
        } catch let error as CrashStoreError {
            try StandardStream.output.write(Self.text(failure, record, nil))
            throw CommandFailure("the reduced case is not stored: \(error)", status: .nothingCompared)
        }
        try ExitStatus.difference.end()
    }

    /// Reduces one module by what a command says of it, and writes it into the folder.
    private func reduce(_ cases: [NamedCase], by text: String) throws {
        Interruption.watchFirstSignals()
        guard cases.count == 1 else { throw CommandFailure("\(path): \(cases.count) cases, not one") }
        let subject = cases[0].subject
        let predicate = try Predicate(text, seconds: selection.limits.budget().seconds)
        if let refusal = predicate.refusal(try predicate.answer(subject.test.wasm), to: cases[0].name) { throw refusal }
        // A place that cannot be written is told before the work that is to be written there.
        try makeFolder()
        let progress = ProgressLine(isQuiet: selection.quiet)
        let helpers = try (1..<jobCount).map { _ in try Predicate(text, seconds: predicate.seconds) }
        let checkpoint = ReductionCheckpoint(
            folder: ReductionCheckpoint.folder(in: output),
            key: Array(text.utf8) + subject.test.wasm
        )
        let reduction = PredicateReduction([predicate] + helpers, checkpoint)
        let reduced = try reduction.reduced(subject, within: Reducer.Budget(seconds: time)) { state, runs in
            let silent = runs.withoutAnswer(seconds: predicate.seconds).map { ", \($0)" } ?? ""
            progress.show("\(state.text)\(silent)")
        }
        progress.clear()
        guard let reduced else {
            throw reduction.failure
                ?? CommandFailure(
                    "\(cases[0].name): the command found it interesting, and then not: it does not say the same each time",
                    status: .nothingCompared
                )
        }
        var rows = [
            ("size", "\(subject.test.wasm.count) B before, \(reduced.test.wasm.count) B after"),
            ("runs", Self.text(reduction.runs, seconds: predicate.seconds)),
        ]
        if reduced.test.wasm.count == BinaryHeader.module.count {
            rows.append(
                ("note", "the command finds an empty module interesting, as one does that never reads its file")
            )
        }
        do throws(CommandFailure) {
            rows.append(("written", try writeReduced(reduced.test.wasm).displayed))
            checkpoint.remove()
        } catch {
            try StandardStream.output.write(Self.text(rows))
            // Whatever is wrong with the place.
            throw CommandFailure("the reduced case is not stored: \(error)", status: .nothingCompared)
        }
        try StandardStream.output.write(Self.text(rows))
        if let failure = reduction.failure { throw failure }
        try ExitStatus.difference.end()
    }

    private static func text(_ runs: PredicateReduction.Runs, seconds: Double) -> String {
        "\(runs.all)" + (runs.withoutAnswer(seconds: seconds).map { ", of which \($0)" } ?? "")
    }

    private func makeFolder() throws(CommandFailure) {
        do throws(CommandFailure) {
            try OutputFile.makeFolder(output)
            try OutputFile.check("\(output)/reduced.wasm", "-o")
        } catch {
            throw CommandFailure(error.description, status: .nothingCompared)
        }
    }

    /// Writes a module as bytes and, where it can be decoded, as text.
    /// - Returns: the path of the bytes.
    private func writeReduced(_ wasm: [UInt8]) throws(CommandFailure) -> String {
        let file = "\(output)/reduced.wasm"
        try OutputFile.write(wasm, to: file)
        if let module = try? BinaryDecoder.decode(wasm) {
            try OutputFile.write(TextPrinter.text(of: module) + "\n", to: "\(output)/reduced.wat")
        }
        return file
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
        return text(rows)
    }

    private static func text(_ rows: [(name: String, value: String)]) -> String {
        rows.map { name, value in
            name + String(repeating: " ", count: 10 - name.count) + value + "\n"
        }.joined()
    }
}
