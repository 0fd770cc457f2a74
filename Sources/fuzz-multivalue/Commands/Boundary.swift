import ArgumentParser
import Differential
import Execution
import Triage
import WasmGenerator
import WasmModel
import WorkerIsolation

/// Searches for the arity at which engines begin to fail.
struct FindBoundary: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "boundary",
        abstract: "Searches for the number of results or parameters at which engines begin to fail.",
        discussion: """
            --types makes a case whose list grows by repetition up to --max-arity; a path is a case that is reduced first, as reduce does it, and \
            then has its signatures cut, or grown where a recipe made it. So a campaign, reduce and boundary say the same of one case; --unreduced \
            takes it as it is. Of a module, all exports are called, or that of --invoke. One arity passes and the next \
            fails, both having been run. Exit status 1 where an engine fails, 0 where none does, 3 where nothing was compared.

            \(InvocationOptions.valueHelp)

            Example: fuzz-multivalue boundary --edge direct-call --types i32,f64 --variable results --inject operand-index-u8
                     fuzz-multivalue boundary many.wasm --engine mine --invoke f -5 0x1.8p3
            """
    )

    @Argument(help: "A failing case, as for reduce; - for standard input.")
    var path: String?

    @Option(help: "An edge that the values cross; may be repeated, outermost first.", transform: NamedChoice.edge)
    var edge: [Edge] = []

    @Option(
        help: ArgumentHelp("The types of the list, such as i32 or 300*i32,f64.", valueName: "types"),
        transform: NamedChoice.types
    )
    var types: [ValueType]?

    @Option(
        help:
            "results or parameters, of a path also block-values, tag-values, locals, labels, handlers, elements, fields, array-operands or nested-blocks; results, or what a path's case shows, without.",
        transform: { try NamedChoice.choice($0, of: "variable") }
    )
    var variable: Boundary.Variable?

    @OptionGroup
    var invocation: InvocationOptions

    @OptionGroup
    var selection: EngineOptions

    @Option(parsing: .unconditional, help: ArgumentHelp("The greatest number that is tried.", valueName: "count"))
    var maxArity = 10_000

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How long to reduce the case of a path, at most.", valueName: "seconds")
    )
    var time = 60.0

    @Flag(help: "Search in the case of a path as it is, whatever fails in it.")
    var unreduced = false

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard (0...100_000).contains(maxArity) else {
            throw ValidationError("--max-arity is a number from 0 to 100000")
        }
        try LimitOptions.validate(seconds: time, "--time")
        if unreduced, path == nil { throw ValidationError("--unreduced needs a path, and no --types") }
        switch (path, types) {
        case (nil, nil): throw ValidationError("give a path, or --types")
        case (nil, .some(let types)):
            if let variable, !variable.isOfSignatures {
                throw ValidationError(
                    "--variable \(variable.rawValue) needs a path; beside --types it is results or parameters"
                )
            }
            guard !types.isEmpty else { throw ValidationError("--types is empty; name at least one type, such as i32") }
            if let option = invocation.given { throw ValidationError("\(option) needs a path, and no --types") }
        case (.some, nil):
            guard edge.isEmpty else { throw ValidationError("--edge needs --types, and no path") }
        case (.some, .some): throw ValidationError("give either a path or --types, not both")
        }
    }

    /// What came of one engine.
    private struct Entry: Encodable {
        var engine: String
        /// Nil where nothing fails, and where no arity makes the difference.
        var boundary: Boundary?
        /// Nil where nothing fails.
        var signature: String?
        /// Of the module in which it was searched, in bytes; nil where the case was taken as it is.
        var reducedSize: Int?
        /// In words; nil where every run could be compared.
        var incomparable: String?
        /// Whether the user has ended the search.
        var wasInterrupted = false
    }

    private struct Document: Encodable {
        var schemaVersion = 1
        var subject: String
        var maximumArity: Int
        var engines: [Entry]
    }

    func run() throws {
        let cases = try path.map { path throws(CommandFailure) in try ReplayInput.cases(at: [path], calling: invocation)
        }
        let selection = try selection.selection(for: cases ?? [])
        guard !selection.engines.isEmpty else {
            throw CommandFailure(
                "nothing to compare: --engines names none but the oracle",
                status: .nothingCompared
            )
        }
        guard let cases else {
            return try search(Case(recipe), recipe.summary, isReduced: true, selection)
        }
        // Of several cases, the first that fails.
        let item = cases.count == 1 ? cases[0] : try CaseFailure(firstOf: cases, selection).item
        // The recipe of a crash is reduced, and its boundary is that of the report.
        let recipe = unreduced ? nil : item.folder?.report.recipe
        try search(
            recipe.map { Case($0) } ?? item.subject,
            item.name,
            isReduced: unreduced || recipe != nil,
            selection
        )
    }

    /// The case in which the boundary of an engine is searched, with the failure; nil where the engine does not fail.
    private func reduced(
        _ subject: Case,
        in engine: any Engine,
        _ selection: EngineSelection,
        _ progress: ProgressLine
    ) throws -> (subject: BoundarySubject, signature: CrashSignature)? {
        let analysis = CrashAnalysis(
            engine: engine,
            judge: Judge(oracle: selection.judge.oracle, budget: selection.judge.budget, confirmationFactor: nil),
            reductionBudget: Reducer.Budget(seconds: time),
            progress: { progress.show("\(engine.name): reducing, \($0.text)") },
            isInterrupted: { Interruption.signals.isRequested }
        )
        guard let divergence = analysis.divergence(subject) else { return nil }
        let finding = Finding(subject, engine: engine.name, specimen: selection.specimen, divergence: divergence)
        return try analysis.boundarySubject(of: finding).map { ($0, finding.signature) }
    }

    /// The case of `--edge` and `--types`: constants as results, or parameters of which the last of each type come back.
    private var recipe: CaseRecipe {
        let types = types ?? []
        switch variable ?? .results {
        case .parameters:
            var kinds: [ValueType] = []
            for type in types where !kinds.contains(type) { kinds.append(type) }
            return CaseRecipe(
                edges: edge,
                parameters: Array(types.prefix(maxArity)),
                results: kinds,
                routing: .reversed
            )
        default: return CaseRecipe(edges: edge, parameters: [], results: Array(types.prefix(maxArity)))
        }
    }

    private func variables(of subject: BoundarySubject) -> [Boundary.Variable] {
        if let variable { return [variable] }
        return path == nil ? [.results] : subject.variables
    }

    private func search(
        _ subject: Case,
        _ name: String,
        isReduced: Bool,
        _ selection: EngineSelection
    ) throws {
        let progress = ProgressLine(isQuiet: self.selection.quiet)
        var entries: [Entry] = []
        var hasComparison = false
        var engines = selection.engines
        progress.show("\(selection.judge.oracle.name): \(subject.summary)")
        if selection.judge.trial(of: subject).verdictOnOracle.isDivergence { engines = [selection.judge.oracle] }
        for engine in engines where !Interruption.signals.isRequested {
            var search = EngineBoundary(engine: engine, judge: selection.judge, progress: progress)
            var entry = Entry(engine: engine.name.description)
            var candidate = BoundarySubject(subject)
            if !isReduced, let reduced = try reduced(subject, in: engine, selection, progress) {
                candidate = reduced.subject
                search.signature = reduced.signature
                entry.reducedSize = candidate.size
            }
            for variable in variables(of: candidate) {
                let result = try search.boundary(of: candidate.subject(variable), variable, maximum: maxArity)
                if result.wasInterrupted {
                    entry.wasInterrupted = true
                    entry.signature = entry.signature ?? result.signature?.description
                    break
                }
                entry.incomparable = entry.incomparable ?? result.incomparable
                if result.hasComparison { hasComparison = true }
                if result.outcome == .nothingFails { continue }
                entry.signature = result.signature?.description
                entry.boundary = result.outcome.boundary
                if entry.boundary != nil { break }
            }
            entries.append(entry)
        }
        progress.clear()
        if json {
            let document = Document(subject: name, maximumArity: maxArity, engines: entries)
            try StandardStream.output.write(try JSONText.text(document))
        } else {
            try StandardStream.output.write(text(entries, name, isGrown: subject.recipe != nil))
        }
        try ExitStatus(differs: entries.contains { $0.signature != nil }, hasComparison: hasComparison).end()
    }

    private func text(
        _ entries: [Entry],
        _ name: String,
        isGrown: Bool
    ) -> String {
        let width = entries.map(\.engine.count).max() ?? 0
        let range =
            isGrown
            ? "up to \(maxArity) \(variable?.rawValue ?? (path == nil ? "results" : "results or parameters"))"
            : "as it is"
        var text = "\(name.displayed)\n"
        for entry in entries {
            text += entry.engine + String(repeating: " ", count: width - entry.engine.count + 2)
            if let boundary = entry.boundary {
                text += boundary.description
            } else if entry.wasInterrupted {
                text += "interrupted before a boundary was found"
            } else if entry.signature != nil {
                text += "fails, and no arity makes the difference"
            } else {
                text += "nothing fails \(range)"
            }
            if let signature = entry.signature { text += " (\(signature))" }
            if let size = entry.reducedSize { text += ", of the case reduced to \(size) B" }
            if let reason = entry.incomparable { text += "; not all can be compared: \(reason)" }
            text += "\n"
        }
        if Interruption.signals.isRequested { text += "interrupted\n" }
        return text
    }
}
