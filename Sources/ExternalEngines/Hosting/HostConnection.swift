import ByteCoding
import Carriage
import Execution
import Foundation
import WasmFormats
import WasmModel
import WorkerIsolation

/// A way to run cases in an engine, with what is known of the engine.
protocol EngineConnection: Sendable {
    var probe: EngineProbe { get }

    /// Runs a case.
    /// - Parameter carriage: the only way that may be taken; nil for the first one that can.
    /// - Returns: with the way that was taken; nil where the case was not given to the engine.
    func run(_ test: TestCase, within budget: Budget, by carriage: Carriage?) -> (Outcome, Carriage?)

    /// How much processor time the last case took, in seconds.
    var lastProcessorSeconds: Double { get }
}

/// The host of an engine, with what is known of both.
final class HostConnection: EngineConnection {
    let probe: EngineProbe
    private let name: EngineName
    private let worker: ServingWorker
    /// How many times the budget's processor time the host gets.
    private let slowness: Double

    /// Starts the host, and finds out what the engine takes, unless that is known of the same files already.
    /// - Throws: what is missing, or why the host says nothing of itself.
    init(_ definition: EngineDefinition, _ settings: HostSettings) throws(WorkerError) {
        guard let invocation = try settings.launcher.invocation(of: definition.kind) else {
            throw WorkerError("\(definition.name) has no host")
        }
        let name = definition.name
        let worker = ServingWorker(invocation, interruption: settings.interruption)
        slowness = definition.isEmulated ? Self.slownessOfEmulators : 1
        self.name = name
        self.worker = worker
        let key = ProbeKey(invocation, definition).text
        if let known = settings.cache.stored(EngineProbe.self, key) {
            probe = known
            return
        }
        let budget = Budget(seconds: settings.secondsOfTrial * slowness)
        let host = try worker.description(engine: name, within: budget).completed(invocation)
        var trial = EngineTrial(seconds: budget.seconds) { wasm in
            let call = Invocation(export: ProbeModule.startName, arguments: [])
            var test = HostedCase(TestCase(wasm: ProbeModule.startable(wasm), invocations: [call]))
            test.results = [[]]
            return worker.outcome(of: test, engine: name, within: budget)
        }
        probe = try EngineProbe(host, &trial)
        settings.store(probe, trial, key)
    }

    /// Ten to twenty times is usual; but the budget is for much more than any case takes.
    private static let slownessOfEmulators = 5.0

    /// Runs a case.
    /// - Parameter carriage: the only way that may be taken; nil for the first one that can.
    /// - Returns: with the way that was taken; nil where the case was not given to the engine.
    func run(_ test: TestCase, within budget: Budget, by carriage: Carriage?) -> (Outcome, Carriage?) {
        switch probe.read(test.wasm) {
        case .refused(let outcome): return (outcome, nil)
        case .invalid:
            // The engine has a validator of its own, and nothing is called.
            let module = HostedCase(TestCase(wasm: test.wasm, invocations: []))
            return (exchange(module, within: budget), .direct)
        case .valid(let module): return run(test, module, within: budget, by: carriage)
        }
    }

    private func run(
        _ test: TestCase,
        _ module: ValidatedModule,
        within budget: Budget,
        by carriage: Carriage?
    ) -> (Outcome, Carriage?) {
        var obstacles: [String] = []
        for way in carriage.map({ [$0] }) ?? Carriage.ofHosts {
            let carried: CarriedCase
            do throws(CarriageObstacle) {
                guard let made = try self.carried(test, module, by: way) else { continue }
                carried = made
            } catch {
                obstacles.append("\(way.rawValue): \(error.description)")
                continue
            }
            let outcome = carried.outcome { test in
                let outcome = exchange(HostedCase(test, carried, module), within: budget)
                guard case .rejected(let reason) = outcome, RefusalText.isRefusal(reason) else { return outcome }
                return .refused(reason: reason)
            }
            if way == .direct, !probe.host.exactNaNs, outcome.mayShowNaNs {
                obstacles.append("direct: the boundary loses the bits of NaNs")
                continue
            }
            return (outcome, way)
        }
        return (.refused(reason: obstacles.joined(separator: "; ")), nil)
    }

    private func carried(
        _ test: TestCase,
        _ module: ValidatedModule,
        by carriage: Carriage
    ) throws(CarriageObstacle) -> CarriedCase? {
        switch carriage {
        case .direct:
            try CarriedCase.direct(test, module: module, boundary: probe.host.boundary, features: probe.featureSet)
        case .memory: try CarriedCase.memory(test, module: module, features: probe.featureSet)
        case .globals where !probe.host.showsGlobals || !probe.host.values.contains("i64"): nil
        case .globals: try CarriedCase.globals(test, module: module, features: probe.featureSet)
        case .selfCheck, .script: nil
        }
    }

    /// How much processor time the last request took, in seconds.
    var lastProcessorSeconds: Double { worker.processorSecondsOfLastAnswer }

    private func exchange(_ hosted: HostedCase, within budget: Budget) -> Outcome {
        var budget = budget
        budget.seconds *= slowness
        return worker.outcome(of: hosted, engine: name, within: budget)
    }
}

extension ServingWorker {
    /// What became of a case; not run where the host tells something that no host may tell.
    fileprivate func outcome(of hosted: HostedCase, engine: EngineName, within budget: Budget) -> Outcome {
        let outcome = outcome(of: HostRequest(.test(hosted), engine: engine, specimen: nil, budget: budget))
        guard case .completed(let observation) = outcome, let fault = observation.fault(of: hosted.test) else {
            return outcome
        }
        return .notRun(reason: fault)
    }
}

extension Observation {
    /// Why it is nothing that a host may say of a case; nil where it is. What a host does not show would count as compared.
    fileprivate func fault(of test: TestCase) -> String? {
        for (number, ending) in invocations.enumerated() {
            switch ending {
            case .unseen, .mismatched: return "a host shows how call \(number) ended, and does not judge it"
            case .returned, .trapped, .threw, .exhausted, .exited: continue
            }
        }
        let endsEarly = instantiation != nil || invocations.contains(where: \.isExhausted)
        let count = test.invocations.count
        if invocations.count == count || (endsEarly && invocations.count < count) { return nil }
        return "the host was asked for \(count.counted("call")) and tells of \(invocations.count)"
    }
}

extension EngineDefinition {
    /// Whether the engine runs on an emulated processor.
    fileprivate var isEmulated: Bool {
        switch kind {
        case .host(let command): command.isEmulator
        case .library, .javaScript, .command: false
        }
    }
}

/// The files and options that what is known of an engine depends on.
struct ProbeKey {
    let text: String

    init(_ invocation: WorkerInvocation, _ definition: EngineDefinition) {
        var writer: [UInt8] = Array("\(Self.version) \(definition)\n".utf8)
        for path in [invocation.executable] + invocation.arguments {
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: Self.resolved(path)),
                attributes[.type] as? FileAttributeType == .typeRegular
            else { continue }
            let size = (attributes[.size] as? Int) ?? 0
            writer += Array("\(size) \(Self.digest(ofFile: path, size: size))\n".utf8)
        }
        text = "engine-\(ContentDigest(of: writer).short)"
    }

    /// Of the modules with which engines are tried.
    private static let version = 8

    private static func resolved(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }

    /// The digest of a file of any size: engines are of a hundred megabytes, of which the digest of some parts tells releases apart.
    private static func digest(ofFile path: String, size: Int) -> ContentDigest {
        let part = 1 << 16
        var bytes: [UInt8] = []
        if let file = FileHandle(forReadingAtPath: path) {
            for offset in stride(from: 0, to: size, by: max(size / 16, part)) {
                try? file.seek(toOffset: UInt64(offset))
                if let data = try? file.read(upToCount: part) { bytes += data }
            }
        }
        return ContentDigest(of: bytes)
    }
}
