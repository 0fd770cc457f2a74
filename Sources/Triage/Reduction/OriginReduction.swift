import Differential
import Execution
import WasmFormats
import WasmModel

extension ReductionRun {
    /// Reduces a case in which the oracle contradicts itself: fewer transformations first, then a smaller original that is transformed in the
    /// same way.
    /// - Returns: a transformed case, which fails.
    mutating func reduceOrigin(of subject: Case, _ origin: Case.Origin) throws -> Case {
        var reduced = subject
        var steps = origin.steps
        for position in steps.indices.reversed() where steps.count > 1 {
            var fewer = steps
            fewer.remove(at: position)
            guard let candidate = Case(origin.test, repeating: fewer), try fails(candidate) else { continue }
            (reduced, steps) = (candidate, fewer)
        }
        guard let original = try? DecodedCase(origin.test) else { return reduced }
        let smaller = try reduce(original, ModuleReduction.passes) { candidate, current in
            guard let transformed = Case(candidate.testCase, repeating: steps) else { return nil }
            let measured = MeasuredCase(subject: transformed, arity: candidate.module.totalArity)
            return measured.size <= current.size || measured.arity < current.arity ? measured : nil
        }
        return smaller == original ? reduced : Case(smaller.testCase, repeating: steps) ?? reduced
    }
}
