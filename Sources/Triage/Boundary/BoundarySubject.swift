import Differential
import WasmGenerator

/// A case whose lists are made longer and shorter: those of signatures in its recipe where it has one, those of code in its module.
public struct BoundarySubject {
    /// Nil also where it has other code at each arity, as arithmetic does.
    private let recipe: CaseRecipe?
    private let module: Case

    /// The case as it is.
    public init(_ subject: Case) { self.init(recipe: subject.recipe, module: Case(subject.test)) }

    /// What a reduction came to: the module may be smaller than that of the recipe.
    init(_ reduction: Reduction) { self.init(recipe: reduction.recipe, module: Case(reduction.test)) }

    private init(recipe: CaseRecipe?, module: Case) {
        self.recipe = recipe?.routing == .arithmetic ? nil : recipe
        self.module = module
    }

    /// The lists that there are, in the order in which they are searched: those of code that are many times as long as any of a signature, then
    /// that of the signature that matters more, then the others.
    public var variables: [Boundary.Variable] {
        var variables = Boundary.Variable.ofSignatures
        if let recipe, recipe.parameters.count > recipe.results.count { variables.reverse() }
        guard let decoded = try? DecodedCase(module.test) else { return variables }
        func arity(_ variable: Boundary.Variable) -> Int { ModuleLists.arity(of: decoded, variable) }
        let long = max(Self.longList, Self.longList / 8 * (Boundary.Variable.ofSignatures.map(arity).max() ?? 0))
        let ofModule = Boundary.Variable.ofModule.filter { arity($0) > 0 }
        return ofModule.filter { arity($0) > long } + variables + ofModule.filter { arity($0) <= long }
    }

    /// A list of code is a long one from here on, where those of signatures have no more than 8.
    private static let longList = 64

    /// The case in which one of the lists is changed: the recipe, unless the module, which is known to fail, has fewer values in the list by now.
    public func subject(_ variable: Boundary.Variable) -> Case {
        guard variable.isOfSignatures, let recipe = recipe.map({ Case($0) }) else { return module }
        func arity(_ subject: Case) -> Int {
            (try? DecodedCase(subject.test)).map { ModuleLists.arity(of: $0, variable) } ?? 0
        }
        return arity(module) < arity(recipe) ? module : recipe
    }

    /// The size of the module, in bytes.
    public var size: Int { module.test.wasm.count }
}
