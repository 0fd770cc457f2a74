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

    func run() throws {
        AllocatorTuning.keepLargeBlocks()
        let status = CampaignWorker.run(arguments: [role.rawValue], Self.registry)
        if status != 0 { throw ExitCode(status) }
    }

    /// The engines with the bug of a specimen.
    @Sendable static func registry(ofSpecimen identifier: String?) throws -> EngineRegistry {
        guard let identifier else { return InTreeEngines.registry(instrumentation: .fuzzing) }
        guard let specimen = Specimen(identifier: identifier) else {
            throw CommandFailure("unknown specimen '\(identifier)'")
        }
        return InTreeEngines.registry(change: specimen.breakPipeline, instrumentation: .fuzzing)
    }
}
