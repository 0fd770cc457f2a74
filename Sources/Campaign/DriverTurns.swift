import WorkerIsolation

/// Which of the drivers run: as many as there are processors, one fewer while findings are stored, each for a while.
///
/// More at a time would not find more. But reducing is thousands of short runs in other processes, one after the other, and each would wait
/// until one of the busy drivers leaves its processor.
struct DriverTurns {
    private let gates: [Int: Gate]
    private let processors: Int
    private let length: Duration
    /// Slots, the next one first.
    private var waiting: [Int]
    private var running: [Int] = []
    private var end = ContinuousClock.now

    /// Makes turns in which each driver runs several times in the given seconds.
    /// - Parameter gates: the paths of the gates by the slots of the drivers.
    init(gates paths: [Int: String], processors: Int, seconds: Double) throws(WorkerError) {
        var gates: [Int: Gate] = [:]
        for (slot, path) in paths { gates[slot] = try Gate(path) }
        self.gates = gates
        self.processors = processors
        waiting = paths.keys.sorted()
        let rounds = Double(max(paths.count, 1)) / Double(processors) * Self.leastRounds
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
        let places = max(1, processors - (isStoring ? 1 : 0))
        while running.count > places { waiting.insert(running.removeLast(), at: 0) }
        while running.count < places, !waiting.isEmpty { running.append(waiting.removeFirst()) }
        for slot in waiting { gates[slot]?.close() }
        for slot in running { gates[slot]?.open() }
    }
}
