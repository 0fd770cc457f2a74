import WasmModel

extension DomainCell {
    /// The cells of a recipe.
    public static func cells(of recipe: CaseRecipe) -> Set<DomainCell> {
        let named = recipe.effectiveEdges
        var features = named.reduce(into: FeatureSet()) { $0.formUnion($1.features) }
        for type in Set(recipe.parameters + recipe.results) { features.formUnion(type.feature) }
        let growsOrShrinks = named.contains(.tailCallGrow) || named.contains(.tailCallShrink)
        if growsOrShrinks, recipe.tailCallKind == .reference { features.formUnion(.typedFunctionReferences) }
        let values = CrossedValues(FunctionType(parameters: recipe.parameters, results: recipe.results))
        let edges = named.isEmpty ? [.export] : named
        return cells(of: Set(edges.map { Crossing($0, values) }), BodyStyle(recipe.routing), features)
    }

    /// The cells of edges with the values that cross them, in a module that has these features.
    static func cells(of crossings: Set<Crossing>, _ body: BodyStyle, _ features: FeatureSet) -> Set<DomainCell> {
        let features = CellFeature.features(of: features)
        return crossings.reduce(into: []) { cells, crossing in
            for feature in features {
                cells.insert(
                    DomainCell(
                        edge: crossing.edge,
                        arity: crossing.values.arity,
                        classes: crossing.values.classes,
                        body: body,
                        feature: feature
                    )
                )
            }
        }
    }
}

/// The values that cross an edge, as far as cells tell them apart.
struct CrossedValues: Hashable {
    let arity: ArityBucket
    let classes: ClassMix

    /// Parameters and results: those of the longer list, and the classes of both.
    init(_ signature: FunctionType) {
        arity = ArityBucket(max(signature.parameters.count, signature.results.count))
        classes = ClassMix(signature)
    }

    init(_ list: [ValueType]) { self.init(FunctionType(parameters: list)) }

    init(count: Int, _ classes: ClassMix) {
        arity = ArityBucket(count)
        self.classes = count == 0 ? .none : classes
    }
}

/// An edge with the values that cross it.
struct Crossing: Hashable {
    let edge: Edge
    let values: CrossedValues

    init(_ edge: Edge, _ values: CrossedValues) {
        self.edge = edge
        self.values = values
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
