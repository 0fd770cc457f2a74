/// How a campaign went: what it had come to at moments that are about as far from each other, however long it takes.
///
/// Time is cut into slots of one length, and the first sample of each slot is kept. Where there are too many, the slots become twice as long
/// and every second sample goes; so what is kept depends on the samples alone.
public struct CampaignSeries: Hashable, Sendable {
    /// What the campaign had come to at a moment.
    public struct Sample: Hashable, Sendable, Codable {
        private enum CodingKeys: String, CodingKey {
            case seconds = "seconds"
            case cases = "cases"
            case coverage = "coverage"
            case findings = "findings"
            case compared = "compared"
        }

        /// After the start, wall-clock.
        public var seconds: Double
        public var cases: Int
        /// libFuzzer's count, as in the summary; nil without coverage.
        public var coverage: Int?
        /// How many were stored until then.
        public var findings: Int
        /// How often each of the engines was compared, in the order of ``CampaignSeries/engines``; engines that came later are missing.
        public var compared: [Int]
    }

    /// The names of the engines, in the order in which they came.
    public private(set) var engines: [String] = []
    /// The earliest first.
    public private(set) var samples: [Sample] = []
    private var slotSeconds = Self.shortestSlot
    private var nextSlot = 0

    /// The most samples that are kept.
    public static let mostSamples = 120
    /// How long slots are at first, in seconds.
    static let shortestSlot = 0.25

    /// Makes an empty series.
    public init() {}

    /// Whether a sample would be kept at a moment, in seconds after the start.
    func isDue(at seconds: Double) -> Bool { slot(of: seconds) >= nextSlot }

    /// Takes a sample where the last one kept is of an earlier slot.
    mutating func sample(_ summary: CampaignSummary, at seconds: Double) {
        guard isDue(at: seconds) else { return }
        append(summary, at: seconds)
        nextSlot = slot(of: seconds) + 1
    }

    /// Takes the last sample, which is always kept.
    mutating func end(_ summary: CampaignSummary, at seconds: Double) {
        append(summary, at: seconds)
    }

    private func slot(of seconds: Double) -> Int { Int(seconds / slotSeconds) }

    private mutating func append(_ summary: CampaignSummary, at seconds: Double) {
        if samples.count == Self.mostSamples { thin() }
        for name in summary.engines.keys.sorted() where !engines.contains(name) { engines.append(name) }
        samples.append(
            Sample(
                seconds: (seconds * 100).rounded() / 100,
                cases: summary.cases,
                coverage: summary.coverage,
                findings: summary.findings.count,
                compared: engines.map { summary.engines[$0]?.verdicts.comparisons ?? 0 }
            )
        )
    }

    /// Doubles the length of the slots, and keeps the first sample of each.
    private mutating func thin() {
        slotSeconds *= 2
        var last = -1
        samples = samples.filter { sample in
            let slot = slot(of: sample.seconds)
            defer { last = slot }
            return slot != last
        }
        nextSlot = last + 1
    }
}

extension CampaignSeries: Codable {
    private enum CodingKeys: String, CodingKey {
        case engines = "engines"
        case samples = "samples"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(engines, forKey: .engines)
        try container.encode(samples, forKey: .samples)
    }

    /// Reads what was written, to be looked at.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        engines = try container.decode([String].self, forKey: .engines)
        samples = try container.decode([Sample].self, forKey: .samples)
    }
}
