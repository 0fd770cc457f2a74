import Foundation

/// The clock of a case, which ends the process by a signal.
///
/// It counts processor time, as a busy machine makes any case slow. The clock on the wall is there for a process that waits for something,
/// with ten times as much. The end is no verdict: whoever runs the case again, alone, has the say.
///
/// Source: POSIX.1-2017, `setitimer`.
enum CaseClock {
    private static let wallFactor = 10
    /// Of the one thread that runs cases.
    nonisolated(unsafe) private static var isRunning = false

    /// - Parameter seconds: zero for no clock, so that what others set stays.
    static func start(seconds: Int) {
        isRunning = seconds > 0
        guard isRunning else { return }
        set(processorSeconds: seconds)
        alarm(UInt32(clamping: seconds * wallFactor))
    }

    static func stop() {
        guard isRunning else { return }
        isRunning = false
        set(processorSeconds: 0)
        alarm(0)
    }

    private static func set(processorSeconds seconds: Int) {
        var timer = itimerval(it_interval: timeval(), it_value: timeval(tv_sec: seconds, tv_usec: 0))
        #if canImport(Darwin)
            setitimer(ITIMER_PROF, &timer, nil)
        #else
            setitimer(__itimer_which_t(UInt32(ITIMER_PROF.rawValue)), &timer, nil)
        #endif
    }
}
