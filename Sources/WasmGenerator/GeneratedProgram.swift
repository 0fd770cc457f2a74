import WasmModel

/// An arbitrary program with the calls to make; only the oracle knows how they end.
public struct GeneratedProgram: Hashable, Sendable {
    public var module: Module
    public var invocations: [Invocation]
    /// Whether the program makes all NaNs that it computes canonical, so that there is one allowed outcome.
    public let canonicalisesNaNs: Bool

    /// Makes the program that decisions, and what follows from them, make.
    /// - Parameter features: what the program may use.
    init(from decisions: DecisionSource, features: FeatureSet) {
        let builder = ProgramBuilder.built(from: decisions.prolonged(), isBounded: true, features: features)
        module = builder.module
        canonicalisesNaNs = builder.canonicalisesNaNs
        invocations = []
        let functionTypes = module.functions.map { module.types[$0.type.position].functionType ?? FunctionType() }
        for export in module.exports {
            guard case .function(let index) = export.item else { continue }
            let type = functionTypes[index.position - module.imports.count]
            let tagged = type.parameters.enumerated().map { TaggedValue.argument($0.offset, $0.element, seed: 0) }
            for arguments in type.parameters.isEmpty ? [[]] : [type.parameters.map(WasmValue.zero), tagged] {
                invocations.append(Invocation(export: export.name, arguments: arguments))
            }
        }
    }

}

/// What the decisions of a fuzzer make.
public enum DecidedCase: Hashable, Sendable {
    case recipe(CaseRecipe)
    case program(GeneratedProgram)
}

extension Profile {
    /// A case by the given decisions; exhausted decisions give the smallest recipe.
    public func decidedCase(from decisions: inout DecisionSource, maximumArity: Int) -> DecidedCase {
        if let share = programShare, decisions.choose(share) == share - 1 {
            return .program(GeneratedProgram(from: decisions, features: features))
        }
        return .recipe(recipe(from: &decisions, maximumArity: maximumArity))
    }
}
