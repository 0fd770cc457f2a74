import BugZoo
import Campaign
import Execution
import Triage
import WorkerIsolation

/// Measures the searches on the specimens, and on the healthy pipeline as the control.
///
/// Each row is a campaign as users run it, with its workers, sweep, coverage, inbox and triage; it ends with the first finding.
public struct ScoreboardRun: Sendable {
    /// The specimens to look for.
    public var specimens: [Specimen]
    /// The searches; the control has only the first of them.
    public var searches: [Search]
    /// What every campaign is to do; the time is that of each search of each specimen.
    public var options: CampaignOptions
    /// The healthy engines.
    public var registry: EngineRegistry
    /// Whether searches go on to the end of their time, so that it is seen how many folders one bug makes.
    public var countsFolders = false
    /// The folder of the search by modules.
    public var modules: String?
    /// Gets a line whenever something begins or ends.
    public var progress: @Sendable (String) -> Void = { _ in }

    /// Asks for an earlier end; nil for Ctrl-C.
    public var interruption: Interruption?

    /// Makes a run.
    public init(
        specimens: [Specimen] = Specimen.all,
        searches: [Search] = [.everything],
        options: CampaignOptions,
        registry: EngineRegistry
    ) {
        self.specimens = specimens
        self.searches = searches
        self.options = options
        self.registry = registry
    }

    /// Runs everything, one campaign after the other: each has all cores.
    /// - Throws: what a campaign throws.
    public func run() async throws -> Scoreboard {
        var scoreboard = Scoreboard(rows: [])
        var campaigns: [(specimen: Specimen?, search: Search)] = searches.flatMap { search in
            specimens.map { ($0, search) }
        }
        if let search = searches.first { campaigns.append((nil, search)) }
        for (specimen, search) in campaigns {
            guard let row = try await row(specimen, search) else {
                scoreboard.wasInterrupted = true
                break
            }
            scoreboard.rows.append(row)
        }
        return scoreboard
    }

    /// - Returns: nil where the user ended the campaign.
    private func row(_ specimen: Specimen?, _ search: Search) async throws -> ScoreboardRow? {
        let name = "\(specimen?.identifier ?? "healthy") by \(search.rawValue)"
        progress("\(name): begins")
        // Nothing that an earlier campaign learnt helps: the store and the corpus are new.
        let folder = try ScratchFolder()
        var options = options
        search.configure(&options, modules: modules)
        options.specimen = specimen?.identifier
        options.crashes = "\(folder.path)/crashes"
        options.corpus = "\(folder.path)/corpus"
        options.stopsAtFirstFinding = !countsFolders
        // However late it is found, it is reduced.
        options.storingSeconds = 60
        options.isQuiet = true
        let summary = try await Campaign.run(options, registry, interruption: interruption)
        if summary.wasInterrupted { return nil }
        let row = ScoreboardRow(specimen: specimen, search: search, summary)
        if let discovery = row.discovery {
            progress("\(name): found by case \(row.cases), \(discovery.signature)")
        } else {
            progress("\(name): nothing in \(row.cases) cases")
        }
        for problem in summary.problems { progress("\(name): problem: \(problem)") }
        return row
    }
}
