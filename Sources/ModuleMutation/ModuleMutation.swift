import WasmFormats
import WasmGenerator
import WasmModel

/// Changes valid modules of any origin into other valid ones: at what this project looks for (lists of values at the boundaries of arity,
/// and the edges that they cross), and at single values.
public enum ModuleMutation {
    /// How often another change is tried where one made no valid module.
    private static let attempts = 12

    /// A module after one to four changes, each of which leaves it valid.
    /// - Parameters:
    ///   - features: what the module may use.
    ///   - maximumArity: of lists that are made longer.
    /// - Returns: nil where no change that was tried gave a valid module.
    public static func mutated(
        _ module: Module,
        by decisions: inout SplitMix64,
        features: FeatureSet = .wasm3,
        maximumArity: Int = ArityBoundary.usualMaximum
    ) -> Module? {
        var present = module
        // Offsets in the binary are of the module before the change.
        for index in present.functions.indices { present.functions[index].offsets = InstructionOffsets() }
        var wanted = Int.random(in: 1...4, using: &decisions)
        for _ in 0..<attempts where wanted > 0 {
            guard let changed = changed(present, &decisions, maximumArity),
                changed != present, (try? Validator.validate(changed, features: features)) != nil
            else { continue }
            present = changed
            wanted -= 1
        }
        return present == module || wanted == 4 ? nil : present
    }

    private static func changed(_ module: Module, _ decisions: inout SplitMix64, _ maximumArity: Int) -> Module? {
        var change = ModuleChange(module, decisions, maximumArity: maximumArity)
        defer { decisions = change.decisions }
        let isDone =
            switch Int.random(in: 0..<8, using: &change.decisions) {
            case 0, 1: change.widenExport()
            case 2, 3: change.swapEdge()
            case 4: change.insertCall()
            case 5: change.replaceValue()
            case 6: change.splice()
            default: change.swapInstruction()
            }
        return isDone ? change.module : nil
    }
}
