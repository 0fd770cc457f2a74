import Foundation
import WasmFormats

/// A plain file that is read where its size and its beginning say that it may be what is expected.
enum PlainFile {
    /// What a file is expected to hold.
    enum Content {
        case script
        case commands
        /// A module in the binary format, which may be malformed.
        case module
        case scriptOrModule
    }

    /// Why a file is not read.
    enum Refusal: Error, CustomStringConvertible {
        case unreadable
        case notPlain
        case tooLarge(limitInBytes: Int)
        case binaryModule
        case notText(zeroAt: Int)

        var description: String {
            switch self {
            case .unreadable: "cannot read the file"
            case .notPlain: "not a plain file"
            case .tooLarge(let limit): "more than \(limit) bytes"
            case .binaryModule: "a binary module, not a script"
            case .notText(let offset): "not text: a zero byte at offset \(offset)"
            }
        }
    }

    /// How much of a file is looked at before the rest is read.
    private static let beginningInBytes = 4096

    /// Whether bytes begin as modules in the binary format do.
    static func isModule(_ bytes: [UInt8]) -> Bool { bytes.starts(with: BinaryHeader.magic) }

    /// The bytes of a file; no more are read than its content may have, and one.
    static func bytes(of path: String, expecting content: Content) throws(Refusal) -> [UInt8] {
        // A pipe without a writer does not hold up its opening.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notPlain }
        var bytes: [UInt8] = []
        try read(descriptor, into: &bytes, upTo: beginningInBytes)
        let limit = try limitInBytes(ofFileBeginning: bytes, expecting: content)
        let size = Int(status.st_size)
        guard size <= limit else { throw .tooLarge(limitInBytes: limit) }
        bytes.reserveCapacity(size + 1)
        try read(descriptor, into: &bytes, upTo: limit + 1)
        guard bytes.count <= limit else { throw .tooLarge(limitInBytes: limit) }
        return bytes
    }

    /// How large a file with a beginning may be.
    private static func limitInBytes(
        ofFileBeginning beginning: [UInt8],
        expecting content: Content
    ) throws(Refusal) -> Int {
        let isModule = isModule(beginning)
        switch content {
        case .module: return ModuleLimits.moduleSizeInBytes
        case .scriptOrModule where isModule: return ModuleLimits.moduleSizeInBytes
        case .script where isModule, .commands where isModule: throw .binaryModule
        case .script, .scriptOrModule:
            // Only a comment may hold a zero byte.
            let text = beginning.prefix { $0 != UInt8(ascii: ";") }
            if let zero = text.firstIndex(of: 0) { throw .notText(zeroAt: zero) }
        case .commands: if let zero = beginning.firstIndex(of: 0) { throw .notText(zeroAt: zero) }
        }
        return ModuleLimits.textSizeInBytes
    }

    /// Reads on until there are a number of bytes, or none any more.
    private static func read(_ descriptor: Int32, into bytes: inout [UInt8], upTo count: Int) throws(Refusal) {
        var chunk = [UInt8](repeating: 0, count: min(count, 1 << 20))
        while bytes.count < count {
            let wanted = min(chunk.count, count - bytes.count)
            let got = chunk.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, wanted) }
            if got == 0 { return }
            if got < 0 {
                if errno == EINTR { continue }
                throw .unreadable
            }
            bytes.append(contentsOf: chunk[..<got])
        }
    }
}
