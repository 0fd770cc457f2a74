import Testing

@testable import ExternalEngines

struct RefusalTextTests {
    @Test(arguments: [
        "CompileError: WebAssembly.Module(): param count of 1001 exceeds internal limit of 1000 @+11",
        "CompileError: WebAssembly.Module(): Invalid opcode 0xd5 (enable with --experimental-wasm-gc) @+40",
        "WebAssembly.Module doesn't parse at byte 20: number of returns is too big 1001 maximum 1000",
        "CompileError: wasm validation error: at offset 13: too many returns in signature",
        "CompileError: wasm validation error: at offset 30: tail calls support is not enabled",
        "threads support is not enabled (at offset 0x1c)",
        "function results size is out of bounds: return count exceeds the maximum of 1000",
        "SIMD instructions (0xFD prefix) are not supported",
        "compilation error: Unsupported feature: return_call",
    ])
    func `what speaks of a limit or of a feature is a refusal`(_ text: String) { #expect(RefusalText.isRefusal(text)) }

    @Test(arguments: [
        "CompileError: WebAssembly.Module(): Compiling function #0 failed: type error in fallthru[0] (expected i32, got i64) @+37",
        "WebAssembly.Module doesn't validate: I64 is not a subtype of I32, in function at index 0",
        "CompileError: wasm validation error: at offset 35: type mismatch: expression has type i64 but expected i32",
        "type mismatch: expected i32, found i64 (at offset 0x23)",
        "unexpected end of section or function",
        "",
    ])
    func `what says that a module is invalid is none`(_ text: String) { #expect(!RefusalText.isRefusal(text)) }
}
