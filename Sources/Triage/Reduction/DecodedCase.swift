import Execution
import WasmFormats
import WasmModel

/// A module with the calls to make, under reduction.
public struct DecodedCase: Hashable, Sendable {
    public var module: Module
    public var invocations: [Invocation]

    /// Makes a case.
    public init(module: Module, invocations: [Invocation]) {
        self.module = module
        self.invocations = invocations
    }

    /// Decodes a test case.
    public init(_ test: TestCase) throws(DecodingError) {
        self.init(module: try BinaryDecoder.decode(test.wasm), invocations: test.invocations)
    }

    /// Encodes the module.
    public var testCase: TestCase { TestCase(wasm: BinaryEncoder.encode(module), invocations: invocations) }
}
