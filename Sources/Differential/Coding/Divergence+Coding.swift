import Execution

// The JSON of divergences, in reports and findings. The names are written here and nowhere else: renaming a case of Swift changes none
// of them. Version 1 of reports has another form of observables, which is read as well.

extension Divergence: Codable {
    private enum Key: String, CodingKey {
        case observable, expected, observed, pattern
    }

    /// Writes the parts.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(observable, forKey: .observable)
        try container.encode(expected, forKey: .expected)
        try container.encode(observed, forKey: .observed)
        try container.encodeIfPresent(pattern, forKey: .pattern)
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self.init(
            observable: try container.decode(Observable.self, forKey: .observable),
            expected: try container.decode(String.self, forKey: .expected),
            observed: try container.decode(String.self, forKey: .observed),
            pattern: try container.decodeIfPresent(String.self, forKey: .pattern)
        )
    }
}

extension Observable: Codable {
    private enum Key: String, CodingKey {
        case kind, phase, invocation, index, name, byteOffset, table, position, call
    }

    private enum Kind: String, Codable, CaseIterable {
        case crash, hang, rejection, instantiation, ending, result, payload, global, memory, element
        case memoryExhaustion = "memory-exhaustion"
        case compileTime = "compile-time"
        case codeSize = "code-size"
        case resultCount = "result-count"
        case hostCallCount = "host-call-count"
        case hostCallArgument = "host-call-argument"

        /// By its name in version 1.
        init?(versionOne name: String) {
            switch name {
            case "resultCount": self = .resultCount
            case "hostCallCount": self = .hostCallCount
            case "hostCallArgument": self = .hostCallArgument
            default: self.init(rawValue: name)
            }
        }
    }

    /// Writes `kind` and what belongs to it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        func write(_ kind: Kind) throws { try container.encode(kind, forKey: .kind) }
        switch self {
        case .crash(let phase):
            try write(.crash)
            try container.encode(phase, forKey: .phase)
        case .hang(let phase):
            try write(.hang)
            try container.encode(phase, forKey: .phase)
        case .memoryExhaustion(let phase):
            try write(.memoryExhaustion)
            try container.encode(phase, forKey: .phase)
        case .compileTime: try write(.compileTime)
        case .codeSize: try write(.codeSize)
        case .rejection: try write(.rejection)
        case .instantiation: try write(.instantiation)
        case .ending(let invocation):
            try write(.ending)
            try container.encode(invocation, forKey: .invocation)
        case .resultCount(let invocation):
            try write(.resultCount)
            try container.encode(invocation, forKey: .invocation)
        case .result(let invocation, let index):
            try write(.result)
            try container.encode(invocation, forKey: .invocation)
            try container.encode(index, forKey: .index)
        case .payload(let invocation, let index):
            try write(.payload)
            try container.encode(invocation, forKey: .invocation)
            try container.encode(index, forKey: .index)
        case .global(let name):
            try write(.global)
            try container.encode(name, forKey: .name)
        case .memory(let name, let byteOffset):
            try write(.memory)
            try container.encode(name, forKey: .name)
            try container.encode(byteOffset, forKey: .byteOffset)
        case .element(let table, let position):
            try write(.element)
            try container.encode(table, forKey: .table)
            try container.encode(position, forKey: .position)
        case .hostCallCount: try write(.hostCallCount)
        case .hostCallArgument(let call, let index):
            try write(.hostCallArgument)
            try container.encode(call, forKey: .call)
            try container.encode(index, forKey: .index)
        }
    }

    /// Reads what ``encode(to:)`` wrote, and the form of version 1: the name as the only key, its parts below it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let kind = try container.decodeIfPresent(Kind.self, forKey: .kind) {
            try self.init(kind, container)
            return
        }
        let outer = try decoder.container(keyedBy: VersionOneKey.self)
        guard let key = outer.allKeys.first, let kind = Kind(versionOne: key.stringValue) else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no kind of observable")
            )
        }
        let parts = try outer.superDecoder(forKey: key)
        if let phase = try parts.container(keyedBy: VersionOneKey.self)
            .decodeIfPresent(Phase.self, forKey: VersionOneKey.unnamed)
        {
            switch kind {
            case .crash: self = .crash(phase)
            case .hang: self = .hang(phase)
            default: self = .memoryExhaustion(phase)
            }
            return
        }
        try self.init(kind, try parts.container(keyedBy: Key.self))
    }

    /// A key of version 1, whose keys were the names of cases and of their parts.
    private struct VersionOneKey: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        static let unnamed = VersionOneKey(stringValue: "_0")

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private init(_ kind: Kind, _ container: KeyedDecodingContainer<Key>) throws {
        func number(_ key: Key) throws -> Int { try container.decode(Int.self, forKey: key) }
        func name(_ key: Key) throws -> String { try container.decode(String.self, forKey: key) }
        switch kind {
        case .crash: self = .crash(try container.decode(Phase.self, forKey: .phase))
        case .hang: self = .hang(try container.decode(Phase.self, forKey: .phase))
        case .memoryExhaustion: self = .memoryExhaustion(try container.decode(Phase.self, forKey: .phase))
        case .compileTime: self = .compileTime
        case .codeSize: self = .codeSize
        case .rejection: self = .rejection
        case .instantiation: self = .instantiation
        case .ending: self = .ending(invocation: try number(.invocation))
        case .resultCount: self = .resultCount(invocation: try number(.invocation))
        case .result: self = .result(invocation: try number(.invocation), index: try number(.index))
        case .payload: self = .payload(invocation: try number(.invocation), index: try number(.index))
        case .global: self = .global(name: try name(.name))
        case .memory: self = .memory(name: try name(.name), byteOffset: try number(.byteOffset))
        case .element: self = .element(table: try name(.table), position: try number(.position))
        case .hostCallCount: self = .hostCallCount
        case .hostCallArgument:
            self = .hostCallArgument(call: try number(.call), index: try number(.index))
        }
    }
}
