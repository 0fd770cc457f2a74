import Execution
import Foundation
import Testing
import WorkerIsolation

@testable import ExternalEngines

/// What stands for the release of an engine that does not tell it.
struct FetchedPackageTests {
    private let folder: ScratchFolder
    private let invocation: WorkerInvocation

    init() throws {
        folder = try ScratchFolder()
        let engine = "\(folder.path)/.engines/mine"
        try FileManager.default.createDirectory(atPath: engine, withIntermediateDirectories: true)
        try Data("package-of-mine 1.2\n".utf8).write(to: URL(fileURLWithPath: "\(engine)/package"))
        invocation = WorkerInvocation(executable: "/bin/true", arguments: ["--flag", "\(engine)/lib/libmine.so"])
    }

    @Test func `the package of a fetched engine stands for a release that it does not tell`() {
        let untold = HostDescription(name: "mine", release: EngineCapabilities.unknownVersion)
        #expect(untold.completed(invocation).release == "package-of-mine 1.2")
        let elsewhere = WorkerInvocation(executable: "/bin/true", arguments: ["\(folder.path)/libmine.so"])
        #expect(untold.completed(elsewhere) == untold)
    }

    @Test func `a release that the engine tells stays`() {
        let told = HostDescription(name: "mine", release: "3.4")
        #expect(told.completed(invocation) == told)
    }
}
