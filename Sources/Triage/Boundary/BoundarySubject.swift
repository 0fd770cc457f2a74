import Differential
import WasmGenerator

/// A case whose lists are made longer and shorter: those of signatures in its recipe where it has one, those of code in its module.
public struct BoundarySubject {
    private let recipe: CaseRecipe?
    private let module: Case

    /// The case as it is.
    public init(_ subject: Case) {
        recipe = subject.recipe
        module = Case(subject.test)
    }

    /// What a reduction came to: the module may be smaller than that of the recipe.
    init(_ reduction: Reduction) {
        recipe = reduction.recipe
        module = Case(reduction.test)
    }

    /// The lists that there are, in the order in which they are searched: that of the signature that matters more first.
    ///
    /// A case of arithmetic has other code at each arity: where a wrong instruction comes in is no boundary of a signature.
    public var variables: [Boundary.Variable] {
        var variables = Boundary.Variable.ofSignatures
        if let recipe {
            if recipe.routing == .arithmetic { return [] }
            if recipe.parameters.count > recipe.results.count { variables.reverse() }
        }
        guard let decoded = try? DecodedCase(module.test) else { return variables }
        return variables + Boundary.Variable.ofModule.filter { ModuleLists.arity(of: decoded, $0) > 0 }
    }

    /// The case in which one of the lists is changed.
    public func subject(_ variable: Boundary.Variable) -> Case {
        variable.isOfSignatures ? recipe.map { Case($0) } ?? module : module
    }

    /// The size of the module, in bytes.
    public var size: Int { module.test.wasm.count }
}
