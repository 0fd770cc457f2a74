import WasmModel

/// A named bias of the generator.
public struct Profile: Hashable, Sendable {
    public let name: String
    /// One line for `--help`.
    public let summary: String
    /// The edges to choose from.
    let edges: [Edge]
    /// Those that there are to choose from where an engine has every feature.
    private let allEdges: [Edge]
    /// How many edges in a row at most.
    let maximumDepth: Int
    /// The greatest arity, where it is below what the run allows.
    let arityCap: Int?

    /// What the types of lists are drawn from; the first is the smallest choice.
    let types: [ValueType]

    /// One case in so many is an arbitrary program instead of a recipe; nil for none.
    let programShare: Int?
    /// What programs may use.
    public let features: FeatureSet
    /// Whether programs may have memories of gigabytes, and state that the host makes, which the engines of this program have.
    private(set) var isForOwnEngines = true

    /// All profiles; the first is used where none is named.
    public static let all: [Profile] = [
        Profile(
            name: "everything",
            summary:
                "all edges, up to three in a row, at the boundaries; every second case is a program",
            edges: Edge.allCases,
            programShare: 2
        ),
        Profile(name: "exports", summary: "entry stubs alone", edges: [.export], maximumDepth: 1),
        Profile(
            name: "calls",
            summary: "calls of every kind, of functions and of the host",
            edges: [.directCall, .indirectCall, .callRef, .tryCall, .hostImport]
        ),
        Profile(
            name: "tail-calls",
            summary: "tail calls of every kind, from few parameters to many and back",
            edges: [
                .tailCall, .tailCallIndirect, .tailCallRef, .tailCallGrow, .tailCallShrink, .directCall, .tryBlock,
                .throwOut,
            ]
        ),
        Profile(
            name: "exceptions",
            summary: "thrown and caught values, and calls that may throw",
            edges: [
                .throwCatch, .throwCatchRef, .throwCatchAll, .throwCatchAllRef, .tryBlock, .tryCall, .throwOut,
                .directCall, .tailCall, .loop,
            ]
        ),
        Profile(
            name: "blocks",
            summary: "blocks, loops and branches that carry values",
            edges: [.block, .loop, .if, .branchTable, .branchIf, .earlyReturn]
        ),
        Profile(
            name: "vectors",
            summary: "all edges; every other value is a vector",
            edges: Edge.allCases,
            types: [.v128, .i32, .v128, .f64, .v128, .i64, .v128, .f32]
        ),
        Profile(
            name: "references",
            summary: "all edges; every other value is a reference",
            edges: Edge.allCases,
            types: [.functionReference, .i32, .externalReference, .f64, .exceptionReference, .v128]
        ),
        Profile(
            name: "programs",
            summary: "arbitrary programs: arithmetic, memory, branches, calls and exceptions",
            edges: Edge.allCases,
            programShare: 1
        ),
        Profile(
            name: "objects",
            summary: "values in structures, arrays and chains, and casts; for engines that have them",
            edges: [
                .structNew, .arrayNewFixed, .structCast, .objectChain, .loop, .directCall, .tryCall, .tailCallGrow,
            ],
            features: .wasm3
        ),
        Profile(
            name: "capped-20",
            summary: "everything, at most 20 parameters and results, as general-purpose generators have it",
            edges: Edge.allCases,
            arityCap: 20,
            programShare: 2
        ),
    ]

    /// The profile of a name.
    public init?(named name: String) {
        guard let profile = Self.all.first(where: { $0.name == name }) else { return nil }
        self = profile
    }

    /// What profiles use where nothing is known of the engines, but for one: all but structures and arrays, which the compilers in the tree
    /// refuse.
    public static let usualFeatures = FeatureSet.wasm3.subtracting(.garbageCollection)

    /// Whether types may have subtypes: the compilers in the tree take those of functions, although they refuse structures and arrays.
    var hasSubtypes: Bool {
        features.contains(.garbageCollection) || isForOwnEngines && features.contains(Self.usualFeatures)
    }

    /// The profile for an engine that has these features: without the edges and the types that need others, and without expressions
    /// that do.
    public func adapted(to features: FeatureSet) -> Profile {
        let types = types.filter { features.contains($0.feature) }
        var profile = Profile(
            name: name,
            summary: summary,
            edges: allEdges,
            maximumDepth: maximumDepth,
            arityCap: arityCap,
            types: types.isEmpty ? [.i32] : types,
            programShare: programShare,
            features: features
        )
        profile.isForOwnEngines = isForOwnEngines
        return profile
    }

    /// The profile for other engines: some take what a memory may hold for memory that it does hold, or have functions of the host alone.
    public var portable: Profile {
        var profile = self
        profile.isForOwnEngines = false
        return profile
    }

    private init(
        name: String,
        summary: String,
        edges: [Edge],
        maximumDepth: Int = 3,
        arityCap: Int? = nil,
        types: [ValueType] = TypeMix.frequent,
        programShare: Int? = nil,
        features: FeatureSet = usualFeatures
    ) {
        let possible = edges.filter { features.contains($0.features) }
        self.name = name
        self.summary = summary
        self.edges = possible.isEmpty ? [.export] : possible
        allEdges = edges
        self.maximumDepth = maximumDepth
        self.arityCap = arityCap
        self.types = types
        self.programShare = programShare
        self.features = features
    }

    /// The greatest number of parameters and results where so many are permitted.
    public func greatestArity(upTo maximumArity: Int) -> Int { min(maximumArity, arityCap ?? maximumArity) }

    /// A recipe by the given decisions; exhausted decisions give the smallest one.
    public func recipe(from decisions: inout DecisionSource, maximumArity: Int) -> CaseRecipe {
        let maximum = greatestArity(upTo: maximumArity)
        let chosen = chosenEdges(by: &decisions)
        let results = typeList(by: &decisions, maximum: maximum)
        let parameters = typeList(by: &decisions, maximum: maximum)
        var recipe = CaseRecipe(
            edges: chosen,
            parameters: parameters,
            results: results,
            routing: decisions.choose(from: RoutingPattern.allCases),
            constantsSeed: decisions.seed(),
            storesResults: decisions.oneIn(4)
        )
        recipe.condition = !decisions.oneIn(2)
        recipe.iterations = decisions.choose(4)
        recipe.branchTarget = decisions.choose(3)
        recipe.invocationCount = 1 + decisions.choose(2)
        recipe.tailCallKind = decisions.choose(from: CallKind.allCases)
        if recipe.tailCallKind == .reference, !features.contains(.typedFunctionReferences) {
            recipe.tailCallKind = .direct
        }
        recipe.catchKind = decisions.choose(from: CatchKind.allCases)
        recipe.throwsInCallee = decisions.oneIn(2)
        recipe.throwsAgain = decisions.oneIn(2)
        recipe.usesPartialOperators = decisions.oneIn(8)
        recipe.keepsCallee = decisions.oneIn(2)
        switch decisions.choose(3) {
        case 1: recipe.keptParameters = max(1, parameters.count / 2)
        case 2: recipe.keptParameters = max(1, ArityBoundary.choose(from: &decisions, maximum: parameters.count))
        default: break
        }
        if chosen.contains(where: \.usesObjects) {
            recipe.castKind = decisions.choose(from: CastKind.allCases)
            recipe.escapes = decisions.oneIn(2)
            recipe.allocations = decisions.choose(from: Self.allocations(ofValues: parameters.count))
        }
        Self.leaveRoomForReferences(in: &recipe, maximum: maximum)
        leaveOutExpressions(of: &recipe)
        return recipe
    }

    /// How often objects of so many values are made: once in most cases, and seldom for the garbage.
    private static func allocations(ofValues count: Int) -> [Int] {
        [1, 1, 1, 2, 50, max(1, min(5_000, 200_000 / max(count, 1)))]
    }

    /// Takes the last type off a list that is as long as lists may be, where a block gets a reference to an exception beside it.
    static func leaveRoomForReferences(in recipe: inout CaseRecipe, maximum: Int) {
        if recipe.parameters.count == maximum, recipe.edges.contains(.throwCatchRef) { recipe.parameters.removeLast() }
        let isCaught = recipe.edges.contains(.tryBlock) || recipe.edges.contains(.tryCall)
        if recipe.results.count == maximum, isCaught, recipe.catchKind == .tagWithReference {
            recipe.results.removeLast()
        }
    }

    /// Edges in a row, each behind a decision whether it is there; what is beyond the greatest number is left out.
    private func chosenEdges(by decisions: inout DecisionSource) -> [Edge] {
        var chosen: [Edge] = []
        decisions.open(.edge)
        while decisions.goesOn(averaging: 2.3) {
            chosen.append(decisions.choose(from: edges))
            decisions.close()
            decisions.open(.edge)
        }
        decisions.abandon()
        return Array(chosen.prefix(maximumDepth))
    }

    private func typeList(by decisions: inout DecisionSource, maximum: Int) -> [ValueType] {
        decisions.span(.types) { decisions in
            let count = decisions.span(.arity) { ArityBoundary.choose(from: &$0, maximum: maximum) }
            let mix = decisions.span(.mix) { TypeMix.choose(from: &$0, types: types) }
            return mix.list(count: count)
        }
    }

    /// Has the values of a recipe go through as they are where its expressions need features that are not there.
    func leaveOutExpressions(of recipe: inout CaseRecipe) {
        guard recipe.routing == .arithmetic, !features.contains(Self.usualFeatures) else { return }
        let fits = recipe.generate().module.functions.allSatisfy { function in
            function.body.allSatisfy { features.contains($0.opcode.row.feature) }
        }
        if !fits { recipe.routing = .random }
    }

    /// So many vectors take more bytes than 16 bits can say, and fewer values than other types need for that.
    private static let vectorsBeyond16Bits = 4_200

    /// The deterministic sweep: every edge of the profile by every boundary up to the maximum, for results and for parameters,
    /// in a mix of types that changes from case to case; nothing where all cases are programs.
    public func sweep(maximumArity: Int) -> [CaseRecipe] {
        if programShare == 1 { return [] }
        let maximum = greatestArity(upTo: maximumArity)
        let mixes: [TypeMix] = [
            .uniform(.i32), .alternating([.f32, .i32, .f64, .i64]), .uniform(.f64), .uniform(.i64), .uniform(.f32),
            .runs(maximumLength: 20, seed: 7, of: types), .uniform(.v128),
            .alternating([.v128, .i32, .functionReference, .f64, .externalReference, .exceptionReference]),
            .uniform(.externalReference),
        ].filter { mix in mix.types.allSatisfy { features.contains($0.feature) } }
        var recipes: [CaseRecipe] = []
        for (edgeNumber, edge) in edges.enumerated() {
            // One large list for each edge: a byte of them costs the same, and there are many.
            let large = ArityBoundary.large(upTo: maximum)
            let arities =
                ArityBoundary.upTo(min(maximum, ArityBoundary.usual))
                + (large.isEmpty ? [] : [large[edgeNumber % large.count]])
            var lists = arities.enumerated().map { number, arity in
                (arity: arity, mix: mixes[(edgeNumber + number) % mixes.count])
            }
            if maximum >= Self.vectorsBeyond16Bits, features.contains(.simd) {
                lists.append((Self.vectorsBeyond16Bits, .uniform(.v128)))
            }
            for (arityNumber, (arity, mix)) in lists.enumerated() {
                var recipe = CaseRecipe(
                    edges: [edge],
                    parameters: mix.list(count: min(arity, 9)),
                    results: mix.list(count: arity),
                    routing: RoutingPattern.allCases[arityNumber % RoutingPattern.allCases.count],
                    constantsSeed: UInt64(arityNumber)
                )
                Self.sweepChoices(of: &recipe, edgeNumber, arityNumber)
                if recipe.tailCallKind == .reference, !features.contains(.typedFunctionReferences) {
                    recipe.tailCallKind = .direct
                }
                var other = recipe
                Self.leaveRoomForReferences(in: &recipe, maximum: maximum)
                leaveOutExpressions(of: &recipe)
                recipes.append(recipe)
                other.parameters = mix.list(count: arity)
                other.results = mix.list(count: min(arity, 19))
                other.storesResults = true
                Self.leaveRoomForReferences(in: &other, maximum: maximum)
                leaveOutExpressions(of: &other)
                recipes.append(other)
            }
        }
        return recipes
    }

    /// Sets the choices that neither lists nor edges make, so that each of them changes from arity to arity.
    static func sweepChoices(of recipe: inout CaseRecipe, _ edgeNumber: Int, _ arityNumber: Int) {
        recipe.condition = arityNumber % 2 == 0
        recipe.iterations = arityNumber / 2 % 4
        recipe.branchTarget = arityNumber % 3
        recipe.invocationCount = 1 + arityNumber / 4 % 2
        recipe.usesPartialOperators = arityNumber % 8 == 7
        recipe.keepsCallee = arityNumber % 2 == 1
        if arityNumber % 3 == 1 { recipe.keptParameters = max(1, recipe.parameters.count / 2) }
        // Edges that are of one kind are neighbours: they begin with different choices.
        let number = edgeNumber * 3 + arityNumber
        recipe.tailCallKind = CallKind.allCases[number % CallKind.allCases.count]
        recipe.catchKind = CatchKind.allCases[number % CatchKind.allCases.count]
        recipe.throwsInCallee = number / 4 % 2 == 1
        recipe.throwsAgain = number / 8 % 2 == 1
        recipe.castKind = CastKind.allCases[number % CastKind.allCases.count]
        recipe.escapes = number / 4 % 2 == 1
    }
}
