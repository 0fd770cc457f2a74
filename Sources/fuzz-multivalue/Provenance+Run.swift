import Campaign
import Foundation
import Triage
import WasmModel

extension Provenance {
    /// Of what this process was started for.
    static func ofThisRun(seed: UInt64? = nil, profiles: [String]? = nil) -> Provenance {
        Provenance(
            program: FuzzMultivalue.nameAndVersion,
            revision: Bundle.main.executablePath.flatMap(revision(ofCheckoutAround:)),
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

    /// The commit that the checkout is at which a program was built in; nil where it lies in none.
    static func revision(ofCheckoutAround path: String) -> String? {
        var folder = path as NSString
        while folder.length > 1 {
            folder = folder.deletingLastPathComponent as NSString
            let git = folder.appendingPathComponent(".git")
            guard let head = text("\(git)/HEAD") else { continue }
            guard head.hasPrefix("ref: ") else { return head }
            let name = head.dropFirst("ref: ".count)
            if let commit = text("\(git)/\(name)") { return commit }
            let packed = text("\(git)/packed-refs")?.split(separator: "\n").first { $0.hasSuffix(" \(name)") }
            return packed.flatMap { $0.split(separator: " ").first }.map(String.init)
        }
        return nil
    }

    private static func text(_ path: String) -> String? {
        try? String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
