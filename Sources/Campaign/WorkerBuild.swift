import Foundation
import WorkerIsolation

/// Builds the instrumented worker in the checkout that this is run in.
struct WorkerBuild {
    static let product = "fuzz-differential"
    /// What libFuzzer is told: the edges, but not the operands of each comparison, which takes three quarters of the time and says
    /// nothing to inputs that decide cases.
    static let coverage = "-sanitize-coverage=edge,inline-8bit-counters,pc-table"

    /// What is built stays there, in the package. Flags that change do not rebuild everything: others need another folder.
    static let scratch = ".build/libfuzzer"

    /// The folder of the package.
    let checkout: String
    private let swift: String

    /// - Parameters:
    ///   - folder: in the checkout, or the checkout itself.
    ///   - searchPath: folders with colons between them, where `swift` is.
    /// - Throws: an error of a few words, where there is no checkout, or nothing to build with.
    init(
        from folder: String = FileManager.default.currentDirectoryPath,
        searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? ""
    ) throws(WorkerError) {
        guard let checkout = Self.checkout(around: folder) else {
            throw WorkerError("this is run outside of a checkout of fuzz-multivalue")
        }
        self.checkout = checkout
        let candidates = searchPath.split(separator: ":").map { "\($0)/swift" }
        guard let swift = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw WorkerError("no swift on the path")
        }
        self.swift = swift
    }

    /// A folder, or the nearest above it, that is the package.
    private static func checkout(around folder: String) -> String? {
        var folder = URL(fileURLWithPath: folder).standardizedFileURL
        while true {
            let manifest = try? String(contentsOfFile: folder.path + "/Package.swift", encoding: .utf8)
            if let manifest, manifest.contains("name: \"fuzz-multivalue\"") { return folder.path }
            if folder.path == "/" { return nil }
            folder.deleteLastPathComponent()
        }
    }

    /// The path of the instrumented worker after a build that does nothing where all is up to date.
    ///
    /// Once `isStopped`, the build is ended with all the compilers that it started.
    /// - Parameter progress: told several times a second how far the build is, whether it has said something or not.
    /// - Throws: an error of one line that says why there is none.
    func run(
        isStopped: () -> Bool,
        progress: (WorkerBuildProgress) -> Void = { _ in }
    ) throws(WorkerError) -> String {
        let scratch = "\(checkout)/\(Self.scratch)"
        let process = try WorkerProcess(
            WorkerInvocation(
                executable: swift,
                arguments: [
                    "build", "-c", "release", "--product", Self.product, "--package-path", checkout, "--scratch-path",
                    scratch, "-Xswiftc", "-sanitize=fuzzer", "-Xswiftc", Self.coverage, "-Xswiftc", "-use-ld=lld",
                ],
                inheritsEnvironment: true
            )
        )
        process.closeInput()
        let start = ContinuousClock.now
        var state = WorkerBuildProgress()
        var lastLine = ""
        while !process.isClosed {
            if isStopped() { throw WorkerError("interrupted") }
            let (output, errors) = process.lines(waitingMilliseconds: 100)
            for line in output { state.hear(line) }
            state.seconds = Campaign.seconds(since: start)
            progress(state)
            if let line = (output + errors).last(where: { $0.contains("error:") }) ?? (output + errors).last {
                if !lastLine.contains("error:") || line.contains("error:") { lastLine = line }
            }
        }
        guard process.wait() == .exited(status: 0) else { throw WorkerError("swift build failed: \(lastLine)") }
        let path = "\(scratch)/release/\(Self.product)"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw WorkerError("no \(path) after the build")
        }
        return path
    }
}
