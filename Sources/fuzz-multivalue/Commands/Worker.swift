import ArgumentParser
import BugZoo
import Campaign
import Execution
import InTreeEngines

/// The process in which other commands run engines.
struct Worker: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: name,
        abstract: "Runs cases for other commands, which start it.",
        discussion: "Example: fuzz-multivalue worker serve",
        shouldDisplay: false
    )

    static let name = "worker"
    /// With which other commands start a worker that runs what they ask for.
    static let arguments = [name, Role.serve.rawValue]

    /// What to do; see ``CampaignWorker``.
    enum Role: String, CaseIterable {
        case serve, sweep, random
    }

    @Argument(help: "serve, sweep or random", transform: { try NamedChoice.choice($0, of: "role") })
    var role: Role

    @Option(
        help: ArgumentHelp("What it may map; the default is enough for any case in healthy engines.", valueName: "MiB")
    )
    var memory = 1024

    func validate() throws {
        guard memory > 0, memory < 1 << 30 else { throw ValidationError("--memory must be from 1 to 1073741823 MiB") }
    }

    func run() throws {
        AllocatorTuning.keepLargeBlocks()
        // A campaign says in its settings how much its own workers may map.
        let limit: UInt64? = role == .serve ? UInt64(memory) << 20 : nil
        let status = CampaignWorker.run(arguments: [role.rawValue], memoryLimitInBytes: limit, Self.registry)
        if status != 0 { throw ExitCode(status) }
    }

    /// The engines with the bug of a specimen.
    @Sendable static func registry(ofSpecimen identifier: String?) throws -> EngineRegistry {
        guard let identifier else { return InTreeEngines.registry(isAudited: true) }
        guard let specimen = Specimen(identifier: identifier) else {
            throw CommandFailure("unknown specimen '\(identifier)'")
        }
        return InTreeEngines.registry(change: specimen.breakPipeline, isAudited: true)
    }
}
