import Foundation

/// QEMU's user-mode emulation of AArch64, where it is installed.
enum ThirdParty {
    /// The path of `qemu-aarch64`; nil where there is none.
    static let path: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/qemu-aarch64" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    static var isAvailable: Bool { path != nil }

    enum Failure: Error {
        case absent
        /// It ended by a signal, with a status other than zero, late, or with too little output.
        case failed(String)
    }

    /// The snapshots after the sequences of a program.
    /// - Parameter model: QEMU's name of a processor, which decides about the encodings that are allocated.
    static func run(_ program: ThirdPartyProgram, model: String) throws -> [MachineSnapshot] {
        guard let path else { throw Failure.absent }
        let folder = FileManager.default.temporaryDirectory.appending(path: "arm64-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let executable = folder.appending(path: "sequences")
        let output = folder.appending(path: "snapshots")
        try Data(program.executable()).write(to: executable)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: executable.path)
        try Data().write(to: output)

        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = ["-cpu", model, executable.path]
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        let deadline = Date(timeIntervalSinceNow: 60)
        while process.isRunning && Date() < deadline { usleep(1000) }
        if process.isRunning {
            process.terminate()
            throw Failure.failed("no end after 60 s")
        }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw Failure.failed("\(process.terminationReason) \(process.terminationStatus)")
        }
        let bytes = try Data(contentsOf: output)
        guard bytes.count == program.sequenceCount * MachineSnapshot.sizeInBytes else {
            throw Failure.failed("\(bytes.count) bytes of output")
        }
        // A copy, since a slice of data need not be aligned.
        return [UInt8](bytes).withUnsafeBytes { all in
            (0..<program.sequenceCount).map { index in
                let start = index * MachineSnapshot.sizeInBytes
                return MachineSnapshot(
                    UnsafeRawBufferPointer(rebasing: all[start..<start + MachineSnapshot.sizeInBytes])
                )
            }
        }
    }
}
