import Differential

/// What the workers of one place reported of engines and of failures. Several of them are added in the order of the places, and not in that of
/// the reports, as of many reasons and signatures the first are kept.
struct WorkerTally: Hashable, Sendable {
    private(set) var verdicts = VerdictCounts()
    private(set) var engines: [String: EngineTally] = [:]
    private(set) var met: [String: Int] = [:]

    mutating func add(_ report: WorkerReport) {
        verdicts.add(report.verdicts)
        for (name, tally) in report.engines { engines[name, default: EngineTally()].add(tally) }
        met.add(met: report.met)
    }
}

extension [String: Int] {
    /// Adds how often signatures were met; of many signatures the first are counted.
    mutating func add(met counts: [String: Int]) {
        for (signature, count) in counts.sorted(by: { $0.key < $1.key })
        where self[signature] != nil || self.count < Self.mostSignatures {
            self[signature, default: 0] += count
        }
    }

    private static var mostSignatures: Int { 100 }
}
