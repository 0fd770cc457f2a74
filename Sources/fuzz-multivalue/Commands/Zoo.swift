import ArgumentParser
import BugZoo
import Differential
import Engines
import Foundation
import ZooScoreboard

/// Measures the fuzzer on known bugs.
struct Zoo: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Puts known bugs into the compilers one at a time, and says whether they are found.",
        discussion: """
            Each specimen has the mechanism of a real bug. For each, and for the healthy compilers as the control, the sweep and then \
            random cases run until the first finding or the end of the time. Exit status 1 where a specimen is not found, or \
            something is found in the healthy compilers.

            Example: fuzz-multivalue zoo --specimen operand-index-u8 --baselines
            """
    )

    @Option(help: ArgumentHelp("Only this specimen (repeatable).", valueName: "id"))
    var specimen: [String] = []

    @Option(help: ArgumentHelp("How long each search of each specimen may take.", valueName: "seconds"))
    var timePerSpecimen = 10.0

    @Flag(help: "Also search with at most 20 parameters and results, and with random bytes.")
    var baselines = false

    @Option(help: ArgumentHelp("Write the scoreboard to a file.", valueName: "file"))
    var json: String?

    @Flag(help: "No progress on standard error.")
    var quiet = false

    func validate() throws {
        for identifier in specimen where Specimen(identifier: identifier) == nil {
            let choices = Specimen.all.map(\.identifier).joined(separator: ", ")
            throw ValidationError("unknown specimen '\(identifier)' (choose from \(choices))")
        }
        guard timePerSpecimen > 0, timePerSpecimen.isFinite else {
            throw ValidationError("--time-per-specimen must be more than 0 seconds")
        }
    }

    func run() throws {
        var run = ScoreboardRun(
            specimens: specimen.isEmpty ? Specimen.all : Specimen.all.filter { specimen.contains($0.identifier) },
            searches: baselines ? Search.allCases : [.everything],
            seconds: timePerSpecimen,
            makeEngines: Self.engines
        )
        if !quiet {
            run.progress = { line in _ = writeAll(Array("\(line)\n".utf8), to: StandardStream.error.descriptor) }
        }
        let scoreboard = try run.run()
        if let json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try OutputFile.write([UInt8](try encoder.encode(scoreboard)) + [UInt8(ascii: "\n")], to: json)
        }
        try StandardStream.output.write(scoreboard.table)
        if !scoreboard.isPassed { throw ExitCode(1) }
    }
}

extension Zoo {
    /// What a worker may map, in MiB: so little that a compiler that takes all there is has it within the time of a case.
    private static let workerMemory = 512

    /// Every compiler with a specimen in it, in one process of their own.
    @Sendable private static func engines(_ specimen: Specimen?) throws -> [any Engine] {
        guard let executable = Bundle.main.executablePath else {
            throw CommandFailure("cannot find the program itself to start workers", status: 1)
        }
        let arguments = Worker.arguments + ["--memory", "\(workerMemory)"]
        let worker = ServingWorker(WorkerInvocation(executable: executable, arguments: arguments))
        return EngineCatalog().allCompilers.map {
            IsolatedEngine(name: $0.name, specimen: specimen?.identifier, worker: worker)
        }
    }
}
