extension IRFunction {
    /// The function after constant folding, algebraic simplification, elimination of common subexpressions, of repeated checks and
    /// loads, and of dead code, simplification of branches, and with loop-invariant code before its loops.
    ///
    /// Constants are made anew in each block that uses them, and after each call, so that no register and no slot holds one
    /// across a call. Every block must come after those that dominate it, and only jumps carry arguments, before and after. What
    /// traps does so in the same order and with the same effects before. Nearly linear.
    /// - Parameter passes: what is done of it.
    public func optimized(_ passes: OptimizationPasses = .all) -> IRFunction {
        var simplification = Simplification(self, passes)
        simplification.run()
        let motion = CodeMotion(simplification)
        var rebuilding = OptimizedRebuilding(simplification, motion)
        let rebuilt = rebuilding.rebuild()
        return passes.contains(.parameterReduction) ? rebuilt.reducingParameters() : rebuilt
    }
}
