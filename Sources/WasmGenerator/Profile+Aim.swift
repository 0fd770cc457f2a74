import WasmModel

/// Cases that are made for a place of the domain, which chance would seldom come to.
extension Profile {
    /// A case in a cell, with the outcome as far as it can be known before; what the cell leaves open is decided.
    /// - Returns: nil for edges that the profile has not, and where so many attempts come to nothing.
    public func decidedCase(
        at place: DomainPlace,
        from decisions: inout DecisionSource,
        maximumArity: Int
    ) -> DecidedCase? {
        let maximum = greatestArity(upTo: maximumArity)
        return place.cell.body == .program
            ? program(at: place, from: &decisions, maximum: maximum).map(DecidedCase.program)
            : recipe(at: place, from: &decisions, maximum: maximum).map(DecidedCase.recipe)
    }

    private func recipe(at place: DomainPlace, from decisions: inout DecisionSource, maximum: Int) -> CaseRecipe? {
        let cell = place.cell
        guard programShare != 1, has(cell.edge) else { return nil }
        for _ in 0..<Self.attempts {
            var recipe = aimedRecipe(at: place, from: &decisions, maximum: maximum)
            recipe.routing =
                switch cell.body {
                case .constants: .constants
                case .arithmetic: .arithmetic
                case .routing, .program: decisions.choose(from: [.inOrder, .reversed, .random])
                }
            recipe.usesPartialOperators = place.outcome == .trapped
            if DomainCell.cells(of: recipe).contains(cell) { return recipe }
        }
        return nil
    }

    /// A program that has the functions of a recipe which crosses the edge by such values.
    private func program(
        at place: DomainPlace,
        from decisions: inout DecisionSource,
        maximum: Int
    ) -> GeneratedProgram? {
        let cell = place.cell
        let isPlain = cell.feature == .none
        let profile = isPlain ? adapted(to: features.intersection(Self.plainFeatures.union(cell.edge.features))) : self
        guard programShare != nil, profile.has(cell.edge) else { return nil }
        for _ in 0..<Self.attemptsOfPrograms {
            let recipe = profile.aimedRecipe(at: place, from: &decisions, maximum: maximum)
            let program = GeneratedProgram(
                from: DecisionSource(seed: decisions.seed()),
                profile,
                maximumArity: maximum,
                aim: ProgramAim(recipe: recipe, place)
            )
            if DomainCell.cells(of: program.module).contains(cell) { return program }
        }
        return nil
    }

    private func has(_ edge: Edge) -> Bool { edge == .export || edges.contains(edge) }

    /// Features that cells do not tell apart.
    private static let plainFeatures = CellFeature.allCases.reduce(usualFeatures) { $0.subtracting($1.feature) }

    /// A recipe with the edge, lists of the length and classes, and company that may have the feature.
    private func aimedRecipe(
        at place: DomainPlace,
        from decisions: inout DecisionSource,
        maximum: Int
    ) -> CaseRecipe {
        var recipe = recipe(from: &decisions, maximumArity: min(maximum, Self.arityOfNeighbours))
        recipe.edges = edges(at: place, by: &decisions)
        aimLists(of: &recipe, at: place.cell, upTo: maximum, by: &decisions)
        return recipe
    }

    private static let attemptsOfPrograms = 6
    private static let attempts = 20
    /// The lists of the recipe that is changed are replaced.
    private static let arityOfNeighbours = 8

    /// The edge of the place, and others where it needs them: for its feature, for an exception that gets out, or for company.
    private func edges(
        at place: DomainPlace,
        by decisions: inout DecisionSource
    ) -> [Edge] {
        let cell = place.cell
        if cell.edge == .export { return [] }
        var chosen = [cell.edge]
        let isNeeded = cell.feature != .none && !cell.edge.features.contains(cell.feature.feature)
        let edges = self.edges.filter { $0 != .export }
        let helpers = edges.filter { $0.features.contains(cell.feature.feature) }
        if isNeeded, !helpers.isEmpty, cell.typeOfFeature(among: possibleTypes(in: cell)) == nil || decisions.oneIn(2) {
            chosen.insert(decisions.choose(from: helpers), at: decisions.choose(2))
        }
        // What is beside it meets places of its own.
        var company = edges.filter {
            $0 != .hostImport && $0 != .throwOut && (cell.feature != .none || $0.features.isEmpty)
        }
        var (outermost, innermost): ([Edge], [Edge]) = ([], [])
        if place.outcome == .threw, edges.contains(.throwOut) {
            // What leaves a function does so before anything around it throws, and what tries catches what is thrown inside of it.
            chosen.removeAll { $0 == .throwOut }
            let leaves = chosen.contains(where: \.leavesFunction)
            if leaves { innermost = [.throwOut] } else { outermost = [.throwOut] }
            company.removeAll { leaves ? $0.usesExceptions : $0.leavesFunction }
        }
        if !company.isEmpty, !decisions.oneIn(4) {
            let most = maximumDepth - outermost.count - innermost.count
            while chosen.count < most {
                chosen.insert(decisions.choose(from: company), at: decisions.choose(min(2, chosen.count + 1)))
            }
        }
        return Array((outermost + chosen + innermost).prefix(maximumDepth))
    }

    private func possibleTypes(in cell: DomainCell) -> [ValueType] {
        types.filter { type in
            (cell.classes == .mixed || cell.classes == ClassMix(of: type))
                && (cell.feature != .none || type.feature.isEmpty)
        }
    }

    /// Gives a recipe lists of the cell's length and classes; the other one is mostly as long, or short.
    private func aimLists(
        of recipe: inout CaseRecipe,
        at cell: DomainCell,
        upTo maximum: Int,
        by decisions: inout DecisionSource
    ) {
        let possible = possibleTypes(in: cell)
        let lengths = ArityBoundary.upTo(maximum).filter { ArityBucket($0) == cell.arity }
        guard !possible.isEmpty, !lengths.isEmpty, cell.arity != .none else {
            recipe.parameters = []
            recipe.results = []
            return
        }
        let length = decisions.choose(from: lengths)
        let other = decisions.oneIn(3) ? length : decisions.choose(min(length, 9) + 1)
        var lists = [length, other].map { count in
            TypeMix.choose(from: &decisions, types: possible).list(count: count)
        }
        if let type = cell.typeOfFeature(among: possible), !lists.joined().contains(type) { lists[0][0] = type }
        if decisions.oneIn(2) { lists.swapAt(0, 1) }
        recipe.parameters = lists[0]
        recipe.results = lists[1]
        Self.leaveRoomForReferences(in: &recipe, maximum: maximum)
    }
}

extension Edge {
    /// Whether what follows is behind the end of the function.
    fileprivate var leavesFunction: Bool {
        switch self {
        case .tailCall, .tailCallIndirect, .tailCallRef, .earlyReturn: true
        default: false
        }
    }
}

extension DomainCell {
    /// The first of some types by which a module has the feature of the cell; nil where none does.
    fileprivate func typeOfFeature(among types: [ValueType]) -> ValueType? {
        feature == .none ? nil : types.first { $0.feature.contains(feature.feature) }
    }
}

/// What a program is made for.
struct ProgramAim {
    let recipe: CaseRecipe
    let feature: CellFeature
    let outcome: DomainOutcome

    init(recipe: CaseRecipe, _ place: DomainPlace) {
        self.recipe = recipe
        feature = place.cell.feature
        outcome = place.outcome
    }
}
