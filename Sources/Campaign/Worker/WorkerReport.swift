import Differential
import Execution

/// What a worker has done since its last report; one line of its standard output, after the word `report`.
struct WorkerReport: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case cases = "cases"
        case programs = "programs"
        case swept = "swept"
        case verdicts = "verdicts"
        case newCells = "newCells"
        case met = "met"
        case domain = "domain"
        case engines = "engines"
        case compileTimes = "compileTimes"
    }

    var cases = 0
    /// How many of them were arbitrary programs.
    var programs = 0
    /// How many were of the sweep.
    var swept = 0
    /// How often engines were asked, and what came of it.
    var verdicts = VerdictCounts()
    /// Pairs of an edge and an arity that the worker met for the first time, e.g. `loop 254`.
    var newCells: [String] = []
    /// How often each signature of a failure was met, whether it was kept or not.
    var met: [String: Int] = [:]
    /// Where the cases that were generated were in the domain.
    var domain = SentDomainMap()
    /// What became of the cases in each engine, by its name.
    var engines: [String: EngineTally] = [:]
    /// How long compilers took where that was measured.
    var compileTimes: [CompileTimeSample] = []

    static let prefix = "report "

    /// Whether there is nothing to tell.
    var isEmpty: Bool { cases == 0 && swept == 0 && domain.map.isEmpty && compileTimes.isEmpty }

    mutating func count(_ verdict: Verdict, of engine: EngineName) {
        verdicts.add(verdict)
        engines[engine.description, default: EngineTally()].add(verdict)
    }
}
