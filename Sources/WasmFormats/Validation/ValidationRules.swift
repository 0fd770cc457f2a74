/// The replaceable decisions of validation.
public struct ValidationRules: Sendable {
    /// Whether a tail call may return so many results in the place of a function with so many, where the last ones have the same types as
    /// far as both have one.
    public var tailCallMayReturn: @Sendable (_ count: Int, _ expected: Int) -> Bool = { $0 == $1 }

    /// Makes the rules of the specification.
    public init() {}
}
