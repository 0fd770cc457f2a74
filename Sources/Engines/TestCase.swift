import WasmModel

/// What an engine is given: the bytes of a module, and the calls to make, in order, on one instance of it.
///
/// What it imports is that of ``WasmFormats/HostImport``, functions numbered in the order of the module's function imports. A module
/// that imports something of a type of which no host can make a value is refused.
public struct TestCase: Hashable, Sendable, Codable {
    public var wasm: [UInt8]
    public var invocations: [Invocation]

    /// Makes a test case.
    public init(wasm: [UInt8], invocations: [Invocation]) {
        self.wasm = wasm
        self.invocations = invocations
    }
}

/// What an engine may spend on one test case.
public struct Budget: Hashable, Sendable, Codable {
    /// Steps of an interpreter or a simulator; deterministic, unlike time.
    public var fuel: UInt64
    /// Nested calls.
    public var callDepth: Int
    /// The stack of compiled code, in bytes.
    public var stackBytes: Int
    /// In pages of 65,536 bytes.
    public var memoryPages: UInt64
    /// Wall-clock time, in seconds, after which an isolated engine is killed.
    public var seconds: Double

    /// Makes a budget; the defaults are more than any generated case needs.
    public init(
        fuel: UInt64 = 50_000_000,
        callDepth: Int = 2_000,
        stackBytes: Int = 8 << 20,
        memoryPages: UInt64 = 1_024,
        seconds: Double = 10
    ) {
        self.fuel = fuel
        self.callDepth = callDepth
        self.stackBytes = stackBytes
        self.memoryPages = memoryPages
        self.seconds = seconds
    }
}
