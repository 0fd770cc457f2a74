import ArgumentParser
import Execution
import InTreeEngines
import WasmModel
import WasmScripts

/// Runs scripts of the specification's test suite.
struct Wast: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs specification scripts and counts what passed, failed and was skipped.",
        discussion: """
            A path is a .wast file, a .json file of commands with .wasm files beside it (as wast2json makes them), or a folder, which is \
            searched to the bottom. Modules that must be rejected have to be so for the stated reason. A command is skipped only where \
            the engine refuses a module and says why. Exit status 1 where a command failed.

            Example: fuzz-multivalue wast spec/test/core --engines interpreter
            """
    )

    @Argument(help: ArgumentHelp("Scripts, or folders of scripts.", valueName: "path"))
    var paths: [String]

    @Option(help: ArgumentHelp("Engines, separated by commas; each gets its own counts.", valueName: "names"))
    var engines = "interpreter"

    @OptionGroup
    var release: FeatureOptions

    @Flag(
        help: "Also check that every module is the same after printing and parsing, and after encoding and decoding it."
    )
    var roundTrips = false

    @Flag(help: "A skipped command is a failure, too: exit status 1.")
    var failOnSkipped = false

    @Option(help: ArgumentHelp("Also write all counts and failures as JSON; - for standard output.", valueName: "file"))
    var json: String?

    func run() throws {
        let engines = try chosenEngines()
        let selection: ScriptFile.Selection
        do {
            selection = try ScriptFile.selection(at: paths)
        } catch {
            throw CommandFailure(error.description)
        }
        // Standard output holds the JSON alone where it is asked for there.
        let isTextShown = json != "-"
        var summary = ScriptSummary(engines: engines.map(\.name.description), excluded: selection.excluded)
        let progress = ProgressLine()
        let width = engines.map(\.name.description.count).max() ?? 0
        for (position, file) in selection.files.enumerated() {
            let content: ScriptFile.Content
            do {
                content = try file.content()
            } catch {
                progress.clear()
                throw CommandFailure(error.description)
            }
            summary.absentCount += content.absentCount
            let features = release.features.subtracting(content.featuresOff)
            if roundTrips {
                let report = ModuleRoundTrip.check(content.script, features: features)
                if isTextShown, !report.failures.isEmpty {
                    progress.clear()
                    try StandardStream.output.write(ScriptSummary.text(of: report.failures, path: file.path))
                }
                summary.roundTrips.add(report)
            }
            for engine in engines {
                let report = ScriptRunner.run(content.script, on: engine, features: features) { count in
                    progress.show(
                        "file \(position + 1) of \(selection.files.count), command \(count) of "
                            + "\(content.script.commands.count): \(file.path)"
                    )
                }
                let result = ScriptSummary.Result(path: file.path, engine: engine.name.description, report: report)
                summary.results.append(result)
                progress.clear()
                if isTextShown {
                    let head = summary.results.count == 1 ? ScriptSummary.head(nameWidth: width) : ""
                    try StandardStream.output.write(head + result.text(nameWidth: width))
                }
            }
        }
        if isTextShown {
            let roundTripLine = roundTrips ? summary.roundTripLine : ""
            try StandardStream.output.write(summary.totals(nameWidth: width) + roundTripLine)
        }
        if let json { try OutputFile.write(Array(try summary.json().utf8), to: json) }
        if summary.hasFailures || failOnSkipped && summary.hasSkipped { throw ExitCode(1) }
    }

    private func chosenEngines() throws -> [any StoreEngine] {
        var chosen: [any StoreEngine] = []
        for name in engines.split(separator: ",", omittingEmptySubsequences: false) {
            do {
                for engine in try InTreeEngines.registry().engines(named: String(name))
                where !chosen.contains(where: { $0.name == engine.name }) {
                    guard let engine = engine as? any StoreEngine else {
                        throw CommandFailure("--engines: '\(name)' cannot run scripts")
                    }
                    chosen.append(engine)
                }
            } catch let error as EngineRegistry.UnknownEngine {
                throw CommandFailure("--engines: \(error)")
            }
        }
        return chosen
    }
}
