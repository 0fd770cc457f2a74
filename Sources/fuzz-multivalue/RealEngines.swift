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

    /// What workers are told of engines outside of the program.
    private struct Knowledge: Codable {
        var definitions: [EngineDefinition]
        /// See ``RealEngines/registry(_:_:interruption:secondsOfTrial:)``.
        var secondsOfTrial: Double?
    }

    /// The environment of a worker that is to know definitions.
    static func environment(
        _ definitions: [EngineDefinition],
        secondsOfTrial seconds: Double?
    ) throws -> [String: String] {
        let knowledge = Knowledge(definitions: definitions, secondsOfTrial: seconds)
        return [variable: String(decoding: try JSONEncoder().encode(knowledge), as: UTF8.self)]
    }

    /// Engines with those of which this process's environment tells.
    static func registryOfEnvironment(_ inTree: EngineRegistry) throws -> EngineRegistry {
        let text = ProcessInfo.processInfo.environment[variable]
        let knowledge = try text.map { try JSONDecoder().decode(Knowledge.self, from: Data($0.utf8)) }
        return registry(
            inTree,
            knowledge?.definitions ?? [],
            interruption: nil,
            secondsOfTrial: knowledge?.secondsOfTrial
        )
    }
}
