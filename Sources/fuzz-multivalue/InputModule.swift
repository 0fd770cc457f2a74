import Foundation
import WasmFormats
import WasmModel

/// A module that a command was given: a file in either format, or standard input.
struct InputModule {
    /// The path for messages, `-` for standard input.
    var path: String
    /// The binary; encoded here where the file is text.
    var wasm: [UInt8]
    var module: ValidatedModule

    /// Reads, decodes and validates a module. The content says which format it is in; where it does not, the name's ending.
    /// - Parameter features: what the module may use.
    init(path: String, features: FeatureSet = .wasm3) throws(CommandFailure) {
        self.path = path
        let text: [UInt8]?
        (wasm, text) = try Self.binary(at: path)
        let decoded = try Self.decoded(wasm, path)
        do {
            module = try Validator.validate(decoded, features: features)
        } catch {
            if let text, let located = TextParser.located(error, in: text) {
                throw CommandFailure("\(path):\(located)")
            }
            throw CommandFailure("\(path): \(text == nil ? error.description : error.reason)")
        }
        // Reserved bytes and flags that a later release gave a meaning to.
        guard text == nil, features != .wasm3 else { return }
        do {
            _ = try BinaryDecoder.decode(wasm, features: features)
        } catch {
            throw CommandFailure("\(path): the encoding requires a feature of a later release: \(error)")
        }
    }

    /// Reads a module, which need not be valid, or not even decode; one that is text is encoded.
    static func binary(at path: String) throws(CommandFailure) -> (wasm: [UInt8], text: [UInt8]?) {
        let content = try content(of: path)
        if content.starts(with: BinaryHeader.magic) || path.hasSuffix(".wasm") || content.contains(0) {
            return (content, nil)
        }
        do {
            return (BinaryEncoder.encode(try TextParser.module(content)), content)
        } catch {
            throw CommandFailure("\(path):\(error)")
        }
    }

    /// Decodes the bytes of a path.
    static func decoded(_ wasm: [UInt8], _ path: String) throws(CommandFailure) -> Module {
        do {
            return try BinaryDecoder.decode(wasm)
        } catch {
            throw CommandFailure("\(path): \(error)")
        }
    }

    private static func content(of path: String) throws(CommandFailure) -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return content }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(path)
            }
            content.append(contentsOf: chunk[..<count])
            let isBinary = content.starts(with: BinaryHeader.magic)
            // What is no module by its beginning is refused for that, however much follows.
            if !isBinary, content.count >= BinaryHeader.magic.count,
                path.hasSuffix(".wasm") || chunk[..<count].contains(0)
            {
                return content
            }
            let limit = isBinary ? ModuleLimits.moduleSizeInBytes : ModuleLimits.textSizeInBytes
            guard content.count <= limit else { throw CommandFailure("\(path): more than \(limit) bytes") }
        }
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure("\(path): cannot read the file: \(String(cString: strerror(errno)))")
    }
}
