import Foundation
import Testing

/// Campaigns in a checkout, in which the instrumented worker is built first.
struct InstrumentedWorkerTests {
    @Test func `a build says how far it is, and Ctrl-C ends it with a summary`() throws {
        let checkout = try StandInCheckout("echo '[3/7] Compiling Runtime'; exec sleep 100000")
        defer { checkout.tool.removeFolder() }
        let ending = try checkout.run(["fuzz"], signal: (SIGINT, "[3/7] Compiling Runtime"))
        #expect(!ending.wasKilled && ending.status == 130, "\(ending.status) \(ending.error)")
        #expect(ending.text.hasPrefix("0 cases in ") && ending.text.contains("\ninterrupted\n"), "\(ending.text)")
        let lines = ending.error.split(separator: "\n")
        #expect(lines.first?.hasPrefix("building the instrumented worker in ") == true, "\(ending.error)")
        #expect(lines.count > 1 && lines[1].hasSuffix(" s: [3/7] Compiling Runtime"), "\(ending.error)")
        #expect(!ending.error.contains("problem") && !ending.error.contains("uninstrumented"), "\(ending.error)")
    }

    /// A checkout whose worker does what a script says with the control file of a merge, and a corpus of three inputs.
    private func checkout(merging script: String) throws -> StandInCheckout {
        let checkout = try StandInCheckout(
            """
            cat > $worker <<'END'
            #!/bin/sh
            for argument; do case "$argument" in -merge_control_file=*) control=${argument#*=} ;; esac; done
            \(script)
            END
            chmod 755 $worker
            """
        )
        try FileManager.default.createDirectory(atPath: checkout.tool.path("c"), withIntermediateDirectories: true)
        for (name, text) in [("a", "x"), ("b", "xx"), ("d", "xxx")] {
            _ = try checkout.tool.write(text, to: "c/\(name)")
        }
        return checkout
    }

    private func names(_ checkout: StandInCheckout) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: checkout.tool.path("c")).sorted()
    }

    private let minimization = ["fuzz", "--minimize-corpus", "--corpus", "c", "--crashes", "k"]

    @Test func `a corpus is made smaller, and its size before and after is said`() throws {
        let checkout = try checkout(
            merging: #"printf 'STARTED 0 1\nFT 0 7 8\nSTARTED 1 2\nFT 1 7\nSTARTED 2 3\nFT 2 9\n' >> "$control""#
        )
        defer { checkout.tool.removeFolder() }
        let ending = try checkout.run(minimization)
        #expect(ending.status == 0, "\(ending.error)")
        #expect(ending.text == "c\n  before: 3 inputs, 6 bytes\n  after: 2 inputs, 4 bytes\n")
        #expect(try names(checkout) == ["a", "d"])
        let again = try checkout.run(["fuzz", "--minimize-corpus", "--corpus", "none"])
        #expect(
            again.isOneLineError && again.error.contains("--corpus: none: there is no such folder"),
            "\(again.error)"
        )
    }

    @Test(arguments: [SIGINT, SIGKILL])
    func `a corpus that is looked at when the command ends is as it was`(_ number: Int32) throws {
        let checkout = try checkout(
            merging:
                #"printf 'STARTED 0 1\nFT 0 7\nSTARTED 1 2\nFT 1 7\nSTARTED 2 3\n' >> "$control"; exec sleep 100000"#
        )
        defer { checkout.tool.removeFolder() }
        let ending = try checkout.run(minimization, signal: (number, "looking at the corpus, "))
        #expect(ending.wasKilled == (number == SIGKILL), "\(ending.error)")
        #expect(ending.wasKilled || ending.status == 130)
        #expect(
            ending.wasKilled || ending.text.hasSuffix("\ninterrupted, and the corpus is as it was\n"),
            "\(ending.text)"
        )
        #expect(try names(checkout) == ["a", "b", "d"])
    }

    @Test func `without an instrumented worker no corpus is made smaller`() throws {
        let checkout = try StandInCheckout("echo 'error: it does not compile'; exit 1")
        defer { checkout.tool.removeFolder() }
        let ending = try checkout.run(["fuzz", "--minimize-corpus", "--quiet"])
        #expect(ending.isOneLineError(status: 3), "\(ending.error)")
        #expect(ending.error == "error: swift build failed: error: it does not compile\n")
    }
}
