import Foundation
import WasmFormats

/// The folder of a script, which the files that the script names may not leave.
struct ScriptFolder {
    /// Ends with a slash; empty for the folder that the process works in.
    private let prefix: String
    private var inputCount = 0

    /// How deep files that name each other may be nested.
    private static let largestDepth = 16
    /// How many files one script may name, those of its inputs included.
    private static let largestInputCount = 1000

    /// Makes the folder of a file.
    init(of path: String) { prefix = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "" }

    /// Whether a relative path names something below the folder that it starts from.
    static func isInside(_ path: String) -> Bool {
        !path.isEmpty && !path.hasPrefix("/") && !path.utf8.contains(0)
            && !path.split(separator: "/").contains("..")
    }

    /// The content of a file of the folder; one that a link leads out of it cannot be read.
    func bytes(of path: String, expecting content: PlainFile.Content) throws(PlainFile.Refusal) -> [UInt8] {
        guard Self.isInside(path), let root = Self.resolved(prefix.isEmpty ? "." : prefix),
            let file = Self.resolved(prefix + path), file.hasPrefix(root.hasSuffix("/") ? root : root + "/")
        else { throw .unreadable }
        return try PlainFile.bytes(of: file, expecting: content)
    }

    private static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Puts the commands of files in the places of the commands that name them.
    /// - Parameter subfolder: where the script stands in the folder, with a slash at its end; empty for the folder itself.
    mutating func readInputs(of script: Script, in subfolder: String, depth: Int) -> Script {
        var result = script
        for (position, command) in script.commands.enumerated() {
            switch command.kind {
            case .script(let name, let file, let nested):
                let inner = readInputs(of: nested, in: subfolder, depth: depth)
                result.commands[position].kind = .script(name: name, file: file, inner)
            case .input(let name, let path):
                result.commands[position].kind = input(name, path, in: subfolder, depth: depth, line: command.line)
            case .module, .definition, .instance, .register, .action, .assertReturn, .assertTrap,
                .assertInstantiationTrap,
                .assertExhaustion, .assertException, .assertMalformed, .assertInvalid, .assertUnlinkable,
                .assertMalformedCustom, .assertInvalidCustom, .assertInstanceTrap, .assertInstanceUnlinkable, .output,
                .unreadable:
                break
            }
        }
        return result
    }

    private mutating func input(
        _ name: String?,
        _ path: String,
        in subfolder: String,
        depth: Int,
        line: Int
    ) -> ScriptCommand.Kind {
        func refusal(_ reason: String) -> ScriptCommand.Kind {
            .unreadable(TextError("the input \"\(path)\" \(reason)", line: line, column: 1), isModule: false)
        }
        guard Self.isInside(path) else { return refusal("is outside of the script's folder") }
        guard depth < Self.largestDepth else { return refusal("is nested deeper than \(Self.largestDepth) files") }
        inputCount += 1
        guard inputCount <= Self.largestInputCount else {
            return refusal("is one of more than \(Self.largestInputCount) files")
        }
        let file = subfolder + path
        let bytes: [UInt8]
        do {
            bytes = try self.bytes(of: file, expecting: .scriptOrModule)
        } catch {
            if case .unreadable = error { return refusal("cannot be read from the script's folder") }
            return refusal("cannot be read: \(error)")
        }
        let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
        let script: Script
        if PlainFile.isModule(bytes) {
            script = Script(commands: [ScriptCommand(line: 1, .module(ScriptModule(.binary(bytes))))])
        } else {
            script = readInputs(of: ScriptParser.readableScript(bytes), in: folder, depth: depth + 1)
        }
        return .script(name: name, file: prefix + file, script)
    }
}
