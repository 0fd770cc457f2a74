/// What a host says of itself: which engine it has, and what of a case it can carry across the boundary of that engine.
public struct HostDescription: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case name = "name"
        case release = "release"
        case values = "values"
        case exactNaNs = "exactNaNs"
        case providesFunctions = "providesFunctions"
        case showsGlobals = "showsGlobals"
        case showsTables = "showsTables"
        case namesTraps = "namesTraps"
    }

    /// Of the engine, e.g. `V8`.
    public var name: String
    /// Which release of the engine, in the engine's own words; `unknown` where it has none.
    public var release: String
    /// The types of arguments and results that calls may have: `i32`, `i64`, `f32`, `f64`, `v128`, `funcref`, `externref`.
    public var values: [String]
    /// Whether the bits of NaNs cross as they are.
    public var exactNaNs: Bool
    /// Whether the host stands behind imported functions, as the request describes them.
    public var providesFunctions: Bool
    /// Whether it shows exported globals and tables; memories are always shown.
    public var showsGlobals: Bool
    public var showsTables: Bool
    /// Whether it says which trap ended a call.
    public var namesTraps: Bool

    /// Makes the description of a host that carries nothing but calls without parameters and results, and memories.
    public init(name: String, release: String) {
        self.name = name
        self.release = release
        values = []
        exactNaNs = false
        providesFunctions = false
        showsGlobals = false
        showsTables = false
        namesTraps = false
    }

    /// The types that can cross a boundary.
    private static let valueTypes = ["i32", "i64", "f32", "f64", "v128", "funcref", "externref"]

    /// Reads a description; what is left out is not there.
    /// - Throws: where the name or the release is empty, and where a type is none, or stands there twice.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func words(_ key: CodingKeys) throws -> String {
            let words = try container.decode(String.self, forKey: key)
            if words.allSatisfy(\.isWhitespace) {
                throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: "it is empty")
            }
            return words
        }
        name = try words(.name)
        release = try words(.release)
        values = try container.decodeIfPresent([String].self, forKey: .values) ?? []
        for (position, value) in values.enumerated() {
            let isTwice = values[..<position].contains(value)
            guard !Self.valueTypes.contains(value) || isTwice else { continue }
            throw DecodingError.dataCorruptedError(
                forKey: .values,
                in: container,
                debugDescription: isTwice
                    ? "\(value) stands there twice"
                    : "'\(value)' is none of \(Self.valueTypes.joined(separator: ", "))"
            )
        }
        func flag(_ key: CodingKeys) throws -> Bool { try container.decodeIfPresent(Bool.self, forKey: key) ?? false }
        exactNaNs = try flag(.exactNaNs)
        providesFunctions = try flag(.providesFunctions)
        showsGlobals = try flag(.showsGlobals)
        showsTables = try flag(.showsTables)
        namesTraps = try flag(.namesTraps)
    }
}
