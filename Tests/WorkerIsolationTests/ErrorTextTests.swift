import Foundation
import Testing
import WorkerIsolation

struct ErrorTextTests {
    @Test func `errors of Foundation are told by their file and reason`() {
        let error = #expect(throws: (any Error).self) {
            try FileManager.default.createDirectory(
                atPath: "/dev/null/folder",
                withIntermediateDirectories: true
            )
        }
        let text = error?.oneLine ?? ""
        #expect(!text.isEmpty && !text.contains("Domain="), "\(text)")
        #expect(WorkerError("no worker").oneLine == "no worker")
    }
}
