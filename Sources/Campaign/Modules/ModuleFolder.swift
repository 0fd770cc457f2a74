import Foundation
import WorkerIsolation

/// A folder of modules that other tools made, each of which was looked at once.
struct ModuleFolder: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case path = "path"
        case files = "files"
        case census = "census"
    }

    /// Without links.
    private let path: String
    /// Those that are given to engines, in the order of their paths.
    private(set) var files: [ModuleFile] = []
    private(set) var census: ModuleCensus

    /// Looks at the `.wasm` files of a folder, to the bottom.
    ///
    /// Whatever has such a name is counted; links to files are files, links to folders are not followed.
    /// - Parameters:
    ///   - progress: called with how many were looked at, and how many there are.
    ///   - isInterrupted: where it says so, the rest is left out.
    /// - Throws: where there are none, or none that can show how engines differ.
    init(
        path: String,
        progress: (Int, Int) -> Void = { _, _ in },
        isInterrupted: () -> Bool = { false }
    ) throws(CampaignMisuse) {
        census = ModuleCensus(folder: path)
        self.path = Self.resolved(path)
        var names: [String] = []
        let walk = FileManager.default.enumerator(atPath: self.path)
        while let name = walk?.nextObject() as? String, !isInterrupted() {
            if name.hasSuffix(".wasm") { names.append(name) }
        }
        if isInterrupted() { return }
        guard !names.isEmpty else { throw CampaignMisuse(.modules, "\(path): no folder with .wasm files") }
        for (position, name) in names.sorted().enumerated() {
            if isInterrupted() { return }
            progress(position, names.count)
            // What a link stands for, as workers may open nothing outside of the folder that is not named.
            let (file, reason) = ModuleFile.inspect(Self.resolved("\(self.path)/\(name)"))
            if let file { files.append(file) }
            census.add(name, reason)
        }
        guard census.comparable > 0 else {
            throw CampaignMisuse(.modules, "\(path): no .wasm file can be used: \(census.reservationsText)")
        }
    }

    /// What a worker has to read: the folder, and files elsewhere that links in it stand for.
    var readablePaths: [String] { [path] + files.map(\.path).filter { !$0.hasPrefix("\(path)/") } }

    /// A path without links; one that leads nowhere stays as it is.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
