import Execution
import WasmFormats
import WasmModel

extension TestCase {
    /// The companions and the module itself, in the order in which they are instantiated; nil where one is not valid.
    func validatedModules() -> [ValidatedModule]? {
        let modules = (companions + [wasm]).map { bytes in
            (try? BinaryDecoder.decode(bytes)).flatMap { try? Validator.validate($0) }
        }
        return modules.contains { $0 == nil } ? nil : modules.compactMap(\.self)
    }

    /// The case with modules in which every computed NaN becomes the positive canonical one at once, so that nothing is open about NaNs;
    /// nil where a module is not valid, or at a limit.
    func canonicalisingNaNs() -> TestCase? {
        validatedModules().flatMap { choosingNaNs(.positive, in: $0, RelaxedParameters()) }
    }

    /// The case with modules that make the NaNs of a choice; nil where one would be beyond a limit.
    /// - Parameter modules: the ``validatedModules()`` of the case.
    func choosingNaNs(
        _ choice: NaNChoice,
        in modules: [ValidatedModule],
        _ relaxed: RelaxedParameters
    ) -> TestCase? {
        var test = self
        for (position, module) in modules.enumerated() {
            guard let varied = NaNVariation.varied(module, choice.inModule(position), relaxed) else { return nil }
            let wasm = BinaryEncoder.encode(varied.module)
            if position < companions.count { test.companions[position] = wasm } else { test.wasm = wasm }
        }
        return test
    }
}

extension NaNChoice {
    /// The choice in one of several modules: mixed in each in another way.
    fileprivate func inModule(_ position: Int) -> NaNChoice {
        guard case .mixed(let seed) = self else { return self }
        return .mixed(seed: seed + UInt64(position) << 32)
    }
}
