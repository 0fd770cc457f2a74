import Differential
import WasmGenerator
import WasmModel

/// The same case with one of its lists of any length: of a recipe by the generator, of a module by cutting its lists, and by lengthening what
/// was cut with values of which the code knows nothing but that they have to arrive.
struct ArityFamily {
    private enum Origin {
        case recipe(CaseRecipe)
        case module(DecodedCase)
    }

    private let origin: Origin
    private let variable: Boundary.Variable
    /// The length that the case has.
    let current: Int
    /// The length down to which a module is cut before it is lengthened; nil while it is only cut.
    var base: Int?

    /// - Returns: nil where the module cannot be decoded.
    init?(_ subject: Case, _ variable: Boundary.Variable) {
        self.variable = variable
        if let recipe = subject.recipe, variable.isOfSignatures {
            origin = .recipe(recipe)
            current = variable == .results ? recipe.results.count : recipe.parameters.count
        } else {
            guard let decoded = try? DecodedCase(subject.test) else { return nil }
            origin = .module(decoded)
            current = ModuleLists.arity(of: decoded, variable)
        }
    }

    /// Whether cases of other lengths have other code as well, of which it has to be shown that it makes no difference.
    var isOfModule: Bool {
        if case .module = origin { true } else { false }
    }

    /// The case at a length; nil where there is none that is valid.
    func subject(at arity: Int) -> Case? {
        switch origin {
        case .recipe(let recipe):
            return Case(recipe.scaled(variable, to: arity))
        case .module(let decoded):
            if let base, arity > base {
                guard let cut = ModuleLists.truncated(decoded, variable, to: base) else { return nil }
                return ModuleLists.lengthened(cut, of: decoded, variable, from: base, to: arity).map {
                    Case($0.testCase)
                }
            }
            // As it was found, with whatever it was made of.
            if arity == current { return Case(decoded.testCase) }
            return ModuleLists.truncated(decoded, variable, to: arity).map { Case($0.testCase) }
        }
    }
}

extension CaseRecipe {
    /// The same case with one of its lists of another length; recipes have those of signatures alone.
    func scaled(_ variable: Boundary.Variable, to arity: Int) -> CaseRecipe {
        switch variable {
        case .results: scaled(results: arity)
        case .parameters: scaled(parameters: arity)
        default: self
        }
    }
}
