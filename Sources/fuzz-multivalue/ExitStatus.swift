import ArgumentParser

/// What the exit status of every command says; this is the only place that knows the numbers.
enum ExitStatus: Int32, CaseIterable {
    case agreement = 0
    case difference = 1
    case misuse = 2
    case nothingCompared = 3
    case interrupted = 130

    /// In words, for `--help`.
    var meaning: String {
        switch self {
        case .agreement: "agreement: at least one comparison was made, and nothing differs"
        case .difference: "a difference, or what the command looks for was found failing"
        case .misuse: "misuse, or a file that is no good"
        case .nothingCompared:
            "nothing could be compared, an engine could not be run, or a finding or the output could not be stored or read"
        case .interrupted: "interrupted; what was done until then is printed"
        }
    }

    /// The lines that `--help` has.
    static var table: String {
        allCases.map { status in
            let number = "\(status.rawValue)"
            return "  \(number)\(String(repeating: " ", count: 5 - number.count))\(status.meaning)"
        }.joined(separator: "\n")
    }

    /// The status of something that was judged.
    init(differs: Bool, hasComparison: Bool) {
        self = differs ? .difference : hasComparison ? .agreement : .nothingCompared
    }

    /// Ends the command with the status, but for agreement, with which commands end by themselves.
    func end() throws {
        if self != .agreement { throw ExitCode(rawValue) }
    }
}
