import Execution
import Foundation
import WasmFormats
import WasmModel
import WorkerIsolation

/// What was found out about an engine by trying it: features by modules that have one each, limits by search.
struct EngineProbe: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case host = "host"
        case features = "features"
        case crashes = "crashes"
        case limits = "limits"
    }

    /// The greatest numbers that are taken.
    struct Limits: Hashable, Sendable, Codable {
        private enum CodingKeys: String, CodingKey {
            case parameters = "parameters"
            case results = "results"
            case locals = "locals"
            case branchTargets = "branchTargets"
        }

        var parameters = ProbeModule.greatestArity
        var results = ProbeModule.greatestArity
        var locals = ProbeModule.greatestLocals
        var branchTargets = ProbeModule.greatestBranchTargets
    }

    var host: HostDescription
    /// By name.
    var features: [String] = []
    /// What the engine died of, in words.
    var crashes: [String] = []
    var limits = Limits()

    var featureSet: FeatureSet {
        FeatureSet.named.filter { features.contains($0.name) }.reduce(into: []) { $0.formUnion($1.feature) }
    }

    /// Tries an engine.
    /// - Parameter outcome: what the engine does with a module, all of whose functions are called, see ``ProbeModule/startable(_:)``.
    init(_ host: HostDescription, _ outcome: ([UInt8]) -> Outcome) {
        self.host = host
        for (name, _) in FeatureSet.named {
            switch outcome(ProbeModule.wasm(ofFeature: name)) {
            case .completed(let observation) where observation.allReturned: features.append(name)
            case .completed, .refused, .rejected, .notRun: break
            case .crashed(let crash): crashes.append("\(name): \(crash.message)")
            case .timedOut: crashes.append("\(name): no end")
            case .memoryExhausted: crashes.append("\(name): memory exhausted")
            }
        }
        func limit(_ kind: ProbeModule.Size, upTo greatest: Int) -> Int {
            var refused = greatest + 1
            var taken = 0
            // The public limit first, as most engines have it.
            var next = min(ProbeModule.publicLimit(kind), greatest)
            while taken < greatest, refused - taken > 1 {
                switch outcome(ProbeModule.wasm(kind, next)) {
                case .completed: taken = next
                case .crashed(let crash):
                    crashes.append("\(next) \(kind.rawValue): \(crash.message)")
                    refused = next
                case .timedOut, .memoryExhausted:
                    crashes.append("\(next) \(kind.rawValue): no end within the budget")
                    refused = next
                case .refused, .rejected, .notRun: refused = next
                }
                if refused > greatest {
                    next = min(taken == ProbeModule.publicLimit(kind) ? taken + 1 : taken * 2, greatest)
                } else {
                    next = taken + (refused - taken) / 2
                }
            }
            return taken
        }
        limits.parameters = limit(.parameters, upTo: ProbeModule.greatestArity)
        limits.results =
            featureSet.contains(.multiValue) ? limit(.results, upTo: ProbeModule.greatestArity) : 1
        limits.locals = limit(.locals, upTo: ProbeModule.greatestLocals)
        limits.branchTargets = limit(.branchTargets, upTo: ProbeModule.greatestBranchTargets)
    }
}

extension EngineProbe {
    /// Which limit of the engine a module is beyond; nil where it is within all of them.
    func excess(of module: Module) -> String? {
        for type in module.types {
            guard let type = type.functionType else { continue }
            if type.parameters.count > limits.parameters {
                return "\(type.parameters.count) parameters, \(limits.parameters) at most in this engine"
            }
            if type.results.count > limits.results {
                return "\(type.results.count) results, \(limits.results) at most in this engine"
            }
        }
        return nil
    }

    /// What the engine is told of a module before any carriage sees it.
    enum Reading {
        case valid(ValidatedModule)
        /// It is beyond a limit or the features of the engine.
        case refused(Outcome)
        /// It is invalid, so that only the engine's own validator is of interest.
        case invalid
    }

    /// Decodes and validates a module as the engine would.
    func read(_ wasm: [UInt8]) -> Reading {
        guard let decoded = try? BinaryDecoder.decode(wasm) else { return .invalid }
        if let excess = excess(of: decoded) { return .refused(.refused(reason: excess)) }
        do {
            return .valid(try Validator.validate(decoded, features: featureSet))
        } catch {
            // It is valid with more features than the engine has.
            if (try? Validator.validate(decoded)) != nil {
                return .refused(.refused(reason: "in this engine \(error)"))
            }
            return .invalid
        }
    }
}

extension Observation {
    /// Whether nothing ended otherwise than by returning.
    fileprivate var allReturned: Bool {
        instantiation == nil && invocations.allSatisfy { if case .returned = $0 { true } else { false } }
    }
}
