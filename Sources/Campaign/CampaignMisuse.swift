/// What was asked of a campaign cannot be done, whoever runs it and wherever.
public struct CampaignMisuse: Error, Hashable, Sendable, CustomStringConvertible {
    /// The part of the options that is at fault.
    public enum Option: String, Hashable, Sendable {
        case modules = "modules"
        case corpus = "corpus"
        case mergedCorpus = "merge-corpus"
    }

    public let option: Option
    public let description: String

    init(_ option: Option, _ description: String) {
        self.option = option
        self.description = description
    }
}
