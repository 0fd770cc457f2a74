import Execution
import WasmModel
import WasmScripts

/// What became of scripts, per file, per folder and in all, for every engine.
struct ScriptSummary {
    /// One script in one engine.
    struct Result {
        var path: String
        var engine: String
        var report: ScriptReport
    }

    /// In the order of the command.
    var engines: [String]
    /// The folders that were left out, and why.
    var excluded: [(path: String, reason: String)]
    /// The number of assertions about the text format that converted scripts have no modules for.
    var absentCount = 0
    var results: [Result] = []
    /// Whether the user ended the run before it was done.
    var wasInterrupted = false
    /// Nil where they are not asked for.
    private(set) var roundTrips: ModuleRoundTrip.Report?
    /// The modules that a round trip changed, by the path of the script.
    private var changedModules: [String: [ScriptReport.Failure]] = [:]

    init(engines: [String], excluded: [(path: String, reason: String)]) {
        self.engines = engines
        self.excluded = excluded
    }

    /// Adds what became of the round trips of a script.
    mutating func add(_ report: ModuleRoundTrip.Report, path: String) {
        var all = roundTrips ?? ModuleRoundTrip.Report()
        all.add(report)
        roundTrips = all
        if !report.failures.isEmpty { changedModules[path, default: []] += report.failures }
    }

    var hasFailures: Bool { !changedModules.isEmpty || results.contains { !$0.report.failures.isEmpty } }

    /// The width of the column of the engines.
    var nameWidth: Int { engines.map(\.count).max() ?? 0 }

    var hasPassed: Bool { results.contains { $0.report.passed > 0 } }

    var hasUndecided: Bool { results.contains { !$0.report.undecided.isEmpty } }

    var hasSkipped: Bool { results.contains { $0.report.skipped > 0 } }

    // MARK: Text

    /// The heads of the columns.
    static func head(nameWidth: Int) -> String {
        line("engine", nameWidth: nameWidth, "passed", "failed", "skipped", "script")
    }

    private static func line(
        _ engine: String,
        nameWidth: Int,
        _ passed: String,
        _ failed: String,
        _ skipped: String,
        _ subject: String
    ) -> String {
        let name = engine + String(repeating: " ", count: max(0, max(nameWidth, 6) - engine.count))
        let numbers = [passed, failed, skipped].map { String(repeating: " ", count: max(0, 8 - $0.count)) + $0 }
        return "\(name)\(numbers.joined())  \(subject)\n"
    }

    private func counts(of engine: String, in folder: String?) -> Counts {
        var counts = Counts()
        for result in results where result.engine == engine && (folder == nil || result.folder == folder) {
            counts.files += 1
            counts.passed += result.report.passed
            counts.failed += result.report.failures.count
            counts.skipped += result.report.skipped
            counts.undecided += result.report.undecided.count
        }
        return counts
    }

    /// The folders that hold scripts, sorted.
    private var folders: [String] { Set(results.map(\.folder)).sorted() }

    /// The counts of every folder and of all, what engines refused, and what was left out.
    func totals(nameWidth: Int) -> String {
        var text = ""
        func append(_ engine: String, _ counts: Counts, _ subject: String) {
            text += Self.line(
                engine,
                nameWidth: nameWidth,
                "\(counts.passed)",
                "\(counts.failed)",
                "\(counts.skipped)",
                "\(subject.displayed) (\(counts.files.counted("script")))"
            )
        }
        for engine in engines {
            text += "\n"
            if folders.count > 1 {
                for folder in folders { append(engine, counts(of: engine, in: folder), folder) }
            }
            append(engine, counts(of: engine, in: nil), "in all")
            let refused = Set(results.filter { $0.engine == engine }.flatMap(\.report.refused)).sorted()
            for (position, difference) in ReasonDifference.all.enumerated() {
                let count = results.filter { $0.engine == engine }
                    .reduce(0) { $0 + $1.report.differences[position, default: 0] }
                guard count > 0 else { continue }
                text +=
                    "another reason: \(count) times \"\(difference.message)\" for \"\(difference.suite)\": \(difference.why)\n"
            }
            let undecided = counts(of: engine, in: nil).undecided
            if undecided > 0 { text += "\(engine): \(undecided.counted("command")) without an end within the fuel\n" }
            let reasons = skippedFor(engine)
            for (reason, count) in reasons.sorted(by: { ($0.value, $1.key) > ($1.value, $0.key) }) {
                text += "\(engine) skipped \(count): \(reason.displayed)\n"
            }
            if !refused.isEmpty, reasons.isEmpty { text += "\(engine) refused: \(refused.joined(separator: "; "))\n" }
        }
        if absentCount > 0 {
            text +=
                "left out: \(absentCount) assertions about the text format, whose modules the conversion does not hold\n"
        }
        if wasInterrupted { text += "interrupted\n" }
        for (path, reason) in excluded { text += "left out: \(path.displayed): \(reason)\n" }
        return text
    }

    /// Why commands were skipped, and how often, where that is known of each.
    private func skippedFor(_ engine: String) -> [String: Int] {
        results.filter { $0.engine == engine }.reduce(into: [:]) { $0.merge($1.report.skippedFor, uniquingKeysWith: +) }
    }

    // MARK: JSON

    struct Counts: Encodable {
        var files = 0
        var passed = 0
        var failed = 0
        var skipped = 0
        var undecided = 0
    }

    private struct Document: Encodable {
        var schemaVersion = 1
        var engines: [EngineDocument]
        var leftOut: [ExclusionDocument]
        var assertionsWithoutModule: Int
        var wasInterrupted: Bool
        /// Absent where they were not asked for.
        var roundTrips: RoundTripDocument?
    }

    private struct EngineDocument: Encodable {
        var name: String
        var total: Counts
        var folders: [String: Counts]
        var refused: [String]
        /// Absent where it is not known of each command.
        var skippedFor: [String: Int]?
        var scripts: [ScriptDocument]
    }

    private struct ScriptDocument: Encodable {
        var path: String
        var passed: Int
        var skipped: Int
        var failures: [FailureDocument]
        var undecided: [String]
    }

    private struct FailureDocument: Encodable {
        /// Null for the script itself.
        var file: String?
        var line: Int
        var expected: String
        var got: String

        init(_ failure: ScriptReport.Failure) {
            file = failure.file
            line = failure.line
            expected = failure.expected
            got = failure.got
        }
    }

    private struct RoundTripDocument: Encodable {
        var modules: Int
        var normalized: Int
        /// By the path of the script.
        var changed: [String: [FailureDocument]]
    }

    private struct ExclusionDocument: Encodable {
        var path: String
        var reason: String
    }

    /// All counts, and all failures.
    func json() throws -> String {
        let engines = engines.map { engine in
            let results = results.filter { $0.engine == engine }
            return EngineDocument(
                name: engine,
                total: counts(of: engine, in: nil),
                folders: Dictionary(
                    folders.map { ($0, counts(of: engine, in: $0)) },
                    uniquingKeysWith: { first, _ in first }
                ),
                refused: Set(results.flatMap(\.report.refused)).sorted(),
                skippedFor: skippedFor(engine).isEmpty ? nil : skippedFor(engine),
                scripts: results.map { result in
                    ScriptDocument(
                        path: result.path,
                        passed: result.report.passed,
                        skipped: result.report.skipped,
                        failures: result.report.failures.map(FailureDocument.init),
                        undecided: result.report.undecided.map(\.description)
                    )
                }
            )
        }
        return try JSONText.text(
            Document(
                engines: engines,
                leftOut: excluded.map { ExclusionDocument(path: $0.path, reason: $0.reason) },
                assertionsWithoutModule: absentCount,
                wasInterrupted: wasInterrupted,
                roundTrips: roundTrips.map {
                    RoundTripDocument(
                        modules: $0.moduleCount,
                        normalized: $0.normalizedCount,
                        changed: changedModules.mapValues { $0.map(FailureDocument.init) }
                    )
                }
            )
        )
    }
}

extension ScriptSummary.Result {
    /// The folder of the script; `.` where the path names none.
    var folder: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." }

    /// The counts, and the first failures with their places.
    func text(nameWidth: Int) -> String {
        ScriptSummary.line(of: self, nameWidth: nameWidth) + ScriptSummary.text(of: report.failures, path: path)
            + report.undecided.prefix(ScriptSummary.shownCommands).map {
                "  \(($0.file ?? path).displayed):\($0.line): undecided: \($0.reason)\n"
            }.joined()
    }
}

extension ScriptSummary {
    /// How many commands of a script are shown in each list.
    fileprivate static let shownCommands = 5

    /// The first failures with their places.
    static func text(of failures: [ScriptReport.Failure], path: String) -> String {
        let shown = shownCommands
        var text = ""
        for failure in failures.prefix(shown) {
            text +=
                "  \((failure.file ?? path).displayed):\(failure.line): expected \(short(failure.expected)), got \(short(failure.got))\n"
        }
        if failures.count > shown { text += "  and \(failures.count - shown) more\n" }
        return text
    }

    /// One line of reasonable length.
    private static func short(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count > 300 ? line.prefix(300) + "…" : line
    }

    /// What became of the round trips; empty where they are not asked for.
    var roundTripLine: String {
        guard let roundTrips else { return "" }
        let changed = roundTrips.failures.count
        return "round trips: \(roundTrips.moduleCount) modules, \(changed) changed; of \(roundTrips.normalizedCount) "
            + "the text has locals or names in another form\n"
    }

    fileprivate static func line(of result: Result, nameWidth: Int) -> String {
        line(
            result.engine,
            nameWidth: nameWidth,
            "\(result.report.passed)",
            "\(result.report.failures.count)",
            "\(result.report.skipped)",
            result.path.displayed
        )
    }
}
