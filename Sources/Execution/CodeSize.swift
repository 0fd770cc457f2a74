/// What the code of a module takes.
public struct CodeSize: Hashable, Sendable {
    /// All code, with its stubs and constants.
    public var bytes: Int
    /// The frame of the function whose is largest, in bytes.
    public var frameBytes: Int

    /// Makes a size.
    public init(bytes: Int, frameBytes: Int) {
        self.bytes = bytes
        self.frameBytes = frameBytes
    }
}

/// An engine that makes code, the same each time, and says how large it is.
public protocol CodeMeasuringEngine: Engine {
    /// Compiles a module, and runs nothing.
    /// - Returns: nil where the module is not valid, or refused.
    func codeSize(of wasm: [UInt8]) -> CodeSize?
}
