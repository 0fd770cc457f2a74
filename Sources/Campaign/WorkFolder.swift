import Differential
import Foundation
import WasmGenerator
import WorkerIsolation

/// Where a campaign keeps what is not a finding: corpora and the current cases of workers.
struct WorkFolder: Hashable, Sendable {
    /// Of all campaigns.
    let root: String
    /// Of this campaign; removed at its end.
    let run: String
    /// Shared by the workers, and kept from run to run.
    let corpus: String

    /// Makes the folders, in a temporary place where the usual one cannot be written.
    init(packageRoot: String?, corpus: String?, key: String) throws(WorkerError) {
        let temporary = FileManager.default.temporaryDirectory.path + "/fuzz-multivalue"
        let candidates = (packageRoot.map { ["\($0)/.build/fuzz-multivalue"] } ?? []) + [temporary]
        let name = "run-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        guard let root = candidates.first(where: { Self.isMade("\($0)/\(name)") }) else {
            throw WorkerError("\(temporary): cannot make the folder")
        }
        self.root = root
        run = "\(root)/\(name)"
        self.corpus = corpus ?? "\(root)/corpus-\(key)"
        guard Self.isMade(self.corpus) else { throw WorkerError("\(self.corpus): cannot make the folder") }
    }

    func currentCase(_ slot: Int) -> String { "\(run)/current-case-\(slot)" }

    /// Inputs to begin with, where the corpus has none: an empty one teaches libFuzzer small cases only.
    func seedCorpus(_ seed: UInt64) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: corpus)) ?? []
        guard names.isEmpty else { return }
        var stream = SplitMix64(seed: seed)
        for number in 0..<64 {
            let input = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &stream) }
            _ = FileManager.default.createFile(atPath: "\(corpus)/seed-\(number)", contents: Data(input))
        }
    }

    /// Removes what belongs to this run alone, and what killed runs left.
    func clean() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [] where name.hasPrefix("run-") {
            guard let process = pid_t(name.dropFirst(4).prefix { $0 != "-" }) else { continue }
            if "\(root)/\(name)" == run || process != getpid() && kill(process, 0) != 0 {
                try? FileManager.default.removeItem(atPath: "\(root)/\(name)")
            }
        }
    }

    private static func isMade(_ path: String) -> Bool {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            return false
        }
        return FileManager.default.isWritableFile(atPath: path)
    }
}
