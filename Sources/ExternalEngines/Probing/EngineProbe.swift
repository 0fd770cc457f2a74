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

        var parameters = ProbeModule.Size.parameters.greatest
        var results = ProbeModule.Size.results.greatest
        var locals = ProbeModule.Size.locals.greatest
        var branchTargets = ProbeModule.Size.branchTargets.greatest

        /// No limits below what is searched.
        init() {}

        /// Reads limits.
        /// - Throws: where one is none that a search comes to.
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            func limit(_ key: CodingKeys, _ size: ProbeModule.Size) throws -> Int {
                let limit = try container.decode(Int.self, forKey: key)
                guard (0...size.greatest).contains(limit) else {
                    throw Swift.DecodingError.dataCorruptedError(
                        forKey: key,
                        in: container,
                        debugDescription: "no limit"
                    )
                }
                return limit
            }
            parameters = try limit(.parameters, .parameters)
            results = try limit(.results, .results)
            locals = try limit(.locals, .locals)
            branchTargets = try limit(.branchTargets, .branchTargets)
        }
    }

    var host: HostDescription
    /// By name.
    var features: [String] = []
    /// What the engine died of, in words; of a limit the least.
    var crashes: [String] = []
    var limits = Limits()

    var featureSet: FeatureSet {
        FeatureSet.named.filter { features.contains($0.name) }.reduce(into: []) { $0.formUnion($1.feature) }
    }

    /// Tries an engine.
    /// - Parameter trial: of modules all of whose functions are called, see ``ProbeModule/startable(_:)``.
    /// - Throws: why nothing can be said of the engine.
    init(_ host: HostDescription, _ trial: inout EngineTrial) throws(WorkerError) {
        self.host = host
        try trial.expectSuccess("a module with an empty function", ProbeModule.empty)
        for (name, _) in FeatureSet.named {
            switch try trial.result(name, ProbeModule.wasm(ofFeature: name)) {
            case .taken: features.append(name)
            case .refused: break
            case .died(let reason), .unended(let reason): crashes.append("\(name): \(reason)")
            }
        }
        limits.parameters = try limit(.parameters, &trial)
        limits.results = featureSet.contains(.multiValue) ? try limit(.results, &trial) : 1
        limits.locals = try limit(.locals, &trial)
        limits.branchTargets = try limit(.branchTargets, &trial)
    }

    /// Searches for a limit, which is exact but where what lies above it has no end: that takes too long to be looked for.
    private mutating func limit(_ size: ProbeModule.Size, _ trial: inout EngineTrial) throws(WorkerError) -> Int {
        var taken = 0
        var refused = size.greatest + 1
        var death: String?
        var isEndless = false
        // The public limit first, as most engines have it.
        var next = min(size.publicLimit, size.greatest)
        search: while taken < size.greatest, refused - taken > 1 {
            let subject = "\(next) \(size.rawValue)"
            switch try trial.result(subject, ProbeModule.wasm(size, next)) {
            case .taken:
                taken = next
                if isEndless { break search }
            case .refused: refused = next
            case .died(let reason):
                refused = next
                death = "\(subject): \(reason)"
            case .unended(let reason):
                refused = next
                death = "\(subject): \(reason)"
                isEndless = true
            }
            if refused > size.greatest {
                next = min(taken == size.publicLimit ? taken + 1 : taken * 2, size.greatest)
            } else {
                next = taken + (refused - taken) / 2
            }
        }
        if let death { crashes.append(death) }
        return taken
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
