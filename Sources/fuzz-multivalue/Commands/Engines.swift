import ArgumentParser
import Execution
import Foundation
import InTreeEngines
import WasmModel

/// Shows the engines.
struct ShowEngines: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "engines",
        abstract: "Shows the engines: their names, what they can do, their limits, and what is missing here.",
        discussion: """
            A name without its options stands for all configurations that begin with it: x86_64, arm64:speed, x86_64:none:loads.

            Example: fuzz-multivalue engines --json
            """
    )

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let factories = InTreeEngines.factories()
        guard json else {
            try StandardStream.output.write(factories.map(Self.text).joined(separator: "\n"))
            return
        }
        try StandardStream.output.write(try JSONText.text(Report(engines: factories.map(Description.init))))
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
            let capabilities = factory.capabilities
            names = factory.configurations
            summary = capabilities.summary
            machine = capabilities.machine
            version = capabilities.version
            features = capabilities.features.names
            refused = capabilities.refusals
            limits = capabilities.limits.map { Limit(name: $0.name, figure: $0.figure) }
            obstacle = factory.obstacle
        }
    }

    private static func text(_ factory: any EngineFactory) -> String {
        let engine = factory.capabilities
        var lines: [(String, String)] = [
            ("what", engine.summary), ("version", engine.version), ("code runs", engine.machine),
            ("features", engine.features.names.joined(separator: ", ")),
        ]
        if !engine.refusals.isEmpty { lines.append(("refuses", engine.refusals)) }
        let limits = engine.limits.map { "\($0.figure) \($0.name)" }
        lines.append(("limits", limits.joined(separator: ", ")))
        if let obstacle = factory.obstacle { lines.append(("missing", obstacle)) }
        let head = factory.configurations.map { "\($0)\n" }.joined()
        return head
            + lines.map { "    \($0.0.padding(toLength: 11, withPad: " ", startingAt: 0))\($0.1)\n" }.joined()
    }
}

extension FeatureSet {
    /// The names of the features that are in the set.
    fileprivate var names: [String] { Self.named.filter { contains($0.feature) }.map(\.name) }
}
