import WasmModel
import WasmScripts

/// A script to run, which the host reads itself.
public struct ScriptTask: Hashable, Sendable {
    public var path: String
    /// What modules may use, without what the script's own expectations assume off.
    public var features: FeatureSet
    /// How many of its commands are to be run, from the first; nil for all.
    public var commandLimit: Int?

    /// The numbers of commands that are left out, as ``WasmScripts/ScriptReport/Undecided`` has them.
    public var undecided: Set<Int>

    /// Makes a task.
    public init(path: String, features: FeatureSet, commandLimit: Int? = nil, leavingOut undecided: Set<Int> = []) {
        self.undecided = undecided
        self.path = path
        self.features = features
        self.commandLimit = commandLimit
    }
}

extension ScriptTask: Codable {
    private enum Key: String, CodingKey {
        case path = "path"
        case features = "features"
        case commandLimit = "commandLimit"
        case undecided = "undecided"
    }

    /// Writes the features by their names.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(path, forKey: .path)
        try container.encode(FeatureSet.named.filter { features.contains($0.feature) }.map(\.name), forKey: .features)
        try container.encodeIfPresent(commandLimit, forKey: .commandLimit)
        if !undecided.isEmpty { try container.encode(undecided.sorted(), forKey: .undecided) }
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        path = try container.decode(String.self, forKey: .path)
        features = []
        for name in try container.decode([String].self, forKey: .features) {
            guard let named = FeatureSet.named.first(where: { $0.name == name }) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .features,
                    in: container,
                    debugDescription: "no feature '\(name)'"
                )
            }
            features.formUnion(named.feature)
        }
        commandLimit = try container.decodeIfPresent(Int.self, forKey: .commandLimit)
        undecided = Set(try container.decodeIfPresent([Int].self, forKey: .undecided) ?? [])
    }
}

/// What became of a script.
public struct ScriptAnswer: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case report = "report"
        case absentCount = "absentCount"
        case remainingLines = "remainingLines"
    }

    public var report: ScriptReport
    /// The number of assertions that the file has no modules for.
    public var absentCount: Int
    /// The lines of the commands beyond the limit, in order.
    public var remainingLines: [Int]

    /// Makes an answer.
    public init(report: ScriptReport, absentCount: Int, remainingLines: [Int] = []) {
        self.report = report
        self.absentCount = absentCount
        self.remainingLines = remainingLines
    }
}

/// A line on the standard error of a host: which command of a script begins.
public enum CommandMarker {
    /// `command 17 of 203`, numbered from 1.
    public static func line(_ number: Int, of count: Int) -> String { "command \(number) of \(count)" }

    /// The numbers of a line; nil where it is no such line.
    public static func command(of line: String) -> (number: Int, count: Int)? {
        let parts = line.split(separator: " ")
        guard parts.count == 4, parts[0] == "command", parts[2] == "of", let number = Int(parts[1]),
            let count = Int(parts[3])
        else { return nil }
        return (number, count)
    }
}
