import Foundation
import Triage

/// What a release has beside the program, in `libexec/fuzz-multivalue` next to the folder of the program.
struct Installation {
    /// The folder with all of it.
    let folder: String

    /// That of this process.
    static let ofThisProgram = Bundle.main.executablePath.flatMap(Installation.init(ofProgramAt:))

    /// What belongs to a program; nil where it stands alone, as one does that was built in a checkout.
    init?(ofProgramAt path: String) {
        let program = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        let prefix = program.deletingLastPathComponent().deletingLastPathComponent()
        folder = prefix.appendingPathComponent("libexec/fuzz-multivalue").path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            return nil
        }
    }

    /// The program with libFuzzer; nil where this release has none.
    var worker: String? {
        let path = "\(folder)/fuzz-differential"
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }

    /// What all of it was built from.
    var revision: Revision? {
        guard let text = try? String(contentsOfFile: "\(folder)/revision", encoding: .utf8) else { return nil }
        let line = text.trimmingCharacters(in: .whitespacesAndNewlines)
        return line.isEmpty ? nil : Revision(line)
    }
}
