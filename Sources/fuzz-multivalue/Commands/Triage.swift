import ArgumentParser
import Foundation
import Triage
import WasmModel
import WorkerIsolation

/// Shows the store of crashes.
struct TriageTable: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "triage",
        abstract: "Shows the crashes of a folder as a table.",
        discussion: """
            A crash folder that cannot be read is named on standard error, and the exit status is 2.

            Example: fuzz-multivalue triage Crashes --json
            """
    )

    @Argument(help: "The folder of the crash folders; Crashes without.")
    var folder: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        if let folder, !FileManager.default.fileExists(atPath: folder) {
            throw CommandFailure("\(folder): no such folder")
        }
        let store = CrashStore(path: folder ?? "Crashes")
        let content: CrashStore.Content
        let pending: CrashInbox.Content
        let text: String
        do {
            content = try store.content()
            pending = try store.inbox.content()
            let table = CrashTable(content.folders)
            text = json ? try table.json() : table.text
        } catch {
            throw CommandFailure(error.oneLine)
        }
        let isNothingReadable = content.folders.isEmpty && !content.problems.isEmpty
        if !isNothingReadable || json { try StandardStream.output.write(text) }
        if !pending.items.isEmpty {
            let message = "\(pending.items.count.counted("finding")) to be reduced in \(store.inbox.path)\n"
            try StandardStream.error.write(message)
        }
        let problems = content.problems + pending.problems
        for problem in problems { StandardStream.error.report(problem.description) }
        if !problems.isEmpty { try ExitStatus.misuse.end() }
    }
}
