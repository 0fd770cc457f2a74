import Campaign
import Mustache
import Triage

/// One self-contained page of HTML about a crash store, a campaign, or both: no scripts, no other files, well-formed XML.
public struct ReportPage {
    /// A store as it was read.
    public struct Store {
        /// As the user names it.
        public var path: String
        public var content: CrashStore.Content

        /// Makes a store.
        public init(path: String, content: CrashStore.Content) {
            self.path = path
            self.content = content
        }
    }

    /// A campaign as its JSON has it.
    public struct Run {
        /// The name of the file.
        public var path: String
        public var summary: CampaignSummary

        /// Makes a campaign.
        public init(path: String, summary: CampaignSummary) {
            self.path = path
            self.summary = summary
        }
    }

    private let model: PageModel

    /// Makes a page.
    /// - Parameters:
    ///   - machines: the families of the compilers in this program, whose code is shown side by side.
    ///   - code: asked for each crash of such a compiler, and each machine.
    public init(
        store: Store?,
        campaign: Run?,
        machines: [String],
        code: (CodeRequest) -> CompiledCode
    ) {
        model = PageModel(store: store, campaign: campaign, machines: machines, code: code)
    }

    /// The document.
    public func html() -> String { PageTemplates.library.render(model, withTemplate: PageTemplates.page) ?? "" }
}
