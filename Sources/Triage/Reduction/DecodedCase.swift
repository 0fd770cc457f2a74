import Execution
import WasmFormats
import WasmModel

/// A module with the calls to make, under reduction.
public struct DecodedCase: Hashable, Sendable {
    public var module: Module
    public var invocations: [Invocation]
    /// See ``Execution/TestCase/companions``.
    public var companions: [[UInt8]]
    /// See ``Execution/TestCase/usesFreshInstances``.
    public var usesFreshInstances: Bool

    /// Makes a case.
    public init(
        module: Module,
        invocations: [Invocation],
        companions: [[UInt8]] = [],
        usesFreshInstances: Bool = false
    ) {
        self.module = module
        self.invocations = invocations
        self.companions = companions
        self.usesFreshInstances = usesFreshInstances
    }

    /// Decodes a test case.
    public init(_ test: TestCase) throws(DecodingError) {
        self.init(
            module: try BinaryDecoder.decode(test.wasm),
            invocations: test.invocations,
            companions: test.companions,
            usesFreshInstances: test.usesFreshInstances
        )
    }

    /// Encodes the module.
    public var testCase: TestCase {
        TestCase(
            wasm: BinaryEncoder.encode(module),
            invocations: invocations,
            companions: companions,
            usesFreshInstances: usesFreshInstances
        )
    }
}
