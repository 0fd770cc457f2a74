/// How a case ends in an engine, without its values.
public enum DomainOutcome: String, Hashable, Sendable, CaseIterable {
    case returned = "returned"
    case trapped = "trapped"
    case threw = "threw"
    /// A limit of the budget ended a call.
    case exhausted = "exhausted"
    /// The engine does not take the module, and says so.
    case refused = "refused"
}
