import Execution
import Foundation
import WasmFormats
import WasmModel

/// What goes into the folder of a crash.
public struct CrashRecord: Sendable {
    public var report: CrashReport
    /// The reduced module.
    public var wasm: [UInt8]
    /// The module as found; nil where nothing was reduced.
    public var original: [UInt8]?
    /// The cases of `regression.wast`.
    public var regressions: [RegressionCase]
    /// Further files, which the commands of the report need.
    public var files: [Reproduction.File]
    /// What the reduction took, which is no part of what is stored; nil where there was none.
    public var cost: ReductionCost?

    /// Makes a record.
    public init(
        report: CrashReport,
        wasm: [UInt8],
        original: [UInt8]? = nil,
        regressions: [RegressionCase],
        files: [Reproduction.File] = [],
        cost: ReductionCost? = nil
    ) {
        self.files = files
        self.cost = cost
        self.report = report
        self.wasm = wasm
        self.original = original
        self.regressions = regressions
    }
}

/// The folder of crashes: one folder `NNNN-slug` a crash, which appears whole or not at all.
///
/// A folder is written under a temporary name, flushed, and renamed, under a lock that dies with its holder; so several writers number
/// theirs apart, and what a killed writer left is known to be left and is removed.
public struct CrashStore: Sendable {
    /// The folder of the store; it need not exist.
    public let path: String
    /// Findings that are not in the store yet.
    public let inbox: CrashInbox
    private let file: DurableFile
    private let lock: StoreLock

    /// A store in a folder. Nothing is read or written yet.
    public init(path: String) { self.init(path: path, file: DurableFile()) }

    init(path: String, file: DurableFile, lock: StoreLock = StoreLock()) {
        self.path = path
        self.file = file
        self.lock = lock
        inbox = CrashInbox(path: "\(path)/.pending")
    }

    private static let temporaryPrefix = ".tmp-"
    /// What is the store's own business and nothing to commit.
    private static let ignored = ".lock\n.pending/\n.reducing/\n.tmp-*\n.gitignore\n"

    // MARK: Writing

    /// Makes the folder where it is missing, and removes what killed writers left; the findings in the inbox stay.
    public func open() throws(CrashStoreError) {
        try DurableFile.makeFolder(path)
        try locked { () throws(CrashStoreError) in
            for name in try DurableFile.names(in: path) where name.hasPrefix(Self.temporaryPrefix) {
                try DurableFile.remove("\(path)/\(name)")
            }
            try inbox.removeWhatKilledWritersLeft()
        }
    }

    /// What became of a crash that was to be added.
    public enum Addition: Hashable, Sendable {
        /// With the paths of folders that are no more, as it explains them: what made them was reduced less far.
        case added(CrashFolder, replacing: [String])
        /// There is one with the signature that is not fixed.
        case known(CrashFolder)

        /// The folder, in either case.
        public var folder: CrashFolder {
            switch self {
            case .added(let folder, _), .known(let folder): folder
            }
        }
    }

    /// Adds a crash unless one with its signature is there that is not fixed, and then removes its finding from the inbox. Open ones that it
    /// explains make room for it.
    /// - Throws: where the folder cannot be written, for the first thing that fails; nothing is left of the folder then, and the
    ///   finding stays.
    public func add(_ record: CrashRecord, resolving item: CrashInbox.Item? = nil) throws(CrashStoreError) -> Addition {
        try DurableFile.makeFolder(path)
        let addition = try locked { () throws(CrashStoreError) -> Addition in
            let (signature, specimen) = (record.report.signature, record.report.specimen)
            let folders = try content().folders
            if let known = Self.known(signature, specimen, among: folders) { return .known(known) }
            let added = try write(record)
            let explained = folders.filter { record.report.explains($0.report) }
            // What cannot be removed stays beside the new one.
            let replaced = explained.filter { (try? removeFolder($0)) != nil }
            return .added(added, replacing: replaced.map(\.path))
        }
        if let item { try inbox.remove(item) }
        return addition
    }

    /// Changes the report of a crash, atomically.
    public func update(_ report: CrashReport, of folder: CrashFolder) throws(CrashStoreError) {
        try locked { () throws(CrashStoreError) in
            let target = "\(folder.path)/\(CrashFolder.File.report)"
            let temporary = "\(path)/\(Self.temporaryPrefix)report"
            try DurableFile.remove(temporary)
            try file.replace(try ReportText.encode(report, path: target), target, temporary: temporary)
        }
    }

    func locked<Result>(_ body: () throws(CrashStoreError) -> Result) throws(CrashStoreError) -> Result {
        let ignore = "\(path)/.gitignore"
        if !DurableFile.exists(ignore) {
            // Who comes second finds the file there, which is as good.
            do { try DurableFile.writeNewFile([UInt8](Self.ignored.utf8), ignore) } catch {
                guard DurableFile.exists(ignore) else { throw error }
            }
        }
        return try lock.locked("\(path)/.lock", body)
    }

    /// Writes a folder under the next number; the caller holds the lock.
    private func write(_ record: CrashRecord) throws(CrashStoreError) -> CrashFolder {
        let slug = record.report.signature.slug
        return try writeFolder(named: slug.isEmpty ? "crash" : slug) { temporary throws(CrashStoreError) in
            try file.write(record.wasm, "\(temporary)/\(CrashFolder.File.module)")
            try file.write(
                [UInt8](Self.text(of: record.wasm).utf8),
                "\(temporary)/\(CrashFolder.File.text)"
            )
            try file.write(
                [UInt8](RegressionScript.text(title: record.report.title, record.regressions).utf8),
                "\(temporary)/\(CrashFolder.File.script)"
            )
            if let original = record.original {
                try file.write(original, "\(temporary)/\(CrashFolder.File.original)")
            }
            for extra in record.files { try file.write(extra.bytes, "\(temporary)/\(extra.name)") }
            let report = "\(temporary)/\(CrashFolder.File.report)"
            try file.write(try ReportText.encode(record.report, path: report), report)
        }
    }

    /// Writes the folder of a crash of another store, with all of its files, under the next number; the caller holds the lock.
    func copy(_ folder: CrashFolder) throws(CrashStoreError) -> CrashFolder {
        let slug = folder.name.drop { $0 != "-" }.dropFirst()
        return try writeFolder(named: String(slug)) { temporary throws(CrashStoreError) in
            for name in try DurableFile.names(in: folder.path) {
                let kind = name == CrashFolder.File.report ? StoredFile.report : StoredFile.attachment
                try file.write(try kind.read("\(folder.path)/\(name)"), "\(temporary)/\(name)")
            }
        }
    }

    /// Makes a folder that appears whole or not at all, under the next number; the caller holds the lock.
    /// - Parameter write: writes the files into a folder of another name.
    private func writeFolder(
        named slug: String,
        _ write: (_ temporary: String) throws(CrashStoreError) -> Void
    ) throws(CrashStoreError) -> CrashFolder {
        let digits = String(try nextNumber())
        let number = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        let target = "\(path)/\(number)-\(slug)"
        let temporary = "\(path)/\(Self.temporaryPrefix)\(number)-\(getpid())"
        try DurableFile.remove(temporary)
        do throws(CrashStoreError) {
            try DurableFile.makeFolder(temporary)
            try write(temporary)
            try DurableFile.flushFolder(temporary)
            try DurableFile.move(temporary, to: target)
        } catch {
            // The first failure is the one to tell.
            try? DurableFile.remove(temporary)
            throw error
        }
        try DurableFile.flushFolder(path)
        return try CrashFolder(reading: target)
    }

    /// Removes a folder, of which nothing is seen from the first moment on; the caller holds the lock.
    func removeFolder(_ folder: CrashFolder) throws(CrashStoreError) {
        let temporary = "\(path)/\(Self.temporaryPrefix)\(folder.name)"
        try DurableFile.move(folder.path, to: temporary)
        try DurableFile.remove(temporary)
    }

    /// The number after the greatest; the smallest free one where that is the greatest of all.
    private func nextNumber() throws(CrashStoreError) -> Int {
        let numbers = Set(try DurableFile.names(in: path).compactMap(CrashFolder.number(ofFolder:)))
        let next = (numbers.max() ?? 0) + 1
        if CrashFolder.numbers.contains(next) { return next }
        return CrashFolder.numbers.first { !numbers.contains($0) } ?? next
    }

    /// The module in the text format; where it cannot be decoded, a comment that says why.
    private static func text(of wasm: [UInt8]) -> String {
        do {
            let text = TextPrinter.text(of: try BinaryDecoder.decode(wasm))
            return text.hasSuffix("\n") ? text : text + "\n"
        } catch {
            return ";; The module has no text form: \("\(error)".inComment)\n"
        }
    }

    // MARK: Reading

    /// What is in a store.
    public struct Content: Sendable {
        /// By number.
        public var folders: [CrashFolder] = []
        /// Folders that cannot be read, and why.
        public var problems: [CrashStoreError] = []
    }

    /// Reads the reports of all folders; a store that does not exist is empty.
    public func content() throws(CrashStoreError) -> Content {
        var content = Content()
        for name in try DurableFile.names(in: path) where CrashFolder.isName(name) {
            do throws(CrashStoreError) {
                content.folders.append(try CrashFolder(reading: "\(path)/\(name)"))
            } catch {
                content.problems.append(error)
            }
        }
        content.folders.sort { ($0.number, $0.name) < ($1.number, $1.name) }
        return content
    }

    /// The crash that explains failures with a signature, and is not fixed; nil where there is none. One that was found under a deliberate
    /// bug is another one.
    public func known(_ signature: CrashSignature, specimen: String? = nil) throws(CrashStoreError) -> CrashFolder? {
        Self.known(signature, specimen, among: try content().folders)
    }

    /// Of several, the one with the very signature, and an open one before one that is accepted, which might hide it.
    private static func known(
        _ signature: CrashSignature,
        _ specimen: String?,
        among folders: [CrashFolder]
    ) -> CrashFolder? {
        let standing = folders.filter { $0.report.stands(for: signature, specimen) }
        let exact = standing.filter { $0.report.signature == signature }
        let candidates = exact.isEmpty ? standing : exact
        return candidates.first { $0.report.status == .open } ?? candidates.first
    }
}

extension CrashReport {
    /// Whether a crash with a signature, found under a deliberate bug or none, is this one, which is not fixed.
    func stands(for other: CrashSignature, _ otherSpecimen: String?) -> Bool {
        status != .fixed && signature.covers(other) && specimen == otherSpecimen
    }

    /// Whether an open crash is this one, which is reduced further.
    func explains(_ other: CrashReport) -> Bool {
        other.status == .open && stands(for: other.signature, other.specimen)
    }
}
