import Campaign
import Foundation
import Triage
import WasmModel

extension Provenance {
    /// Of what this process was started for.
    static func ofThisRun(seed: UInt64? = nil, profiles: [String]? = nil) -> Provenance {
        Provenance(
            program: FuzzMultivalue.nameAndVersion,
            revision: .ofThisProgram,
            host: host,
            arguments: Array(CommandLine.arguments.dropFirst()),
            seed: seed,
            profiles: profiles
        )
    }

    /// The system, the processor and how many of it there are, e.g. `Linux x86_64, 2 processors`.
    private static var host: String {
        #if os(Linux)
            let system = "Linux"
        #elseif os(macOS)
            let system = "macOS"
        #else
            let system = "another system"
        #endif
        let host = CampaignSummary.Inputs.Host()
        return "\(system) \(host.architecture), \(host.processors.counted("processor"))"
    }
}
