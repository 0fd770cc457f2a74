import Foundation
import Testing
import WorkerIsolation

@testable import Campaign

struct ScratchFolderTests {
    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    @Test func `a folder is its user's alone, and goes with its object`() throws {
        let parent = try ScratchFolder()
        let path: String
        do {
            let folder = try ScratchFolder(in: parent.path)
            path = folder.path
            var status = stat()
            try #require(lstat(path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o700)
            #expect(status.st_uid == geteuid())
            #expect(path.hasPrefix("\(parent.path)/fuzz-multivalue-"))
            withExtendedLifetime(folder) {}
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `what a killed run left goes, what another run uses and what is none stays`() throws {
        let parent = try ScratchFolder()
        let used = try ScratchFolder(in: parent.path)
        func make(_ name: String, lock: Bool) throws {
            try FileManager.default.createDirectory(
                atPath: "\(parent.path)/\(name)",
                withIntermediateDirectories: false
            )
            if lock { _ = FileManager.default.createFile(atPath: "\(parent.path)/\(name)/lock", contents: nil) }
        }
        try make("fuzz-multivalue-killed", lock: true)
        try make("fuzz-multivalue-other", lock: false)
        try make("something", lock: true)
        try FileManager.default.createSymbolicLink(
            atPath: "\(parent.path)/fuzz-multivalue-link",
            withDestinationPath: "\(parent.path)/something"
        )
        let next = try ScratchFolder(in: parent.path)
        let expected =
            [used.path, next.path].map { ($0 as NSString).lastPathComponent }
            + ["fuzz-multivalue-other", "fuzz-multivalue-link", "something", "lock"]
        #expect(try names(parent.path) == expected.sorted())
        #expect(try names("\(parent.path)/something") == ["lock"])
    }

    @Test func `the file of the current case is not written through a link`() throws {
        let folder = try ScratchFolder()
        let target = "\(folder.path)/target"
        #expect(FileManager.default.createFile(atPath: target, contents: Data("mine".utf8)))
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/case", withDestinationPath: target)
        #expect(throws: WorkerError.self) { try CurrentCase(writingTo: "\(folder.path)/case") }
        #expect(FileManager.default.contents(atPath: target) == Data("mine".utf8))
    }
}
