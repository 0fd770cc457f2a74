import Differential
import Execution
import Foundation
import Triage
import WorkerIsolation

/// A case that took its worker with it, as it is on the disk until it is a finding.
struct Death: Hashable, Sendable {
    var subject: Case
    var specimen: String?
    /// How the worker ended, without what changes from case to case.
    var cause: String

    init(_ subject: Case, specimen: String?, cause: String) {
        self.subject = subject
        self.specimen = specimen
        self.cause = cause
    }
}

extension Death: Codable {
    private enum Key: String, CodingKey {
        case specimen = "specimen"
        case cause = "cause"
    }

    /// Writes the subject's keys and the others beside each other, so that the file can be replayed.
    func encode(to encoder: any Encoder) throws {
        try subject.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encodeIfPresent(specimen, forKey: .specimen)
        try container.encode(cause, forKey: .cause)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self.init(
            try Case(from: decoder),
            specimen: try container.decodeIfPresent(String.self, forKey: .specimen),
            cause: try container.decode(String.self, forKey: .cause)
        )
    }
}

/// The deaths of a store, beside the findings that wait, so that the next start with the same store looks at what was left.
struct DeathFolder: Sendable {
    private let inbox: CrashInbox
    private let folder: WaitingFolder

    init(_ store: CrashStore) {
        inbox = store.inbox
        folder = WaitingFolder(path: "\(store.inbox.path)/deaths")
    }

    /// Writes a death; it is whole or not there.
    /// - Returns: the file.
    func put(_ death: Death) throws -> String {
        let file = folder.newPath()
        try folder.put([UInt8](try JSONLine.encode(death)), at: file)
        return file
    }

    /// Removes the beginnings of deaths whose writers are no more.
    func removeLeftovers() { try? folder.removeWhatKilledWritersLeft() }

    /// The oldest first.
    var files: [String] { (try? folder.files()) ?? [] }

    /// Reads a file that ``put(_:)`` wrote.
    /// - Throws: an error that names the file, which is moved aside then.
    func read(_ file: String) throws -> Death {
        do {
            return try JSONLine.decode(Death.self, try String(contentsOfFile: file, encoding: .utf8))
        } catch {
            let kept = try inbox.setAside(file, in: "damaged")
            throw WorkerError("\(file): not a case that killed a worker; moved to \(kept)")
        }
    }

    func remove(_ file: String) throws { try FileManager.default.removeItem(atPath: file) }
}

/// Decides which deaths are worth reproducing: a bug that kills workers is met again and again.
struct DeathLimits: Sendable {
    private var counts: [String: Int] = [:]

    init() {}

    /// Whether a death of a cause is to be looked at.
    ///
    /// An assertion names its cause, so a few deaths show it at its simplest, and each hang takes its full time again; a signal can have
    /// many causes.
    mutating func isWorthwhile(_ cause: DeathCause) -> Bool {
        counts[cause.description, default: 0] += 1
        return counts[cause.description, default: 0] <= cause.limit
    }
}

/// How a worker ended, without what changes from case to case.
struct DeathCause: Hashable, Sendable, CustomStringConvertible {
    let description: String
    fileprivate let limit: Int

    /// That of a case that its clock has ended.
    static let noEnd = "no end"

    /// - Parameter lastOutput: lines of standard error.
    init(_ termination: Termination, lastOutput: [String]) {
        if let line = lastOutput.first(where: { $0.contains("assertion failed: ") }) {
            let start = line.range(of: "assertion failed: ")?.lowerBound ?? line.startIndex
            description = CrashSignature.normalised(String(line[start...]))
            limit = 2
            return
        }
        switch termination {
        // The clocks of the case.
        case .signalled(SIGPROF), .signalled(SIGALRM):
            description = Self.noEnd
            limit = 2
        case .signalled(let number):
            description = "signal \(number)"
            limit = 8
        case .exited(let status):
            description = "exit status \(status)"
            limit = 8
        }
    }
}
