import Foundation
import Synchronization

/// How often the user asked for the end: once ends what is under way in order, twice at once.
public struct Interruption: Sendable {
    private let count: @Sendable () -> Int

    /// Makes one that is asked for by whoever counts.
    public init(count: @escaping @Sendable () -> Int) { self.count = count }

    /// Ctrl-C, or another signal to end; to be watched for while it is used.
    public static let signals = Interruption { signalCount.load(ordering: .relaxed) }

    /// Whether the end was asked for.
    public var isRequested: Bool { count() > 0 }
    /// Whether it was asked for twice.
    public var isUrgent: Bool { count() > 1 }

    private static let signalCount = Atomic<Int>(0)
    private static let numbers = [SIGINT, SIGTERM, SIGHUP]

    /// Takes over the signals, and gives them back after the body.
    public static func watchingSignals<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        signalCount.store(0, ordering: .relaxed)
        unblockSignals()
        for number in numbers {
            signal(number) { _ in Interruption.signalCount.wrappingAdd(1, ordering: .relaxed) }
        }
        defer { for number in numbers { signal(number, SIG_DFL) } }
        return try await body()
    }

    /// Takes over the signals for the rest of this process; the second one of a kind ends it as if nobody watched.
    public static func watchFirstSignals() {
        unblockSignals()
        for number in numbers {
            signal(number) { number in
                Interruption.signalCount.wrappingAdd(1, ordering: .relaxed)
                signal(number, SIG_DFL)
            }
        }
    }

    /// Who started this process may have blocked them, as threads of concurrency do.
    private static func unblockSignals() {
        var set = sigset_t()
        sigemptyset(&set)
        for number in numbers { sigaddset(&set, number) }
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }
}
