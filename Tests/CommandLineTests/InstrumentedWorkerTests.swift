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
}
