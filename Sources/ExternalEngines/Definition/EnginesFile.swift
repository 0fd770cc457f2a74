import Foundation

/// A file of definitions: one a line; what begins with `#` is a comment.
public enum EnginesFile {
    /// Where one is looked for when none is named: in the working folder.
    public static let defaultPath = "engines.txt"

    /// What is wrong with a file, and where.
    public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        public var description: String
    }

    /// The definitions of a file, in their order.
    /// - Parameter families: whose names no definition may have.
    /// - Throws: the path with the line that cannot be read.
    public static func definitions(
        at path: String,
        except families: Set<String> = []
    ) throws(Failure) -> [EngineDefinition] {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw Failure(description: "\(path): cannot be read")
        }
        var definitions: [EngineDefinition] = []
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let content = data.starts(with: byteOrderMark) ? data.dropFirst(byteOrderMark.count) : data
        let lines = String(decoding: content, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            let text = line.trimmingCharacters(in: .whitespacesAndNewlines)
            guard !text.isEmpty, !text.hasPrefix("#") else { continue }
            let definition: EngineDefinition
            do throws(EngineDefinition.Malformed) {
                definition = try EngineDefinition(text)
                try definition.check(against: families)
            } catch {
                throw Failure(description: "\(path):\(number + 1): \(error.description)")
            }
            guard !definitions.contains(where: { $0.name == definition.name }) else {
                throw Failure(description: "\(path):\(number + 1): '\(definition.name)' is defined above already")
            }
            definitions.append(definition)
        }
        return definitions
    }
}
