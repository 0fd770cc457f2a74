import Foundation
import WorkerIsolation

/// What all campaigns with the same corpus, or without one with the same crash store, have done so far.
public struct CampaignHistory: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case version = "version"
        case campaigns = "campaigns"
        case cases = "cases"
        case seconds = "seconds"
        case domain = "domain"
    }

    private static let version = 1

    /// Of this shape; what has another one is left alone, and begun anew.
    private var version = Self.version
    public private(set) var campaigns = 0
    public private(set) var cases = 0
    /// Wall-clock time, in seconds.
    public private(set) var seconds = 0.0
    /// What they met of the domain.
    public private(set) var domain = DomainMap()

    /// Makes an empty history.
    public init() {}

    /// Reads the history of a file; an empty one where it has none that can be read.
    init(readingFrom path: String) {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let history = try? JSONLine.decode(CampaignHistory.self, text), history.version == Self.version
        else { return }
        self = history
    }

    /// The history with one more campaign.
    func adding(cases: Int, seconds: Double, _ domain: DomainMap) -> CampaignHistory {
        var history = self
        history.campaigns += 1
        history.cases += cases
        history.seconds += seconds
        history.domain.add(domain)
        return history
    }

    /// Writes the history whole or not at all.
    func write(to path: String) throws {
        let folder = (path as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(try JSONLine.encode(self)).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
