// The JSON of reports in the host protocol. The names are written here and nowhere else: renaming a property of Swift changes none of them.

extension ScriptReport: Codable {
    private enum Key: String, CodingKey {
        case passed = "passed"
        case failures = "failures"
        case skipped = "skipped"
        case undecided = "undecided"
        case refused = "refused"
        case skippedFor = "skippedFor"
        case differences = "differences"
    }

    /// Writes the counts; the differences of reasons as an object, by their positions.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(passed, forKey: .passed)
        try container.encode(failures, forKey: .failures)
        try container.encode(skipped, forKey: .skipped)
        if !undecided.isEmpty { try container.encode(undecided, forKey: .undecided) }
        try container.encode(refused.sorted(), forKey: .refused)
        if !skippedFor.isEmpty { try container.encode(skippedFor, forKey: .skippedFor) }
        let named = differences.map { ("\($0.key)", $0.value) }
        try container.encode(Dictionary(named) { $0 + $1 }, forKey: .differences)
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self.init()
        passed = try container.decode(Int.self, forKey: .passed)
        failures = try container.decode([Failure].self, forKey: .failures)
        skipped = try container.decode(Int.self, forKey: .skipped)
        undecided = try container.decodeIfPresent([Undecided].self, forKey: .undecided) ?? []
        refused = Set(try container.decode([String].self, forKey: .refused))
        skippedFor = try container.decodeIfPresent([String: Int].self, forKey: .skippedFor) ?? [:]
        for (name, count) in try container.decode([String: Int].self, forKey: .differences) {
            guard let position = Int(name), ReasonDifference.all.indices.contains(position) else { continue }
            differences[position] = count
        }
    }
}

extension ScriptReport.Failure: Codable {
    private enum Key: String, CodingKey {
        case file = "file"
        case line = "line"
        case expected = "expected"
        case got = "got"
    }

    /// Writes the place and both texts.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encodeIfPresent(file, forKey: .file)
        try container.encode(line, forKey: .line)
        try container.encode(expected, forKey: .expected)
        try container.encode(got, forKey: .got)
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self.init(
            file: try container.decodeIfPresent(String.self, forKey: .file),
            line: try container.decode(Int.self, forKey: .line),
            expected: try container.decode(String.self, forKey: .expected),
            got: try container.decode(String.self, forKey: .got)
        )
    }
}
