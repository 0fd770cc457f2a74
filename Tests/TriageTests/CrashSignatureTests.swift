import Differential
import Execution
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

    @Test func `an assertion that two engines fail is one failure, a wrong result in each is two`() {
        func signature(_ engine: EngineName, _ observable: Observable, _ observed: String) -> CrashSignature {
            CrashSignature(
                engine: engine,
                divergence: Divergence(observable: observable, expected: "returned 300 values", observed: observed)
            )
        }
        let assertion = "assertion failed: register is real, MachineCode/Emission.swift:43"
        #expect(
            signature("x86_64:none:loads", .crash(.compile), assertion)
                == signature("arm64:none:loads", .crash(.compile), assertion)
        )
        #expect(
            signature("x86_64:none:loads", .result(invocation: 0, index: 3), "i32:1")
                != signature("arm64:none:loads", .result(invocation: 0, index: 3), "i32:1")
        )
    }

    @Test func `a growth of a compiler in this program is no look-alike of others, as one of a real engine may be`() {
        func finding(_ observable: Observable) -> Finding {
            let divergence = Divergence(observable: observable, expected: "x", observed: "y")
            return Finding(
                Case(TestCase(wasm: [], invocations: [])),
                engine: "arm64:none:loads",
                divergence: divergence
            )
        }
        #expect(!finding(.compileTime).isCoarse(isExternal: false))
        #expect(finding(.compileTime).isCoarse(isExternal: true))
        #expect(finding(.global(name: "g")).isCoarse(isExternal: false))
    }
}
