import ArgumentParser
import Foundation
import Triage
import WasmModel
import WorkerIsolation

/// What is done with the store of crashes.
struct TriageCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "triage",
        abstract: "Shows the crashes of a folder, or takes those of others into it.",
        discussion: """
            Without a subcommand it shows them: its options are in fuzz-multivalue triage show --help.

            Example: fuzz-multivalue triage Crashes --json
                     fuzz-multivalue triage --open 12
                     fuzz-multivalue triage merge Crashes machine-1/Crashes machine-2/Crashes
            """,
        subcommands: [TriageTable.self, MergeStores.self],
        defaultSubcommand: TriageTable.self
    )
}

/// Shows the store of crashes.
struct TriageTable: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows the crashes of a folder as a table.",
        discussion: """
            A crash folder that cannot be read is named on standard error, and the exit status is 2. --open tells all of one crash: what fails, \
            its boundary, the stage at fault, what the engines say, the commands that show it, the module, and the code of a compiler in this \
            program with its calls and its frame.

            Example: fuzz-multivalue triage Crashes --json
                     fuzz-multivalue triage --open 12
            """
    )

    @Argument(help: "The folder of the crash folders; Crashes without.")
    var folder: String?

    @Option(help: ArgumentHelp("The crash to tell whole, by its number or its folder's name.", valueName: "id"))
    var open: String?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if open != nil, json {
            throw ValidationError("--json has no use beside --open: the folder's report.json is JSON")
        }
    }

    /// The crash of a number, or of the name of its folder.
    private static func crash(_ text: String, in store: CrashStore) throws -> CrashFolder {
        let content = try store.content()
        let number = Int(text)
        let found = content.folders.filter { $0.number == number || $0.name == text }
        if let folder = found.first { return folder }
        if let problem = content.problems.first(where: { isOf($0, text, in: store) }) {
            throw CommandFailure(problem.description)
        }
        let names = content.folders.suffix(5).map(\.name).joined(separator: ", ")
        let others = content.problems.isEmpty ? ", which has none" : ", in which none can be read"
        throw CommandFailure(
            "--open: no crash '\(text)' in \(store.path)" + (names.isEmpty ? others : " (the last are \(names))")
        )
    }

    /// Whether a crash that cannot be read is the one of a number or a name.
    private static func isOf(_ problem: CrashStoreError, _ text: String, in store: CrashStore) -> Bool {
        guard problem.path.hasPrefix(store.path),
            let name = problem.path.dropFirst(store.path.count).split(separator: "/").first
        else { return false }
        return name == text || (Int(text).map { $0 == Int(name.prefix { $0 != "-" }) } ?? false)
    }

    func run() throws {
        if let folder, !FileManager.default.fileExists(atPath: folder) {
            throw CommandFailure("\(folder): no such folder")
        }
        let store = CrashStore(path: folder ?? "Crashes")
        if let open {
            do { return try StandardStream.output.write(CrashStory(Self.crash(open, in: store)).text) } catch {
                throw (error as? CommandFailure) ?? CommandFailure(error.oneLine)
            }
        }
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
