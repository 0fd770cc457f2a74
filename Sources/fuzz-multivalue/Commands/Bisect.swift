import ArgumentParser
import Differential
import Execution
import ExternalEngines
import Foundation
import InTreeEngines
import Triage
import WasmFormats
import WorkerIsolation

/// Finds the release of an engine in which a case began or ceased to fail.
struct Bisect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Finds the first release of a library in which a case fails or passes.",
        discussion: """
            The folder holds a folder for each release, named after it, each with a shared library; ci/get-engines wasmtime-releases makes \
            such a folder. The case is run in the oldest and in the newest release, and between those that differ by bisection. A release \
            that does not take the module is one that does not fail. The engine is one of a shared library, by its name or as a \
            definition: the library of each release stands in for its own, with the same options.

            Exit status 1 where a release fails, 0 where none does, 3 where nothing could be compared.

            Examples:
            fuzz-multivalue bisect findings/0001-wasmtime --engine wasmtime:winch --libraries .engines/wasmtime-releases
            fuzz-multivalue bisect case.wat --engine mine=c-api:libmine.so,target=pulley64 --libraries releases
            """
    )

    @Argument(help: "A crash folder, a .wasm, .wat or .wast file, a finding, or a raw fuzz input.")
    var path: String

    @Option(help: ArgumentHelp("The folder of the releases.", valueName: "folder"))
    var libraries: String

    @OptionGroup
    var real: RealEngineOptions

    @OptionGroup
    var limits: LimitOptions

    @Flag(help: "No progress on standard error.")
    var quiet = false

    /// What a release does with the case.
    private struct Result {
        var release: String
        var fails: Bool
        /// Whether it was compared at all.
        var isCompared: Bool
        var text: String
    }

    func run() throws {
        Interruption.watchFirstSignals()
        let options = try libraryOptions()
        let releases = try Self.releases(in: libraries)
        let cases = try ReplayInput.cases(at: [path])
        guard cases.count == 1 else { throw CommandFailure("\(path): \(cases.count) cases, not one") }
        let progress = ProgressLine(isQuiet: quiet)
        let registry = InTreeEngines.registry()
        var trial = Judge(oracle: registry.oracle, budget: limits.budget()).trial(of: cases[0].subject)
        var results: [Int: Result] = [:]
        func result(_ index: Int) throws -> Result {
            if let known = results[index] { return known }
            let (release, library) = releases[index]
            progress.show("release \(release)")
            let definition = EngineDefinition(
                name: EngineName(family: "release", options: [release]),
                kind: .library(path: library, options: options)
            )
            let all = RealEngines.registry(
                registry,
                [definition],
                interruption: .signals,
                secondsOfTrial: limits.timeout
            )
            let verdict = trial.verdict(of: try all.engine(named: definition.name))
            try EngineSelection.checkInterruption()
            let made = Self.result(release, verdict)
            results[index] = made
            return made
        }
        let first = try result(0)
        let last = try result(releases.count - 1)
        if first.fails != last.fails {
            var (low, high) = (0, releases.count - 1)
            while high - low > 1 {
                let middle = low + (high - low) / 2
                if try result(middle).fails == first.fails { low = middle } else { high = middle }
            }
        } else {
            // Both ends do the same: what lies between may still differ.
            for index in releases.indices { _ = try result(index) }
        }
        progress.clear()
        try report(releases.indices.compactMap { results[$0] })
    }

    private func report(_ results: [Result]) throws {
        var rows: [(releases: String, text: String)] = []
        var first = 0
        for (index, result) in results.enumerated() {
            let isLast = index + 1 == results.count || results[index + 1].text != result.text
            guard isLast else { continue }
            let range = [results[first].release, result.release][(first == index ? 1 : 0)...]
            rows.append((range.joined(separator: " to "), ValueText.displayed(result.text)))
            first = index + 1
        }
        let width = rows.map(\.releases.count).max() ?? 0
        var text = rows.map { row in
            row.releases.padding(toLength: width + 2, withPad: " ", startingAt: 0) + row.text.displayed + "\n"
        }.joined()
        for (before, after) in zip(results, results.dropFirst()) where before.fails != after.fails {
            text +=
                "\(after.fails ? "fails" : "passes") from \(after.release) on; \(before.release) \(before.fails ? "fails" : "passes")\n"
        }
        try StandardStream.output.write(text)
        try ExitStatus(
            differs: results.contains(where: \.fails),
            hasComparison: results.contains(where: \.isCompared)
        ).end()
    }

    private static func result(_ release: String, _ verdict: Verdict) -> Result {
        switch verdict {
        case .agreement: Result(release: release, fails: false, isCompared: true, text: "passes")
        case .divergence(let divergence):
            Result(
                release: release,
                fails: true,
                isCompared: true,
                text: "fails: \(divergence.observed) instead of \(divergence.expected)"
            )
        case .inconclusive(let reason):
            Result(release: release, fails: false, isCompared: false, text: "not compared: \(reason)")
        }
    }

    /// The options with which the engine of the name configures its library.
    private func libraryOptions() throws -> [EngineDefinition.LibraryOption] {
        let names = real.chosen.map(RealEngineOptions.name(of:))
        guard let name = names.first, names.count == 1 else {
            throw CommandFailure(
                "--engine: \(names.isEmpty ? "needed" : "one, not \(names.count)"): whose library takes turns"
            )
        }
        let definitions = try real.definitions() + ExternalEngines.knownDefinitions
        guard let definition = definitions.first(where: { EngineName(name).matches($0.name) }) else {
            throw CommandFailure("--engine: '\(name)' is no engine that is defined or known")
        }
        guard case .library(_, let options) = definition.kind else {
            throw CommandFailure("--engine: '\(definition.name)' is no shared library")
        }
        return options
    }

    /// The releases by their versions, oldest first, each with its library.
    private static func releases(in folder: String) throws -> [(name: String, library: String)] {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
            throw CommandFailure("--libraries: \(folder): no such folder")
        }
        let found = names.compactMap { name -> (name: String, library: String)? in
            let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)")) ?? []
            guard let file = files.sorted().first(where: { $0.hasSuffix(".so") || $0.hasSuffix(".dylib") }) else {
                return nil
            }
            return (name, "\(folder)/\(name)/\(file)")
        }
        guard !found.isEmpty else { throw CommandFailure("--libraries: \(folder): no folder with a shared library") }
        return found.sorted { left, right in
            left.name.compare(right.name, options: .numeric) == .orderedAscending
        }
    }
}
