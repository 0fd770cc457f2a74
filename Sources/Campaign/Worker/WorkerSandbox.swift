import Triage
import WorkerIsolation

/// The sandbox of a worker that makes its own cases.
///
/// Its current case is open already; it writes findings to the inbox of the crash store, and libFuzzer its corpus and its artefacts.
struct WorkerSandbox {
    private let sandbox: Sandbox

    /// - Parameters:
    ///   - fuzzerArguments: those of libFuzzer, where it runs the worker.
    ///   - readable: files and folders that it reads cases from.
    /// - Returns: nil for a fuzz target that is run by hand, whose options may name any file and start processes.
    init?(_ settings: WorkerSettings, fuzzerArguments: [String], readable: [String] = []) throws {
        guard let store = settings.store else { return nil }
        let inbox = CrashStore(path: store).inbox
        try inbox.makeFolder()
        sandbox = Sandbox(readable: readable, writable: [inbox.path] + Self.foldersOfLibFuzzer(fuzzerArguments))
    }

    /// - Parameter arguments: options of libFuzzer, and folders of corpora.
    static func foldersOfLibFuzzer(_ arguments: [String]) -> [String] {
        arguments.compactMap { argument in
            guard argument.hasPrefix("-") else { return argument }
            let option = "-artifact_prefix="
            guard argument.hasPrefix(option) else { return nil }
            let prefix = argument.dropFirst(option.count)
            return prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? "."
        }
    }

    func enter() { sandbox.enter() }
}
