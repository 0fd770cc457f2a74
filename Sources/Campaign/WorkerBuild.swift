import Foundation
import WorkerIsolation

/// Finds the sources of this program and builds the instrumented worker.
enum WorkerBuild {
    static let product = "fuzz-differential"

    /// The folder of the package: the present one or one above it; otherwise where this was compiled.
    static func packageRoot() -> String? {
        var candidates: [String] = []
        var folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        while folder.path != "/" {
            candidates.append(folder.path)
            folder.deleteLastPathComponent()
        }
        candidates.append(
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().path
        )
        return candidates.first { path in
            guard let manifest = try? String(contentsOfFile: "\(path)/Package.swift", encoding: .utf8) else {
                return false
            }
            return manifest.contains("name: \"fuzz-multivalue\"")
        }
    }

    /// The path of the instrumented worker after a build that does nothing where all is up to date.
    /// - Throws: an error of one line that says why there is none.
    static func build(_ isStopped: () -> Bool) throws(WorkerError) -> String {
        guard let root = packageRoot() else { throw WorkerError("the sources are not here") }
        guard let swift = program("swift") else { throw WorkerError("no swift on the path") }
        let scratch = "\(root)/.build/fuzz"
        let process = try WorkerProcess(
            WorkerInvocation(
                executable: swift,
                arguments: [
                    "build", "-c", "release", "--product", product, "--package-path", root, "--scratch-path", scratch,
                    "-Xswiftc", "-sanitize=fuzzer", "-Xswiftc", "-use-ld=lld",
                ]
            )
        )
        process.closeInput()
        var lastLine = ""
        while true {
            if isStopped() { throw WorkerError("interrupted") }
            let (output, errors) = process.lines(waitingMilliseconds: 100)
            if let line = (output + errors).last(where: { $0.contains("error:") }) ?? (output + errors).last {
                if !lastLine.contains("error:") || line.contains("error:") { lastLine = line }
            }
            if process.isClosed { break }
        }
        guard process.wait() == .exited(status: 0) else { throw WorkerError("swift build failed: \(lastLine)") }
        let path = "\(scratch)/release/\(product)"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw WorkerError("no \(path) after the build")
        }
        return path
    }

    private static func program(_ name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
