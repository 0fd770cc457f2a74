import Execution
import Foundation
import Synchronization
import Testing
import WasmFormats
import WasmModel
import WorkerIsolation

@testable import ExternalEngines

/// Probing engines that are closures.
struct EngineProbeTests {
    private static let host = HostDescription(name: "fake", release: "1")
    private static let completed = Outcome.completed(Observation())

    private static func probe(_ outcome: @escaping ([UInt8]) -> Outcome) throws -> EngineProbe {
        var trial = EngineTrial(seconds: 10, outcome)
        return try EngineProbe(host, &trial)
    }

    /// Why a trial is given up.
    private static func obstacle(seconds: Double = 10, _ outcome: @escaping ([UInt8]) -> Outcome) -> String? {
        var trial = EngineTrial(seconds: seconds, outcome)
        do throws(WorkerError) {
            _ = try EngineProbe(host, &trial)
            return nil
        } catch {
            return error.description
        }
    }

    /// What a module has of what probing counts.
    private struct Sizes {
        var parameters = 0
        var results = 0
        var locals = 0
        var branchTargets = 0

        init(_ wasm: [UInt8]) throws {
            let module = try BinaryDecoder.decode(wasm)
            for type in module.types.compactMap(\.functionType) {
                parameters = max(parameters, type.parameters.count)
                results = max(results, type.results.count)
            }
            for function in module.functions {
                locals += function.locals.reduce(0) { $0 + Int($1.count) }
                for instruction in function.body {
                    if case .labelTable(let labels) = instruction.immediate { branchTargets = labels.count - 1 }
                }
            }
        }
    }

    @Test func `every feature has a module that needs it and is valid with the others`() throws {
        for (name, feature) in FeatureSet.named {
            let module = try BinaryDecoder.decode(ProbeModule.wasm(ofFeature: name))
            #expect(throws: Never.self, "\(name)") { try Validator.validate(module, features: .wasm3) }
            let others = FeatureSet.wasm3.subtracting(feature)
            #expect(throws: (any Error).self, "\(name)") { try Validator.validate(module, features: others) }
        }
    }

    @Test func `an engine that takes everything has all features and no limit below what is searched`() throws {
        let probe = try Self.probe { _ in Self.completed }
        #expect(probe.featureSet == .wasm3)
        #expect(probe.limits == EngineProbe.Limits())
        #expect(probe.crashes.isEmpty)
        #expect(probe.capabilities(machine: "m").limits.allSatisfy { $0.name.hasSuffix(" or more") })
    }

    @Test func `an engine that takes nothing but an empty function has no features, and limits of zero`() throws {
        let probe = try Self.probe { $0 == ProbeModule.empty ? Self.completed : .refused(reason: "no") }
        #expect(probe.featureSet.isEmpty)
        #expect(probe.limits.parameters == 0 && probe.limits.locals == 0 && probe.limits.branchTargets == 0)
        #expect(probe.limits.results == 1, "without multi-value a function has one")
    }

    @Test func `an engine that does not take a module with an empty function cannot be tried`() {
        let subject = "it does not take a module with an empty function: "
        #expect(Self.obstacle { _ in .refused(reason: "no") } == "\(subject)refused: no")
        let crash = Outcome.crashed(Crash(phase: .decode, message: "SIGSEGV", signal: 11))
        #expect(Self.obstacle { _ in crash } == "\(subject)crashed (decode): SIGSEGV")
        #expect(Self.obstacle { _ in .timedOut(.execute) } == "\(subject)no end (execute)")
    }

    @Test(arguments: [1, 7, 16, 30])
    func `what does not run in the middle of a trial ends it, and says nothing of limits`(_ number: Int) {
        var count = 0
        let obstacle = Self.obstacle { _ in
            count += 1
            return count == number ? .notRun(reason: "interrupted") : Self.completed
        }
        #expect(obstacle == (count < number ? nil : "interrupted"))
    }

    @Test func `an engine that dies now and then cannot be tried`() {
        var count = 0
        let obstacle = Self.obstacle { _ in
            count += 1
            return count == 5 ? .crashed(Crash(phase: .execute, message: "SIGBUS", signal: 7)) : Self.completed
        }
        #expect(obstacle == "it dies now and then, when it is given bulk-memory: SIGBUS")
    }

    @Test func `an engine that comes to no end again and again is not waited for`() {
        var count = 0
        let obstacle = Self.obstacle { wasm in
            count += 1
            return wasm == ProbeModule.empty ? Self.completed : .timedOut(.compile)
        }
        #expect(obstacle == "it came to no end 5 times while it was tried, the last time with reference-types")
        #expect(count == 6)
        let silent = Self.obstacle(seconds: 0) { $0 == ProbeModule.empty ? Self.completed : .timedOut(.compile) }
        #expect(silent == "it does not answer when it is given multi-value")
    }

    @Test func `limits that no search comes to are not read`() throws {
        let probe = try Self.probe { _ in Self.completed }
        let text = String(decoding: try JSONEncoder().encode(probe), as: UTF8.self)
        #expect(try JSONDecoder().decode(EngineProbe.self, from: Data(text.utf8)) == probe)
        for wrong in ["-5", "10001", "99999999999999999999"] {
            let changed = text.replacing("\"parameters\":10000", with: "\"parameters\":\(wrong)")
            #expect(changed != text)
            #expect(throws: (any Error).self) { try JSONDecoder().decode(EngineProbe.self, from: Data(changed.utf8)) }
        }
    }

    @Test(arguments: [1, 2, 16, 137, 999, 1000, 1001, 4096, 9999, 10_000])
    func `a limit is found exactly, in few questions`(_ limit: Int) throws {
        let questions = Mutex(0)
        let probe = try Self.probe { wasm in
            questions.withLock { $0 += 1 }
            guard let sizes = try? Sizes(wasm) else { return .rejected(reason: "malformed") }
            let fits =
                max(sizes.parameters, sizes.results) <= limit && sizes.locals <= limit * 3
                && sizes.branchTargets <= limit * 5
            return fits ? Self.completed : .refused(reason: "too many")
        }
        let hasMultiValue = limit > 1
        #expect(probe.limits.parameters == limit)
        #expect(probe.limits.results == (hasMultiValue ? limit : 1))
        #expect(probe.limits.locals == min(limit * 3, ProbeModule.Size.locals.greatest))
        #expect(probe.limits.branchTargets == min(limit * 5, ProbeModule.Size.branchTargets.greatest))
        #expect(probe.crashes.isEmpty)
        #expect(questions.withLock { $0 } < 120)
    }

    @Test func `a crash is told apart from a refusal, and is a limit all the same`() throws {
        let crash = Outcome.crashed(Crash(phase: .compile, message: "assertion failed: n < 255"))
        let probe = try Self.probe { wasm in
            guard let sizes = try? Sizes(wasm) else { return .rejected(reason: "malformed") }
            if sizes.results > 254 { return crash }
            if sizes.parameters > 1000 { return .refused(reason: "too many") }
            if sizes.branchTargets > 20_000 { return .timedOut(.compile) }
            if sizes.locals > 30_000 { return .memoryExhausted(.compile) }
            return Self.completed
        }
        #expect(probe.limits.results == 254)
        #expect(probe.limits.parameters == 1000)
        #expect(probe.limits.branchTargets == 16_380, "what has no end is not looked for exactly")
        #expect(probe.limits.locals == 25_000)
        #expect(probe.crashes.contains("255 results: assertion failed: n < 255"))
        #expect(!probe.crashes.contains { $0.contains("parameters") })
        #expect(probe.crashes.contains("32760 branch targets: no end within the budget"))
        #expect(probe.capabilities(machine: "m").refusals.contains("dies of "))
    }

    @Test func `a feature that the engine dies of is none, and is said`() throws {
        let wasm = ProbeModule.wasm(ofFeature: "gc")
        let probe = try Self.probe { module in
            module == wasm ? .crashed(Crash(phase: .compile, message: "SIGSEGV", signal: 11)) : Self.completed
        }
        #expect(probe.featureSet == FeatureSet.wasm3.subtracting(.garbageCollection))
        #expect(probe.crashes == ["gc: SIGSEGV"])
    }

    @Test func `a module beyond a limit is named by its figures before it is given to the engine`() throws {
        var probe = try Self.probe { _ in Self.completed }
        probe.limits.parameters = 3
        probe.limits.results = 2
        func excess(_ text: String) throws -> String? { probe.excess(of: try TextParser.module(text)) }
        #expect(try excess("(module (func (param i32 i32 i32) (result i32 i32) unreachable))") == nil)
        #expect(
            try excess("(module (func (param i32 i32 i32 i32)))") == "4 parameters, 3 at most in this engine"
        )
        #expect(
            try excess("(module (type (func (result i32 i32 i32))))") == "3 results, 2 at most in this engine"
        )
    }
}
