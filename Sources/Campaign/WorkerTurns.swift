import WorkerIsolation

/// Which of some workers run: as many as there are places, each for a while, and fewer while findings are stored.
///
/// More at a time would not find more. But reducing is thousands of short runs in other processes, one after the other, and each would wait
/// until one of the busy workers leaves its processor.
struct WorkerTurns {
    /// How many of the workers run at a time.
    struct Places: Hashable, Sendable {
        var usual: Int
        var whileStoring: Int

        /// Those of drivers: as many as there are processors, one fewer while findings are stored.
        static func ofDrivers(processors: Int) -> Places {
            Places(usual: processors, whileStoring: max(1, processors - 1))
        }

        /// Those of workers that run engines themselves, of which the user says how many there are: a processor is left while findings
        /// are stored.
        static func ofWorkers(_ count: Int, processors: Int) -> Places {
            Places(usual: count, whileStoring: max(1, min(count, processors - 1)))
        }
    }

    private let gates: [Int: Gate]
    private let places: Places
    private let length: Duration
    /// Slots, the next one first.
    private var waiting: [Int]
    private var running: [Int] = []
    private var end = ContinuousClock.now

    /// Makes turns in which each worker runs several times in the given seconds.
    /// - Parameter gates: the paths of the gates by the slots of the workers.
    init(gates paths: [Int: String], places: Places, seconds: Double) throws(WorkerError) {
        var gates: [Int: Gate] = [:]
        for (slot, path) in paths { gates[slot] = try Gate(path) }
        self.gates = gates
        self.places = places
        waiting = paths.keys.sorted()
        let rounds = Double(max(paths.count, 1)) / Double(places.usual) * Self.leastRounds
        length = .seconds(min(Self.longestTurn, seconds / rounds))
    }

    private static let leastRounds = 4.0
    /// In seconds: much longer than most cases, as what is under way is not interrupted.
    private static let longestTurn = 1.0

    /// Ends turns that have lasted long enough, and begins others.
    mutating func update(isStoring: Bool, isDone: (Int) -> Bool) {
        waiting.removeAll(where: isDone)
        running.removeAll(where: isDone)
        let now = ContinuousClock.now
        if now >= end {
            waiting += running
            running = []
            end = now + length
        }
        let count = isStoring ? places.whileStoring : places.usual
        while running.count > count { waiting.insert(running.removeLast(), at: 0) }
        while running.count < count, !waiting.isEmpty { running.append(waiting.removeFirst()) }
        for slot in waiting { gates[slot]?.close() }
        for slot in running { gates[slot]?.open() }
    }
}
