/// How the values of a reduced case are kept apart: a test that asserts nine zeros is passed by an engine whose result slots happen to be zero.
enum ValueDistinction {
    /// All passes, in their order. What they propose is as small, or nearly, and fails or is not kept.
    static let passes: [any ReductionPass<DecodedCase>] = [DistinctConstants(), DistinctArguments()]
}
