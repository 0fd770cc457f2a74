extension WorkerSettings {
    /// What a worker does now and then beside its cases.
    enum Measurements: String, Hashable, Sendable, Codable {
        /// How code and time grow with a case, and the first cases in all engines.
        case all = "all"
        /// The same without time, which is never the same.
        case withoutTime = "without time"
        /// Nothing: each case is run as it would be after any other ones.
        case none = "none"
    }
}
