import Execution
import Triage
import WasmModel
import WorkerIsolation

/// What a corpus was before what teaches nothing was left out of it, and what it is.
public struct CorpusMinimization: Hashable, Sendable {
    /// How large a corpus is.
    public struct Size: Hashable, Sendable {
        public var inputs: Int
        /// Of all inputs together.
        public var bytes: Int

        var text: String { "\(inputs.counted("input")), \(bytes.counted("byte"))" }
    }

    /// The corpus.
    public var folder: String
    public var before: Size
    public var after: Size
    /// Inputs of other corpora that are among those it has now.
    public var taken = 0
    /// Inputs that ended their worker, and so stay where they are.
    public var notRun = 0
    /// Whether the user ended it, which leaves the corpus as it was.
    public var wasInterrupted = false

    init(folder: String, _ size: Size) {
        self.folder = folder
        before = size
        after = size
    }

    /// For people.
    public var text: String {
        var lines = ["\(folder.displayed)", "  before: \(before.text)", "  after: \(after.text)"]
        if taken > 0 { lines.append("  \(taken.counted("input")) taken") }
        if notRun > 0 {
            lines.append("  \(notRun.counted("input")) could not be run, and \(notRun == 1 ? "stays" : "stay")")
        }
        if wasInterrupted { lines.append("interrupted, and the corpus is as it was") }
        return lines.joined(separator: "\n")
    }
}

extension Campaign {
    /// Leaves out of a corpus what covers nothing that smaller inputs of it do not, and takes into it what covers more of others where
    /// ``CampaignOptions/mergedCorpora`` names some.
    ///
    /// All compilers in this program are run. What fails in one of them waits in the inbox of the crash store.
    /// - Parameter interruption: asks for an earlier end; by default Ctrl-C does, and other signals to end, which are taken over meanwhile.
    /// - Throws: an error of one line: ``CampaignMisuse`` where a folder is not there, another one where there is no instrumented worker, no
    ///   input can be run, or a folder cannot be written.
    public static func minimizeCorpus(
        _ options: CampaignOptions,
        _ registry: EngineRegistry,
        interruption: Interruption? = nil
    ) async throws -> CorpusMinimization {
        guard let interruption else {
            return try await Interruption.watchingSignals {
                try await minimizeCorpus(options, registry, interruption: Interruption.signals)
            }
        }
        if let path = options.corpus { try WorkFolder.check(path, of: .corpus) }
        for path in options.mergedCorpora { try WorkFolder.check(path, of: .mergedCorpus) }
        let store = CrashStore(path: options.crashes)
        try store.open()
        var status = StatusLine(isTerminal: options.isTerminal, isQuiet: options.isQuiet)
        let program = try instrumentedProgram(options, &status, interruption)
        guard let corpus = corpus(options, program) else {
            throw CampaignMisuse(.corpus, "name the folder, as there is one without a name in checkouts only")
        }
        var supervisor = try Supervisor(
            options,
            program,
            WorkFolder(corpus: corpus),
            store,
            registry,
            engines: TriedEngines(
                registry.usableNames.filter { !registry.isExternal($0) },
                optional: [],
                registry,
                isInterrupted: { interruption.isRequested },
                progress: { _ in }
            ),
            modules: nil,
            status,
            interruption
        )
        return try supervisor.minimizeCorpus()
    }
}
