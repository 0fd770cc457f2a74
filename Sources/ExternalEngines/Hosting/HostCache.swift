import ByteCoding
import Foundation

/// The folder that keeps what hosts need and what was found out about engines, from one start of the program to the next.
///
/// Everything in it can be made again. Source: XDG Base Directory Specification, `XDG_CACHE_HOME`.
struct HostCache: Sendable {
    let folder: String

    /// The folder of the user; where that cannot be made, one among the temporary files.
    static let standard: HostCache = {
        let environment = ProcessInfo.processInfo.environment
        let parents: [String?] = [
            environment["XDG_CACHE_HOME"], environment["HOME"].map { "\($0)/.cache" },
            FileManager.default.temporaryDirectory.path,
        ]
        for parent in parents.compactMap({ $0 }) where !parent.isEmpty {
            let folder = "\(parent)/fuzz-multivalue"
            // What cannot be made cannot be written either.
            try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            if FileManager.default.isWritableFile(atPath: folder) { return HostCache(folder: folder) }
        }
        return HostCache(folder: FileManager.default.temporaryDirectory.path)
    }()

    /// The path of a file with some content, whose name has the content's digest, so that it never changes.
    /// - Throws: where it cannot be written.
    func path(ofScript name: String, _ content: [UInt8]) throws -> String {
        let parts = name.split(separator: ".", maxSplits: 1)
        let path = "\(folder)/\(parts[0])-\(ContentDigest(of: content).short).\(parts.count == 2 ? parts[1] : "txt")"
        if FileManager.default.contents(atPath: path) != Data(content) {
            try Data(content).write(to: URL(fileURLWithPath: path), options: .atomic)
        }
        return path
    }

    /// What is stored under a key; nil where nothing is that can be read.
    func stored<Value: Decodable>(_ type: Value.Type, _ key: String) -> Value? {
        FileManager.default.contents(atPath: "\(folder)/\(key).json").flatMap {
            try? JSONDecoder().decode(type, from: $0)
        }
    }

    /// Stores a value; what cannot be stored is found out again.
    func store(_ value: some Encodable, _ key: String) {
        guard let data = try? JSONEncoder().encode(value) else { return }
        try? data.write(to: URL(fileURLWithPath: "\(folder)/\(key).json"), options: .atomic)
    }
}
