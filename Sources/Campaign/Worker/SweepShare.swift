/// How much of a worker's work was the sweep, which is not to keep it from other cases.
///
/// By its turns it is a third of the cases; where these take longer than others do, it misses turns.
struct SweepShare {
    private var swept = 0.0
    private var all = 0.0

    /// The greatest share of the work.
    static let greatest = 0.4

    /// Whether another case of the sweep may follow. The share goes beyond the greatest one by that case at most.
    var permitsMore: Bool { swept <= all * Self.greatest }

    /// - Parameter work: what a case took, always in the same unit.
    mutating func add(_ work: Double, isSwept: Bool) {
        all += work
        if isSwept { swept += work }
    }
}
