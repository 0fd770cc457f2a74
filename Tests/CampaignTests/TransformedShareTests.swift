import Differential
import Testing

@testable import Campaign

/// Which cases of a worker are transformed.
struct TransformedShareTests {
    @Test func `about one generated case in six is transformed, and is the same whenever it is made again`() throws {
        let settings = WorkerSettings()
        let cases = (0..<120).map { settings.subject(ofRandomCase: $0) }
        let transformed = cases.filter { $0.origin != nil }
        #expect((8...40).contains(transformed.count))
        for (number, subject) in cases.enumerated() where subject.origin != nil {
            #expect(settings.subject(ofRandomCase: number) == subject)
            #expect(subject.original?.test.invocations == subject.test.invocations)
        }
    }

    @Test func `cases of the sweep are as their recipes have them`() {
        let swept = WorkerSettings().sweep()[3]
        #expect(CurrentCase.Origin.sweep(3).subject(WorkerSettings()) == swept.subject)
    }
}
