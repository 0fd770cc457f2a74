import ByteCoding
import WasmModel

/// Writes modules in the binary format.
///
/// Spec: core 3.0, chapter 5 "Binary Format".
public enum BinaryEncoder {
    /// Encodes a module; integers are as short as possible.
    ///
    /// The module need not be valid, but every immediate must be of the kind that its opcode's row names.
    public static func encode(_ module: Module) -> [UInt8] {
        []
    }
}
