import Differential
import Execution
import WasmGenerator

/// Finds the exact arity at which a failing case begins to fail.
public enum BoundarySearch {
    /// What a run at one arity says.
    public enum Sample: Hashable, Sendable {
        /// It fails in the way that is searched for.
        case fails
        case passes
        /// It says nothing, or fails in another way.
        case unclear
    }

    /// What a search came to.
    public enum Outcome: Hashable, Sendable {
        /// Nothing fails up to the greatest arity.
        case nothingFails
        /// It fails, and no arity makes the difference.
        case failsAnyway
        case found(Boundary)

        /// The boundary, where there is one.
        public var boundary: Boundary? {
            if case .found(let boundary) = self { boundary } else { nil }
        }
    }

    /// The boundary of a case in one of its lists, by bisection between a passing and the failing arity, with what around it is not as it says.
    ///
    /// The failure need not be monotonic: what is found is a place where one arity passes and the next fails, both having been run. A case of
    /// a recipe is scaled. The lists of any other one are cut, which changes its code as well: so the case at the passing arity is lengthened by
    /// values that matter to nothing else. Only where it fails then does the arity make the difference.
    /// - Parameters:
    ///   - subject: fails as it is, or, where it has a recipe, at some greater arity up to `maximum`.
    ///   - maximum: the greatest arity that is tried; nil for that of the case, beyond which then only exceptions are looked for.
    ///   - found: called when the two arities are known, before those around them are tried.
    ///   - frameSize: the largest frame that the engine makes for a case, in bytes, where it says.
    ///   - sample: runs a case.
    public static func search(
        _ subject: Case,
        variable: Boundary.Variable,
        maximum: Int? = greatestArity,
        found: () -> Void = {},
        frameSize: (Case) -> Int? = { _ in nil },
        sample: (Case) throws -> Sample
    ) throws -> Outcome {
        guard var family = ArityFamily(subject, variable) else { return .nothingFails }
        func sampleAt(_ arity: Int) throws -> Sample { try family.subject(at: arity).map(sample) ?? .unclear }
        let greatest = family.isOfModule ? family.current : maximum ?? family.current
        guard let firstBad = try smallestFailing(from: family.current, upTo: greatest, sampleAt) else {
            return .nothingFails
        }
        // Where nothing is passed on, nothing is seen of it.
        let lastGood = firstBad - 1
        guard lastGood > 0, try sampleAt(lastGood) == .passes else { return .failsAnyway }
        if family.isOfModule {
            family.base = lastGood
            guard try sampleAt(firstBad) == .fails else { return .failsAnyway }
        }
        found()
        var boundary = Boundary(variable: variable, lastGood: lastGood, firstBad: firstBad)
        func frameSizeAt(_ arity: Int) -> Int? { family.subject(at: arity).flatMap(frameSize) }
        boundary.frames = frameSizeAt(lastGood).map { Boundary.Frames(lastGood: $0, firstBad: frameSizeAt(firstBad)) }
        let below = distances.reversed().map { lastGood - $0 }.filter { $0 >= 0 }
        let above = distances.map { firstBad + $0 }.filter { $0 <= maximum ?? greatestArity }
        boundary.exceptions =
            try below.filter { try sampleAt($0) == .fails } + above.filter { try sampleAt($0) == .passes }
        return .found(boundary)
    }

    /// The greatest arity that is tried where none is named.
    public static let greatestArity = 10_000

    /// How far from a boundary arities are tried.
    private static let distances = [1, 2, 3, 5, 8, 13, 21, 34, 55]

    /// A failing arity of which the one below does not fail, or 0.
    /// - Parameter current: the arity that is tried first; greater ones up to `maximum` only where it does not fail.
    /// - Returns: nil where nothing fails up to the maximum.
    private static func smallestFailing(
        from current: Int,
        upTo maximum: Int,
        _ sampleAt: (Int) throws -> Sample
    ) rethrows -> Int? {
        var failing = current
        if try sampleAt(current) != .fails {
            // Gallop upwards to a failing arity.
            var arity = max(1, current)
            while true {
                guard arity < maximum else { return nil }
                arity = min(arity * 2, maximum)
                if try sampleAt(arity) == .fails { break }
            }
            failing = arity
        }
        if failing == 0 { return 0 }
        if try sampleAt(0) == .fails { return 0 }
        var other = 0
        while failing - other > 1 {
            let middle = other + (failing - other) / 2
            if try sampleAt(middle) == .fails { failing = middle } else { other = middle }
        }
        return failing
    }
}

extension BoundarySearch.Sample {
    /// What a verdict on an engine says of a failure with a signature. Of several mistakes in values it is not known that they are one, and
    /// still none of them passes.
    public init(_ verdict: Verdict, of engine: EngineName, as signature: CrashSignature) {
        switch verdict {
        case .agreement: self = .passes
        case .inconclusive: self = .unclear
        case .divergence(let divergence):
            let seen = CrashSignature(engine: engine, divergence: divergence)
            self = seen == signature || seen.isCoarse && signature.isCoarse ? .fails : .unclear
        }
    }
}

extension Engine {
    /// The largest frame that it makes for the module of a case, in bytes; nil of an engine that does not say, and where it does not compile.
    public func frameSize(_ subject: Case, within budget: Budget) -> Int? {
        (self as? any CompilingEngine)?.cost(ofCompiling: subject.test.wasm, within: budget)?.frameBytes
    }
}
