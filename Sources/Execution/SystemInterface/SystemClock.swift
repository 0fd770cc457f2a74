/// The time, which goes on by questions and by waiting alone. It is the same for all clocks.
///
/// Source: WASI snapshot preview 1, `typenames.witx`, `$clockid`.
struct SystemClock {
    /// In nanoseconds; where the clocks begin, and by how much they are later after each question.
    private static let (start, tick): (UInt64, UInt64) = (1_700_000_000_000_000_000, 1_000_000)

    private var next = start

    /// Whether there is such a clock: of real time, monotonic, of the process, or of the thread.
    static func exists(_ clock: UInt64) -> Bool { clock < 4 }

    /// Asks for the time. At the end of all time it stands still.
    mutating func ask() -> UInt64 {
        defer { next = Self.later(next, by: Self.tick) }
        return next
    }

    /// Waits until a time that has not come yet.
    mutating func wait(until time: UInt64) { next = max(next, time) }

    static func later(_ time: UInt64, by duration: UInt64) -> UInt64 {
        let (sum, overflow) = time.addingReportingOverflow(duration)
        return overflow ? .max : sum
    }

    func resolution(of clock: UInt64, at address: UInt64, _ memory: SystemMemory) -> SystemErrorNumber {
        guard Self.exists(clock) else { return .invalid }
        return memory.store(Self.tick, at: address) ? .success : .fault
    }

    mutating func time(of clock: UInt64, at address: UInt64, _ memory: SystemMemory) -> SystemErrorNumber {
        guard Self.exists(clock) else { return .invalid }
        return memory.store(ask(), at: address) ? .success : .fault
    }
}
