import Carriage
import Execution
import Foundation
import Synchronization
import WasmFormats
import WasmModel
import WorkerIsolation

/// An engine outside of this program: a case is carried to its host, and what the host answers is carried back.
///
/// The process is started when it is needed. A host that fails to describe itself makes every run one that did not take place, and says why.
public final class ExternalEngine: CarryingEngine {
    public let name: EngineName
    private let definition: EngineDefinition
    private let settings: HostSettings
    /// The only way by which cases are carried; nil for the first one that can carry the case.
    private let carriage: Carriage?
    private let state = Mutex(State())

    private struct State {
        var connection: Result<any EngineConnection, WorkerError>?
        var counts: [String: Int] = [:]
    }

    init(_ definition: EngineDefinition, _ settings: HostSettings, carriage: Carriage? = nil) {
        self.definition = definition
        self.settings = settings
        self.carriage = carriage
        name =
            carriage.map {
                EngineName(family: definition.name.family, options: definition.name.options + [$0.rawValue])
            } ?? definition.name
    }

    public var definitionText: String { definition.description }

    /// One engine for each way that a host can be given cases by.
    public func variants() -> [any Engine] {
        carriage == nil && definition.ways.count > 1
            ? definition.ways.map { ExternalEngine(definition, settings, carriage: $0) } : []
    }

    /// A script or a module that shows what the engine does.
    public func reproduction(of test: TestCase, expected: Outcome) -> Reproduction? {
        guard case .success(let connection) = connection() else { return nil }
        return EngineReproduction(definition, connection.probe.featureSet).reproduction(of: test, expected: expected)
    }

    public func takeCarriageCounts() -> [String: Int] {
        state.withLock { state in
            defer { state.counts = [:] }
            return state.counts
        }
    }

    /// What the host says, and what was found by trying it.
    public var capabilities: EngineCapabilities {
        switch connection() {
        case .success(let connection): connection.probe.capabilities(machine: "its own process")
        case .failure: .unstated
        }
    }

    /// Why the engine cannot be used; nil where it can.
    public var obstacle: String? {
        switch connection() {
        case .success: nil
        case .failure(let error): error.description
        }
    }

    /// Runs the case in the first way that can carry it.
    public func run(_ test: TestCase, within budget: Budget) -> Outcome {
        if !test.companions.isEmpty { return .refused(reason: TestCase.companionRefusal) }
        switch connection() {
        case .failure(let error): return .notRun(reason: error.description)
        case .success(let connection):
            let (outcome, carriage) = connection.run(test, within: budget, by: self.carriage)
            if let carriage { state.withLock { $0.counts[carriage.rawValue, default: 0] += 1 } }
            return outcome
        }
    }

    /// Runs the case, and says how much processor time the host took for it.
    public func processorSeconds(_ test: TestCase, within budget: Budget) -> Double? {
        guard case .success(let connection) = connection() else { return nil }
        let (outcome, _) = connection.run(test, within: budget, by: carriage)
        guard case .completed = outcome else { return nil }
        return connection.lastProcessorSeconds
    }

    /// What the host says of itself; nil where it says nothing.
    public var hostDescription: HostDescription? { try? connection().get().probe.host }

    private static func connect(
        _ definition: EngineDefinition,
        _ settings: HostSettings
    ) throws(WorkerError) -> any EngineConnection {
        switch definition.kind {
        case .command(let command, let place): try CommandConnection(definition, command, place, settings)
        case .library, .javaScript, .host: try HostConnection(definition, settings)
        }
    }

    private func connection() -> Result<any EngineConnection, WorkerError> {
        state.withLock { state in
            if let known = state.connection { return known }
            let made = Result { () throws(WorkerError) in try Self.connect(definition, settings) }
            state.connection = made
            return made
        }
    }
}

extension Carriage {
    /// The ways by which hosts are given cases, in the order in which they are tried.
    static let ofHosts: [Carriage] = [.direct, .memory, .globals]
}

extension EngineDefinition {
    /// The ways by which the engine is given cases.
    var ways: [Carriage] {
        switch kind {
        case .library, .javaScript, .host: Carriage.ofHosts
        case .command(_, .wasm): [.selfCheck]
        case .command(_, .wast), .command(_, .json): [.script, .selfCheck]
        }
    }
}
