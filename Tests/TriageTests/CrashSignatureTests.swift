import Differential
import Testing
import Triage

struct CrashSignatureTests {
    private func signature(_ message: String) -> CrashSignature {
        let divergence = Divergence(observable: .crash(.execute), expected: "returned", observed: message)
        return CrashSignature(engine: "arm64:none:loads", divergence: divergence)
    }

    @Test func `numbers and addresses do not tell failures apart`() {
        let first = signature("write of 16 bytes at 0x7fde10c0 is not permitted, at 0x10ab")
        #expect(first == signature("write of 8 bytes at 0xfedcba98 is not permitted, at 0x7"))
        #expect(first.description == "arm64 execute: write of N bytes at N is not permitted, at N")
    }

    @Test func `other words do`() {
        #expect(signature("read of 8 bytes") != signature("write of 8 bytes"))
    }
}
