/// The parts of ``IRFunction/optimized(_:)``: each can be left out, which tells whose mistake a failure is.
public struct OptimizationPasses: OptionSet, Hashable, Sendable {
    public let rawValue: Int

    /// Makes a set of its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Instructions on numbers become numbers.
    public static let constantFolding = OptimizationPasses(rawValue: 1)
    /// Instructions become simpler ones by laws of arithmetic.
    public static let algebraicSimplification = OptimizationPasses(rawValue: 1 << 1)
    /// An instruction becomes an equal one that dominates it.
    public static let commonSubexpressions = OptimizationPasses(rawValue: 1 << 2)
    /// What was loaded, or stored in the context, is not loaded again.
    public static let repeatedLoads = OptimizationPasses(rawValue: 1 << 3)
    /// What was checked is not checked again.
    public static let repeatedChecks = OptimizationPasses(rawValue: 1 << 4)
    /// Branches whose way is known become jumps.
    public static let branchSimplification = OptimizationPasses(rawValue: 1 << 5)
    /// What does not change in a loop is done before it.
    public static let codeMotion = OptimizationPasses(rawValue: 1 << 6)
    /// Parameters of blocks that always get the same value become that.
    public static let parameterReduction = OptimizationPasses(rawValue: 1 << 7)

    /// All of them.
    public static let all = OptimizationPasses(rawValue: (1 << 8) - 1)
}
