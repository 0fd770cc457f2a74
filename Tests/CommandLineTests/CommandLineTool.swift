import Foundation

/// The built executable, run as a process.
struct CommandLineTool {
    /// How a run ended.
    struct Ending {
        var status: Int32
        /// Whether a signal ended the process.
        var wasKilled: Bool
        var output: [UInt8]
        var error: String

        var text: String { String(decoding: output, as: UTF8.self) }

        /// Whether the run ended as misuse and bad input must: status 2, nothing but one line that begins with `error: `.
        var isOneLineError: Bool { isOneLineError(status: 2) }

        func isOneLineError(status: Int32) -> Bool {
            !wasKilled && self.status == status && output.isEmpty && error.hasPrefix("error: ") && error.hasSuffix("\n")
                && error.filter(\.isNewline).count == 1
        }
    }

    /// A folder for the files of one test.
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("command-line-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func removeFolder() { try? FileManager.default.removeItem(at: folder) }

    /// The executable beside the test bundle.
    static let executable: URL? = {
        var folder = Bundle.main.executableURL?.deletingLastPathComponent()
        #if canImport(Darwin)
            if let bundle = Bundle.allBundles.first(where: { $0.bundlePath.hasSuffix(".xctest") }) {
                folder = bundle.bundleURL.deletingLastPathComponent()
            }
        #endif
        while let current = folder, current.path != "/" {
            let candidate = current.appendingPathComponent("fuzz-multivalue")
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: candidate.path, isDirectory: &isFolder), !isFolder.boolValue {
                return candidate
            }
            folder = current.deletingLastPathComponent()
        }
        return nil
    }()

    struct NotBuilt: Error {}

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: folder.appendingPathComponent(name))
        return path(name)
    }

    func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    /// What a program that is looked for in PATH prints.
    static func output(of program: String, _ arguments: [String], in folder: URL? = nil) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        if let folder { process.currentDirectoryURL = folder }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
    }

    /// Runs the executable to its end; output goes through files, so that no pipe can be full.
    /// - Parameters:
    ///   - limit: what a shell says before, such as `ulimit -v 400000`.
    ///   - signal: sent once standard error has a text, which tells that the work is under way.
    func run(
        _ arguments: [String],
        input: String? = nil,
        limit: String? = nil,
        signal: (number: Int32, onceSaid: String)? = nil
    ) throws -> Ending {
        guard let executable = Self.executable else { throw NotBuilt() }
        let number = UUID().uuidString
        let process = Process()
        if let limit {
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", "\(limit); exec \"$0\" \"$@\"", executable.path] + arguments
        } else {
            process.executableURL = executable
            process.arguments = arguments
        }
        process.currentDirectoryURL = folder
        let output = folder.appendingPathComponent("output-\(number)")
        let error = folder.appendingPathComponent("error-\(number)")
        _ = FileManager.default.createFile(atPath: output.path, contents: nil)
        _ = FileManager.default.createFile(atPath: error.path, contents: nil)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: error)
        if let input {
            process.standardInput = try FileHandle(
                forReadingFrom: URL(fileURLWithPath: write(input, to: "in-\(number)"))
            )
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        try process.run()
        if let signal {
            // A test that waits for what is never said fails by what the signal ends.
            let deadline = ContinuousClock.now + .seconds(60)
            while process.isRunning, ContinuousClock.now < deadline {
                if String(decoding: try Data(contentsOf: error), as: UTF8.self).contains(signal.onceSaid) { break }
                usleep(20_000)
            }
            kill(process.processIdentifier, signal.number)
        }
        process.waitUntilExit()
        return Ending(
            status: process.terminationStatus,
            wasKilled: process.terminationReason == .uncaughtSignal,
            output: [UInt8](try Data(contentsOf: output)),
            error: String(decoding: try Data(contentsOf: error), as: UTF8.self)
        )
    }
}
