import WasmModel

/// What a generated case is made from: small, readable, and the same module every time.
///
/// A recipe can be kept in a report, made smaller and made larger, which the boundary search does. What its edges do not use
/// of the choices changes nothing.
public struct CaseRecipe: Hashable, Sendable {
    /// The edges that the values cross on the way in, outermost first; the exported function itself is not named.
    public var edges: [Edge]
    /// The parameters of every function and block of the case.
    public var parameters: [ValueType]
    /// The results of every function and block of the case.
    public var results: [ValueType]
    public var routing: RoutingPattern
    /// Whether the exported function also stores results in memory.
    public var storesResults: Bool

    /// What `if` and `br_if` test.
    public var condition = true
    /// How often a `loop` goes round before its body goes on, at the first invocation.
    public var iterations = 0
    /// Which target `br_table` takes; more than 1 is the default.
    public var branchTarget = 0
    /// How `tail-call-grow` and `tail-call-shrink` name what they call.
    public var tailCallKind = CallKind.direct
    /// How many parameters the smaller function of `tail-call-grow` and `tail-call-shrink` has, at most; at least one.
    public var keptParameters = 2
    /// Whether `call-ref` still needs the reference after the call.
    public var keepsCallee = false
    /// The clause of `try-block` and `try-call`.
    public var catchKind = CatchKind.tag
    /// Whether what `throw-catch` and its kin catch is thrown by a function that is called.
    public var throwsInCallee = false
    /// Whether `throw-catch-ref` throws again.
    public var throwsAgain = false
    /// Whether an arithmetic body of more than eight results has operators that may trap, too; one of fewer always has.
    public var usesPartialOperators = false
    /// How `struct-cast` gets at the fields.
    public var castKind = CastKind.cast
    /// Whether objects go through a global, so that a compiler has to make them.
    public var escapes = false
    /// How often each object is made; all but the last are garbage.
    public var allocations = 1
    /// How often the exported function is called.
    public var invocationCount = 1
    /// Determines constants, arguments, random routing and arithmetic.
    public var constantsSeed: UInt64

    /// Makes a recipe in which all choices that are not named are the smallest ones.
    public init(
        edges: [Edge],
        parameters: [ValueType],
        results: [ValueType],
        routing: RoutingPattern = .inOrder,
        constantsSeed: UInt64 = 0,
        storesResults: Bool = false
    ) {
        self.edges = edges
        self.parameters = parameters
        self.results = results
        self.routing = routing
        self.constantsSeed = constantsSeed
        self.storesResults = storesResults
    }

    /// Makes a recipe in which the bits of a seed decide all choices that are not named; 0 is the smallest of each.
    ///
    /// Reports of schema 1 have such a seed, so that what it stands for does not change.
    public init(
        edges: [Edge],
        parameters: [ValueType],
        results: [ValueType],
        routing: RoutingPattern = .inOrder,
        seed: UInt64,
        storesResults: Bool = false
    ) {
        self.init(
            edges: edges,
            parameters: parameters,
            results: results,
            routing: routing,
            constantsSeed: seed,
            storesResults: storesResults
        )
        condition = seed & 1 == 0
        iterations = Int(seed >> 1 & 3)
        branchTarget = Int(seed >> 3 & 3)
        invocationCount = 1 + Int(seed >> 5 & 1)
        tailCallKind = [.direct, .indirect, .reference, .direct][Int(seed >> 6 & 3)]
        catchKind = [.tag, .tagWithReference, .all, .allWithReference][Int(seed >> 6 & 3)]
        throwsInCallee = seed >> 8 & 1 == 1
        throwsAgain = seed >> 9 & 1 == 1
        usesPartialOperators = seed & 7 == 7
    }

    /// The edges that matter: `export` is there anyway, and nothing follows a call of the host.
    public var effectiveEdges: [Edge] {
        let named = edges.filter { $0 != .export }
        guard let host = named.firstIndex(of: .hostImport) else { return named }
        return Array(named[...host])
    }

    /// Whether its functions call any through a table.
    var usesTable: Bool {
        effectiveEdges.contains { edge in
            switch edge {
            case .indirectCall, .tailCallIndirect: true
            case .tailCallGrow, .tailCallShrink: tailCallKind == .indirect
            default: false
            }
        }
    }

    /// The same case with lists of these lengths: cut, or continued by repeating them from the start (from `i32` where empty).
    public func scaled(parameters parameterCount: Int? = nil, results resultCount: Int? = nil) -> CaseRecipe {
        func scale(_ list: [ValueType], _ count: Int?) -> [ValueType] {
            guard let count else { return list }
            if count <= list.count { return Array(list[..<count]) }
            let pattern = list.isEmpty ? [.i32] : list
            return (0..<count).map { pattern[$0 % pattern.count] }
        }
        var recipe = self
        recipe.parameters = scale(parameters, parameterCount)
        recipe.results = scale(results, resultCount)
        return recipe
    }

    /// A line for reports: `direct-call,loop (9*f32) -> (300*i32) in-order, iterations 2, constants 7`.
    ///
    /// Choices are named where they are not the smallest.
    public var summary: String {
        let names = effectiveEdges.isEmpty ? ["export"] : effectiveEdges.map(\.rawValue)
        let signature = "(\(TypeList.summary(parameters))) -> (\(TypeList.summary(results)))"
        var parts = ["\(names.joined(separator: ",")) \(signature) \(routing.rawValue)"]
        if !condition { parts.append("condition false") }
        if iterations != 0 { parts.append("iterations \(iterations)") }
        if branchTarget != 0 { parts.append("branch target \(branchTarget)") }
        if tailCallKind != .direct { parts.append("tail calls \(tailCallKind.rawValue)") }
        if keptParameters != 2 { parts.append("keeps \(keptParameters)") }
        if keepsCallee { parts.append("keeps callee") }
        if catchKind != .tag { parts.append("clause \(catchKind.rawValue)") }
        if throwsInCallee { parts.append("throws in callee") }
        if throwsAgain { parts.append("throws again") }
        if usesPartialOperators { parts.append("partial operators") }
        if castKind != .cast { parts.append("casts by \(castKind.rawValue)") }
        if escapes { parts.append("objects escape") }
        if allocations > 1 { parts.append("\(allocations) allocations") }
        if invocationCount != 1 { parts.append("invocations \(invocationCount)") }
        if constantsSeed != 0 { parts.append("constants \(constantsSeed)") }
        if storesResults { parts.append("stores results") }
        return parts.joined(separator: ", ")
    }
}
