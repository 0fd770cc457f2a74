import Invariants
import WasmFormats

/// Arbitrary text: an error with a line and a column, or a module that is printed and read without a change.
public enum TextCheck {
    /// Parses as a module and as a script, prints the module and parses it again; stops the process where the round trip is not exact.
    /// - Returns: whether the text was a module.
    @discardableResult
    public static func check(_ bytes: [UInt8]) -> Bool {
        _ = try? ScriptParser.script(bytes)
        guard let module = try? TextParser.module(bytes) else { return false }
        _ = try? Validator.validate(module)
        let text = TextPrinter.text(of: module)
        do {
            let again = try TextParser.module(text)
            invariant(again == TextPrinter.normalForm(of: module), "parsing what was printed gives the same module")
        } catch {
            invariantFailed("what was printed can be parsed: \(error)")
        }
        return true
    }
}
