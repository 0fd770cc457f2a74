import WasmModel

extension DomainCell {
    /// The cells of a recipe.
    public static func cells(of recipe: CaseRecipe) -> Set<DomainCell> {
        let named = recipe.effectiveEdges
        var features = named.reduce(into: FeatureSet()) { $0.formUnion($1.features) }
        for type in Set(recipe.parameters + recipe.results) { features.formUnion(type.feature) }
        let growsOrShrinks = named.contains(.tailCallGrow) || named.contains(.tailCallShrink)
        if growsOrShrinks, recipe.tailCallKind == .reference { features.formUnion(.typedFunctionReferences) }
        return cells(
            edges: named.isEmpty ? [.export] : Set(named),
            FunctionType(parameters: recipe.parameters, results: recipe.results),
            BodyStyle(recipe.routing),
            features
        )
    }

    /// The cells of edges that have a signature and a body in common.
    static func cells(
        edges: Set<Edge>,
        _ signature: FunctionType,
        _ body: BodyStyle,
        _ features: FeatureSet
    ) -> Set<DomainCell> {
        let arity = ArityBucket(max(signature.parameters.count, signature.results.count))
        let classes = ClassMix(signature)
        var cells: Set<DomainCell> = []
        for edge in edges {
            for feature in CellFeature.features(of: features) {
                cells.insert(DomainCell(edge: edge, arity: arity, classes: classes, body: body, feature: feature))
            }
        }
        return cells
    }
}

extension CellFeature {
    /// The features of a set that are told apart; none of them is one as well.
    static func features(of set: FeatureSet) -> [CellFeature] {
        let features = allCases.filter { $0 != .none && set.contains($0.feature) }
        return features.isEmpty ? [.none] : features
    }

    /// The feature as modules have it.
    var feature: FeatureSet {
        switch self {
        case .none: []
        case .vectors: .simd
        case .relaxedVectors: .relaxedSIMD
        case .references: .referenceTypes
        case .exceptions: .exceptions
        case .tailCalls: .tailCalls
        case .functionReferences: .typedFunctionReferences
        case .bulkMemory: .bulkMemory
        case .severalMemories: .multiMemory
        case .longAddresses: .memory64
        case .objects: .garbageCollection
        }
    }
}

extension BodyStyle {
    init(_ routing: RoutingPattern) {
        self =
            switch routing {
            case .inOrder, .reversed, .random: .routing
            case .constants: .constants
            case .arithmetic: .arithmetic
            }
    }
}

extension ClassMix {
    /// The classes of both lists of a signature.
    init(_ signature: FunctionType) {
        let classes = Set((signature.parameters + signature.results).map(Self.init(of:)))
        self = classes.count > 1 ? .mixed : classes.first ?? .none
    }

    /// The class of a type.
    init(of type: ValueType) {
        self =
            switch type {
            case .i32, .i64: .integers
            case .f32, .f64: .floats
            case .v128: .vectors
            case .reference: .references
            }
    }
}
