import ArgumentParser
import Differential
import Execution
import ExternalEngines
import Foundation
import InTreeEngines
import WasmFormats
import WorkerIsolation

/// Shows whether a host keeps the protocol.
struct CheckHost: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-host",
        abstract: "Shows whether a host of your own carries all that it claims.",
        discussion: """
            Starts the command as fuzz would with --engine NAME=host:COMMAND, asks it what it is, and runs a series of cases: every type \
            that it claims, the bits of NaNs, memories, globals, tables, traps, exceptions, imported functions, a stack that is \
            exhausted, a call without end. What the host does not claim is left out, and said.

            Exit status 0 where all is well, 1 where something is not, 3 where the host does not start, does not describe itself, or does not take a module with an empty function.

            Example: fuzz-multivalue check-host 'python3 my-host.py'
            """
    )

    @Argument(help: "The command, as one argument.")
    var command: String

    @OptionGroup
    var limits: LimitOptions

    @Flag(help: "Print JSON.")
    var json = false

    private enum Result {
        case passed
        case leftOut(String)
        case failed(String)
    }

    private struct Entry: Encodable {
        var check: String
        var result: String
        var reason: String?
    }

    private struct Report: Encodable {
        var schemaVersion = 1
        var host: HostDescription
        var checks: [Entry]
    }

    func run() throws {
        Interruption.watchFirstSignals()
        let definition: EngineDefinition
        do {
            definition = try EngineDefinition("host=host:\(command)")
        } catch {
            throw CommandFailure("COMMAND: \(error)")
        }
        let registry = RealEngines.registry(
            InTreeEngines.registry(),
            [definition],
            interruption: .signals,
            secondsOfTrial: limits.timeout
        )
        let engine: any Engine
        do { engine = try registry.engine(named: "host") } catch { throw CommandFailure("COMMAND: \(error.reason)") }
        guard let description = (engine as? ExternalEngine)?.hostDescription else {
            throw CommandFailure(engine.obstacle ?? "it does not describe itself", status: .nothingCompared)
        }
        if !json { try StandardStream.output.write(Self.head(description, engine.capabilities)) }
        var entries: [Entry] = []
        for check in HostCheck.all {
            let entry = Self.entry(check, try result(of: check, description, registry))
            try EngineSelection.checkInterruption()
            entries.append(entry)
            if !json { try StandardStream.output.write(Self.line(entry)) }
        }
        if json { try StandardStream.output.write(try JSONText.text(Report(host: description, checks: entries))) }
        if entries.contains(where: { $0.result == "failed" }) { try ExitStatus.difference.end() }
    }

    private func result(
        of check: HostCheck,
        _ description: HostDescription,
        _ registry: EngineRegistry
    ) throws -> Result {
        guard check.applies(description) else { return .leftOut("not claimed") }
        let name = "host" + (check.carriage.map { ":\($0)" } ?? "")
        let engine = try registry.engine(named: EngineName(name))
        var budget = limits.budget()
        if let seconds = check.seconds { budget.seconds = seconds }
        guard let expected = check.expected else {
            var trial = Judge(oracle: registry.oracle, budget: budget).trial(of: Case(check.test))
            switch trial.verdict(of: engine) {
            case .agreement: return .passed
            case .divergence(let divergence):
                return .failed("\(divergence.observed) instead of \(divergence.expected)")
            case .inconclusive(let reason):
                return reason.kind == .refused ? .leftOut(reason.description) : .failed(reason.description)
            }
        }
        let outcome = engine.run(check.test, within: budget)
        switch (expected, outcome) {
        case (.rejected, .rejected), (.stopped, .timedOut): break
        // Some engines leave it to others to say which modules are valid; that is no fault of the host.
        case (.rejected, .completed): return .leftOut("the engine takes it")
        case (.exhausted, .completed(let observation)) where observation.isExhausted: break
        default: return .failed(outcome.summary)
        }
        let empty = TestCase(wasm: BinaryHeader.module, invocations: [])
        guard case .completed = engine.run(empty, within: budget) else {
            return .failed("the case after it does not complete")
        }
        return .passed
    }

    private static func entry(_ check: HostCheck, _ result: Result) -> Entry {
        switch result {
        case .passed: Entry(check: check.name, result: "passed")
        case .leftOut(let reason): Entry(check: check.name, result: "left out", reason: reason)
        case .failed(let reason): Entry(check: check.name, result: "failed", reason: reason)
        }
    }

    private static func line(_ entry: Entry) -> String {
        let result = entry.result.padding(toLength: 10, withPad: " ", startingAt: 0)
        return "\(result)\(entry.check)\(entry.reason.map { ": \(ValueText.displayed($0).displayed)" } ?? "")\n"
    }

    private static func head(_ host: HostDescription, _ capabilities: EngineCapabilities) -> String {
        """
        \(host.name.displayed) \(host.release.displayed)
        values \(host.values.isEmpty ? "none" : host.values.joined(separator: ", ").displayed); features \(capabilities.features.names.joined(separator: ", "))

        """
    }
}
