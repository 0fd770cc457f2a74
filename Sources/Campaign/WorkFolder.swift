import Differential
import Foundation
import Triage
import WasmGenerator
import WorkerIsolation

/// Where a campaign keeps what is not a finding: the current cases of workers, and the corpus, where coverage guides them.
struct WorkFolder: Sendable {
    /// Of this campaign; removed at its end.
    let run: ScratchFolder
    /// Shared by the workers; nil where nothing has use for it.
    let corpus: String?
    /// The same where it is kept from run to run.
    let keptCorpus: String?

    /// Makes the folders.
    /// - Parameters:
    ///   - corpus: where it is kept; nil for nowhere.
    ///   - guides: whether there is one in any case, if only for this campaign.
    /// - Throws: ``CampaignMisuse`` where the corpus can be no folder, or is one that cannot be written.
    init(corpus kept: String?, guides: Bool = false) throws {
        run = try ScratchFolder()
        keptCorpus = kept
        corpus = kept ?? (guides ? "\(run.path)/corpus" : nil)
        guard let corpus else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: corpus,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch CocoaError.fileWriteOutOfSpace {
            throw WorkerError("\(corpus): cannot make the folder: \(String(cString: strerror(ENOSPC)))")
        } catch {
            throw CampaignMisuse(.corpus, "\(corpus): cannot make the folder: \(error.localizedDescription)")
        }
        guard FileManager.default.isWritableFile(atPath: corpus) else {
            throw CampaignMisuse(.corpus, "\(corpus): cannot write to the folder")
        }
    }

    /// Whether the folder of a corpus is there.
    static func check(_ path: String, of option: CampaignMisuse.Option) throws(CampaignMisuse) {
        guard FileManager.default.isFolder(path) else {
            throw CampaignMisuse(option, "\(path): there is no such folder")
        }
    }

    func currentCase(_ slot: Int) -> String { "\(run.path)/current-case-\(slot)" }

    func gate(_ slot: Int) -> String { "\(run.path)/gate-\(slot)" }

    /// The file with what all campaigns have done: beside the corpus, or where none is kept in the inbox of the crash store.
    func history(_ store: CrashStore) -> String { keptCorpus.map { "\($0).history" } ?? "\(store.inbox.path)/history" }

    /// Writes the list of modules for the workers, so that all have the same.
    /// - Returns: the file.
    func list(_ modules: ModuleFolder) throws -> String {
        let path = "\(run.path)/modules"
        do {
            try Data(try JSONLine.encode(modules)).write(to: URL(fileURLWithPath: path))
        } catch {
            throw WorkerError("\(path): cannot write the list of modules: \(error.localizedDescription)")
        }
        return path
    }

    /// What ``list(_:)`` wrote.
    static func modules(listedIn path: String) throws -> ModuleFolder {
        try JSONLine.decode(ModuleFolder.self, try String(contentsOfFile: path, encoding: .utf8))
    }

    /// Inputs to begin with, where the corpus has none: an empty one teaches libFuzzer small cases only.
    func seedCorpus(_ seed: UInt64) {
        guard let corpus, let names = try? FileManager.default.contentsOfDirectory(atPath: corpus), names.isEmpty else {
            return
        }
        var stream = SplitMix64(seed: seed)
        for number in 0..<64 {
            let input = DecisionInput.new(stream.next())
            _ = FileManager.default.createFile(atPath: "\(corpus)/seed-\(number)", contents: Data(input))
        }
    }
}
