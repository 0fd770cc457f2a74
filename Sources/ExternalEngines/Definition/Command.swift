import Foundation

/// A program with its arguments, and variables of its environment.
public struct Command: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case variables = "variables"
        case program = "program"
        case arguments = "arguments"
    }

    /// Besides those that every host has.
    public var variables: [String: String]
    /// A path, or a name that is looked for in PATH.
    public var program: String
    public var arguments: [String]

    /// Makes a command.
    public init(program: String, _ arguments: [String] = [], variables: [String: String] = [:]) {
        self.variables = variables
        self.program = program
        self.arguments = arguments
    }

    /// Reads a command as ``init(_:of:)`` does.
    public init(_ text: String) throws(EngineDefinition.Malformed) { try self.init(text, of: "a command") }

    /// Reads words that are separated by spaces, as a shell does: quotes of both kinds keep spaces, and variables come first, as in
    /// `LOG=1 engine --flag 'a b'`. Nothing is expanded.
    /// - Parameter kind: of engine, for errors.
    init(_ text: String, of kind: String) throws(EngineDefinition.Malformed) {
        var words = try Self.words(text)
        var variables: [String: String] = [:]
        while let word = words.first, let equals = word.firstIndex(of: "="), equals != word.startIndex,
            word[..<equals].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
        {
            variables[String(word[..<equals])] = String(word[word.index(after: equals)...])
            words.removeFirst()
        }
        guard let program = words.first, !program.isEmpty else {
            throw EngineDefinition.Malformed(description: "\(kind): needs a command")
        }
        self.init(program: program, Array(words.dropFirst()), variables: variables)
    }

    private static func words(_ text: String) throws(EngineDefinition.Malformed) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character == " " || character == "\t" {
                if let complete = word { words.append(complete) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil else { throw EngineDefinition.Malformed(description: "a quote is not closed in '\(text)'") }
        if let word { words.append(word) }
        return words
    }

    /// Whether it runs the code of another processor, as qemu does, which takes ten to twenty times as long.
    public var isEmulator: Bool { URL(fileURLWithPath: program).lastPathComponent.hasPrefix("qemu-") }

    /// The file of the program; nil where there is none that can be executed.
    public var executable: String? {
        if program.contains("/") { return FileManager.default.isExecutableFile(atPath: program) ? program : nil }
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").map(String.init) ?? []
        return folders.map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}

extension Command: CustomStringConvertible {
    /// As a shell takes it.
    public var description: String {
        let settings = variables.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.quoted($0.value))" }
        return (settings + ([program] + arguments).map(Self.quoted)).joined(separator: " ")
    }

    private static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-=:,+@%{}".contains($0)) }
        return isPlain ? word : "'" + word.replacing("'", with: "'\"'\"'") + "'"
    }
}
