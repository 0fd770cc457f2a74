import WasmModel

/// The results of a routing case in closed form: the recipe's edges applied to lists of values.
///
/// Independent of modules and of the interpreter, so that it can disagree with both.
struct RoutingExpectation {
    private let recipe: CaseRecipe
    private let edges: [Edge]
    private let sources: [ResultSource]
    private let alternative: [ResultSource]
    private let host: HostFunction
    /// For each parameter the one whose value it takes when a loop goes round.
    private let rotation: [Int]
    /// How often loops still go round: the module counts down in a global.
    private var iterationsLeft: Int

    init(recipe: CaseRecipe) {
        self.recipe = recipe
        edges = recipe.effectiveEdges
        sources = recipe.sources
        alternative = recipe.alternativeSources
        host = HostFunction(
            importOrdinal: 0,
            type: FunctionType(parameters: recipe.parameters, results: recipe.results)
        )
        rotation = recipe.rotation
        iterationsLeft = recipe.iterations
    }

    /// What the exported function returns; counts down as the module's globals do.
    mutating func results(for arguments: [WasmValue]) -> [WasmValue] {
        cross(0, arguments).values
    }

    /// The results of crossing the edges from `level` on, and whether they left the function by `return`.
    private mutating func cross(_ level: Int, _ values: [WasmValue]) -> (values: [WasmValue], hasReturned: Bool) {
        guard level < edges.count else { return (apply(sources, to: values), false) }
        switch edges[level] {
        case .export, .block:
            return cross(level + 1, values)
        case .directCall, .indirectCall:
            return (cross(level + 1, values).values, false)
        case .hostImport:
            return (host.results(for: values), false)
        case .loop:
            var rotated = values
            while iterationsLeft > 0 {
                iterationsLeft -= 1
                rotated = rotation.map { rotated[$0] }
            }
            return cross(level + 1, rotated)
        case .if:
            return recipe.condition ? cross(level + 1, values) : (apply(alternative, to: values), false)
        case .branchTable:
            let inner = cross(level + 1, values)
            return inner.hasReturned || recipe.target > 1 ? inner : (mark(inner.values, recipe.target), false)
        case .branchIf:
            let inner = cross(level + 1, values)
            return inner.hasReturned || recipe.condition ? inner : (mark(inner.values, 2), false)
        case .earlyReturn:
            return (cross(level + 1, values).values, true)
        }
    }

    private func apply(_ sources: [ResultSource], to values: [WasmValue]) -> [WasmValue] {
        sources.map { source in
            switch source {
            case .parameter(let position): values[position]
            case .constant(let value): value
            }
        }
    }

    private func mark(_ values: [WasmValue], _ number: Int) -> [WasmValue] {
        guard let type = recipe.results.last else { return values }
        var marked = values
        marked[marked.count - 1] = TaggedValue.mark(number, type, seed: recipe.seed)
        return marked
    }
}

extension CaseRecipe {
    /// The sources of the innermost body's results.
    var sources: [ResultSource] { routing.sources(parameters: parameters, results: results, seed: seed) }

    /// The sources of the results in the arm of an `if` that is not the way on.
    var alternativeSources: [ResultSource] {
        let other: RoutingPattern = routing == .reversed ? .inOrder : .reversed
        return other.sources(parameters: parameters, results: results, seed: seed &+ 1)
    }

    /// For each parameter the next one of its type, cyclically: what a loop passes to its start.
    var rotation: [Int] {
        var positions: [ValueType: [Int]] = [:]
        for (position, type) in parameters.enumerated() { positions[type, default: []].append(position) }
        var rotation = [Int](repeating: 0, count: parameters.count)
        for list in positions.values {
            for (turn, position) in list.enumerated() { rotation[position] = list[(turn + 1) % list.count] }
        }
        return rotation
    }
}
