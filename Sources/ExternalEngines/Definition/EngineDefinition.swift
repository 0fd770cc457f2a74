import Carriage
import Execution

/// A real engine: what it is called, and how it is run.
///
/// Written `NAME=KIND:REST`, where the kind is one of ``Kind``; see ``init(_:)``.
public struct EngineDefinition: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case name = "name"
        case kind = "kind"
    }

    /// What runs an engine.
    public enum Kind: Hashable, Sendable, Codable {
        /// A shared library with a C interface that this program knows, which it loads in a process of its own.
        case library(path: String, options: [LibraryOption])
        /// A JavaScript shell, which is given a script that is a host.
        case javaScript(Command)
        /// A command for each case; its arguments have a place for the file.
        case command(Command, FilePlace)
        /// A program that speaks the host protocol.
        case host(Command)
    }

    /// An option of a library, in the order in which they are given.
    public struct LibraryOption: Hashable, Sendable, Codable {
        private enum CodingKeys: String, CodingKey {
            case name = "name"
            case value = "value"
        }

        public var name: String
        public var value: String

        /// Makes an option.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What a command is given of a case.
    public enum FilePlace: String, Hashable, Sendable, Codable, CaseIterable {
        /// A module that checks itself, and traps where something differs.
        case wasm
        /// A script that asserts what the oracle did.
        case wast
        /// The same script as the JSON of commands with its modules beside it.
        case json

        /// How a template names it.
        public var placeholder: String { "{\(rawValue)}" }
    }

    public var name: EngineName
    public var kind: Kind

    /// Makes a definition.
    public init(name: EngineName, kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

extension EngineDefinition {
    /// What is wrong with the text of a definition.
    public struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        public var description: String
    }

    /// Reads `NAME=c-api:LIBRARY[,option=value...]`, `NAME=js:SHELL [flags]`, `NAME=command:TEMPLATE` or `NAME=host:COMMAND`.
    public init(_ text: String) throws(Malformed) {
        guard let equals = text.firstIndex(of: "=") else {
            throw Malformed(description: "'\(text)' is not NAME=KIND:...")
        }
        let name = EngineName(String(text[..<equals]))
        let parts = [name.family] + name.options
        guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isPartOfName) }) else {
            throw Malformed(
                description:
                    "'\(text[..<equals])' is no name: letters, digits, '.', '_' and '-', parts with ':' between them"
            )
        }
        if let way = name.options.first(where: { Carriage(rawValue: $0) != nil }) {
            throw Malformed(
                description: "'\(name)': ':\(way)' stands for a way to carry cases, and cannot be a part of a name"
            )
        }
        let rest = text[text.index(after: equals)...]
        guard let colon = rest.firstIndex(of: ":") else {
            throw Malformed(description: "'\(name)': '\(rest)' has no kind (\(Self.kinds))")
        }
        let content = String(rest[rest.index(after: colon)...])
        do throws(Malformed) {
            self.init(name: name, kind: try Self.kind(String(rest[..<colon]), content))
        } catch {
            throw Malformed(description: "'\(name)': \(error.description)")
        }
    }

    /// Refuses the name of a definition that is that of another engine.
    /// - Parameter families: of engines that are not defined, and what stands for several.
    public func check(against families: Set<String>) throws(Malformed) {
        guard families.contains(name.family) else { return }
        throw Malformed(description: "'\(name)': '\(name.family)' is the name of what this program has already")
    }

    private static let kinds = "c-api, js, command, host"

    private static func isPartOfName(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
    }

    private static func kind(_ kind: String, _ content: String) throws(Malformed) -> Kind {
        switch kind {
        case "c-api": return try library(content)
        case "js": return .javaScript(try Command(content, of: "js"))
        case "host": return .host(try Command(content, of: "host"))
        case "command":
            let command = try Command(content, of: "command")
            let places = FilePlace.allCases.filter { place in
                command.arguments.contains { $0.contains(place.placeholder) }
            }
            guard places.count == 1 else {
                let names = FilePlace.allCases.map(\.placeholder).joined(separator: ", ")
                throw Malformed(description: "the command has one of \(names) among its arguments, as in 'run {wasm}'")
            }
            return .command(command, places[0])
        default: throw Malformed(description: "no such kind '\(kind)' (choose from \(kinds))")
        }
    }

    private static func library(_ content: String) throws(Malformed) -> Kind {
        let parts = content.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard let path = parts.first, !path.isEmpty else {
            throw Malformed(description: "c-api: needs the path of a shared library")
        }
        var options: [LibraryOption] = []
        for part in parts.dropFirst() {
            guard let equals = part.firstIndex(of: "="), equals != part.startIndex else {
                throw Malformed(description: "'\(part)' is not option=value")
            }
            options.append(LibraryOption(String(part[..<equals]), String(part[part.index(after: equals)...])))
        }
        return .library(path: path, options: options)
    }
}

extension EngineDefinition: CustomStringConvertible {
    /// As ``init(_:)`` reads it.
    public var description: String {
        switch kind {
        case .library(let path, let options):
            "\(name)=c-api:" + ([path] + options.map { "\($0.name)=\($0.value)" }).joined(separator: ",")
        case .javaScript(let command): "\(name)=js:\(command)"
        case .command(let command, _): "\(name)=command:\(command)"
        case .host(let command): "\(name)=host:\(command)"
        }
    }
}
