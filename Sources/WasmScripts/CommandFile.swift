import Foundation
import WasmFormats
import WasmModel

/// A script that another tool converted: a `.json` file of commands, beside it one `.wasm` file a module.
///
/// Spec: the output of wabt's `wast2json`, with the extensions of the conversion that the tests use: `config` names
/// features that are off, references without a value stand for any of their type, `either` for a choice.
public struct CommandFile: Hashable, Sendable {
    /// The commands, with all modules as bytes.
    public var script = Script()
    /// Features that the expectations assume off.
    public var featuresOff: FeatureSet = []
    /// The number of assertions about the text format, whose modules the conversion does not hold.
    public var textAssertionCount = 0

    /// Reads a command file; a command that cannot be read stands in the script as such.
    /// - Parameters:
    ///   - bytes: the content of the `.json` file.
    ///   - module: reads the bytes of a module, given the name of its file; nil where there is none.
    public init(_ bytes: [UInt8], module: (String) -> [UInt8]?) throws(CommandFileError) {
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: Data(bytes))
        } catch {
            throw CommandFileError(error, in: bytes)
        }
        for (name, isOn) in document.config ?? [:] where !isOn {
            if let feature = Self.features[name] { featuresOff.formUnion(feature) }
        }
        script.commands.reserveCapacity(document.commands.count)
        for entry in document.commands {
            do {
                let command = try entry.command.get()
                if command.moduleType == "text" {
                    textAssertionCount += 1
                } else {
                    script.commands.append(ScriptCommand(line: command.line, try command.kind(module: module)))
                }
            } catch {
                let line = entry.line ?? 1
                let reason = TextError(error.reason, line: line, column: 1)
                let isModule = (try? entry.command.get())?.type == "module"
                script.commands.append(ScriptCommand(line: line, .unreadable(reason, isModule: isModule)))
            }
        }
    }

    /// By the names that the conversion uses.
    private static let features: [String: FeatureSet] = [
        "multi_memory": .multiMemory, "memory64": .memory64, "gc": .garbageCollection,
        "function_references": .typedFunctionReferences, "exceptions": .exceptions, "tail_call": .tailCalls,
        "relaxed_simd": .relaxedSIMD,
    ]

    struct Document: Decodable {
        var commands: [Entry]
        var config: [String: Bool]?
    }

    /// One of the commands, which may be wrong without making the others so.
    struct Entry: Decodable {
        var command: Result<Command, CommandFileError>
        /// Of the source; nil where the command does not say it.
        var line: Int?

        private struct Place: Decodable {
            var line: Int
        }

        init(from decoder: any Decoder) throws {
            line = (try? Place(from: decoder))?.line
            do {
                command = .success(try Command(from: decoder))
            } catch {
                command = .failure(CommandFileError(error, in: []))
            }
        }
    }

    struct Command: Decodable {
        var type: String
        var line: Int
        var name: String?
        var filename: String?
        var moduleType: String?
        var text: String?
        var instance: String?
        var module: String?
        var registeredName: String?
        var action: Action?
        var expected: [Value]?

        enum CodingKeys: String, CodingKey {
            case type, line, name, filename, text, instance, module, action, expected
            case moduleType = "module_type"
            case registeredName = "as"
        }
    }

    struct Action: Decodable {
        var type: String
        var module: String?
        var field: String
        var args: [Value]?
    }
}

/// What is wrong with a command file.
public struct CommandFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The mistake.
    public var reason: String
    /// Counted from one; nil where the place is not known.
    public var line: Int?
    /// Counted from one; nil where the place is not known.
    public var column: Int?

    /// Makes an error.
    public init(_ reason: String, line: Int? = nil, column: Int? = nil) {
        self.reason = reason
        self.line = line
        self.column = column
    }

    /// Describes an error of the JSON decoder.
    init(_ error: any Error, in bytes: [UInt8]) {
        switch error {
        case DecodingFailure.dataCorrupted(let place):
            self.init("\(Self.path(place))\(place.debugDescription)")
            if place.codingPath.isEmpty { locate(in: bytes) }
        case DecodingFailure.keyNotFound(let key, let place): self.init("\(Self.path(place))no \(key.stringValue)")
        case DecodingFailure.typeMismatch(_, let place), DecodingFailure.valueNotFound(_, let place):
            self.init("\(Self.path(place))\(place.debugDescription)")
        default: self.init("\(error)")
        }
    }

    /// Finds the place of a malformation, which Foundation's decoder does not tell, but its older parser does in words.
    private mutating func locate(in bytes: [UInt8]) {
        do {
            _ = try JSONSerialization.jsonObject(with: Data(bytes))
        } catch {
            let text = (error as NSError).userInfo["NSDebugDescription"] as? String ?? ""
            guard let match = text.firstMatch(of: /around character (\d+)/), let offset = Int(match.1) else { return }
            let before = bytes.prefix(offset)
            line = before.count { $0 == UInt8(ascii: "\n") } + 1
            column = before.count - (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1)
        }
    }

    private typealias DecodingFailure = Swift.DecodingError

    private static func path(_ place: Swift.DecodingError.Context) -> String {
        let parts = place.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }
        return parts.isEmpty ? "" : parts.joined().drop { $0 == "." } + ": "
    }

    /// The place, where it is known, and the mistake.
    public var description: String {
        line.map { "\($0):\(column ?? 1): \(reason)" } ?? "1:1: \(reason)"
    }
}
