import WasmModel

/// A cell with an outcome that its cases can have.
public struct DomainPlace: Hashable, Sendable {
    public var cell: DomainCell
    public var outcome: DomainOutcome

    /// Makes a place from its two parts.
    public init(_ cell: DomainCell, _ outcome: DomainOutcome) {
        self.cell = cell
        self.outcome = outcome
    }

    /// A number of its own, as of a cell.
    public var number: Int { cell.number * DomainOutcome.allCases.count + ordinal(outcome) }

    /// The place of a ``number``; nil where there is none.
    public init?(number: Int) {
        let count = DomainOutcome.allCases.count
        guard number >= 0, let cell = DomainCell(number: number / count) else { return nil }
        self.init(cell, DomainOutcome.allCases[number % count])
    }

    public static func == (left: DomainPlace, right: DomainPlace) -> Bool { left.number == right.number }

    public func hash(into hasher: inout Hasher) { hasher.combine(number) }

    /// The parts of the cell and the outcome, as in `loop 9-32 mixed routing tail-calls returned`.
    public var text: String { "\(cell.text) \(outcome.rawValue)" }

    /// Reads what ``text`` gives.
    public init?(text: String) {
        let parts = text.split(separator: " ").map(String.init)
        guard parts.count == 6, let edge = Edge(rawValue: parts[0]), let arity = ArityBucket(rawValue: parts[1]),
            let classes = ClassMix(rawValue: parts[2]), let body = BodyStyle(rawValue: parts[3]),
            let feature = CellFeature(rawValue: parts[4]), let outcome = DomainOutcome(rawValue: parts[5])
        else { return nil }
        self.init(DomainCell(edge: edge, arity: arity, classes: classes, body: body, feature: feature), outcome)
    }
}

extension Profile {
    /// All cells that a case of the profile can be in, with the outcomes that it can have there: by what recipes and programs are made from,
    /// without making any. That an engine refuses is no outcome that has to be met.
    /// - Parameter maximumArity: the greatest arity of recipes, below that of the profile or not.
    public func possiblePlaces(maximumArity: Int) -> Set<DomainPlace> {
        var places: Set<DomainPlace> = []
        let maximum = greatestArity(upTo: maximumArity)
        if programShare != 1 {
            for edge in Set(edges + [.export]) {
                for (arity, classes) in signatures(upTo: maximum) {
                    for feature in features(of: edge, with: classes) {
                        for body in [BodyStyle.routing, .constants, .arithmetic] {
                            let cell = DomainCell(
                                edge: edge,
                                arity: arity,
                                classes: classes,
                                body: body,
                                feature: feature
                            )
                            for outcome in outcomes(of: cell) { places.insert(DomainPlace(cell, outcome)) }
                        }
                    }
                }
            }
        }
        if programShare != nil { places.formUnion(placesOfPrograms(upTo: maximum)) }
        return places
    }

    /// The lengths and classes that signatures of recipes can have.
    private func signatures(upTo maximum: Int) -> [(ArityBucket, ClassMix)] {
        let classes = Set(types.map(ClassMix.init(of:)))
        let mixes = classes.count > 1 ? Array(classes) + [.mixed] : Array(classes)
        let arities = Set(ArityBoundary.upTo(maximum).map(ArityBucket.init)).subtracting([.none])
        return [(.none, .none)] + arities.flatMap { arity in mixes.map { (arity, $0) } }
    }

    /// What can be in the module of a recipe with an edge and with values of some classes.
    private func features(of edge: Edge, with classes: ClassMix) -> [CellFeature] {
        let isAlone = edge == .export || maximumDepth < 2
        var possible = isAlone ? edge.features : edges.reduce(edge.features) { $0.union($1.features) }
        let neighbours = isAlone ? [edge] : edges
        if neighbours.contains(.tailCallGrow) || neighbours.contains(.tailCallShrink) {
            possible.formUnion(.typedFunctionReferences)
        }
        for type in types where classes == .mixed || classes == ClassMix(of: type) { possible.formUnion(type.feature) }
        possible.formIntersection(features)
        let needsNothing = edge.features.isEmpty && [.none, .integers, .floats, .mixed].contains(classes)
        return CellFeature.allCases.filter { $0 == .none ? needsNothing : possible.contains($0.feature) }
    }

    private func outcomes(of cell: DomainCell) -> Set<DomainOutcome> {
        var outcomes: Set<DomainOutcome> = [.returned]
        let canThrow = cell.edge == .throwOut || cell.edge != .export && edges.contains(.throwOut)
        if canThrow, cell.feature != .none { outcomes.insert(.threw) }
        if cell.body == .arithmetic, cell.classes != .none { outcomes.insert(.trapped) }
        return outcomes
    }

    /// The places of programs: in one everything may be beside everything else.
    private func placesOfPrograms(upTo maximum: Int) -> Set<DomainPlace> {
        var places: Set<DomainPlace> = []
        // A chain is not told from structures by its instructions.
        let edges = Set(Edge.allCases).subtracting([.objectChain]).filter { self.features.contains($0.features) }
        let features = CellFeature.allCases.filter { $0 == .none || self.features.contains($0.feature) }
        let outcomes: [DomainOutcome] =
            [.returned, .trapped, .exhausted] + (features.contains(.exceptions) ? [.threw] : [])
        for edge in edges {
            for (arity, classes) in signatures(upTo: maximum) where edge.isCrossedInPrograms(by: arity, classes) {
                for feature in features where feature != .none || edge.features.isEmpty && !classes.needsFeature {
                    let cell = DomainCell(edge: edge, arity: arity, classes: classes, body: .program, feature: feature)
                    for outcome in outcomes where feature != .none || outcome != .threw {
                        places.insert(DomainPlace(cell, outcome))
                    }
                }
            }
        }
        return places
    }
}

extension Edge {
    /// Whether instructions can be of the edge with values of such a number and such classes.
    fileprivate func isCrossedInPrograms(by arity: ArityBucket, _ classes: ClassMix) -> Bool {
        switch self {
        // One of the lists of parameters is longer than the other.
        case .tailCallGrow, .tailCallShrink: arity != .none
        case .arrayNewFixed: classes != .mixed
        case .branchTable, .branchIf, .earlyReturn, .throwCatch, .throwCatchRef, .throwCatchAll, .throwCatchAllRef,
            .throwOut, .structNew, .structCast:
            // One list.
            arity != .one || classes != .mixed
        case .export, .directCall, .indirectCall, .callRef, .hostImport, .tailCall, .tailCallIndirect, .tailCallRef,
            .block, .loop, .if, .tryBlock, .tryCall, .objectChain:
            true
        }
    }
}

extension ClassMix {
    /// Whether values of the classes are of no feature of the first release.
    fileprivate var needsFeature: Bool {
        switch self {
        case .vectors, .references: true
        case .none, .integers, .floats, .mixed: false
        }
    }
}
