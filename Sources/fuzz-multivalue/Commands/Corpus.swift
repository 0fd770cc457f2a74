import ArgumentParser
import Campaign
import Foundation
import WorkerIsolation

/// What is done with corpora beside campaigns.
struct Corpus: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "corpus",
        abstract: "Puts corpora of several machines together.",
        discussion: """
            Example: fuzz-multivalue corpus merge corpus machine-1/corpus machine-2/corpus
            """,
        subcommands: [MergeCorpora.self]
    )
}

/// Takes the inputs of other corpora into one.
struct MergeCorpora: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Takes into a corpus what covers more of others, and leaves out of it what teaches nothing.",
        discussion: """
            The others stay as they are. Which inputs are kept depends on their bytes and not on the folders that they are in, but for a few \
            of a hundred: what a run covers depends on addresses, too. What fails in a compiler meanwhile waits in the crash store, as of a campaign.

            Example: fuzz-multivalue corpus merge corpus machine-1/corpus machine-2/corpus
            """
    )

    @Argument(help: "The folder that gets the inputs; made where it is missing.")
    var folder: String

    @Argument(help: "The folders whose inputs are taken.")
    var others: [String]

    @Option(help: "The folder for crashes.")
    var crashes = Campaign.defaultCrashes(specimen: nil)

    @Flag(help: "Say nothing but the sizes.")
    var quiet = false

    func run() async throws {
        var options = CampaignOptions()
        options.crashes = crashes
        options.corpus = folder
        options.mergedCorpora = others
        options.isQuiet = quiet
        options.isTerminal = isatty(STDERR_FILENO) == 1
        for path in others where !FileManager.default.isFolder(path) {
            throw CommandFailure("\(path): there is no such folder")
        }
        // One that is there stays as it is.
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure("\(folder): cannot make the folder: \(error.localizedDescription)")
        }
        try await CorpusReport.minimize(options)
    }
}
