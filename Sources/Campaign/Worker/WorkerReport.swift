/// What a worker has done since its last report; one line of its standard output, after the word `report`.
struct WorkerReport: Hashable, Sendable, Codable {
    var cases = 0
    /// How many of them were arbitrary programs.
    var programs = 0
    /// How often engines were asked.
    var runs = 0
    var refusals = 0
    /// How often nobody could judge what an engine did, by the reason.
    var undecided: [String: Int] = [:]
    /// Pairs of an edge and an arity that the worker met for the first time, e.g. `loop 254`.
    var newCells: [String] = []

    static let prefix = "report "

    /// Whether there is nothing to tell.
    var isEmpty: Bool { cases == 0 }
}
