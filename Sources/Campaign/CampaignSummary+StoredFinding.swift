import Execution
import Triage

extension CampaignSummary {
    /// A finding of this campaign.
    public struct StoredFinding: Hashable, Sendable, Codable {
        private enum CodingKeys: String, CodingKey {
            case folder = "folder"
            case title = "title"
            case engine = "engine"
            case signature = "signature"
            case severity = "severity"
            case boundary = "boundary"
            case originalSize = "originalSize"
            case reducedSize = "reducedSize"
            case isKnown = "isKnown"
            case status = "status"
            case replaced = "replaced"
            case cost = "cost"
            case discovery = "discovery"
        }

        /// The crash's folder.
        public var folder: String
        public var title: String
        /// The engine that is at fault.
        public var engine: EngineName
        public var signature: CrashSignature
        /// What it means for those who use the engine; nil for an engine in this program.
        public var severity: Severity?
        public var boundary: Boundary?
        /// Of the module as found, in bytes.
        public var originalSize: Int
        /// Of the reduced module, in bytes.
        public var reducedSize: Int
        /// Whether the store held it before.
        public var isKnown: Bool
        /// Of the crash's folder.
        public var status: CrashReport.Status
        /// The folders in whose place it is, of findings that were reduced less far.
        public var replaced: [String]
        /// What its reduction took; nil where there was none.
        public var cost: ReductionCost?
        /// Nil where an earlier campaign made it, and left it unstored.
        public var discovery: Discovery?

        /// Whether a person has accepted it, so that it is counted and no more.
        public var isAccepted: Bool { status == .accepted }

        /// One line.
        var text: String {
            var text = "\(folder): \(signature)"
            if let boundary { text += " (\(boundary))" }
            if let severity { text += ", \(severity.advice)" }
            text += ", \(reducedSize) bytes"
            return replaced.isEmpty ? text : "\(text), in place of \(replaced.joined(separator: ", "))"
        }

        /// The line that is said once it is in the store.
        var announcement: String { "\(isAccepted ? "known and accepted" : isKnown ? "known" : "new"): \(text)" }

        /// Makes a finding.
        public init(
            folder: String,
            title: String,
            engine: EngineName,
            signature: CrashSignature,
            severity: Severity? = nil,
            boundary: Boundary?,
            originalSize: Int,
            reducedSize: Int,
            isKnown: Bool,
            status: CrashReport.Status = .open,
            replaced: [String] = [],
            cost: ReductionCost? = nil,
            discovery: Discovery? = nil
        ) {
            self.folder = folder
            self.title = title
            self.engine = engine
            self.signature = signature
            self.severity = severity
            self.boundary = boundary
            self.originalSize = originalSize
            self.reducedSize = reducedSize
            self.isKnown = isKnown
            self.status = status
            self.replaced = replaced
            self.cost = cost
            self.discovery = discovery
        }
    }
}
