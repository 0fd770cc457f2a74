import ArgumentParser
import BugZoo
import Differential
import Engines
import Foundation

/// The process in which other commands run engines.
struct Worker: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the cases that lines of standard input hold; started by other commands.",
        discussion: "Example: fuzz-multivalue worker serve",
        shouldDisplay: false
    )

    /// With which other commands start it.
    static let arguments = ["worker", Role.serve.rawValue]

    /// What to do.
    enum Role: String, CaseIterable {
        case serve
    }

    @Argument(help: "serve", transform: { try NamedChoice.choice($0, of: "role") })
    var role: Role

    @Option(
        help: ArgumentHelp("What it may map; the default is enough for any case in healthy engines.", valueName: "MiB")
    )
    var memory = 1024

    func validate() throws {
        guard memory > 0, memory < 1 << 30 else { throw ValidationError("--memory must be from 1 to 1073741823 MiB") }
    }

    func run() throws {
        limitMemory()
        Self.endWithParent()
        switch role {
        case .serve: EngineServer.serve(Self.catalog)
        }
    }

    /// The catalog with the bug of a specimen.
    @Sendable static func catalog(ofSpecimen identifier: String?) throws -> EngineCatalog {
        guard let identifier else { return EngineCatalog() }
        guard let specimen = Specimen(identifier: identifier) else {
            throw CommandFailure("unknown specimen '\(identifier)'")
        }
        return EngineCatalog(change: specimen.breakPipeline)
    }

    private func limitMemory() {
        var limit = rlimit(rlim_cur: rlim_t(memory) << 20, rlim_max: rlim_t(memory) << 20)
        #if canImport(Darwin)
            _ = setrlimit(RLIMIT_AS, &limit)
        #else
            _ = setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
        #endif
    }

    /// An engine without end must not outlive who waits for it.
    private static func endWithParent() {
        let parent = getppid()
        Thread.detachNewThread {
            while getppid() == parent { sleep(1) }
            _exit(0)
        }
    }
}
