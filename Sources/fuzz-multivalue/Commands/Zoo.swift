import ArgumentParser
import BugZoo
import Campaign
import Foundation
import InTreeEngines
import WorkerIsolation
import ZooScoreboard

/// Measures the fuzzer on known bugs.
struct Zoo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Puts known bugs into the compilers one at a time, and says whether they are found.",
        discussion: """
            Each specimen has the mechanism of a real bug. For each, and for the healthy compilers as the control, a campaign runs until \
            its first finding or the end of the time. Exit status 1 where a specimen is not found, or \
            something is found in the healthy compilers.

            Examples:
            fuzz-multivalue zoo --specimen operand-index-u8 --baselines
            fuzz-multivalue zoo --mechanisms --time-per-specimen 60 --seed 2
            """
    )

    @Option(help: ArgumentHelp("Only this specimen (repeatable).", valueName: "id"))
    var specimen: [String] = []

    @Flag(help: "Bugs of our own that the search was not made for, instead of the known ones.")
    var mechanisms = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How long each search of each specimen may take.", valueName: "seconds")
    )
    var timePerSpecimen = 10.0

    @Option(help: "Decides the random part of each search.")
    var seed: UInt64 = 1

    @Flag(help: "Searches go on to the end of their time, so that it is seen how many folders one bug makes.")
    var countFolders = false

    @Flag(help: "Also search with at most 20 parameters and results, and with random bytes.")
    var baselines = false

    @Option(
        help: ArgumentHelp(
            "Also search with the .wasm files of a folder, such as those that another generator made, each once and as it is.",
            valueName: "folder"
        )
    )
    var modules: String?

    @Option(help: ArgumentHelp("Write the scoreboard as JSON; - for standard output.", valueName: "file"))
    var json: String?

    @Flag(help: "No progress on standard error.")
    var quiet = false

    func validate() throws {
        for identifier in specimen where Specimen(identifier: identifier) == nil {
            let choices = (Specimen.all + Specimen.mechanisms).map(\.identifier).joined(separator: ", ")
            throw ValidationError("unknown specimen '\(identifier)' (choose from \(choices))")
        }
        try LimitOptions.validate(seconds: timePerSpecimen, "--time-per-specimen")
    }

    /// The named specimens and mechanisms, or the whole list.
    private var chosen: [Specimen] {
        if specimen.isEmpty { return mechanisms ? Specimen.mechanisms : Specimen.all }
        return (Specimen.all + Specimen.mechanisms).filter { specimen.contains($0.identifier) }
    }

    func run() async throws {
        try OutputFile.check(json, "--json")
        var options = CampaignOptions()
        options.seconds = timePerSpecimen
        options.seed = seed
        options.fallbackWorker = [Bundle.main.executablePath ?? CommandLine.arguments[0], Worker.name]
        options.shippedWorker = Installation.ofThisProgram?.worker
        var run = ScoreboardRun(
            specimens: chosen,
            searches: [.everything] + (baselines ? Search.baselines : []) + (modules == nil ? [] : [.modules]),
            options: options,
            registry: InTreeEngines.registry()
        )
        run.modules = modules
        run.countsFolders = countFolders
        if !quiet {
            run.progress = { line in _ = writeAll(Array("\(line)\n".utf8), to: StandardStream.error.descriptor) }
        }
        let scoreboard: Scoreboard
        do {
            scoreboard = try await run.run()
        } catch {
            // No worker, or no place for what is found.
            throw CommandFailure(error.oneLine, status: .nothingCompared)
        }
        try OutputFile.write(scoreboard.table, and: try JSONText.text(scoreboard), to: json)
        if scoreboard.wasInterrupted { try ExitStatus.interrupted.end() }
        if !scoreboard.isPassed { try ExitStatus.difference.end() }
    }
}
