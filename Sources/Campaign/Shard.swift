/// Which part of a campaign a machine has, of several that know nothing of each other: with the same seed, no two of them have the same place of the
/// sweep, of the random stream or of the stream of modules, and together they have each place that one machine would.
///
/// At a place of the sweep and of the stream of modules there is the same case on each machine. At most places of the random stream it is chosen for
/// what the machine has not met yet.
public struct Shard: Hashable, Sendable, Codable, CustomStringConvertible {
    private enum CodingKeys: String, CodingKey {
        case number = "number"
        case count = "count"
    }

    /// From 1 on.
    public let number: Int
    public let count: Int

    /// The most machines that there may be.
    public static let mostShards = 1_000_000

    /// All of a campaign.
    public static let whole = Shard(number: 1, count: 1)

    private init(number: Int, count: Int) {
        self.number = number
        self.count = count
    }

    /// Reads a text such as `2/5`; nil for any that names no part.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]),
            (1...Self.mostShards).contains(count), (1...count).contains(number)
        else { return nil }
        self.init(number: number, count: count)
    }

    public var description: String { "\(number)/\(count)" }

    /// Gives a worker its part of the streams: how many workers another machine has does not matter.
    func divide(_ settings: inout WorkerSettings) {
        settings.number = settings.number * count + number - 1
        settings.count *= count
    }

    /// What is added to the seeds of libFuzzer, which has no stream to divide.
    var seedOffset: UInt64 { UInt64(number - 1) &* 1_000_000_007 }
}
