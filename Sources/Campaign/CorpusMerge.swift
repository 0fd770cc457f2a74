import Foundation
import WasmGenerator
import WorkerIsolation

/// Leaves out of a corpus what teaches nothing, and takes into it what teaches something from others.
///
/// libFuzzer's own merge starts processes, which its sandbox denies. So this is its outer half: a worker that runs inputs one after the other
/// and writes what they cover to a file, and is started again behind one that ended it.
///
/// Source: LLVM, compiler-rt/lib/fuzzer/FuzzerMerge.h, the control file.
struct CorpusMerge {
    /// What came of a merge.
    struct Result: Hashable, Sendable {
        /// Inputs that were run, and those there were.
        var run = 0
        var inputs = 0
        /// Inputs of the corpus that were removed.
        var removed = 0
        /// Inputs of the others that were taken.
        var taken = 0
    }

    /// The corpus that is changed.
    private let corpus: String
    private let own: [String]
    private let foreign: [String]
    private let controlFile: String
    /// The worker that runs inputs.
    private var process: WorkerProcess?
    /// How many inputs all workers but the last have begun.
    private var begun = 0

    /// - Parameter others: folders whose inputs are to be taken.
    init(corpus: String, others: [String], in folder: WorkFolder) throws {
        self.corpus = corpus
        own = try Self.files([corpus])
        foreign = try Self.files(others)
        controlFile = "\(folder.run.path)/merge"
        try control.write(toFile: controlFile, atomically: true, encoding: .utf8)
    }

    /// How many inputs a folder has.
    static func count(_ folder: String) -> Int { size(folder).inputs }

    /// How many inputs a folder has, and how many bytes they have together.
    static func size(_ folder: String) -> CorpusMinimization.Size {
        let files = (try? sizedFiles(folder)) ?? []
        return CorpusMinimization.Size(inputs: files.count, bytes: files.reduce(0) { $0 + $1.size })
    }

    /// Small ones first, as of those that cover the same the first stays; those of a size in the order of their names, which are those of their
    /// bytes, so that it does not matter which folder has which.
    private static func files(_ folders: [String]) throws -> [String] {
        try folders.flatMap(sizedFiles)
            .map { (name: ($0.path as NSString).lastPathComponent, file: $0) }
            .sorted { ($0.file.size, $0.name, $0.file.path) < ($1.file.size, $1.name, $1.file.path) }
            .map(\.file.path)
    }

    private static func sizedFiles(_ folder: String) throws -> [(path: String, size: Int)] {
        let keys: Set<URLResourceKey> = [.fileSizeKey, .isRegularFileKey]
        return try FileManager.default.contentsOfDirectory(
            at: URL(fileURLWithPath: folder),
            includingPropertiesForKeys: Array(keys)
        )
        .compactMap { url -> (path: String, size: Int)? in
            guard let values = try? url.resourceValues(forKeys: keys), values.isRegularFile == true else { return nil }
            return (url.path, values.fileSize ?? 0)
        }
    }

    /// What the control file says before anything is run.
    private var control: String {
        let files = own + foreign
        return ([String(files.count), String(own.count)] + files).joined(separator: "\n") + "\n"
    }

    /// Runs the inputs, and changes the corpus by what was run until `isStopped`.
    /// - Parameters:
    ///   - start: starts a worker that goes on with the control file.
    ///   - progress: told how many were begun, of how many.
    mutating func run(
        isStopped: () -> Bool,
        start: (_ controlFile: String) throws -> WorkerProcess,
        progress: (Int, Int) -> Void
    ) throws -> Result {
        _ = try runInputs(isStopped: isStopped, start: start, progress: progress)
        return try finish()
    }

    /// Runs the inputs and leaves the corpus as it is.
    /// - Returns: whether all were run that can be.
    mutating func runInputs(
        isStopped: () -> Bool,
        start: (_ controlFile: String) throws -> WorkerProcess,
        progress: (Int, Int) -> Void
    ) throws -> Bool {
        var nextLook = ContinuousClock.now
        while !isStopped() {
            if try advance(start) { return true }
            _ = process?.lines(waitingMilliseconds: 100)
            guard ContinuousClock.now >= nextLook else { continue }
            nextLook = .now + .seconds(1)
            progress(Self.beginnings(in: controlFile), inputCount)
        }
        return false
    }

    /// Starts a worker where none runs; does not wait for it.
    /// - Returns: whether all inputs were run that can be.
    mutating func advance(_ start: (_ controlFile: String) throws -> WorkerProcess) throws -> Bool {
        guard let process else {
            if inputCount == 0 { return true }
            let process = try start(controlFile)
            process.closeInput()
            self.process = process
            return false
        }
        _ = process.lines(waitingMilliseconds: 0)
        guard process.isClosed else { return false }
        self.process = nil
        if process.wait() == .exited(status: 0) { return true }
        // A worker that gets no further than the last one has no use.
        let beginnings = Self.beginnings(in: controlFile)
        guard beginnings > begun else { return true }
        begun = beginnings
        return beginnings >= inputCount
    }

    /// Changes the corpus by what was run so far; what still runs is ended.
    mutating func finish() throws -> Result {
        process?.send(SIGKILL)
        process = nil
        var result = Result(inputs: inputCount)
        let covered = Self.covered(by: controlFile)
        result.run = covered.count
        try apply(covered, &result)
        return result
    }

    private var inputCount: Int { own.count + foreign.count }

    /// Removes what covers nothing that a smaller one does not, and copies what covers more than the corpus.
    ///
    /// Whenever it is killed, all inputs that are to stay are there, whole; of those that are not, some may be.
    private func apply(_ covered: [Int: [Substring]], _ result: inout Result) throws {
        var seen: Set<Substring> = []
        for (number, path) in (own + foreign).enumerated() {
            guard let features = covered[number] else { continue }
            let isNew = features.contains { !seen.contains($0) }
            seen.formUnion(features)
            if number < own.count {
                // Others may use the corpus at the same time.
                if !isNew, (try? FileManager.default.removeItem(atPath: path)) != nil { result.removed += 1 }
            } else if isNew, let target = target(for: path) {
                try Self.copy(path, to: target, by: "\(corpus).taken-\(getpid())")
                result.taken += 1
            }
        }
    }

    /// The path in the corpus for an input of another one; nil where it is there, or cannot be read. Other bytes may have its name, as seeds
    /// have names that do not depend on what is in them.
    private func target(for path: String) -> String? {
        let target = "\(corpus)/\((path as NSString).lastPathComponent)"
        guard FileManager.default.fileExists(atPath: target) else { return target }
        guard let bytes = FileManager.default.contents(atPath: path),
            bytes != FileManager.default.contents(atPath: target)
        else { return nil }
        let digest = String(ByteDigest.digest(of: [UInt8](bytes)[...]), radix: 16)
        return FileManager.default.fileExists(atPath: "\(target)-\(digest)") ? nil : "\(target)-\(digest)"
    }

    /// Copies a file that is there whole or not at all.
    /// - Parameter beside: a path in the same file system for what is not whole yet.
    private static func copy(_ path: String, to target: String, by beside: String) throws {
        try? FileManager.default.removeItem(atPath: beside)
        try FileManager.default.copyItem(atPath: path, toPath: beside)
        guard rename(beside, target) == 0 else {
            throw WorkerError("\(target): cannot be written: \(String(cString: strerror(errno)))")
        }
    }

    /// Those that have an end: a worker that was killed may have begun another one.
    private static func lines(of controlFile: String) -> [Substring] {
        let text = (try? String(contentsOfFile: controlFile, encoding: .utf8)) ?? ""
        return text.lastIndex(of: "\n").map { text[..<$0].split(separator: "\n") } ?? []
    }

    /// How many inputs were begun, those that ended their worker included.
    static func beginnings(in controlFile: String) -> Int {
        lines(of: controlFile).count { $0.hasPrefix("STARTED ") }
    }

    /// The features of each input that came to its end, by its number.
    static func covered(by controlFile: String) -> [Int: [Substring]] {
        var covered: [Int: [Substring]] = [:]
        for line in lines(of: controlFile) where line.hasPrefix("FT ") {
            let words = line.split(separator: " ")
            // Behind what a killed worker had begun to write is what the next one wrote.
            guard words.dropFirst().allSatisfy({ UInt64($0) != nil }) else { continue }
            if words.count > 1, let number = Int(words[1]) { covered[number] = Array(words.dropFirst(2)) }
        }
        return covered
    }
}
