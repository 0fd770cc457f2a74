import ArgumentParser
import Foundation
import Triage
import WasmModel
import WorkerIsolation

/// Takes the crashes of other stores into one.
struct MergeStores: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Takes the crashes and the waiting findings of other folders into one.",
        discussion: """
            The others stay as they are. A crash that the folder has is not taken again, whoever found it, and merging again adds nothing. What \
            could not be read is named on standard error, and the exit status is 2.

            Example: fuzz-multivalue triage merge Crashes machine-1/Crashes machine-2/Crashes
            """
    )

    @Argument(help: "The folder that gets the crashes; made where it is missing.")
    var folder: String

    @Argument(help: "The folders whose crashes are taken.")
    var others: [String]

    @Flag(help: "Print JSON.")
    var json = false

    /// What came of one folder.
    private struct Entry: Encodable {
        var folder: String
        var added: [String]
        var known: Int
        var findings: Int
        var problems: [String]

        var text: String {
            let crashes = added.count == 1 ? "1 crash" : "\(added.count) crashes"
            let parts = ["\(crashes) taken", "\(known) known", "\(findings.counted("finding")) taken to be reduced"]
            return "\(folder.displayed): \(parts.joined(separator: ", "))"
        }
    }

    private struct Document: Encodable {
        var schemaVersion = 1
        var folder: String
        var merged: [Entry]
    }

    func run() throws {
        for path in others where !FileManager.default.fileExists(atPath: path) {
            throw CommandFailure("\(path): no such folder")
        }
        let store = CrashStore(path: folder)
        var entries: [Entry] = []
        do {
            for path in others {
                let merge = try store.merge(CrashStore(path: path))
                entries.append(
                    Entry(
                        folder: path,
                        added: merge.added,
                        known: merge.known,
                        findings: merge.findings,
                        problems: merge.problems.map(\.description)
                    )
                )
            }
        } catch {
            throw CommandFailure(error.oneLine)
        }
        let text =
            json
            ? try JSONText.text(Document(folder: folder, merged: entries)) : entries.map { "\($0.text)\n" }.joined()
        try StandardStream.output.write(text)
        let problems = entries.flatMap(\.problems)
        for problem in problems { StandardStream.error.report(problem) }
        if !problems.isEmpty { try ExitStatus.misuse.end() }
    }
}
