import WasmModel

/// The form in which reports keep recipes. Its keys and names are written out, so that it does not follow the names of the source.
extension CaseRecipe: Codable {
    private enum CodingKeys: String, CodingKey {
        case edges = "edges"
        case parameters = "parameters"
        case results = "results"
        case routing = "routing"
        case storesResults = "storesResults"
        case condition = "condition"
        case iterations = "iterations"
        case branchTarget = "branchTarget"
        case tailCallKind = "tailCallKind"
        case keptParameters = "keptParameters"
        case keepsCallee = "keepsCallee"
        case catchKind = "catchKind"
        case throwsInCallee = "throwsInCallee"
        case throwsAgain = "throwsAgain"
        case usesPartialOperators = "usesPartialOperators"
        case castKind = "castKind"
        case escapes = "escapes"
        case allocations = "allocations"
        case invocationCount = "invocationCount"
        case constantsSeed = "constantsSeed"
        /// In the form before choices had fields: see ``CaseRecipe/init(edges:parameters:results:routing:seed:storesResults:)``.
        case seed = "seed"
    }

    /// What a count may be: all of them end up in the module or in the number of calls.
    private static let counts = 0...0xFFFF

    /// Writes type lists in the notation of ``TypeList``.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(edges.map(\.rawValue), forKey: .edges)
        try container.encode(TypeList.text(parameters), forKey: .parameters)
        try container.encode(TypeList.text(results), forKey: .results)
        try container.encode(routing.rawValue, forKey: .routing)
        try container.encode(storesResults, forKey: .storesResults)
        try container.encode(condition, forKey: .condition)
        try container.encode(iterations, forKey: .iterations)
        try container.encode(branchTarget, forKey: .branchTarget)
        try container.encode(tailCallKind.rawValue, forKey: .tailCallKind)
        try container.encode(keptParameters, forKey: .keptParameters)
        try container.encode(keepsCallee, forKey: .keepsCallee)
        try container.encode(catchKind.rawValue, forKey: .catchKind)
        try container.encode(throwsInCallee, forKey: .throwsInCallee)
        try container.encode(throwsAgain, forKey: .throwsAgain)
        try container.encode(usesPartialOperators, forKey: .usesPartialOperators)
        try container.encode(castKind.rawValue, forKey: .castKind)
        try container.encode(escapes, forKey: .escapes)
        try container.encode(allocations, forKey: .allocations)
        try container.encode(invocationCount, forKey: .invocationCount)
        try container.encode(constantsSeed, forKey: .constantsSeed)
    }

    /// Reads what ``encode(to:)`` wrote, and recipes whose choices are the bits of a seed. Choices that are missing are the
    /// smallest ones.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            edges: try container.decode([Edge].self, forKey: .edges),
            parameters: try TypeList.types(try container.decode(String.self, forKey: .parameters)),
            results: try TypeList.types(try container.decode(String.self, forKey: .results)),
            routing: try container.decode(RoutingPattern.self, forKey: .routing),
            seed: try container.decodeIfPresent(UInt64.self, forKey: .seed) ?? 0,
            storesResults: try container.decode(Bool.self, forKey: .storesResults)
        )
        try Self.read(.condition, container, into: &condition)
        try Self.read(.iterations, container, into: &iterations)
        try Self.read(.branchTarget, container, into: &branchTarget)
        try Self.read(.tailCallKind, container, into: &tailCallKind)
        try Self.read(.keptParameters, container, into: &keptParameters)
        try Self.read(.keepsCallee, container, into: &keepsCallee)
        try Self.read(.catchKind, container, into: &catchKind)
        try Self.read(.throwsInCallee, container, into: &throwsInCallee)
        try Self.read(.throwsAgain, container, into: &throwsAgain)
        try Self.read(.usesPartialOperators, container, into: &usesPartialOperators)
        try Self.read(.castKind, container, into: &castKind)
        try Self.read(.escapes, container, into: &escapes)
        try Self.read(.allocations, container, into: &allocations)
        try Self.read(.invocationCount, container, into: &invocationCount)
        try Self.read(.constantsSeed, container, into: &constantsSeed)
        for (key, count) in [
            (CodingKeys.iterations, iterations), (.branchTarget, branchTarget), (.invocationCount, invocationCount),
            (.keptParameters, keptParameters), (.allocations, allocations),
        ] where !Self.counts.contains(count) {
            throw DecodingError.dataCorruptedError(
                forKey: key,
                in: container,
                debugDescription:
                    "\(key.rawValue) is a number from \(Self.counts.lowerBound) to \(Self.counts.upperBound)"
            )
        }
    }

    private static func read<Choice: Decodable>(
        _ key: CodingKeys,
        _ container: KeyedDecodingContainer<CodingKeys>,
        into choice: inout Choice
    ) throws {
        if let value = try container.decodeIfPresent(Choice.self, forKey: key) { choice = value }
    }
}
