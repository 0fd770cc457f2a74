import ArgumentParser
import Engines
import Foundation

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
        let descriptions = EngineCatalog.descriptions
        guard json else {
            try StandardStream.output.write(descriptions.map(Self.text).joined(separator: "\n"))
            return
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let report = Report(engines: descriptions)
        try StandardStream.output.write(String(decoding: try encoder.encode(report), as: UTF8.self) + "\n")
    }

    private struct Report: Encodable {
        var schemaVersion = 1
        var engines: [EngineDescription]
    }

    private static func text(_ engine: EngineDescription) -> String {
        var lines: [(String, String)] = [
            ("what", engine.summary), ("version", engine.version), ("code runs", engine.machine),
            ("features", engine.features.joined(separator: ", ")),
        ]
        if !engine.refused.isEmpty { lines.append(("refuses", engine.refused)) }
        let limits = engine.limits.map { "\($0.figure) \($0.name)" }
        lines.append(("limits", limits.joined(separator: ", ")))
        if let obstacle = engine.obstacle { lines.append(("missing", obstacle)) }
        let head = engine.names.joined(separator: "\n") + "\n"
        return head
            + lines.map { "    \($0.0.padding(toLength: 11, withPad: " ", startingAt: 0))\($0.1)\n" }.joined()
    }
}
