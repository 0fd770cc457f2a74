/// Where a reduction is: its rounds of all passes go on for as long as one of them keeps something.
struct ReductionRound {
    private let passCount: Int
    private var start: ContinuousClock.Instant?
    private var lastDuration: Duration?
    /// The pass that is applied.
    var position = 0
    /// Whether something was kept in this round.
    var hasChanged = false

    init(passCount: Int = 0) { self.passCount = passCount }

    mutating func begin(at now: ContinuousClock.Instant) {
        if let start { lastDuration = now - start }
        start = now
        position = 0
        hasChanged = false
    }

    /// How long it takes if rounds take as long as the last one: the rest of this one, and one more where this one has changed something.
    /// - Returns: nil in the first round.
    func secondsLeft(at now: ContinuousClock.Instant) -> Double? {
        guard let lastDuration, passCount > 0 else { return nil }
        let rest = Double(passCount - position) / Double(passCount) + (hasChanged ? 1 : 0)
        return lastDuration / .seconds(1) * rest
    }
}
