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

    @Test(
        arguments: [
            ("compile: assertion failed: register is real, MachineCode/Emission.swift:N", .assertion),
            ("decode: assertion failed: bytes are left, A.swift:N", .assertion),
            ("x86_64 execute: SIGSEGV (return_call)", .signal), ("x86_64 decode: SIGILL", .signal),
            ("arm64 execute: audit: the callee wrote above its result area (call)", .audit),
            ("arm64 execute: simulator: read of N bytes at N is out of registered regions, at N", .simulator),
            ("both machines execute: wrong result (since code motion: integer load)", .interpreter),
            ("x86_64 instantiate: trapped: unreachable instead of instantiated", .interpreter),
            ("x86_64 validate: rejected: malformed block type, at byte offset N", .validator),
            ("arm64 compile: no end", .limits), ("arm64 execute: memory exhausted", .limits),
            ("compile: time grows faster than the module", .growth),
        ] as [(String, CrashSignature.Oracle)]
    )
    func `a signature says what told of the failure`(text: String, oracle: CrashSignature.Oracle) {
        #expect(CrashSignature(text: text).oracle == oracle)
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
