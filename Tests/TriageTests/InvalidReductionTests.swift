import Differential
import Execution
import ModuleMutation
import Testing
import Triage
import WasmFormats
import WasmGenerator
import WasmModel

/// Reducing modules that are not valid, which an engine takes for valid.
struct InvalidReductionTests {
    /// A module with a fault.
    private static func faulty(_ seed: UInt64) -> Module? {
        var decisions = DecisionSource(seed: seed)
        let module =
            switch Profile.all[0].decidedCase(from: &decisions, maximumArity: 12) {
            case .recipe(let recipe): recipe.generate().module
            case .program(let program): program.module
            }
        var random = SplitMix64(seed: seed)
        return module.withFault(by: &random)?.module
    }

    @Test(arguments: ModuleReduction.passes.map(\.name))
    func `a pass proposes something, or nothing, whatever is wrong with a module`(name: String) throws {
        let pass = try #require(ModuleReduction.passes.first { $0.name == name })
        for seed in 0..<40 as Range<UInt64> {
            guard let module = Self.faulty(seed) else { continue }
            let subject = DecodedCase(module: module, invocations: [])
            for (list, size) in pass.listSizes(of: subject).enumerated() where size > 0 {
                for range in [0..<size, 0..<(size + 1) / 2, size / 2..<size, size - 1..<size, 0..<1] {
                    _ = pass.proposal(for: subject, list: list, removing: range)
                }
            }
        }
    }
}
