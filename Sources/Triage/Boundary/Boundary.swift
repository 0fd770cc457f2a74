/// The arity at which a failure begins.
public struct Boundary: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Which list was made longer and shorter.
    public var variable: Variable
    /// The greatest arity below ``firstBad`` that passes; nil in older reports where even 0 fails, which is no boundary.
    public var lastGood: Int?
    /// The smallest failing arity that was found; ``lastGood`` is one less.
    public var firstBad: Int
    /// Arities that were tried around it and are not as it says: smaller ones that fail, and greater ones that pass.
    public var exceptions: [Int]
    /// The largest frames that the engine makes on the two sides, where it says so.
    public var frames: Frames?

    /// Sizes of the largest frame of a module, in bytes.
    public struct Frames: Hashable, Sendable, Codable {
        /// At ``Boundary/lastGood``.
        public var lastGood: Int
        /// At ``Boundary/firstBad``; nil where the engine makes no code.
        public var firstBad: Int?

        /// Makes the sizes of the two sides.
        public init(lastGood: Int, firstBad: Int?) {
            self.lastGood = lastGood
            self.firstBad = firstBad
        }
    }

    private enum CodingKeys: String, CodingKey {
        case variable = "variable"
        case lastGood = "lastGood"
        case firstBad = "firstBad"
        case exceptions = "exceptions"
        case frames = "frameBytes"
    }

    /// A list of a signature, or of a module's code or segments.
    public enum Variable: String, Hashable, Sendable, Codable, CaseIterable {
        case results = "results"
        case parameters = "parameters"
        /// Of the type of a block that is no function's or tag's.
        case blockValues = "block-values"
        /// Of the payload of an exception, whose type is no function's.
        case tagValues = "tag-values"
        /// Declared in one function.
        case locals = "locals"
        /// Of a `br_table`, without its default.
        case labels = "labels"
        /// The clauses of a `try_table`.
        case handlers = "handlers"
        /// Of an element segment.
        case elements = "elements"
        /// Of a struct.
        case fields = "fields"
        /// Of an `array.new_fixed`.
        case arrayOperands = "array-operands"
        /// Open at the deepest place of a function.
        case nestedBlocks = "nested-blocks"

        /// The lists of signatures, which are those of a recipe.
        public static let ofSignatures: [Variable] = [.results, .parameters]
        /// The lists that only a module has.
        public static let ofModule: [Variable] = [
            .blockValues, .tagValues, .locals, .labels, .handlers, .elements, .fields, .arrayOperands,
            .nestedBlocks,
        ]

        /// Whether it is a list of signatures.
        public var isOfSignatures: Bool { Self.ofSignatures.contains(self) }

        /// In words.
        public var noun: String { rawValue.replacing("-", with: " ") }
    }

    /// Makes a boundary.
    public init(
        variable: Variable,
        lastGood: Int?,
        firstBad: Int,
        exceptions: [Int] = [],
        frames: Frames? = nil
    ) {
        self.variable = variable
        self.lastGood = lastGood
        self.firstBad = firstBad
        self.exceptions = exceptions
        self.frames = frames
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        variable = try container.decode(Variable.self, forKey: .variable)
        lastGood = try container.decodeIfPresent(Int.self, forKey: .lastGood)
        firstBad = try container.decode(Int.self, forKey: .firstBad)
        exceptions = try container.decodeIfPresent([Int].self, forKey: .exceptions) ?? []
        frames = try container.decodeIfPresent(Frames.self, forKey: .frames)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(variable, forKey: .variable)
        try container.encodeIfPresent(lastGood, forKey: .lastGood)
        try container.encode(firstBad, forKey: .firstBad)
        if !exceptions.isEmpty { try container.encode(exceptions, forKey: .exceptions) }
        try container.encodeIfPresent(frames, forKey: .frames)
    }

    /// `253 results pass, 254 fail`, and what is not as that says: `, but 12 fails, and 260 and 267 pass`.
    public var description: String {
        guard let lastGood else { return "\(firstBad) \(variable.noun) fail" + exceptionText }
        return "\(lastGood) \(variable.noun) pass, \(firstBad) fail" + exceptionText
    }

    private var exceptionText: String {
        func text(_ arities: [Int], _ one: String, _ several: String) -> String? {
            guard let last = arities.last else { return nil }
            if arities.count == 1 { return "\(last) \(one)" }
            return "\(arities.dropLast().map(String.init).joined(separator: ", ")) and \(last) \(several)"
        }
        let parts = [
            text(exceptions.filter { $0 < firstBad }, "fails", "fail"),
            text(exceptions.filter { $0 > firstBad }, "passes", "pass"),
        ].compactMap { $0 }
        return parts.isEmpty ? "" : ", but \(parts.joined(separator: ", and "))"
    }
}
