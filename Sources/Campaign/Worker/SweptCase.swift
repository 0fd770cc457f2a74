import Differential
import WasmGenerator

/// What a case of the sweep is made from.
enum SweptCase: Hashable, Sendable {
    case recipe(CaseRecipe)
    case sized(SizedProgram)

    var subject: Case {
        switch self {
        case .recipe(let recipe): Case(recipe)
        case .sized(let sized): Case(.program(sized.program))
        }
    }

    /// The recipe; nil where the case has none.
    var recipe: CaseRecipe? { if case .recipe(let recipe) = self { recipe } else { nil } }
}
