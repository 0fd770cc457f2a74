import Campaign

/// A way of looking for bugs: the project's own, or one of the baselines that it is measured against. Each is a campaign.
public enum Search: String, Hashable, Sendable, CaseIterable, Codable {
    /// What `fuzz` does by default.
    case everything
    /// The same with at most 20 parameters and results, as general-purpose generators have it.
    case cappedAt20 = "capped-20"
    /// Random bytes that are taken for a module, every second time behind the header of one.
    case randomBytes = "random-bytes"
    /// The modules of a folder, such as those that another generator made, each once and as it is.
    case modules = "modules"

    /// Those that need nothing but this program, beside the project's own.
    public static let baselines: [Search] = [.cappedAt20, .randomBytes]

    /// Makes a campaign into one of this search.
    /// - Parameter modules: the folder of modules.
    func configure(_ options: inout CampaignOptions, modules: String? = nil) {
        switch self {
        case .everything: break
        case .cappedAt20: options.profiles = [ProfileWeight("capped-20")]
        case .randomBytes:
            options.takesRawBytes = true
            options.sweeps = false
        case .modules:
            options.modules = modules
            options.changesModules = false
        }
    }
}
