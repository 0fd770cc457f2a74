import Differential
import Foundation
import WasmGenerator

/// The smallest case so far of one reduction, on the disk, so that a reduction that was killed goes on where it was.
public struct ReductionCheckpoint: Sendable {
    /// What was reached.
    struct Content: Codable {
        private enum CodingKeys: String, CodingKey {
            case recipe = "recipe"
            case subject = "subject"
        }

        /// The recipe; nil where the reduction has none.
        var recipe: CaseRecipe?
        /// The reduced case: of the recipe, or a module that is smaller still.
        var subject: Case
    }

    /// The file; it exists while the reduction is under way.
    public let path: String
    /// How long a kill may throw the reduction back, in seconds.
    var interval = 1.0

    /// The checkpoint of one reduction in a folder.
    /// - Parameters:
    ///   - key: what tells the reduction from any other: the case, and what is to fail in it.
    public init(folder: String, key: [UInt8]) {
        let digest = String(ByteDigest.digest(of: key[...]), radix: 16)
        path = "\(folder)/\(digest).json"
    }

    /// The folder of checkpoints of what is reduced into a folder.
    public static func folder(in output: String) -> String { "\(output)/.reducing" }

    /// What an earlier process reached; nil where there was none, or where the file cannot be read.
    var content: Content? {
        guard DurableFile.exists(path), let bytes = try? StoredFile.finding.read(path) else { return nil }
        return try? ReportText.decode(Content.self, bytes, path: path)
    }

    /// Writes what was reached. Where that fails, the reduction is none the worse.
    func write(_ content: Content) {
        guard let bytes = try? ReportText.encode(content, path: path) else { return }
        let folder = (path as NSString).deletingLastPathComponent
        try? DurableFile.makeFolder(folder)
        let temporary = "\(path).\(getpid())"
        unlink(temporary)
        try? DurableFile().replace(bytes, path, temporary: temporary)
    }

    /// Removes the file, as what was reached is stored; the folder with the last one.
    public func remove() {
        try? DurableFile.remove(path)
        rmdir((path as NSString).deletingLastPathComponent)
    }
}

extension CrashStore {
    /// The checkpoint of the reduction of a finding.
    public func checkpoint(of finding: Finding) -> ReductionCheckpoint? {
        guard let key = try? ReportText.encode(finding, path: path) else { return nil }
        return ReductionCheckpoint(folder: ReductionCheckpoint.folder(in: path), key: key)
    }
}
