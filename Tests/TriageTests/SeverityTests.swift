import Differential
import Execution
import Testing
import WasmModel

@testable import Triage

/// What a failure means for those who use the engine.
struct SeverityTests {
    private func severity(_ observable: Observable, _ expected: String, _ observed: String) -> Severity {
        Severity(Divergence(observable: observable, expected: expected, observed: observed))
    }

    @Test(arguments: [
        "SIGSEGV", "SIGBUS", "SIGILL", "SIGSEGV in wasm_compiled_code", "sanitizer: heap-buffer-overflow in emit",
    ])
    func `a fault in running code is a matter of memory safety`(_ crash: String) {
        #expect(severity(.crash(.execute), "(i32:1)", crash) == .memorySafety)
        #expect(severity(.crash(.instantiate), "an instance", crash) == .memorySafety)
        #expect(severity(.crash(.compile), "(i32:1)", crash) == .compileCrash, "nothing of the module runs yet")
    }

    @Test(arguments: ["SIGABRT", "assertion failed: n < 3", "src/a.rs:1:2: index out of bounds", "exit status 3"])
    func `an engine that stops itself is a crash`(_ crash: String) {
        #expect(severity(.crash(.execute), "(i32:1)", crash) == .runTimeCrash)
        #expect(severity(.crash(.compile), "(i32:1)", crash) == .compileCrash)
        #expect(severity(.crash(.decode), "(i32:1)", crash) == .compileCrash)
    }

    @Test func `the other kinds have a severity each`() {
        #expect(severity(.hang(.execute), "an end", "no end") == .hang)
        #expect(severity(.memoryExhaustion(.compile), "an end", "memory exhausted") == .resources)
        #expect(severity(.compileTime, "linear", "cubic") == .compileTime)
        #expect(severity(.rejection, "valid", "rejected") == .refusal)
        #expect(severity(.rejection, "rejected: type mismatch", "instantiated") == .acceptance)
    }

    @Test func `a wrong value is a miscompilation, and one that looks like an address a leak`() {
        func result(_ expected: String, _ observed: String) -> Severity {
            severity(.result(invocation: 0, index: 1), expected, observed)
        }
        #expect(result("i32:1", "i32:2") == .miscompilation)
        #expect(result("i64:1", "i64:2") == .miscompilation)
        #expect(result("i64:1", "i64:\(0x7F12_3456_7890)") == .memorySafety)
        #expect(result("f64:0x3ff0000000000000", "f64:0x000055a1b2c3d4e5") == .memorySafety)
        #expect(
            result("v128:0x\(String(repeating: "0", count: 32))", "v128:0x00007f12345678900000000000000000")
                == .memorySafety
        )
        #expect(result("i64:\(0x7F12_3456_7890)", "i64:\(0x7F12_3456_7891)") == .miscompilation, "it was asked for")
    }

    @Test func `what is a matter of memory safety goes to the vendor first, and says so`() {
        #expect(Severity.memorySafety.advice == "memory safety (goes to the vendor first, in private)")
        #expect(Severity.allCases.filter { $0.disclosure != nil } == [.memorySafety])
        #expect(Severity.miscompilation.advice == "miscompilation")
    }

    @Test(arguments: [
        ("i64:\(0x7F12_3456_7890 as Int64)", true), ("i64:\(0x5555_5555_4040 as Int64)", true),
        ("(i32:1, i64:\(0x7FFC_1234_5678 as Int64))", true), ("f64:0x00007f1234567890", true),
        ("v128:0x00007f1234567890ffffffffffffffff", true), ("v128:0xffffffffffffffff00005600deadbee0", true),
        ("i64:0", false), ("i64:-1", false), ("i64:1", false), ("i64:\(0x7F00_0000_0000 as Int64)", false),
        ("i64:\(0x7F12_3456_7890_0000 as Int64)", false), ("i64:\(Int64.max)", false), ("i32:2147483647", false),
        ("f64:0x7ff8000000000000", false), ("f32:0x7fc00000", false), ("ref:func-7", false), ("no value", false),
        ("", false),
    ])
    func `numbers of 47 bits with the upper byte of libraries, stacks and heaps look like addresses`(
        _ text: String,
        _ isAddress: Bool
    ) {
        #expect(AddressPattern.occurs(in: text) == isAddress)
    }
}
