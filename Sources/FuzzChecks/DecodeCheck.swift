import Invariants
import WasmFormats

/// Arbitrary bytes: an error with a position, or a module that is encoded and decoded without a change.
public enum DecodeCheck {
    /// Decodes, validates and encodes again; stops the process where the round trip is not exact.
    /// - Returns: whether the bytes were a valid module.
    @discardableResult
    public static func check(_ bytes: [UInt8]) -> Bool {
        guard let module = try? BinaryDecoder.decode(bytes) else { return false }
        let encoded = BinaryEncoder.encode(module)
        do {
            let again = try BinaryDecoder.decode(encoded)
            invariant(again == module, "decoding what was encoded gives the same module")
        } catch {
            invariantFailed("what was encoded can be decoded: \(error)")
        }
        return (try? Validator.validate(module)) != nil
    }
}
