import BugZoo
import Dispatch
import Engines
import Synchronization
import Triage
import WasmGenerator

/// Measures the searches on the specimens, and on the healthy pipeline as the control.
public struct ScoreboardRun: Sendable {
    /// The specimens to look for.
    public var specimens: [Specimen]
    /// The searches; the control has only the first of them.
    public var searches: [Search]
    /// How long each search of each specimen may take, in seconds.
    public var seconds: Double
    /// How long the reduction of each finding may take, in seconds.
    public var reductionSeconds = 20.0
    /// What each engine may spend on a case.
    public var budget: Budget
    /// Seeds what the searches choose at random.
    public var seed: UInt64 = 1
    public var maximumArity = 1000
    /// The oracle, which runs in this process, by as many threads as there are cores.
    public var oracle: any Engine
    /// The engines with a specimen in them, or healthy ones; called once for each row.
    public var makeEngines: @Sendable (Specimen?) throws -> [any Engine]
    /// Gets a line whenever something begins or ends; called by several threads.
    public var progress: @Sendable (String) -> Void = { _ in }

    /// Makes a run; the default budget ends a case after two seconds.
    public init(
        specimens: [Specimen] = Specimen.all,
        searches: [Search] = [.everything],
        seconds: Double = 10,
        budget: Budget = Budget(seconds: 2),
        oracle: any Engine = EngineCatalog().oracle,
        makeEngines: @escaping @Sendable (Specimen?) throws -> [any Engine]
    ) {
        self.specimens = specimens
        self.searches = searches
        self.seconds = seconds
        self.budget = budget
        self.oracle = oracle
        self.makeEngines = makeEngines
    }

    private struct Job {
        var specimen: Specimen?
        var search: Search
    }

    /// Runs everything, as many rows at the same time as there are cores.
    /// - Throws: what `makeEngines` throws, and what stops a reduction.
    public func run() throws -> Scoreboard {
        var jobs = searches.flatMap { search in specimens.map { Job(specimen: $0, search: search) } }
        if let search = searches.first { jobs.append(Job(specimen: nil, search: search)) }
        let rows = Mutex<[Int: Result<ScoreboardRow, any Error>]>([:])
        let planned = jobs
        DispatchQueue.concurrentPerform(iterations: planned.count) { position in
            let row = Result { try self.row(planned[position]) }
            rows.withLock { $0[position] = row }
        }
        let results = rows.withLock { $0 }
        return Scoreboard(rows: try planned.indices.compactMap { try results[$0]?.get() })
    }

    private func row(_ job: Job) throws -> ScoreboardRow {
        let name = "\(job.specimen?.identifier ?? "healthy") by \(job.search.rawValue)"
        progress("\(name): begins")
        let hunt = Hunt(oracle: oracle, engines: try makeEngines(job.specimen), budget: budget)
        let cases = job.search.cases(seed: seed, maximumArity: maximumArity)
        let bag = hunt.run(cases, seconds: seconds, specimen: job.specimen?.identifier)
        var row = ScoreboardRow(
            specimen: job.specimen?.identifier,
            search: job.search,
            cases: bag.cases,
            agreements: bag.agreements,
            inconclusive: bag.inconclusive,
            seconds: bag.seconds
        )
        guard let finding = bag.finding else {
            progress("\(name): nothing in \(bag.cases) cases")
            return row
        }
        progress("\(name): found by case \(bag.cases), \(finding.signature)")
        // Baselines are asked only whether they find it.
        row.discovery = try hunt.investigate(
            finding,
            seconds: job.search == .everything ? reductionSeconds : 0
        )
        if job.search == .everything {
            progress("\(name): reduced to \(row.discovery?.reducedSize ?? 0) bytes")
        }
        return row
    }
}
