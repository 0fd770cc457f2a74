/// What became of the commands of a script in one engine.
public struct ScriptReport: Hashable, Sendable {
    /// A command that did not do what it says.
    public struct Failure: Hashable, Sendable, CustomStringConvertible {
        /// The file of the command, where an input command named it; nil for the script itself.
        public var file: String?
        /// The line of the command.
        public var line: Int
        /// What the script says.
        public var expected: String
        /// What happened.
        public var got: String

        /// The place, what was expected, and what happened.
        public var description: String {
            "\(file.map { "\($0), " } ?? "")line \(line): expected \(expected), got \(got)"
        }

        /// Makes a failure.
        public init(file: String? = nil, line: Int, expected: String, got: String) {
            self.file = file
            self.line = line
            self.expected = expected
            self.got = got
        }
    }

    /// A command without an end within the fuel, of which nobody can say whether it does what it says.
    public struct Undecided: Hashable, Sendable, Codable, CustomStringConvertible {
        private enum CodingKeys: String, CodingKey {
            case number = "number"
            case file = "file"
            case line = "line"
            case reason = "reason"
        }

        /// Which of all commands, in the order in which they run and from 0, those of scripts inside included.
        public var number: Int
        /// The file of the command, where an input command named it; nil for the script itself.
        public var file: String?
        /// The line of the command.
        public var line: Int
        /// What was used up.
        public var reason: String

        /// The place and the reason.
        public var description: String { "\(file.map { "\($0), " } ?? "")line \(line): undecided: \(reason)" }

        /// Makes an undecided command.
        public init(number: Int, file: String? = nil, line: Int, reason: String) {
            self.number = number
            self.file = file
            self.line = line
            self.reason = reason
        }
    }

    /// The number of commands that did as the script says.
    public var passed = 0
    public var failures: [Failure] = []
    /// The number of commands that need what the engine refuses.
    public var skipped = 0
    public var undecided: [Undecided] = []
    /// What the engine refused, by the names that it gave.
    public var refused: Set<String> = []
    /// Why commands were skipped, and how often, where that is known of each: of engines that are run by ``ScriptCaseRunner``.
    public var skippedFor: [String: Int] = [:]
    /// The differences of ``ReasonDifference/all`` that were met, by their positions, and how often.
    public var differences: [Int: Int] = [:]

    /// Makes a report of nothing but failures.
    public init(failures: [Failure] = []) { self.failures = failures }

    /// The number of commands that were carried out, skipped or left undecided.
    public var commandCount: Int { passed + failures.count + skipped + undecided.count }
}
