import Execution
import Testing
import WasmFormats

@testable import Campaign

/// Which cases of a worker are nearly valid.
struct FaultyShareTests {
    private func isValid(_ wasm: [UInt8]) -> Bool {
        (try? Validator.validate(try BinaryDecoder.decode(wasm))) != nil
    }

    @Test
    func `about a third of the generated cases is invalid, has no calls, and is the same whenever it is made again`() {
        let settings = WorkerSettings()
        let cases = (0..<150).map { settings.subject(ofRandomCase: $0) }
        let invalid = cases.indices.filter { cases[$0].test.companions.isEmpty && !isValid(cases[$0].test.wasm) }
        #expect((30...70).contains(invalid.count), "\(invalid.count)")
        for number in invalid {
            #expect(settings.subject(ofRandomCase: number) == cases[number])
            #expect(cases[number].test.invocations.isEmpty && !cases[number].isGenerated)
        }
    }

    @Test func `where something narrower is asked for, all cases are valid`() {
        var settings = WorkerSettings()
        settings.profiles = ["calls"]
        #expect((0..<100).allSatisfy { settings.subject(ofRandomCase: $0).isGenerated })
    }
}
