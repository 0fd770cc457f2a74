import Execution
import WasmFormats

/// Finds the exact arity at which a module without a recipe begins to fail, by cutting its widest signatures, or the longest lists of its code.
enum ArityLimit {
    /// The boundary of a module in one of the lists of its function types.
    ///
    /// At arity `k` all lists are cut to at most `k`, and the code is made to fit, so the module of an arity is another program; what is
    /// returned is a place where one arity passes and the next fails, both having been run.
    /// - Parameter fails: runs a case, and says whether it fails in the way that is searched for.
    /// - Returns: nil where the module, uncut, does not fail or cannot be decoded.
    /// - Throws: what `fails` throws.
    static func search(
        _ test: TestCase,
        variable: Boundary.Variable,
        fails: (TestCase) throws -> Bool
    ) throws -> Boundary? {
        guard let subject = try? DecodedCase(test), try fails(test) else { return nil }
        let widest = arity(of: subject, variable)
        return try BoundarySearch.search(variable, from: widest, maximum: widest) { arity in
            if arity == widest { return true }
            guard let cut = truncated(subject, variable, to: arity) else { return false }
            return try fails(cut.testCase)
        }
    }

    /// The length of the longest list of the kind.
    static func arity(of subject: DecodedCase, _ variable: Boundary.Variable) -> Int {
        if !variable.isOfSignatures { return CodeLists.count(of: subject.module, variable) }
        return subject.module.types.compactMap(\.functionType).map { type in
            variable == .results ? type.results.count : type.parameters.count
        }.max() ?? 0
    }

    /// The case with no list of the kind longer than an arity; nil where it would not be valid.
    static func truncated(
        _ subject: DecodedCase,
        _ variable: Boundary.Variable,
        to arity: Int
    ) -> DecodedCase? {
        let cut =
            variable.isOfSignatures
            ? SignatureTruncation.apply(to: subject) { _ in variable == .results ? (.max, arity) : (arity, .max) }
            : CodeLists.cut(subject, variable, to: arity)
        guard let cut, (try? Validator.validate(cut.module)) != nil else { return nil }
        return cut
    }
}
