import Foundation
import WasmFormats
import WasmModel

/// A file that holds a script: `.wast`, or a command file in `.json`.
public struct ScriptFile: Hashable, Sendable {
    /// As given, or below the folder that was given.
    public var path: String

    /// Makes the name of a file.
    public init(path: String) { self.path = path }

    /// What a script file holds.
    public struct Content: Hashable, Sendable {
        public var script: Script
        /// Features that the script's expectations assume off.
        public var featuresOff: FeatureSet = []
        /// The number of assertions that the file has no modules for.
        public var absentCount = 0
    }

    /// Why a script cannot be had; the description begins with the path.
    public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        public var description: String

        /// Makes a failure.
        public init(_ description: String) { self.description = description }
    }

    /// The scripts that a search found, and the folders that it left out.
    public struct Selection: Hashable, Sendable {
        /// Sorted by path, below each of the paths that were given.
        public var files: [ScriptFile] = []
        /// The path of each folder that was left out, and why.
        public var excluded: [(path: String, reason: String)] {
            excludedPaths.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
        }
        var excludedPaths: [String: String] = [:]
    }

    /// The scripts at paths, which are files or folders; folders are searched to the bottom, without those of
    /// ``ScriptExclusion/all``.
    public static func selection(at paths: [String]) throws(Failure) -> Selection {
        var selection = Selection()
        for path in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw Failure("\(path): no such file or folder")
            }
            if !isFolder.boolValue {
                guard path.hasSuffix(".wast") || path.hasSuffix(".json") else {
                    throw Failure("\(path): no script (a .wast file, or a .json file of commands)")
                }
                selection.files.append(ScriptFile(path: path))
                continue
            }
            let count = selection.files.count
            var seen: Set<String> = []
            try search(path, &selection, &seen)
            guard selection.files.count > count || !selection.excludedPaths.isEmpty else {
                throw Failure("\(path): no scripts in the folder")
            }
        }
        return selection
    }

    /// - Parameter seen: the folders that were searched, without links: each is searched once, however many links lead to it.
    private static func search(
        _ folder: String,
        _ selection: inout Selection,
        _ seen: inout Set<String>
    ) throws(Failure) {
        let real = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
        guard seen.insert(real).inserted else { return }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw Failure("\(folder): cannot read the folder")
        }
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        for name in names.sorted() {
            let path = prefix + name
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
            if isFolder.boolValue {
                if let exclusion = ScriptExclusion.all.first(where: { $0.folder == name }) {
                    selection.excludedPaths[path] = exclusion.reason
                } else {
                    try search(path, &selection, &seen)
                }
            } else if name.hasSuffix(".wast") || name.hasSuffix(".json") && isCommandFile(path) {
                selection.files.append(ScriptFile(path: path))
            }
        }
    }

    /// Whether a `.json` file is one of commands, by its beginning.
    private static func isCommandFile(_ path: String) -> Bool {
        guard let handle = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? handle.close() }
        let beginning = (try? handle.read(upToCount: 4096)) ?? Data()
        return String(decoding: beginning, as: UTF8.self).contains("\"commands\"")
    }

    /// Reads and parses the script, with the files that its input commands name.
    /// - Throws: what is wrong, with the path, line and column.
    public func content() throws(Failure) -> Content {
        guard path.hasSuffix(".json") else {
            var folder = ScriptFolder(of: path)
            let script = ScriptParser.readableScript(try bytes(expecting: .script))
            return Content(script: folder.readInputs(of: script, in: "", depth: 0))
        }
        let bytes = try bytes(expecting: .commands)
        do {
            let folder = ScriptFolder(of: path)
            let file = try CommandFile(bytes) { try? folder.bytes(of: $0, expecting: .module) }
            return Content(
                script: file.script,
                featuresOff: file.featuresOff,
                absentCount: file.textAssertionCount
            )
        } catch {
            throw Failure("\(path):\(error)")
        }
    }

    private func bytes(expecting content: PlainFile.Content) throws(Failure) -> [UInt8] {
        do { return try PlainFile.bytes(of: path, expecting: content) } catch { throw Failure("\(path): \(error)") }
    }
}
