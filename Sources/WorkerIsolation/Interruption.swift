import Foundation
import Synchronization

/// How often the user asked for the end: once ends a campaign in order, twice at once, with pending findings kept in the inbox.
public struct Interruption: Sendable {
    private let count: @Sendable () -> Int

    /// Makes one that is asked for by whoever counts.
    public init(count: @escaping @Sendable () -> Int) { self.count = count }

    /// Ctrl-C, or another signal to end; to be watched for while it is used.
    public static let signals = Interruption { signalCount.load(ordering: .relaxed) }

    var isRequested: Bool { count() > 0 }
    var isUrgent: Bool { count() > 1 }

    private static let signalCount = Atomic<Int>(0)
    private static let numbers = [SIGINT, SIGTERM, SIGHUP]

    /// Takes over the signals, and gives them back after the body.
    static func watchingSignals<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        signalCount.store(0, ordering: .relaxed)
        for number in numbers {
            signal(number) { _ in Interruption.signalCount.wrappingAdd(1, ordering: .relaxed) }
        }
        defer { for number in numbers { signal(number, SIG_DFL) } }
        return try await body()
    }
}
