import Campaign

/// A way of looking for bugs: the project's own, or one of the baselines that it is measured against. Each is a campaign.
public enum Search: String, Hashable, Sendable, CaseIterable, Codable {
    /// What `fuzz` does by default.
    case everything
    /// The same with at most 20 parameters and results, as general-purpose generators have it.
    case cappedAt20 = "capped-20"
    /// Random bytes that are taken for a module, every second time behind the header of one.
    case randomBytes = "random-bytes"

    /// Makes a campaign into one of this search.
    func configure(_ options: inout CampaignOptions) {
        switch self {
        case .everything: break
        case .cappedAt20: options.profiles = [ProfileWeight("capped-20")]
        case .randomBytes:
            options.takesRawBytes = true
            options.sweeps = false
        }
    }
}
