import Differential
import Execution
import Foundation
import Triage
import WasmFormats
import WasmModel

/// A file of a folder of modules.
struct ModuleFile: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case path = "path"
        case isChangeable = "isChangeable"
    }

    var path: String
    /// Whether others are made of it, which takes a valid module that shows something.
    var isChangeable: Bool

    /// Larger files would take the time of many others; in bytes.
    static let greatestSize = 1 << 20

    /// Looks at a file.
    /// - Returns: the reason as well where less than all is done with it; no file where nothing is.
    static func inspect(_ path: String) -> (file: ModuleFile?, reason: ModuleReservation?) {
        switch content(of: path) {
        case .failure(let reason): return (nil, reason)
        case .success(let wasm):
            guard wasm.starts(with: BinaryHeader.magic) else { return (nil, .noModule) }
            guard let module = try? BinaryDecoder.decode(wasm), (try? Validator.validate(module)) != nil else {
                return (ModuleFile(path: path, isChangeable: false), .invalid)
            }
            guard module.showsSomething else { return (ModuleFile(path: path, isChangeable: false), .showsNothing) }
            return (ModuleFile(path: path, isChangeable: true), nil)
        }
    }

    /// The bytes of a regular file that is not too large. Nothing else is opened, as a pipe or a device may have no end.
    static func content(of path: String) -> Result<[UInt8], ModuleReservation> {
        var status = stat()
        guard stat(path, &status) == 0 else { return .failure(.unreadable) }
        guard status.st_mode & S_IFMT == S_IFREG else { return .failure(.notRegular) }
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return .failure(.unreadable) }
        defer { close(descriptor) }
        // Another one may have its name by now.
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return .failure(.notRegular) }
        // A file may grow, and those of the system have no size.
        var bytes = [UInt8](repeating: 0, count: min(Int(status.st_size), greatestSize) + 1)
        var count = 0
        while true {
            let taken = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + count, $0.count - count) }
            if taken < 0, errno == EINTR { continue }
            guard taken >= 0 else { return .failure(.unreadable) }
            count += taken
            if taken == 0 { return .success(Array(bytes[..<count])) }
            if count > greatestSize { return .failure(.tooLarge) }
            if count == bytes.count {
                bytes += [UInt8](repeating: 0, count: min(count, greatestSize + 1 - count))
            }
        }
    }
}

extension Module {
    /// Whether an instance can be told from another: by a call, by what is exported, or by how its start ends.
    fileprivate var showsSomething: Bool {
        let hasState = exports.contains { export in
            switch export.item {
            case .global, .memory, .table: true
            case .function, .tag: false
            }
        }
        return hasState || start != nil
            || !DecodedCase(module: self, invocations: []).callingExports.invocations.isEmpty
    }
}
