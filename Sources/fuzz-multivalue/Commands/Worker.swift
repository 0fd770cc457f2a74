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

    /// What to do; see ``CampaignWorker`` and ``LibraryHost``.
    enum Role: String, CaseIterable {
        case serve, sweep, random, modules, library
    }

    @Argument(help: "serve, sweep, random, modules or library", transform: { try NamedChoice.choice($0, of: "role") })
    var role: Role

    @Argument(parsing: .allUnrecognized, help: "Of library: its path, and options of the form name=value.")
    var rest: [String] = []

    func run() throws {
        AllocatorTuning.keepLargeBlocks()
        if role == .library { return try LibraryHost.serve(rest) }
        let status = CampaignWorker.run(arguments: [role.rawValue], Self.registry)
        if status != 0 { throw ExitCode(status) }
    }

    /// The engines with the bug of a specimen.
    @Sendable static func registry(ofSpecimen identifier: String?) throws -> EngineRegistry {
        guard let identifier else {
            return try RealEngines.registryOfEnvironment(InTreeEngines.registry(instrumentation: .fuzzing))
        }
        guard let specimen = Specimen(identifier: identifier) else {
            throw CommandFailure("unknown specimen '\(identifier)'")
        }
        return InTreeEngines.registry(change: specimen.breakPipeline, instrumentation: .fuzzing)
    }
}
