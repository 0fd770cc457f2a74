import ArgumentParser
import Execution
import Foundation
import WasmModel
import WorkerIsolation

/// Shows the engines.
struct ShowEngines: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "engines",
        abstract: "Shows the engines: their names, what they can do, their limits, and what is missing here.",
        discussion: """
            A name without its options stands for all configurations that begin with it: x86_64, arm64:speed, x86_64:none:loads. The \
            name real stands for all real engines that are here. What a real engine takes is found by trying it, and kept until its \
            files change; ci/get-engines fetches some of them.

            With --engine only those that are named are shown.

            Example: fuzz-multivalue engines --engine mine=c-api:/opt/mine/libmine.so
            """
    )

    @OptionGroup
    var real: RealEngineOptions

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "No progress on standard error.")
    var quiet = false

    func run() throws {
        Interruption.watchFirstSignals()
        let registry = try real.registry(interruption: .signals)
        let progress = ProgressLine(isQuiet: quiet)
        var descriptions: [Description] = []
        let patterns = try self.patterns(in: registry)
        for factory in registry.factories {
            let names = factory.configurations.filter { name in patterns?.contains { $0.matches(name) } ?? true }
            if names.isEmpty { continue }
            guard factory.isExternal, factory.obstacle == nil else {
                descriptions.append(Description(factory))
                continue
            }
            for name in names {
                progress.show("trying \(name)")
                descriptions.append(Description(name, factory.makeEngine(name)))
                try EngineSelection.checkInterruption()
            }
        }
        progress.clear()
        try StandardStream.output.write(
            json ? try JSONText.text(Report(engines: descriptions)) : descriptions.map(\.text).joined(separator: "\n")
        )
    }

    /// What the names of the engines that are shown have to match; nil for all.
    private func patterns(in registry: EngineRegistry) throws -> [EngineName]? {
        if real.chosen.isEmpty { return nil }
        return try real.chosen.map(RealEngineOptions.name(of:)).flatMap { name in
            if name == EngineRegistry.nameOfExternal {
                return registry.factories.filter(\.isExternal).map { EngineName(family: $0.family) }
            }
            let pattern = EngineName(name)
            guard registry.factories.contains(where: { $0.configurations.contains(where: pattern.matches) }) else {
                throw CommandFailure("--engine: no engine '\(name)'; without the option all are shown")
            }
            return [pattern]
        }
    }

    private struct Report: Encodable {
        var schemaVersion = 2
        var engines: [Description]
    }

    private struct Description: Encodable {
        struct Limit: Encodable {
            var name: String
            var figure: UInt64
        }

        var names: [EngineName]
        var summary: String
        var machine: String
        var version: String
        var features: [String]
        var refused: String
        var limits: [Limit]
        var obstacle: String?

        init(_ factory: any EngineFactory) {
            self.init(factory.configurations, factory.capabilities, factory.obstacle)
        }

        /// A real engine, which is tried.
        init(_ name: EngineName, _ engine: any Engine) { self.init([name], engine.capabilities, engine.obstacle) }

        /// What an engine that is missing can do is not known.
        private init(_ names: [EngineName], _ capabilities: EngineCapabilities, _ obstacle: String?) {
            let isKnown = obstacle == nil || capabilities != .unstated
            self.names = names
            summary = capabilities.summary
            machine = capabilities.machine
            version = capabilities.version
            features = isKnown ? capabilities.features.names : []
            refused = capabilities.refusals
            limits = capabilities.limits.map { Limit(name: $0.name, figure: $0.figure) }
            self.obstacle = obstacle
        }

        /// For people.
        var text: String {
            var lines: [(String, String)] = []
            if obstacle == nil || !features.isEmpty {
                lines = [
                    ("what", summary), ("version", version), ("code runs", machine),
                    ("features", features.joined(separator: ", ")),
                ]
                if !refused.isEmpty { lines.append(("refuses", refused)) }
                lines.append(("limits", limits.map { "\($0.figure) \($0.name)" }.joined(separator: ", ")))
            }
            if let obstacle { lines.append(("missing", obstacle)) }
            let head = names.map { "\($0)\n" }.joined()
            return head
                + lines.map { "    \($0.0.padding(toLength: 11, withPad: " ", startingAt: 0))\($0.1.displayed)\n" }
                .joined()
        }
    }
}

extension FeatureSet {
    /// The names of the features that are in the set.
    var names: [String] { Self.named.filter { contains($0.feature) }.map(\.name) }
}
