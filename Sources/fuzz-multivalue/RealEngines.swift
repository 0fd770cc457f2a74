import Execution
import ExternalEngines
import Foundation
import InTreeEngines
import WorkerIsolation

/// The engines outside of this program, as this program runs them.
enum RealEngines {
    /// The variable that tells workers what was defined.
    private static let variable = "FUZZ_MULTIVALUE_ENGINES"

    /// Engines with those outside of the program besides.
    /// - Parameter seconds: the most processor time for each module with which an engine is tried; nil for the usual.
    static func registry(
        _ inTree: EngineRegistry,
        _ definitions: [EngineDefinition],
        interruption: Interruption?,
        secondsOfTrial seconds: Double? = nil
    ) -> EngineRegistry {
        let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
        let settings = HostSettings(
            launcher: HostLauncher(libraryHost: [program, Worker.name, Worker.Role.library.rawValue]),
            oracle: inTree.oracle,
            interruption: interruption,
            secondsOfTrial: seconds
        )
        return EngineRegistry(
            oracle: inTree.oracle,
            factories: inTree.factories + ExternalEngines.factories(definitions, settings: settings)
        )
    }

    /// The environment of a worker that is to know definitions.
    static func environment(_ definitions: [EngineDefinition]) throws -> [String: String] {
        guard !definitions.isEmpty else { return [:] }
        return [variable: String(decoding: try JSONEncoder().encode(definitions), as: UTF8.self)]
    }

    /// The definitions of this process's environment.
    static func definitionsOfEnvironment() throws -> [EngineDefinition] {
        guard let text = ProcessInfo.processInfo.environment[variable] else { return [] }
        return try JSONDecoder().decode([EngineDefinition].self, from: Data(text.utf8))
    }
}
