/// Tells by the text with which an engine does not take a module whether it says that the module is invalid, or that it is beyond what
/// the engine does.
enum RefusalText {
    /// What engines say of limits and of what they do not do, in lower case.
    private static let signs = [
        // Limits: V8, JavaScriptCore, SpiderMonkey, Wasmtime, wabt, wasm3, WasmKit, Wasmer.
        "exceeds internal limit", "exceeds limit", "exceeds the maximum", "exceeds maximum", "exceed the maximum",
        "maximum size", "maximum function", "maximum allowed", "larger than implementation limit", "internal limit",
        "implementation limit", "too many", "too big", "too large", "count is out of bounds", "size limit",
        "limit reached", "stack height limit", "must be less than", "is larger than", "stack size exceeds",
        "overflow locals",
        "out of memory",
        "could not allocate", "cannot allocate", "code size", "allocation failed",
        // Features.
        "not supported", "unsupported", "not enabled", "unimplemented", "not implemented", "disabled", "experimental",
        "requires the", "requires ", "unknown opcode", "invalid opcode", "unexpected opcode", "illegal opcode",
        "unrecognized opcode", "restricted opcode", "no operation found for opcode", "no compiler found for opcode",
        "max br_table size", "currently only allows", "at most one",
        "invalid heap type",
        "unknown heap type", "not allowed", "proposal", "support is not enabled", "wasm memory64", "no support",
        "unreachable code: entered unreachable", "compilation error: unsupported",
    ]

    static func isRefusal(_ text: String) -> Bool {
        let text = text.lowercased()
        return signs.contains { text.contains($0) }
    }
}
