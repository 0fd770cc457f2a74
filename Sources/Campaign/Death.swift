import Differential
import Foundation
import Triage
import WorkerIsolation

/// A case that took its worker with it, as it is on the disk until it is a finding.
struct Death: Hashable, Sendable, Codable {
    var subject: Case
    var specimen: String?

    /// Writes the death to a folder; it is whole or not there.
    /// - Returns: the file.
    func write(to folder: String) throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/\(UInt64(Date().timeIntervalSince1970 * 1e6))-\(getpid()).json"
        try Data(try JSONLine.encode(self)).write(to: URL(fileURLWithPath: path), options: .atomic)
        return path
    }

    /// Reads a file that ``write(to:)`` made.
    init(reading path: String) throws {
        self = try JSONLine.decode(Death.self, try String(contentsOfFile: path, encoding: .utf8))
    }

    init(_ subject: Case, specimen: String?) {
        self.subject = subject
        self.specimen = specimen
    }

    /// The files of a folder, the oldest first.
    static func files(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted().map { "\(folder)/\($0)" }
    }
}

/// Decides which deaths are worth reproducing: a bug that kills workers is met again and again.
struct DeathLimits: Sendable {
    private var counts: [String: Int] = [:]

    init() {}

    /// Whether a death with this ending and this last output is to be looked at.
    ///
    /// An assertion names its cause, so a few deaths show it at its simplest; a signal can have many causes.
    mutating func isWorthwhile(_ termination: Termination, lastOutput: [String]) -> Bool {
        if let assertion = lastOutput.first(where: { $0.contains("assertion failed: ") }) {
            return count(CrashSignature.normalisedCause(assertion), limit: 2)
        }
        // Each hang takes its full time again. 70 is libFuzzer's exit status after a timeout.
        let isHang = termination == .signalled(SIGALRM) || termination == .exited(status: 70)
        return count(isHang ? "no end" : "\(termination)", limit: isHang ? 2 : 8)
    }

    private mutating func count(_ key: String, limit: Int) -> Bool {
        counts[key, default: 0] += 1
        return counts[key, default: 0] <= limit
    }
}

extension CrashSignature {
    /// A line without its numbers.
    fileprivate static func normalisedCause(_ line: String) -> String { String(line.filter { !$0.isNumber }) }
}
