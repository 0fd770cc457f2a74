/// What it takes to compile a module, and what its code takes.
public struct CompilationCost: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case bytes = "bytes"
        case frameBytes = "frameBytes"
        case seconds = "seconds"
    }

    /// All code, with its stubs and constants.
    public var bytes: Int
    /// The frame of the function whose is largest, in bytes.
    public var frameBytes: Int
    /// The processor time from the bytes of the module to its code.
    public var seconds: Double

    /// Makes a cost.
    public init(bytes: Int, frameBytes: Int, seconds: Double) {
        self.bytes = bytes
        self.frameBytes = frameBytes
        self.seconds = seconds
    }
}

/// An engine that makes code, the same each time, and says what that costs.
public protocol CompilingEngine: Engine {
    /// Compiles a module, and runs nothing.
    /// - Returns: nil where the module is not valid or refused, or the budget does not suffice.
    func cost(ofCompiling wasm: [UInt8], within budget: Budget) -> CompilationCost?
}
