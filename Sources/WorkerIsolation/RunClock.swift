import ProcessControl

/// How long a request may take: processor time of the worker, so that a busy machine fails nobody, and a multiple of it by the clock on the
/// wall, for a worker that waits for something.
struct RunClock {
    private let worker: pid_t
    private let processorSeconds: Double
    private let start: Double
    /// When the worker is stopped whatever it did.
    let deadline: ContinuousClock.Instant

    /// How many times the budget's processor time may pass on the wall.
    static let wallFactor = 10.0
    /// Beyond all that anyone waits for, and small enough for every clock.
    private static let greatestSeconds = 1e8

    /// Starts the clock.
    init(worker: pid_t, seconds: Double) {
        self.worker = worker
        processorSeconds = min(max(seconds, 0), Self.greatestSeconds)
        start = max(process_processor_seconds(worker), 0)
        deadline = .now + .seconds(processorSeconds * Self.wallFactor)
    }

    /// What the worker has used since the start, in seconds; 0 where that cannot be had.
    var processorSecondsSoFar: Double { max(process_processor_seconds(worker) - start, 0) }

    /// Whether the time is over.
    var isOver: Bool {
        // Where processor time cannot be had, the wall's has to do.
        process_processor_seconds(worker) - start >= processorSeconds || ContinuousClock.now >= deadline
    }
}
