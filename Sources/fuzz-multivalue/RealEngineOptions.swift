import ArgumentParser
import Execution
import ExternalEngines
import Foundation
import InTreeEngines
import WorkerIsolation

/// The options that name engines outside of this program.
struct RealEngineOptions: ParsableArguments {
    @Option(
        name: .customLong("engine"),
        help: ArgumentHelp(
            """
            A real engine: NAME=c-api:LIBRARY[,option=value...], NAME=js:SHELL [flags], NAME=command:TEMPLATE with {wasm}, {wast} or \
            {json}, NAME=host:COMMAND, or a name that 'engines' shows; may be repeated. Only engines that are named are run then.
            """,
            valueName: "engine"
        )
    )
    var chosen: [String] = []

    @Option(
        help: ArgumentHelp(
            "A file with a definition of --engine in each line; \(EnginesFile.defaultPath) where it is there.",
            valueName: "file"
        )
    )
    var enginesFile: String?

    /// What the options and the file define.
    func definitions() throws -> [EngineDefinition] {
        let taken = Set(InTreeEngines.registry().factories.map(\.family) + [EngineRegistry.nameOfExternal])
        var definitions: [EngineDefinition] = []
        for text in chosen where text.contains("=") {
            do {
                let definition = try EngineDefinition(text)
                try definition.check(against: taken)
                definitions.append(definition)
            } catch {
                throw CommandFailure("--engine: \(error)")
            }
        }
        let isThere = FileManager.default.fileExists(atPath: EnginesFile.defaultPath)
        if let path = enginesFile ?? (isThere ? EnginesFile.defaultPath : nil) {
            do {
                definitions += try EnginesFile.definitions(at: path, except: taken)
            } catch {
                throw CommandFailure("\(error)")
            }
        }
        var names: Set<EngineName> = []
        for definition in definitions where !names.insert(definition.name).inserted {
            throw CommandFailure("--engine: '\(definition.name)' is defined twice")
        }
        return definitions
    }

    /// The name in a value of the option.
    static func name(of text: String) -> String {
        text.split(separator: "=", maxSplits: 1).first.map(String.init) ?? text
    }

    /// All engines: those in the program, those that are defined, and those that are known.
    /// - Parameter seconds: the most processor time for each module with which an engine is tried; nil for the usual.
    func registry(interruption: Interruption?, secondsOfTrial seconds: Double? = nil) throws -> EngineRegistry {
        RealEngines.registry(
            InTreeEngines.registry(),
            try definitions(),
            interruption: interruption,
            secondsOfTrial: seconds
        )
    }

    /// The full names that were chosen, each once and without the oracle's.
    /// - Parameter list: names separated by commas; without it, and without any real engine that is named, all engines in the program.
    func names(in registry: EngineRegistry, and list: String?) throws -> [EngineName] {
        var names: [EngineName] = []
        func add(_ name: String, _ option: String) throws {
            do {
                for engine in try registry.engines(named: name)
                where engine.name != registry.oracle.name && !names.contains(engine.name) {
                    names.append(engine.name)
                }
            } catch {
                throw CommandFailure("\(option): \(error)")
            }
        }
        for name in list?.split(separator: ",", omittingEmptySubsequences: false) ?? [] {
            try add(String(name), "--engines")
        }
        for text in chosen {
            try add(Self.name(of: text), "--engine")
        }
        return list == nil && chosen.isEmpty ? registry.usableNames : names
    }
}
