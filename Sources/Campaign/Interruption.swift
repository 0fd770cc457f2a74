import Foundation
import Synchronization

/// Ctrl-C: the first ends the campaign in order, the second at once, with pending findings kept in the inbox.
enum Interruption {
    private static let count = Atomic<Int>(0)

    /// Takes over the signals.
    static func watch() {
        count.store(0, ordering: .relaxed)
        for number in [SIGINT, SIGTERM] {
            signal(number) { _ in
                Interruption.count.wrappingAdd(1, ordering: .relaxed)
            }
        }
    }

    /// Gives the signals back.
    static func unwatch() {
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }

    static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }
    static var isUrgent: Bool { count.load(ordering: .relaxed) > 1 }
}
