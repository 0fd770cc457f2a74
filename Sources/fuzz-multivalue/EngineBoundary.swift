import Differential
import Execution
import Triage

/// Searches for the boundary of one engine.
struct EngineBoundary {
    let engine: any Engine
    let judge: Judge
    let progress: ProgressLine
    /// The failure that is searched for; any counts where nil.
    var signature: CrashSignature?

    /// What a search came to.
    struct Result {
        var outcome = BoundarySearch.Outcome.nothingFails
        /// How it fails, at the boundary where there is one.
        var signature: CrashSignature?
        /// The first reason why an arity could not be compared.
        var incomparable: String?
        /// Whether any arity could be compared.
        var hasComparison = false
        /// Whether the user has ended the search, of which nothing else is known then but whether something failed.
        var wasInterrupted = false
    }

    /// - Parameter maximum: the greatest arity of a recipe; the signatures of a module are only cut.
    func boundary(of subject: Case, _ variable: Boundary.Variable, maximum: Int) throws -> Result {
        var result = Result()
        do {
            try search(subject, variable, maximum, &result)
        } catch let failure as CommandFailure where failure.status == .interrupted {
            result.wasInterrupted = true
        }
        return result
    }

    private func search(
        _ subject: Case,
        _ variable: Boundary.Variable,
        _ maximum: Int,
        _ result: inout Result
    ) throws {
        var isFound = false
        result.outcome = try BoundarySearch.search(
            subject,
            variable: variable,
            maximum: maximum,
            found: { isFound = true },
            frameSize: { engine.frameSize($0, within: judge.budget) }
        ) { candidate in
            progress.show("\(engine.name): \(candidate.summary)")
            var trial = judge.trial(of: candidate)
            let verdict = trial.verdict(of: engine)
            try EngineSelection.checkInterruption()
            switch verdict {
            case .agreement:
                result.hasComparison = true
            case .inconclusive(let reason):
                if result.incomparable == nil { result.incomparable = reason.description }
            case .divergence(let divergence):
                result.hasComparison = true
                let seen = CrashSignature(engine: engine.name, divergence: divergence)
                let sample = BoundarySearch.Sample(verdict, of: engine.name, as: signature ?? seen)
                // The last that is seen until then is that of the boundary.
                if !isFound, sample == .fails { result.signature = seen }
                return sample
            }
            return verdict == .agreement ? .passes : .unclear
        }
    }
}
