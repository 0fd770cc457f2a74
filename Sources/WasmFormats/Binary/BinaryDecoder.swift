import ByteCoding
import WasmModel

/// Why bytes are not a module, and where.
public struct DecodingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The cause; it begins with the text that the specification's test suite uses for it.
    public var reason: String
    /// In bytes from the start of the module.
    public var offset: Int

    /// Makes an error.
    public init(_ reason: String, offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// The reason followed by the offset.
    public var description: String { "\(reason), at byte offset 0x\(String(offset, radix: 16))" }
}

/// Reads modules in the binary format.
///
/// Spec: core 3.0, chapter 5 "Binary Format".
public enum BinaryDecoder {
    /// Decodes a module.
    /// - Throws: the first malformation that is found.
    public static func decode(_ bytes: [UInt8]) throws(DecodingError) -> Module {
        throw DecodingError("unsupported: the decoder is being written", offset: 0)
    }
}
