import Execution
import Foundation

extension CampaignSummary {
    /// What decided a campaign: what was asked for, and where it ran.
    public struct Inputs: Hashable, Sendable, Codable {
        private enum CodingKeys: String, CodingKey {
            case revision = "revision"
            case seed = "seed"
            case shard = "shard"
            case workers = "workers"
            case seconds = "seconds"
            case cases = "cases"
            case engines = "engines"
            case profiles = "profiles"
            case maximumArity = "maximumArity"
            case specimen = "specimen"
            case usesCoverage = "usesCoverage"
            case modules = "modules"
            case corpus = "corpus"
            case mergedCorpora = "mergedCorpora"
            case crashes = "crashes"
            case host = "host"
        }

        /// Where a campaign ran.
        public struct Host: Hashable, Sendable, Codable {
            private enum CodingKeys: String, CodingKey {
                case architecture = "architecture"
                case processors = "processors"
            }

            /// That of the program.
            public var architecture = Self.ownArchitecture
            /// How many were there to be used.
            public var processors = ProcessInfo.processInfo.activeProcessorCount

            /// This process's.
            public init() {}

            #if arch(x86_64)
                private static let ownArchitecture = "x86_64"
            #elseif arch(arm64)
                private static let ownArchitecture = "arm64"
            #else
                private static let ownArchitecture = "other"
            #endif
        }

        /// Of the program; nil where it is not known.
        public var revision: String?
        public var seed: UInt64
        /// Nil where the campaign was not one of several.
        public var shard: Shard?
        /// Processes that run engines of this program; each engine outside of it has one of its own.
        public var workers: Int
        /// The time for the search; nil for no limit.
        public var seconds: Double?
        /// How many cases there were to be; nil for as many as the time gives.
        public var cases: Int?
        /// Full names, without the oracle's.
        public var engines: [EngineName]
        /// Each once, with its weight.
        public var profiles: [ProfileWeight]
        public var maximumArity: Int
        /// The deliberate bug.
        public var specimen: String?
        /// Whether coverage was to guide the search, where it could; ``CampaignSummary/isInstrumented`` says whether it did.
        public var usesCoverage: Bool
        /// The folder of modules; nil where cases were generated.
        public var modules: String?
        /// The folder of the corpus; nil where there was none.
        public var corpus: String?
        /// The folders of corpora of which inputs were taken; nil where there were none.
        public var mergedCorpora: [String]?
        /// The folder of the crash store.
        public var crashes: String
        public var host = Host()

        /// - Parameter corpus: the one that is used, wherever it is.
        init(_ options: CampaignOptions, engines: [EngineName], corpus: String?) {
            revision = options.revision
            seed = options.seed
            shard = options.shard == .whole ? nil : options.shard
            workers = options.workerCount
            seconds = options.seconds
            cases = options.caseCount
            self.engines = engines
            profiles = options.chosenProfiles
            maximumArity = options.maximumArity
            specimen = options.specimen
            usesCoverage = options.usesCoverage && options.caseCount == nil
            modules = options.modules
            self.corpus = corpus
            mergedCorpora = options.mergedCorpora.isEmpty ? nil : options.mergedCorpora
            crashes = options.crashes
        }
    }
}
