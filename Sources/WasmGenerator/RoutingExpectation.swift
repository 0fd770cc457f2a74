import WasmModel

/// How calls of a routing case end, in closed form: the recipe's edges applied to lists of values.
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

    /// What became of the values that crossed an edge.
    private enum Crossing {
        /// They are results of the edge, and the function goes on.
        case arrived([WasmValue])
        /// They are results of the function.
        case returned([WasmValue])
        /// They are the payload of an exception; handlers of the function do not see it where the function has been left by a tail call.
        case threw([WasmValue], hasLeft: Bool)

        /// The same for the caller of the function.
        var asCall: Crossing {
            switch self {
            case .arrived(let values), .returned(let values): .arrived(values)
            case .threw(let payload, _): .threw(payload, hasLeft: false)
            }
        }

        /// The same, or what becomes of values that have arrived.
        func onArrival(_ next: ([WasmValue]) -> Crossing) -> Crossing {
            switch self {
            case .arrived(let values): next(values)
            case .returned, .threw: self
            }
        }
    }

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

    /// How the exported function ends; counts down as the module's globals do.
    mutating func ending(for arguments: [WasmValue]) -> ExpectedEnding {
        switch cross(0, arguments) {
        case .arrived(let values), .returned(let values): .returned(values)
        case .threw(let values, _): .threw(tag: CaseRecipe.resultsTag.rawValue, payload: values)
        }
    }

    /// Crosses the edges from `level` on.
    private mutating func cross(_ level: Int, _ values: [WasmValue]) -> Crossing {
        guard level < edges.count else { return .arrived(apply(sources, to: values)) }
        switch edges[level] {
        case .export, .block, .throwCatch, .throwCatchRef, .throwCatchAll, .throwCatchAllRef, .structNew,
            .arrayNewFixed, .structCast, .objectChain:
            return cross(level + 1, values)
        case .directCall, .indirectCall, .callRef:
            return cross(level + 1, values).asCall
        case .tailCall, .tailCallIndirect, .tailCallRef:
            switch cross(level + 1, values) {
            case .arrived(let results), .returned(let results): return .returned(results)
            case .threw(let payload, _): return .threw(payload, hasLeft: true)
            }
        case .tailCallGrow, .tailCallShrink:
            return cross(level + 1, apply(recipe.resizedSources, to: values)).asCall
        case .hostImport:
            return .arrived(host.results(for: values))
        case .loop:
            var rotated = values
            while iterationsLeft > 0 {
                iterationsLeft -= 1
                rotated = rotation.map { rotated[$0] }
            }
            return cross(level + 1, rotated)
        case .if:
            return recipe.condition ? cross(level + 1, values) : .arrived(apply(alternative, to: values))
        case .branchTable:
            return cross(level + 1, values).onArrival {
                .arrived(recipe.branchTarget > 1 ? $0 : mark($0, recipe.branchTarget))
            }
        case .branchIf:
            return cross(level + 1, values).onArrival { .arrived(recipe.condition ? $0 : mark($0, 2)) }
        case .earlyReturn:
            return cross(level + 1, values).onArrival { .returned($0) }
        case .throwOut:
            return cross(level + 1, values).onArrival { .threw($0, hasLeft: false) }
        case .tryBlock:
            return handled(cross(level + 1, values))
        case .tryCall:
            return handled(cross(level + 1, values).asCall)
        }
    }

    /// What a `try_table` makes of an exception, if it sees it.
    private func handled(_ inner: Crossing) -> Crossing {
        guard case .threw(let payload, hasLeft: false) = inner else { return inner }
        return .arrived(mark(recipe.catchKind.hasPayload ? payload : apply(recipe.constantSources, to: []), 3))
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
        marked[marked.count - 1] = TaggedValue.mark(number, type, seed: recipe.constantsSeed)
        return marked
    }
}

extension CaseRecipe {
    /// The sources of the innermost body's results.
    var sources: [ResultSource] { routing.sources(parameters: parameters, results: results, seed: constantsSeed) }

    /// The sources of the results in the arm of an `if` that is not the way on.
    var alternativeSources: [ResultSource] {
        let other: RoutingPattern = routing == .reversed ? .inOrder : .reversed
        return other.sources(parameters: parameters, results: results, seed: constantsSeed &+ 1)
    }

    /// The sources of the results where an exception was caught without its payload.
    var constantSources: [ResultSource] {
        RoutingPattern.constants.sources(parameters: parameters, results: results, seed: constantsSeed)
    }

    /// How many parameters the smaller function of `tail-call-grow` and `tail-call-shrink` has.
    var keptCount: Int { min(parameters.count, max(keptParameters, 1)) }

    /// The sources of all parameters behind the smaller function of a tail call, which gets the first ones.
    var resizedSources: [ResultSource] {
        let kept = keptCount
        return parameters.enumerated().map { position, type in
            parameters[position % kept] == type
                ? .parameter(position % kept) : .constant(TaggedValue.constant(position, type, seed: constantsSeed))
        }
    }

    /// The tag of exceptions that carry results, in a module of its own.
    static let resultsTag: TagIndex = 0

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
