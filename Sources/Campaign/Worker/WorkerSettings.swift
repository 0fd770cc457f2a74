import Differential
import Execution
import Foundation
import WasmGenerator
import WasmModel
import WorkerIsolation

/// What a campaign tells its workers, as JSON in one variable of their environment.
public struct WorkerSettings: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case profiles = "profiles"
        case weights = "weights"
        case maximumArity = "maximumArity"
        case features = "features"
        case measurements = "measurements"
        case heats = "heats"
        case mixesSweep = "mixesSweep"
        case modules = "modules"
        case changesModules = "changesModules"
        case takesRawBytes = "takesRawBytes"
        case takesModules = "takesModules"
        case engines = "engines"
        case specimen = "specimen"
        case store = "store"
        case currentCase = "currentCase"
        case gate = "gate"
        case knownSignatures = "knownSignatures"
        case number = "number"
        case count = "count"
        case seed = "seed"
        case firstCase = "firstCase"
        case firstSwept = "firstSwept"
        case caseCount = "caseCount"
        case secondsPerCase = "secondsPerCase"
        case memoryLimitInBytes = "memoryLimitInBytes"
    }

    /// The names of profiles, at least one.
    public var profiles: [String] = [Profile.all[0].name]
    /// How many of the cases each of these gets; of one for which none is here it is 1.
    public var weights: [Int] = []
    public var maximumArity = ArityBoundary.usualMaximum
    /// What generated modules may use, by the bits of a set.
    public var features = Profile.usualFeatures.rawValue
    /// What is measured beside the cases.
    var measurements = Measurements.all
    /// Whether some cases make their calls hot, for engines that compile again what is.
    public var heats = false
    /// Whether the cases of the sweep, in another order, are among those of the random stream, so that slow engines meet large ones soon.
    public var mixesSweep = false
    /// The file with the list of modules that are run, and mutated, in place of cases of the generator; nil for none.
    public var modules: String?
    /// Whether those are changed once each was run as it is.
    var changesModules = true
    /// Whether bytes are taken for modules as they are, every second time behind the header of one.
    public var takesRawBytes = false
    /// Whether bytes of libFuzzer are modules, whose exports are called.
    public var takesModules = false
    /// Full names of engines without the oracle's; nil for all that can be used.
    public var engines: [EngineName]?
    public var specimen: String?
    /// The folder of the crash store that gets the findings; nil to stop at the first.
    public var store: String?
    /// The file that always holds the current case; nil for none.
    public var currentCase: String?
    /// The file of the gate that is passed before each case; nil for none.
    public var gate: String?
    /// The signatures that are known when the worker starts.
    public var knownSignatures: [String] = []
    /// Worker number and count: which part of the sweep is this worker's.
    public var number = 0
    public var count = 1
    public var seed: UInt64 = 1
    /// The first case of this worker's sweep or random stream.
    public var firstCase = 0
    /// The first case of this worker's part of the sweep, where that is mixed with the random stream.
    var firstSwept = 0
    /// How many cases it runs, each of which it reports; nil for as many as there are.
    var caseCount: Int?
    /// After how many seconds of processor time a case ends the worker; zero where libFuzzer's own limit does.
    public var secondsPerCase = 10
    /// Small enough that an engine which eats memory is out of it before the case is a hang.
    public var memoryLimitInBytes: UInt64 = 1 << 30

    /// The name of the variable.
    public static let variable = "FUZZ_MULTIVALUE_WORKER"

    /// The defaults, as for a fuzz target that is run by hand.
    public init() {}

    /// The settings of this process's environment; nil where there are none.
    static func ofEnvironment() throws -> WorkerSettings? {
        guard let text = ProcessInfo.processInfo.environment[variable] else { return nil }
        return try JSONLine.decode(WorkerSettings.self, text)
    }

    /// The environment that holds the settings.
    func environment() throws -> [String: String] {
        [Self.variable: String(decoding: try JSONLine.encode(self).dropLast(), as: UTF8.self)]
    }

    /// Where a position in this worker's own part of a stream is in the whole.
    func index(of position: Int) -> Int { position * count + number }

    /// The case of an input of libFuzzer: the first decision is the profile, where there are several.
    func subject(of input: [UInt8]) -> Case {
        if takesModules { return ModuleInput.subject(input) }
        if takesRawBytes { return Self.rawModule(input) }
        var decisions = DecisionSource(input)
        return subject(decidedCase(from: &decisions))
    }

    /// A case of the random stream.
    func subject(ofRandomCase index: Int) -> Case {
        var stream = SplitMix64(seed: seed &+ UInt64(index))
        if takesRawBytes {
            return Self.rawModule(
                (0..<Int.random(in: 0...512, using: &stream)).map { _ in .random(in: 0...255, using: &stream) }
            )
        }
        let decided = decidedCase(ofSeed: stream.next())
        if hasFault(randomCase: index), let invalid = Case(decided).withFault(by: &stream) { return invalid }
        return subject(decided, ofRandomCase: index)
    }

    /// One case of the random stream in so many has a fault: it takes little time, as nothing of it is compiled.
    private static let faultyShareOfStream: UInt64 = 4

    /// Whether a case of the random stream, where it is none of the sweep, has a fault that makes it invalid, unless what is asked for is narrower
    /// than everything.
    func hasFault(randomCase index: Int) -> Bool {
        guard !takesRawBytes, profiles == [Profile.all[0].name] else { return false }
        // Without a pattern that the numbers of a worker's cases could have, too.
        var turns = SplitMix64(seed: UInt64(index))
        return turns.next() % Self.faultyShareOfStream == 0
    }

    /// What a seed decides.
    func decidedCase(ofSeed seed: UInt64) -> DecidedCase {
        var decisions = DecisionSource(seed: seed)
        return decidedCase(from: &decisions)
    }

    /// The case at a place of the random stream that was decided there.
    func subject(_ decided: DecidedCase, ofRandomCase index: Int) -> Case {
        heated(subject(decided), ofRandomCase: index)
    }

    /// The case; hot where it is its turn.
    private func heated(_ subject: Case, ofRandomCase index: Int) -> Case {
        heats && index % Self.heatedShare == 0 ? subject.heated() ?? subject : subject
    }

    /// One case of the random stream in so many is taken as it comes, so that what was tried often goes on being tried.
    private static let unsteeredShare = 4
    /// How many candidates there are for a case of the random stream that is chosen.
    private static let candidateCount = 4

    /// Whether a case of the random stream, where it is none of the sweep, is chosen among candidates.
    func steers(randomCase index: Int) -> Bool {
        !takesRawBytes && !hasFault(randomCase: index) && index / Self.sweptShare % Self.unsteeredShare != 0
    }

    /// Whether a position in this worker's part of the random stream may be that of a case of the sweep.
    func sweeps(at position: Int) -> Bool { !takesRawBytes && mixesSweep && position % Self.sweptShare == 0 }

    /// One steered case in so many is chosen among candidates, even where there is a place that was not met.
    private static let chosenShare = 4

    /// Whether a steered case of the random stream is to be made for a place of the domain.
    func aims(randomCase index: Int) -> Bool { index / Self.sweptShare / Self.unsteeredShare % Self.chosenShare != 0 }

    /// The case of the random stream that is made for a place of the domain; nil where none can be made.
    /// - Parameter attempt: one of several cases, from 0 on, as not each comes to the outcome.
    func subject(at place: DomainPlace, ofRandomCase index: Int, attempt: Int) -> Case? {
        var attempts = SplitMix64(seed: seed &+ UInt64(index))
        let ofCase = attempts.next()
        var decisions = DecisionSource(seed: ofCase &+ UInt64(attempt))
        let profiles = adaptedProfiles
        let first = profiles.isEmpty ? 0 : decisions.choose(from: Array(profiles.indices), weights: adaptedWeights)
        for profile in profiles[first...] + profiles[..<first] {
            if let decided = profile.decidedCase(at: place, from: &decisions, maximumArity: maximumArity) {
                // Transformed it would be somewhere else.
                return heated(Case(linked(decided)), ofRandomCase: index)
            }
        }
        return nil
    }

    /// What a case of the random stream is chosen among, with the seeds that decide it; the first is what it would be without a choice.
    func candidates(ofRandomCase index: Int) -> [(seed: UInt64, decided: DecidedCase)] {
        var stream = SplitMix64(seed: seed &+ UInt64(index))
        return (0..<Self.candidateCount).map { _ in
            let seed = stream.next()
            return (seed, decidedCase(ofSeed: seed))
        }
    }

    /// One case of each worker's part of the random stream in so many is of the sweep, where they are mixed.
    private static let sweptShare = 3
    /// One case of the random stream in so many is hot.
    private static let heatedShare = 6

    /// Bytes as a module: where the first is odd, behind the header of one.
    private static func rawModule(_ bytes: [UInt8]) -> Case {
        let header: [UInt8] = bytes.first.map { $0 % 2 == 1 } ?? false ? [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0] : []
        return Case(TestCase(wasm: header + bytes, invocations: []))
    }

    /// What decisions make.
    func decidedCase(from decisions: inout DecisionSource) -> DecidedCase {
        let all = adaptedProfiles
        let profile = all.isEmpty ? Profile.all[0] : decisions.choose(from: all, weights: adaptedWeights)
        return linked(profile.decidedCase(from: &decisions, maximumArity: maximumArity))
    }

    /// The case in as many instances as engines link: those outside of the program link none.
    private func linked(_ decided: DecidedCase) -> DecidedCase { heats ? decided.inOneInstance : decided }

    /// The case that was decided; transformed, or with a fault, where it is its turn, unless what is asked for is narrower than everything.
    func subject(_ decided: DecidedCase) -> Case {
        let subject = Case(decided)
        return profiles == [Profile.all[0].name] ? changed(subject) ?? subject : subject
    }

    /// One case in so many is transformed.
    private static let transformedShare: UInt64 = 6
    /// One case in so many that bytes decide, or that is chosen, has a fault that makes it invalid.
    private static let faultyShare: UInt64 = 8

    /// The case with its module transformed, or with a fault in it, where it is its turn, which its bytes decide; nil otherwise.
    private func changed(_ subject: Case) -> Case? {
        guard subject.test.companions.isEmpty else { return nil }
        let digest = ByteDigest.digest(of: subject.test.wasm[...])
        var stream = SplitMix64(seed: digest)
        if digest % Self.transformedShare == 0 {
            let transformed = subject.transformed(by: &stream, features: FeatureSet(rawValue: features))
            // What transformations add has lists of their own.
            let isPermitted = greatestArity >= ArityBoundary.usual || transformed?.longestList ?? 0 <= greatestArity
            return isPermitted ? transformed : nil
        }
        return digest % Self.faultyShare == 1 ? subject.withFault(by: &stream) : nil
    }

    /// The same for a process beside the worker that has the settings: it waits at no gate, and does not say that its cases are the worker's, as
    /// the death of the worker would be taken for theirs. What it covers with a case is of the case alone.
    var besideWorker: WorkerSettings {
        var settings = self
        settings.measurements = .none
        settings.gate = nil
        settings.currentCase = nil
        return settings
    }

    /// What decides which part of the domain is possible.
    struct Domain: Hashable {
        fileprivate var profiles: [Profile]
        fileprivate var maximumArity: Int

        var possiblePlaces: Set<DomainPlace> {
            profiles.reduce(into: []) { $0.formUnion($1.possiblePlaces(maximumArity: maximumArity)) }
        }
    }

    var domain: Domain { Domain(profiles: adaptedProfiles, maximumArity: maximumArity) }

    /// The greatest number of parameters and results that a case may have.
    var greatestArity: Int {
        weightedProfiles.map { $0.profile.greatestArity(upTo: maximumArity) }.max() ?? maximumArity
    }

    var adaptedProfiles: [Profile] {
        let features = FeatureSet(rawValue: features)
        let named = weightedProfiles.map(\.profile)
        let adapted = named.map { $0.features == features ? $0 : $0.adapted(to: features) }
        // What is outside of the program has limits of its own.
        return heats ? adapted.map(\.portable) : adapted
    }

    /// Those of ``adaptedProfiles``.
    private var adaptedWeights: [Int] { weightedProfiles.map(\.weight) }

    private var weightedProfiles: [(profile: Profile, weight: Int)] {
        profiles.enumerated().compactMap { position, name in
            Profile(named: name).map { ($0, position < weights.count ? max(weights[position], 1) : 1) }
        }
    }

    /// The modules of the list; none where there is no list.
    /// - Throws: where the list cannot be read.
    func moduleFolder() throws -> ModuleFolder? { try modules.map { try WorkFolder.modules(listedIn: $0) } }

    /// The stream of some modules.
    func stream(of modules: ModuleFolder) -> ModuleStream {
        ModuleStream(
            modules.files,
            seed: seed,
            features: FeatureSet(rawValue: features),
            maximumArity: maximumArity,
            changes: changesModules
        )
    }
}
