import Invariants
import Testing

@testable import FuzzChecks

/// What a fuzz target says as it fails, which is what fleets of machines group crashes by.
@Suite struct FailureReportTests {
    #if os(Linux)
        @Test func `behind the text of an assertion come the callers, in the form of sanitizers`() async throws {
            let exit = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                InvariantFailure.willStop = FuzzTarget.tellCallers
                FailureReportTests.fail()
            }
            let errors = String(decoding: try #require(exit).standardErrorContent, as: UTF8.self)
            let lines = errors.split(separator: "\n").drop { !$0.hasPrefix("assertion failed: the answer is 42, ") }
                .dropFirst()
            let callers = lines.prefix { $0.hasPrefix("    #") }
            #expect(callers.count >= 2)
            for (number, line) in callers.enumerated() {
                #expect(line.contains(try Regex("^    #\(number) 0x[0-9a-f]+ in .")), "\(line)")
            }
            #expect(callers.first?.hasSuffix("in FailureReportTests.fail") == true, "\(callers)")
        }

        @inline(never) private static func fail() { invariantFailed("the answer is 42") }
    #endif
}
