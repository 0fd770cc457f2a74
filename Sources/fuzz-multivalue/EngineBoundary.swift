import Differential
import Engines
import Triage
import WasmGenerator

/// Searches for the boundary of one engine.
struct EngineBoundary {
    let engine: any Engine
    let oracle: any Engine
    let progress: ProgressLine

    /// What a search came to.
    struct Result {
        /// Nil where nothing fails.
        var boundary: Boundary?
        /// How it fails at the boundary.
        var signature: CrashSignature?
        /// The first reason why an arity could not be compared; it counts as one that passes.
        var incomparable: String?
    }

    /// - Parameter maximum: the greatest arity of a recipe; the signatures of a module are only cut.
    func boundary(of subject: Finding.Subject, _ variable: Boundary.Variable, maximum: Int) throws -> Result {
        var result = Result()
        func fails(_ test: TestCase, _ place: String) -> Bool {
            progress.show("\(engine.name): \(place)")
            switch JudgedCase(test, oracle: oracle).verdict(of: engine) {
            case .agreement: return false
            case .inconclusive(let reason):
                if result.incomparable == nil { result.incomparable = reason }
                return false
            case .divergence(let divergence):
                // Any failure is one: what fails in another way does not pass. The last that is seen is that of the boundary.
                result.signature = CrashSignature(engine: engine.name, divergence: divergence)
                return true
            }
        }
        switch subject {
        case .recipe(let recipe):
            result.boundary = BoundarySearch.search(recipe, variable: variable, maximum: maximum) { recipe in
                fails(recipe.testCase, "\(recipe.parameters.count) parameters, \(recipe.results.count) results")
            }
        case .test(let test):
            result.boundary = try ArityLimit.search(test, variable: variable) { fails($0, "\($0.wasm.count) B") }
        }
        return result
    }
}
