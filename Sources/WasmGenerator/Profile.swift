import WasmModel

/// A named bias of the generator.
public struct Profile: Hashable, Sendable {
    public let name: String
    /// One line for `--help`.
    public let summary: String
    /// The edges to choose from.
    let edges: [Edge]
    /// How many edges in a row at most.
    let maximumDepth: Int
    /// The greatest arity, where it is below what the run allows.
    let arityCap: Int?

    /// All profiles; the first is used where none is named.
    public static let all: [Profile] = [
        Profile(
            name: "everything",
            summary: "all edges, up to three in a row, arities at the boundaries",
            edges: Edge.allCases,
            maximumDepth: 3,
            arityCap: nil
        ),
        Profile(
            name: "exports",
            summary: "entry stubs alone",
            edges: [.export],
            maximumDepth: 1,
            arityCap: nil
        ),
        Profile(
            name: "calls",
            summary: "direct, indirect and host calls",
            edges: [.directCall, .indirectCall, .hostImport],
            maximumDepth: 3,
            arityCap: nil
        ),
        Profile(
            name: "blocks",
            summary: "blocks, loops and branches that carry values",
            edges: [.block, .loop, .if, .branchTable, .branchIf, .earlyReturn],
            maximumDepth: 3,
            arityCap: nil
        ),
        Profile(
            name: "capped-20",
            summary: "everything, at most 20 parameters and results, as general-purpose generators have it",
            edges: Edge.allCases,
            maximumDepth: 3,
            arityCap: 20
        ),
    ]

    /// The profile of a name.
    public init?(named name: String) {
        guard let profile = Self.all.first(where: { $0.name == name }) else { return nil }
        self = profile
    }

    private init(name: String, summary: String, edges: [Edge], maximumDepth: Int, arityCap: Int?) {
        self.name = name
        self.summary = summary
        self.edges = edges
        self.maximumDepth = maximumDepth
        self.arityCap = arityCap
    }

    /// A recipe by the given decisions; exhausted decisions give the smallest one.
    public func recipe(from decisions: inout DecisionSource, maximumArity: Int) -> CaseRecipe {
        let maximum = min(maximumArity, arityCap ?? maximumArity)
        let depth = decisions.choose(maximumDepth + 1)
        let chosen = (0..<depth).map { _ in edges[decisions.choose(edges.count)] }
        let resultCount = ArityBoundary.choose(from: &decisions, maximum: maximum)
        let results = TypeMix.choose(from: &decisions).list(count: resultCount)
        let parameterCount = ArityBoundary.choose(from: &decisions, maximum: maximum)
        let parameters = TypeMix.choose(from: &decisions).list(count: parameterCount)
        return CaseRecipe(
            edges: chosen,
            parameters: parameters,
            results: results,
            routing: decisions.choose(from: RoutingPattern.allCases),
            seed: decisions.seed(),
            storesResults: decisions.oneIn(4)
        )
    }

    /// The deterministic sweep: every edge of the profile by every boundary up to the maximum, for results and for parameters,
    /// in a mix of types that changes from case to case.
    public func sweep(maximumArity: Int) -> [CaseRecipe] {
        let maximum = min(maximumArity, arityCap ?? maximumArity)
        let mixes: [TypeMix] = [
            .uniform(.i32), .alternating([.f32, .i32, .f64, .i64]), .uniform(.f64), .uniform(.i64), .uniform(.f32),
            .runs(maximumLength: 20, seed: 7),
        ]
        var recipes: [CaseRecipe] = []
        for (edgeNumber, edge) in edges.enumerated() {
            for (arityNumber, arity) in ArityBoundary.upTo(maximum).enumerated() {
                let mix = mixes[(edgeNumber + arityNumber) % mixes.count]
                let seed = UInt64(arityNumber)
                let routing = RoutingPattern.allCases[arityNumber % RoutingPattern.allCases.count]
                recipes.append(
                    CaseRecipe(
                        edges: [edge],
                        parameters: mix.list(count: min(arity, 9)),
                        results: mix.list(count: arity),
                        routing: routing,
                        seed: seed
                    )
                )
                recipes.append(
                    CaseRecipe(
                        edges: [edge],
                        parameters: mix.list(count: arity),
                        results: mix.list(count: min(arity, 19)),
                        routing: routing,
                        seed: seed,
                        storesResults: true
                    )
                )
            }
        }
        return recipes
    }
}
