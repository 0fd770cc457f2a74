import Execution
import WasmFormats
import WasmModel

extension TestCase {
    /// The case with a module in which every computed NaN becomes the positive canonical one at once, so that nothing is open about NaNs;
    /// nil where the module is not valid, or at a limit.
    func canonicalisingNaNs() -> TestCase? {
        guard let decoded = try? BinaryDecoder.decode(wasm), let module = try? Validator.validate(decoded) else {
            return nil
        }
        return choosingNaNs(.positive, in: module, RelaxedParameters())
    }

    /// The case with a module that makes the NaNs of a choice; nil where it would be beyond a limit.
    func choosingNaNs(
        _ choice: NaNChoice,
        in module: ValidatedModule,
        _ relaxed: RelaxedParameters
    ) -> TestCase? {
        guard let varied = NaNVariation.varied(module, choice, relaxed) else { return nil }
        var test = self
        test.wasm = BinaryEncoder.encode(varied.module)
        return test
    }
}
