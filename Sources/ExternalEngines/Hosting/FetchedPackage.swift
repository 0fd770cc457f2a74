import Execution
import Foundation
import WorkerIsolation

/// The package that an engine was fetched from: `ci/get-engines` writes its name and version into a file in the folder of the engine.
enum FetchedPackage {
    private static let file = "package"

    /// The package of the first path that is in a folder of a fetched engine; nil where none is.
    static func name(of paths: [String]) -> String? {
        for path in paths {
            let parts = path.components(separatedBy: "/")
            guard let position = parts.lastIndex(of: KnownEngine.folder), position + 1 < parts.count else { continue }
            let folder = parts[...(position + 1)].joined(separator: "/")
            guard let text = try? String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8) else { continue }
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        return nil
    }
}

extension HostDescription {
    /// With the package in place of a release that the engine does not tell.
    func completed(_ host: WorkerInvocation) -> HostDescription {
        guard release == EngineCapabilities.unknownVersion else { return self }
        var completed = self
        completed.release = FetchedPackage.name(of: [host.executable] + host.arguments) ?? release
        return completed
    }
}
