import ArgumentParser
import Campaign
import Foundation
import InTreeEngines
import ReportPage
import Triage

/// Writes a page of HTML about a crash store and a campaign.
struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes one page of HTML about a crash store, a campaign, or both.",
        discussion: """
            The page is one file without scripts, and needs no other. It begins with the failures: each with its boundary, its module, and the code of \
            both machines where it is a failure of a compiler in this program. Of a campaign it shows how it went and what of the domain it met.

            A crash folder that cannot be read is named on standard error and in the page, and the exit status is 2.

            Example: fuzz-multivalue report findings --campaign night.json -o night.html
            """
    )

    @Argument(help: "The folder of the crash folders; Crashes without, unless a campaign is named.")
    var folder: String?

    @Option(
        help: ArgumentHelp("The summary of a campaign, as 'fuzz --json FILE' writes it.", valueName: "file")
    )
    var campaign: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("The page; - for standard output.", valueName: "file"))
    var output: String

    func run() throws {
        try OutputFile.check(output, "--output")
        let run = try campaign.map { path in ReportPage.Run(path: path, summary: try Self.summary(at: path)) }
        let store = try (folder ?? (campaign == nil ? "Crashes" : nil)).map { try Self.store(at: $0) }
        let page = ReportPage(
            store: store,
            campaign: run,
            machines: CompilationTarget.allCases.map(\.rawValue),
            code: CompiledListing.code
        )
        try OutputFile.write(Array(page.html().utf8), to: output)
        if output != "-" { try StandardStream.output.write("\(output)\n") }
        let problems = store?.content.problems ?? []
        for problem in problems { StandardStream.error.report(problem.description) }
        if !problems.isEmpty { try ExitStatus.misuse.end() }
    }

    private static func store(at path: String) throws(CommandFailure) -> ReportPage.Store {
        guard FileManager.default.isFolder(path) else { throw CommandFailure("\(path): no such folder") }
        do throws(CrashStoreError) {
            return ReportPage.Store(path: path, content: try CrashStore(path: path).content())
        } catch {
            throw CommandFailure(error.description)
        }
    }

    private static func summary(at path: String) throws(CommandFailure) -> CampaignSummary {
        do throws(CrashStoreError) {
            let version = try NamedJSON.decode(Version.self, at: path).schemaVersion
            guard version <= CampaignSummary.newestSchemaVersion else {
                throw CrashStoreError(
                    path: path,
                    reason:
                        "schema version \(version) is newer than \(CampaignSummary.newestSchemaVersion), the newest that is known"
                )
            }
            return try NamedJSON.decode(CampaignSummary.self, at: path)
        } catch {
            throw CommandFailure(error.description)
        }
    }

    /// What every version of a summary has.
    private struct Version: Decodable {
        private enum CodingKeys: String, CodingKey {
            case schemaVersion = "schemaVersion"
        }

        var schemaVersion: Int
    }
}
