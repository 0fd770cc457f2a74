import Execution

/// The processor time that a compiler took for a recipe at one arity.
struct CompileTimeSample: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case engine = "engine"
        case arity = "arity"
        case milliseconds = "milliseconds"
    }

    var engine: EngineName
    var arity: Int
    var milliseconds: Double
}

/// The processor times that a compiler took for all recipes that were measured at one arity.
public struct CompileTime: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case engine = "engine"
        case arity = "arity"
        case count = "count"
        case leastMilliseconds = "leastMilliseconds"
        case meanMilliseconds = "meanMilliseconds"
        case mostMilliseconds = "mostMilliseconds"
    }

    public var engine: EngineName
    public var arity: Int
    /// How many measurements there are.
    public var count: Int
    public var leastMilliseconds: Double
    public var meanMilliseconds: Double
    public var mostMilliseconds: Double

    init(_ sample: CompileTimeSample) {
        engine = sample.engine
        arity = sample.arity
        count = 1
        leastMilliseconds = sample.milliseconds
        meanMilliseconds = sample.milliseconds
        mostMilliseconds = sample.milliseconds
    }

    fileprivate mutating func add(_ milliseconds: Double) {
        count += 1
        leastMilliseconds = min(leastMilliseconds, milliseconds)
        mostMilliseconds = max(mostMilliseconds, milliseconds)
        meanMilliseconds += (milliseconds - meanMilliseconds) / Double(count)
    }
}

extension [CompileTime] {
    /// The most pairs of a compiler and an arity that are kept; there are a dozen arities that are measured.
    private static let most = 200

    /// Adds a measurement, sorted by engine and arity; of too many pairs the first are kept.
    mutating func add(_ sample: CompileTimeSample) {
        if let index = firstIndex(where: { $0.engine == sample.engine && $0.arity == sample.arity }) {
            self[index].add(sample.milliseconds)
        } else if count < Self.most {
            append(CompileTime(sample))
            sort { ($0.engine.description, $0.arity) < ($1.engine.description, $1.arity) }
        }
    }
}
