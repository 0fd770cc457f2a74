import Foundation
import WasmFormats

/// A kind of file that is read, with how large it may be: a file that somebody else made can be anything.
struct StoredFile: Hashable, Sendable {
    /// With its article.
    let name: String
    let limitInBytes: Int
    /// Whether a symbolic link is followed, as for files that are named by the user; what the store itself made is none.
    let followsLinks: Bool

    /// `report.json`.
    static let report = StoredFile(name: "a report", limitInBytes: 64 << 20, followsLinks: false)
    /// In the inbox; it holds a module in Base64.
    static let finding = StoredFile(name: "a finding", limitInBytes: 256 << 20, followsLinks: false)
    /// Whatever else is in the folder of a crash.
    static let attachment = StoredFile(name: "a file of a crash", limitInBytes: 256 << 20, followsLinks: false)
    /// The summary of a campaign, which the user names.
    static let summary = StoredFile(name: "a summary", limitInBytes: 256 << 20, followsLinks: true)
    /// `module.wat`.
    static let text = StoredFile(name: "a text", limitInBytes: ModuleLimits.textSizeInBytes, followsLinks: false)
    /// `module.wasm` and `original.wasm`.
    static let module = StoredFile(
        name: "a module",
        limitInBytes: ModuleLimits.moduleSizeInBytes,
        followsLinks: false
    )
    /// A module or script in the text format, a raw fuzz input, or one of the above, wherever it is. What is no module by its first bytes need
    /// not be as large as one.
    static func named(_ path: String) -> StoredFile {
        switch (path as NSString).pathExtension {
        case "wat", "wast": StoredFile(name: "a text", limitInBytes: ModuleLimits.textSizeInBytes, followsLinks: true)
        case "json": StoredFile(name: Self.finding.name, limitInBytes: Self.finding.limitInBytes, followsLinks: true)
        default:
            beginsAsModule(path)
                ? StoredFile(name: Self.module.name, limitInBytes: Self.module.limitInBytes, followsLinks: true)
                : StoredFile(name: "a file without the header of a module", limitInBytes: 1 << 20, followsLinks: true)
        }
    }

    /// Whether a regular file has the first bytes of a binary module.
    private static func beginsAsModule(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: BinaryHeader.magic.count)
        return systemRead(descriptor, &bytes, bytes.count) == bytes.count && bytes == BinaryHeader.magic
    }

    /// The content of a regular file; no more than the limit is ever read, even of a file that grows.
    func read(_ path: String) throws(CrashStoreError) -> [UInt8] {
        // A pipe that nobody writes to would never open otherwise.
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followsLinks ? 0 : O_NOFOLLOW)
        let descriptor = open(path, flags)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT: throw CrashStoreError(path: path, reason: "the file is missing")
            case ELOOP where !followsLinks: throw CrashStoreError(path: path, reason: "is a symbolic link, not a file")
            default: throw CrashStoreError.ofSystem("cannot read the file", path)
            }
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw CrashStoreError.ofSystem("cannot read the file", path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw CrashStoreError(path: path, reason: "is not a regular file")
        }
        guard status.st_size <= limitInBytes else { throw tooLarge(Int(status.st_size), path) }
        return try content(of: descriptor, expectedCount: Int(status.st_size), path)
    }

    private func content(
        of descriptor: Int32,
        expectedCount: Int,
        _ path: String
    ) throws(CrashStoreError) -> [UInt8] {
        // One byte more than is there tells whether it has grown.
        var bytes = [UInt8](repeating: 0, count: expectedCount + 1)
        var count = 0
        while true {
            let capacity = bytes.count - count
            let read = bytes.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress! + count, capacity) }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw CrashStoreError.ofSystem("cannot read the file", path) }
            if read == 0 { break }
            count += read
            guard count <= limitInBytes else { throw tooLarge(count, path) }
            if count == bytes.count {
                bytes.append(contentsOf: repeatElement(0, count: min(count, limitInBytes + 1 - count)))
            }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    private func tooLarge(_ count: Int, _ path: String) -> CrashStoreError {
        CrashStoreError(path: path, reason: "\(count) bytes, more than the \(limitInBytes) that \(name) may have")
    }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

extension CrashStoreError {
    /// What failed, with the reason that the system gives in `errno`.
    static func ofSystem(_ what: String, _ path: String) -> CrashStoreError {
        CrashStoreError(path: path, reason: "\(what): \(String(cString: strerror(errno)))")
    }
}
