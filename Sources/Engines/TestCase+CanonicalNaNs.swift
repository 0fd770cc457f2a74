import WasmFormats
import WasmInterpreter
import WasmModel

extension TestCase {
    /// The case with a module in which every computed NaN becomes the positive canonical one at once, so that nothing is open about NaNs;
    /// nil where the module is not valid, or at a limit.
    public func makingNaNsCanonical() -> TestCase? {
        guard let decoded = try? BinaryDecoder.decode(wasm), let module = try? Validator.validate(decoded),
            let varied = NaNVariation.varied(module, .positive, RelaxedParameters())
        else { return nil }
        return TestCase(wasm: BinaryEncoder.encode(varied.module), invocations: invocations)
    }
}
