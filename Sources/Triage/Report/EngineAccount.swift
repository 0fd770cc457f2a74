import Differential
import Execution
import WasmModel

/// What a report says of an engine outside of this program, and of the others beside it.
public struct EngineAccount: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case engine = "engine"
        case version = "version"
        case definition = "definition"
        case severity = "severity"
        case carriages = "carriages"
        case answers = "answers"
        case commands = "commands"
    }

    /// What one engine, or one way into the engine, comes to.
    public struct Answer: Hashable, Sendable, Codable {
        private enum CodingKeys: String, CodingKey {
            case engine = "engine"
            case verdict = "verdict"
        }

        public var engine: EngineName
        /// In words.
        public var verdict: String
    }

    /// What the host says that it is.
    public var engine: String
    public var version: String
    /// What starts it, as `--engine` takes it.
    public var definition: String
    public var severity: Severity
    /// Whether the case fails by each way into the engine.
    public var carriages: [Answer]
    /// What the other engines do with the reduced case.
    public var answers: [Answer]
    /// What shows it without this program, in the folder of the crash.
    public var commands: [String]

    /// Says what an engine is, and what each way into it and the others come to.
    /// - Parameter verdict: asks an engine, and says in words what came of it.
    init(
        _ engine: any CarryingEngine,
        _ divergence: Divergence,
        others: [any Engine],
        commands: [String],
        verdict: (any Engine) -> String
    ) {
        let capabilities = engine.capabilities
        self.engine = capabilities.summary
        version = capabilities.version
        definition = engine.definitionText
        severity = Severity(divergence)
        self.commands = commands
        carriages = engine.variants().map { Answer(engine: $0.name, verdict: verdict($0)) }
        answers = others.filter { $0.name != engine.name }.map { Answer(engine: $0.name, verdict: verdict($0)) }
    }

    static func text(_ verdict: Verdict) -> String {
        switch verdict {
        case .agreement: "agrees"
        case .divergence(let divergence): "differs: \(divergence.observed) instead of \(divergence.expected)"
        case .inconclusive(let reason): "not compared: \(reason)"
        }
    }

    /// Measures in another engine what grows in one, and says what came of it.
    static func text(growthOf finding: Finding, in engine: any Engine, within budget: Budget) -> String {
        let observable = finding.divergence.observable
        guard let recipe = finding.subject.recipe,
            let growth = Growth(observable, of: recipe, in: engine, confirmingWithin: budget)
        else { return "not measured" }
        return growth.divergence.map { "differs: \($0.observed)" } ?? "agrees: \(growth.description)"
    }
}

/// What a failure means for those who use the engine.
public enum Severity: String, Hashable, Sendable, Codable, CaseIterable {
    case miscompilation = "miscompilation"
    /// A leaked address, or a fault in compiled code: to be told to the vendor before anybody else.
    case memorySafety = "memory safety"
    case compileCrash = "compile crash"
    case runTimeCrash = "run-time crash"
    case hang = "hang"
    case compileTime = "compile time"
    case resources = "resources"
    case refusal = "refusal of a valid module"
    case acceptance = "acceptance of an invalid module"

    /// Who is to hear of it before anybody else; nil where it does not matter.
    public var disclosure: String? {
        switch self {
        case .memorySafety: "goes to the vendor first, in private"
        case .miscompilation, .compileCrash, .runTimeCrash, .hang, .compileTime, .resources, .refusal, .acceptance: nil
        }
    }

    /// For people: what it is, and who is to hear of it first.
    public var advice: String { rawValue + (disclosure.map { " (\($0))" } ?? "") }

    /// The severity of a divergence.
    public init(_ divergence: Divergence) {
        switch divergence.observable {
        case .crash(.execute), .crash(.instantiate):
            // A check that failed is where the engine stopped itself.
            let isFault = ["SIGSEGV", "SIGBUS", "SIGILL", "sanitizer"].contains { divergence.observed.hasPrefix($0) }
            self = isFault ? .memorySafety : .runTimeCrash
        case .crash: self = .compileCrash
        case .hang: self = .hang
        case .memoryExhaustion: self = .resources
        case .compileTime: self = .compileTime
        case .codeSize: self = .resources
        case .rejection: self = divergence.observed.hasPrefix("rejected") ? .refusal : .acceptance
        case .instantiation, .ending, .resultCount, .result, .payload, .global, .memory, .element, .hostCallCount,
            .hostCallArgument:
            let isLeak =
                AddressPattern.occurs(in: divergence.observed) && !AddressPattern.occurs(in: divergence.expected)
            self = isLeak ? .memorySafety : .miscompilation
        }
    }
}

/// Numbers that look like addresses of a process: of 47 bits, whose upper byte is that of libraries, stacks and heaps on Linux.
enum AddressPattern {
    /// Whether one occurs among the values of a text, each written as ``WasmModel/WasmValue/description`` does.
    static func occurs(in text: String) -> Bool {
        text.split(whereSeparator: { " ,()".contains($0) }).contains { word in
            if let value = WasmValue(text: word) { return words(of: value).contains(where: isAddress) }
            return false
        }
    }

    private static func words(of value: WasmValue) -> [UInt64] {
        switch value {
        case .i64(let bits), .f64(let bits): [bits]
        case .v128(let vector): [vector.low, vector.high]
        case .i32, .f32, .reference: []
        }
    }

    private static func isAddress(_ word: UInt64) -> Bool {
        let top = word >> 40
        return word & 0xFFFF_FFFF != 0 && ((0x55...0x56).contains(top) || (0x7E...0x7F).contains(top))
    }
}
