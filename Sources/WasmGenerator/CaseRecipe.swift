import WasmModel

/// What a generated case is made from: small, readable, and the same module every time.
///
/// A recipe can be kept in a report, made smaller and made larger, which the boundary search does.
public struct CaseRecipe: Hashable, Sendable {
    /// The edges that the values cross on the way in, outermost first; the exported function itself is not named.
    public var edges: [Edge]
    /// The parameters of every function and block of the case.
    public var parameters: [ValueType]
    /// The results of every function and block of the case.
    public var results: [ValueType]
    public var routing: RoutingPattern
    /// Decides constants, random routing and what the conditions are.
    public var seed: UInt64
    /// Whether the exported function also stores results in memory.
    public var storesResults: Bool

    /// Makes a recipe.
    public init(
        edges: [Edge],
        parameters: [ValueType],
        results: [ValueType],
        routing: RoutingPattern = .inOrder,
        seed: UInt64 = 0,
        storesResults: Bool = false
    ) {
        self.edges = edges
        self.parameters = parameters
        self.results = results
        self.routing = routing
        self.seed = seed
        self.storesResults = storesResults
    }

    /// The edges that matter: `export` is there anyway, and nothing follows a call of the host.
    public var effectiveEdges: [Edge] {
        let named = edges.filter { $0 != .export }
        guard let host = named.firstIndex(of: .hostImport) else { return named }
        return Array(named[...host])
    }

    /// How often a `loop` goes round before its body goes on, at the first invocation.
    public var iterations: Int { Int(seed >> 1 & 3) }
    /// What `if` and `br_if` test.
    public var condition: Bool { seed & 1 == 0 }
    /// Which target `br_table` takes; more than 1 is the default.
    public var target: Int { Int(seed >> 3 & 3) }
    /// How `tail-call-grow` and `tail-call-shrink` name what they call.
    var tailCallKind: CallKind { [.direct, .indirect, .reference, .direct][Int(seed >> 6 & 3)] }
    /// The clause of `try-block` and `try-call`.
    var catchKind: CatchKind { CatchKind(rawValue: Int(seed >> 6 & 3)) ?? .tag }
    /// Whether what `throw-catch` and its kin catch is thrown by a function that is called.
    var throwsInCallee: Bool { seed >> 8 & 1 == 1 }
    /// Whether `throw-catch-ref` throws again.
    var throwsAgain: Bool { seed >> 9 & 1 == 1 }

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

    /// A line for reports: `direct-call,loop (9*f32) -> (300*i32) in-order`.
    public var summary: String {
        let names = effectiveEdges.isEmpty ? ["export"] : effectiveEdges.map(\.rawValue)
        return
            "\(names.joined(separator: ",")) (\(TypeList.summary(parameters))) -> (\(TypeList.summary(results))) \(routing.rawValue)"
            + " seed \(seed)\(storesResults ? " stores" : "")"
    }
}

extension CaseRecipe: Codable {
    private enum CodingKeys: String, CodingKey {
        case edges, parameters, results, routing, seed, storesResults
    }

    /// Writes type lists in the notation of ``TypeList``.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(edges, forKey: .edges)
        try container.encode(TypeList.text(parameters), forKey: .parameters)
        try container.encode(TypeList.text(results), forKey: .results)
        try container.encode(routing, forKey: .routing)
        try container.encode(seed, forKey: .seed)
        try container.encode(storesResults, forKey: .storesResults)
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            edges: try container.decode([Edge].self, forKey: .edges),
            parameters: try TypeList.types(try container.decode(String.self, forKey: .parameters)),
            results: try TypeList.types(try container.decode(String.self, forKey: .results)),
            routing: try container.decode(RoutingPattern.self, forKey: .routing),
            seed: try container.decode(UInt64.self, forKey: .seed),
            storesResults: try container.decode(Bool.self, forKey: .storesResults)
        )
    }
}
