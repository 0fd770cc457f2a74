import Foundation
import Testing
import WorkerIsolation

@testable import Campaign

/// Builds with a shell script in the place of `swift`.
struct WorkerBuildTests {
    private let folder: ScratchFolder
    private var checkout: String { "\(folder.path)/checkout" }
    private var tools: String { "\(folder.path)/tools" }

    init() throws {
        folder = try ScratchFolder()
        for path in ["\(folder.path)/checkout/Sources", "\(folder.path)/tools"] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        try "let package = Package(name: \"fuzz-multivalue\")"
            .write(toFile: "\(checkout)/Package.swift", atomically: true, encoding: .utf8)
    }

    private func build(_ script: String) throws -> WorkerBuild {
        let swift = "\(tools)/swift"
        try "#!/usr/bin/env bash\n\(script)\n".write(toFile: "\(swift).text", atomically: true, encoding: .utf8)
        // A file that this process has written may be open in a child that another test starts, and then cannot be executed.
        let copy = WorkerInvocation(executable: "/bin/cp", arguments: ["\(swift).text", swift])
        try #require(try WorkerProcess(copy).wait() == .exited(status: 0))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: swift)
        return try WorkerBuild(from: "\(checkout)/Sources", searchPath: "/nowhere:\(tools)")
    }

    @Test func `a checkout is found from within, and nothing is built from outside`() throws {
        #expect(try build("exit 0").checkout == checkout)
        let error = #expect(throws: WorkerError.self) { try WorkerBuild(from: folder.path, searchPath: tools) }
        #expect(error?.description == "this is run outside of a checkout of fuzz-multivalue")
        #expect(throws: WorkerError("no swift on the path")) { try WorkerBuild(from: checkout, searchPath: "/nowhere") }
    }

    private func script(_ name: String) throws -> String {
        let script = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../ci/\(name)").standardized
        return try String(contentsOf: script, encoding: .utf8)
    }

    @Test func `the script that builds the fuzz targets shares the folder, and has the same flags`() throws {
        let text = try script("run-fuzz-targets")
        #expect(text.contains("coverage=(-Xswiftc \(WorkerBuild.coverage))"))
        #expect(text.contains("sanitizers=fuzzer scratch=\(WorkerBuild.scratch) "))
    }

    @Test
    func `the script that measures which lines are reached has the same flags, and puts its worker in the same place`()
        throws
    {
        let text = try script("measure-coverage")
        #expect(text.contains("-Xswiftc -sanitize=fuzzer -Xswiftc \(WorkerBuild.coverage) -Xswiftc -use-ld=lld"))
        #expect(text.contains("$work/\(WorkerBuild.scratch)/release/fuzz-differential"))
    }

    @Test func `the script that makes archives has the same flags, and ships the worker`() throws {
        let text = try script("make-release")
        #expect(text.contains("instrumentation=(-Xswiftc -sanitize=fuzzer -Xswiftc \(WorkerBuild.coverage))"))
        #expect(text.contains("/libexec/fuzz-multivalue/\(WorkerBuild.product)"))
    }

    @Test func `a build gives the worker`() throws {
        let worker = "\(checkout)/.build/libfuzzer/release/fuzz-differential"
        let script = """
            mkdir -p \(checkout)/.build/libfuzzer/release && cp /bin/sh \(worker)
            """
        #expect(try build(script).run(isStopped: { false }) == worker)
    }

    @Test func `a build that fails says its first error`() throws {
        let failing = try build("echo 'a.swift:1: error: no' >&2; echo 'the end' >&2; exit 1")
        #expect(throws: WorkerError("swift build failed: a.swift:1: error: no")) {
            try failing.run(isStopped: { false })
        }
    }

    @Test func `what a build says is told while it goes on, and the seconds also where it says nothing`() throws {
        let build = try build("echo 'Planning build'; echo '[1/2] Compiling A'; echo 'warning: b'; sleep 1; exit 1")
        var told: [WorkerBuildProgress] = []
        #expect(throws: WorkerError.self) { try build.run(isStopped: { false }) { told.append($0) } }
        #expect(told.contains { $0.step == "[1/2] Compiling A" })
        #expect(told.last?.step == "[1/2] Compiling A", "no line hides the step")
        #expect(told.count > 2 && told.last.map { $0.seconds > 0.5 } == true)
    }

    @Test func `the line of a build has its seconds and its last step, and is left out at first`() {
        var progress = WorkerBuildProgress()
        #expect(!progress.isWorthTelling && progress.text == "building the instrumented worker, 0 s")
        progress.hear("Fetching argument-parser")
        progress.hear("")
        progress.seconds = 61.7
        #expect(progress.isWorthTelling)
        #expect(progress.text == "building the instrumented worker, 61 s: Fetching argument-parser")
        progress.hear("[123/456] Compiling Runtime\u{1B}[2J")
        progress.hear("note: something")
        #expect(
            progress.text == "building the instrumented worker, 61 s: [123/456] Compiling Runtime\\u{1B}[2J"
        )
        progress.hear("[124/456] Linking")
        #expect(progress.step == "[124/456] Linking")
    }

    @Test(.timeLimit(.minutes(10)))
    func `an interrupted build leaves no compiler behind, in whatever group it is`() throws {
        let number = "\(folder.path)/number"
        // With job control each child leads a group, as build systems have it.
        let build = try build("set -m; sleep 100000 & echo $! > \(number).new; mv \(number).new \(number); wait")
        #expect(throws: WorkerError("interrupted")) {
            try build.run(isStopped: { FileManager.default.fileExists(atPath: number) })
        }
        let text = try String(contentsOfFile: number, encoding: .utf8)
        let compiler = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        while !Self.isGone(compiler) { usleep(10_000) }
    }

    private static func isGone(_ process: pid_t) -> Bool {
        guard kill(process, 0) == 0 else { return true }
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return true }
        return status.split(separator: ")").last?.split(separator: " ").first == "Z"
    }
}
