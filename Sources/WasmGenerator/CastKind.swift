/// How a reference is made one to a type below its own.
///
/// The raw values are names in stored recipes.
public enum CastKind: String, Hashable, Sendable, CaseIterable, Codable {
    /// By `ref.cast`.
    case cast = "cast"
    /// By `br_on_cast`, with the branch taken.
    case branch = "branch"
    /// By `br_on_cast_fail`, with the branch not taken.
    case branchOnFailure = "branch-on-failure"
    /// By `ref.test` of the type, and of another one that it is not, before `ref.cast`.
    case test = "test"
}
