import Foundation
import Testing

/// What the program says that it was built from: a copy of it is asked, in folders that look like those that it is built in and shipped in.
struct RevisionTests {
    private let tool: CommandLineTool

    init() throws { tool = try CommandLineTool() }

    /// When the copy was linked, in seconds.
    private static let linked = 1_700_000_000.0

    private func setDate(_ seconds: Double, _ name: String) throws {
        let date = Date(timeIntervalSince1970: seconds)
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: tool.path(name))
    }

    private func copyProgram(to name: String) throws {
        guard let program = CommandLineTool.executable else { throw CommandLineTool.NotBuilt() }
        let copy = URL(fileURLWithPath: tool.path(name))
        try FileManager.default.createDirectory(at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
        // By another process: what this one has written cannot be executed while a child that another test starts has it open.
        _ = try CommandLineTool.output(of: "cp", [program.path, copy.path])
        try setDate(Self.linked, name)
    }

    /// What a copy says behind the number of the version.
    private func revision(_ name: String) throws -> String {
        let text = try CommandLineTool.output(of: tool.path(name), ["--version"])
        return String(text.trimmingCharacters(in: .newlines).drop { $0 != "(" })
    }

    private func git(_ arguments: [String], seconds: Double = linked - 1000) throws -> String {
        let settings = ["GIT_COMMITTER_DATE=@\(Int(seconds)) +0000", "GIT_CONFIG_GLOBAL=/dev/null"]
        let author = ["-c", "user.name=A", "-c", "user.email=a@b.example"]
        return try CommandLineTool.output(of: "env", settings + ["git"] + author + arguments, in: tool.folder)
    }

    /// Commits all sources, and says the first twelve digits of the commit.
    private func commit(seconds: Double) throws -> String {
        _ = try git(["add", "Package.swift", "Sources"])
        _ = try git(["commit", "--quiet", "--message", "sources"], seconds: seconds)
        return String(try git(["rev-parse", "HEAD"]).prefix(12))
    }

    private func write(_ text: String, seconds: Double) throws {
        _ = try tool.write(text, to: "Sources/a.swift")
        for name in ["Sources/a.swift", "Sources"] { try setDate(seconds, name) }
    }

    private static var isGitHere: Bool { (try? CommandLineTool.output(of: "git", ["--version"]))?.isEmpty == false }

    @Test(.enabled(if: isGitHere, "git is not here"))
    func `a program names the commit that it was built from, wherever the checkout is now`() throws {
        defer { tool.removeFolder() }
        let program = ".build/debug/fuzz-multivalue"
        try copyProgram(to: program)
        #expect(try revision(program) == "")

        _ = try git(["init", "--quiet"])
        _ = try tool.write("", to: "Package.swift")
        try setDate(Self.linked - 2000, "Package.swift")
        try FileManager.default.createDirectory(atPath: tool.path("Sources"), withIntermediateDirectories: true)
        try write("let a = 1\n", seconds: Self.linked - 2000)
        let first = try commit(seconds: Self.linked - 1000)
        #expect(try revision(program) == "(\(first))")

        // In the program, and in no commit yet.
        try write("let a = 22\n", seconds: Self.linked - 500)
        #expect(try revision(program) == "(\(first)+)")
        let second = try commit(seconds: Self.linked + 500)
        #expect(try revision(program) == "(\(second))")

        // Not in the program, which was built before the second commit.
        try write("let a = 333\n", seconds: Self.linked + 600)
        #expect(try revision(program) == "(\(first)?)")
        _ = try commit(seconds: Self.linked + 700)
        #expect(try revision(program) == "(\(first)?)")

        // Another checkout of the repository.
        _ = try git(["worktree", "add", "--quiet", "--detach", "other", second], seconds: Self.linked - 100)
        try copyProgram(to: "other/.build/debug/fuzz-multivalue")
        #expect(try revision("other/.build/debug/fuzz-multivalue") == "(\(second)?)")
    }

    @Test(
        arguments: [
            ("0123456789abcdef0123\n", "(0123456789ab)"), ("0123456789abcdef0123+\n", "(0123456789ab+)"), ("", ""),
        ]
    )
    func `a program of a release names what the release says`(_ file: String, _ said: String) throws {
        defer { tool.removeFolder() }
        try copyProgram(to: "release/bin/fuzz-multivalue")
        let folder = "release/libexec/fuzz-multivalue"
        try FileManager.default.createDirectory(atPath: tool.path(folder), withIntermediateDirectories: true)
        _ = try tool.write(file, to: "\(folder)/revision")
        #expect(try revision("release/bin/fuzz-multivalue") == said)
        // As it is called by a link on the path.
        try FileManager.default.createSymbolicLink(
            atPath: tool.path("link"),
            withDestinationPath: "release/bin/fuzz-multivalue"
        )
        #expect(try revision("link") == said)
    }

    @Test func `a program of a release uses the instrumented worker that came with it`() throws {
        defer { tool.removeFolder() }
        try copyProgram(to: "release/bin/fuzz-multivalue")
        for folder in ["release/libexec/fuzz-multivalue", "corpus"] {
            try FileManager.default.createDirectory(atPath: tool.path(folder), withIntermediateDirectories: true)
        }
        let worker = try tool.write(
            """
            #!/bin/sh
            for argument; do case "$argument" in -merge_control_file=*) control=${argument#*=} ;; esac; done
            printf 'STARTED 0 1\\nFT 0 7\\nSTARTED 1 2\\nFT 1 7\\n' >> "$control"
            """,
            to: "worker.text"
        )
        let copy = tool.path("release/libexec/fuzz-multivalue/fuzz-differential")
        _ = try CommandLineTool.output(of: "install", ["-m", "755", worker, copy])
        for (name, text) in [("a", "x"), ("b", "xx")] { _ = try tool.write(text, to: "corpus/\(name)") }
        // Outside of a checkout.
        let program = tool.path("release/bin/fuzz-multivalue")
        let text = try CommandLineTool.output(
            of: program,
            ["fuzz", "--minimize-corpus", "--corpus", "corpus", "--crashes", "k"],
            in: tool.folder
        )
        #expect(text == "corpus\n  before: 2 inputs, 3 bytes\n  after: 1 input, 1 byte\n")
        let unnamed = try CommandLineTool.output(
            of: "sh",
            ["-c", "'\(program)' fuzz --minimize-corpus --crashes k 2>&1; echo $?"],
            in: tool.folder
        )
        #expect(
            unnamed == "error: --corpus: name the folder, as there is one without a name in checkouts only\n2\n",
            "\(unnamed)"
        )
    }
}
