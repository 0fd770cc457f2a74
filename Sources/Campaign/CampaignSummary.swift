import Execution
import Triage
import WasmModel

/// What a campaign came to; also the shape of its JSON.
public struct CampaignSummary: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case schemaVersion = "schemaVersion"
        case inputs = "inputs"
        case cases = "cases"
        case programs = "programs"
        case verdicts = "verdicts"
        case engines = "engines"
        case leftOut = "leftOut"
        case seconds = "seconds"
        case casesPerSecond = "casesPerSecond"
        case edgesByArities = "edgesByArities"
        case domain = "domain"
        case coverage = "coverage"
        case features = "features"
        case casesLeftOfSweep = "casesLeftOfSweep"
        case modules = "modules"
        case restarts = "restarts"
        case renewals = "renewals"
        case tooLong = "tooLong"
        case settled = "settled"
        case soFar = "soFar"
        case isInstrumented = "isInstrumented"
        case findings = "findings"
        case knownAndAccepted = "knownAndAccepted"
        case notStored = "notStored"
        case heldBack = "heldBack"
        case met = "met"
        case problems = "problems"
        case series = "series"
        case compileTimes = "compileTimes"
        case wasInterrupted = "wasInterrupted"
    }

    /// The newest version of this shape. What earlier ones had is in it, too.
    public static let newestSchemaVersion = 6

    /// The version of this shape that the summary was made or read in.
    public private(set) var schemaVersion = Self.newestSchemaVersion
    /// What was asked for; nil of a summary that no campaign made.
    public var inputs: Inputs?
    /// Cases that were run, crashing ones included.
    public var cases = 0
    /// How many of these were arbitrary programs and not recipes.
    public var programs = 0
    /// How often engines other than the oracle were asked, and what came of it.
    public var verdicts = VerdictCounts()
    /// What became of the cases in each engine that was chosen, by its name.
    public var engines: [String: EngineTally] = [:]
    /// Engines that nobody asked for by their names, and that cannot be used.
    public var leftOut: [UnusableEngine] = []
    /// Wall-clock time, in seconds.
    public var seconds = 0.0
    public var casesPerSecond = 0.0
    /// Pairs of an edge and an arity that were met.
    public var edgesByArities = 0
    /// Which part of the domain of the generator was met; nil where no case was generated.
    public var domain: DomainSummary?
    /// libFuzzer's count of covered edges of the control flow, the greatest of all workers; nil without coverage.
    public var coverage: Int?
    public var features: Int?
    /// How many cases of the sweep were not run by workers that run engines themselves, as the time was over.
    public var casesLeftOfSweep = 0
    /// What was in the folder of modules; nil where cases were generated.
    public var modules: ModuleCensus?
    /// How often a worker died and was started again.
    public var restarts = 0
    /// How often a worker was ended and started again as it had grown too large.
    public var renewals = 0
    /// How many cases took a worker longer than a case may, and pass alone, where they take as long.
    public var tooLong = 0
    /// How many findings of earlier campaigns, which waited, do not happen any more; nil where there were none.
    public var settled: Int?
    /// This campaign and all before it with the same corpus, or without one with the same crash store; nil where no case was run.
    public var soFar: SoFar?
    /// Whether the workers were guided by coverage.
    public var isInstrumented = false
    public var findings: [StoredFinding] = [] {
        didSet { knownAndAccepted = findings.count(where: \.isAccepted) }
    }
    /// How many of the findings a person has accepted: they are no reason to look again.
    public private(set) var knownAndAccepted = 0
    /// The others.
    public var notAccepted: [StoredFinding] { findings.filter { !$0.isAccepted } }
    /// How many findings, and cases that killed their worker, are in no folder of the store: they wait for the next start, or are lost.
    public var notStored = 0
    /// How many findings wait in the inbox, or were only counted, as their engine has open folders that are as severe, and as many as it may
    /// have or such that may be the same mistake; by the name of the engine, or by the family of those in this program.
    public var heldBack: [String: Int] = [:]
    /// How often workers met each signature of a failure; of many the first.
    public private(set) var met: [String: Int] = [:]
    /// What could not be stored, reproduced, read or run, in words.
    public var problems: [String] = []
    /// How it went; nil where no case was run, and in summaries of version 5.
    public var series: CampaignSeries?
    /// How long compilers in this program took at several arities; nil where nothing was measured, and in summaries of version 5.
    public var compileTimes: [CompileTime]?
    /// Whether the user ended it.
    public var wasInterrupted = false

    /// When a finding was made, which is before it is reduced and stored.
    public struct Discovery: Hashable, Sendable, Codable {
        private enum CodingKeys: String, CodingKey {
            case seconds = "seconds"
            case cases = "cases"
        }

        /// After the start, wall-clock.
        public var seconds: Double
        /// How many cases all workers had reported until then; of a campaign of so many cases, that worker.
        public var cases: Int

        /// Makes the place of a discovery.
        public init(seconds: Double, cases: Int) {
            self.seconds = seconds
            self.cases = cases
        }
    }

    /// What several campaigns have done.
    public struct SoFar: Hashable, Sendable, Codable {
        private enum CodingKeys: String, CodingKey {
            case campaigns = "campaigns"
            case cases = "cases"
            case seconds = "seconds"
            case cells = "cells"
        }

        public var campaigns: Int
        public var cases: Int
        /// Wall-clock time of the searches, in seconds.
        public var seconds: Double
        /// How many cells of the domain were met.
        public var cells: Int

        init(_ history: CampaignHistory) {
            campaigns = history.campaigns
            cases = history.cases
            seconds = history.seconds
            cells = history.domain.cellCount
        }

        /// One line.
        var text: String {
            "so far, in \(campaigns.counted("campaign")): \(cases.counted("case")) in \(CampaignSummary.rounded(seconds)) s, "
                + "\(cells.counted("cell")) of the domain"
        }
    }

    /// When the first of the findings was made; nil where an earlier campaign made all of them.
    public var firstDiscovery: Discovery? { findings.compactMap(\.discovery).min { $0.seconds < $1.seconds } }

    /// Makes an empty summary.
    /// - Parameter names: the engines that were chosen, each of which is in it whether it gets a case or not.
    public init(engines names: [EngineName] = []) {
        for name in names { engines[name.description] = EngineTally() }
    }

    /// Adds what the workers of a place reported.
    mutating func add(_ tally: WorkerTally) {
        verdicts.add(tally.verdicts)
        for (name, tally) in tally.engines { engines[name, default: EngineTally()].add(tally) }
        add(met: tally.met)
    }

    /// Counts what workers met.
    mutating func add(met counts: [String: Int]) { met.add(met: counts) }

    /// What it all comes to.
    public enum Conclusion: Hashable, Sendable {
        /// Something was compared, and nothing differs but what is accepted.
        case agreement
        /// Something differs, whether it was known before or not.
        case difference
        /// Nothing was compared, or a problem may hide a difference.
        case nothingCompared
        /// The user ended it.
        case interrupted
    }

    /// What it all comes to; nobody should take a campaign for a good one that did nothing.
    public var conclusion: Conclusion {
        if wasInterrupted { return .interrupted }
        if !notAccepted.isEmpty || !heldBack.isEmpty { return .difference }
        let isClear = problems.isEmpty && notStored == 0 && verdicts.notRun == 0
        let isExplained = verdicts.divergences == 0 || knownAndAccepted > 0
        return isClear && isExplained && verdicts.comparisons > 0 ? .agreement : .nothingCompared
    }

    /// The share of asked engines that refused.
    public var refusedRate: Double { share(verdicts.refusals) }

    /// The share of asked engines whose outcome nobody could judge.
    public var undecidedRate: Double { share(verdicts.undecided.values.reduce(0, +)) }

    /// The share of asked engines that could not be run.
    public var notRunRate: Double { share(verdicts.notRun) }

    private func share(_ count: Int) -> Double { verdicts.share(count) }

    /// For people, several lines.
    public var text: String {
        var lines = [
            "\(cases.counted("case")) in \(Self.rounded(seconds)) s (\(Self.rounded(casesPerSecond)) per second), "
                + "\(edgesByArities) pairs of edge and arity, \(Self.rounded(refusedRate * 100)) % refused, "
                + "\(Self.rounded(undecidedRate * 100)) % undecided"
                + (verdicts.notRun > 0 ? ", \(Self.rounded(notRunRate * 100)) % not run" : "")
                + (coverage.map { ", coverage \($0)" } ?? "")
                + (restarts > 0 ? ", \(restarts) restarts" : "")
        ]
        if let domain { lines.append("  \(domain.text)") }
        if let soFar, soFar.campaigns > 1 { lines.append("  \(soFar.text)") }
        if casesLeftOfSweep > 0 {
            lines.append(
                "  \(casesLeftOfSweep.counted("case")) of the sweep left, which is a third of the cases until it is over, and at most "
                    + "\(Int(SweepShare.greatest * 100)) % of the time"
            )
        }
        if tooLong > 0 { lines.append("  \(tooLong.counted("case")) given up, as they take too long; alone they pass") }
        if let settled {
            lines.append(
                "  held back before, and not happening any more: \(settled.counted("finding")), kept as unreproduced"
            )
        }
        for (name, tally) in engines.sorted(by: { $0.key < $1.key }) {
            lines.append("  \(name): \(tally.text(seconds: seconds))")
            lines += tally.reasonLines.map { "    \($0.displayed)" }
        }
        lines += leftOut.map { "  left out: \($0.text.displayed)" }
        lines += (modules?.lines ?? []).map { "  \($0.displayed)" }
        for finding in notAccepted {
            let times = met[finding.signature.description].map { ", met \($0.counted("time"))" } ?? ""
            lines.append("  \(finding.text.displayed)\(times)\(finding.isKnown ? ", known before" : "")")
        }
        if knownAndAccepted > 0 { lines.append("  \(knownAndAccepted) known and accepted") }
        for (engine, count) in heldBack.sorted(by: { $0.key < $1.key }) {
            lines.append(
                "  \(engine): \(count.counted("finding")) held back, as its open folders are as severe, and may be the same mistake: "
                    + "set the status of those, or go on with --most-folders 0"
            )
        }
        for problem in problems { lines.append("  problem: \(problem.displayed)") }
        if wasInterrupted { lines.append("interrupted") }
        lines.append(ending)
        return lines.joined(separator: "\n")
    }

    /// The last line: what was found, also where it is not stored or did not happen again.
    private var ending: String {
        let found = notAccepted.count
        let notStored = notStored + heldBack.values.reduce(0, +)
        let isOrAre = notStored == 1 ? "is" : "are"
        if found > 0 {
            return "\(found) found" + (notStored > 0 ? ", and \(notStored) that \(isOrAre) not stored" : "")
        }
        if notStored > 0 { return "\(notStored) found that \(isOrAre) not stored" }
        if verdicts.divergences > 0, knownAndAccepted == 0 {
            return "nothing stored, though \(verdicts.divergences.counted("comparison")) differed"
        }
        var line = knownAndAccepted > 0 ? "nothing found that is not accepted" : "nothing found"
        if verdicts.comparisons == 0 {
            line += ", and nothing was compared"
        } else if !problems.isEmpty {
            line += ", but the problems may hide something"
        }
        return line
    }

    /// With one decimal place.
    static func rounded(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}
