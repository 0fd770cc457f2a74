import WasmModel

/// An arbitrary program with the calls to make; only the oracle knows how they end.
public struct GeneratedProgram: Hashable, Sendable {
    public var module: Module
    public var invocations: [Invocation]
    /// Whether the program makes all NaNs that it computes canonical, so that there is one allowed outcome.
    public let canonicalisesNaNs: Bool
    /// How many functions are to be in an instance of their own, with all that is not a function; nil where all are in one.
    public var companionFunctionCount: Int?

    /// Makes the program of a module that computes no NaNs.
    init(module: Module, invocations: [Invocation]) {
        self.module = module
        self.invocations = invocations
        canonicalisesNaNs = true
    }

    /// Makes the program that decisions, and what follows from them, make.
    /// - Parameters:
    ///   - profile: says what the program may use, and of which recipes some of its functions are.
    ///   - maximumArity: the greatest number of values of its lists.
    ///   - aim: what it is made for, if for anything.
    init(from decisions: DecisionSource, _ profile: Profile, maximumArity: Int, aim: ProgramAim? = nil) {
        var builder = ProgramBuilder(
            decisions.prolonged(),
            isBounded: true,
            features: profile.features,
            maximumArity: maximumArity
        )
        builder.build(profile, aim)
        module = builder.module
        canonicalisesNaNs = builder.canonicalisesNaNs
        companionFunctionCount = builder.companionFunctionCount
        invocations = []
        let functionTypes = module.functionTypeIndices.map { module.types[$0.position].functionType ?? FunctionType() }
        for export in module.exports {
            guard case .function(let index) = export.item else { continue }
            let type = functionTypes[index.position]
            for arguments in Self.arguments(of: type.parameters) {
                let possible = arguments.map { Self.possible($0, functionCount: functionTypes.count) }
                invocations.append(Invocation(export: export.name, arguments: possible))
            }
        }
    }

    /// The program as two modules, where it is to be in two instances.
    /// - Parameter name: of the module from which the second imports.
    public func split(importingFrom name: String) -> ModuleSplit? {
        companionFunctionCount.flatMap { ModuleSplit(module, importingFrom: name, functionCount: $0) }
    }

    /// A value, or null where it refers to a function that there is not.
    private static func possible(_ value: WasmValue, functionCount: Int) -> WasmValue {
        guard case .reference(.function(let index)) = value, index.position >= functionCount else { return value }
        return .reference(.null)
    }

    /// Zeros, values that are all different, and special ones.
    private static func arguments(of parameters: [ValueType]) -> [[WasmValue]] {
        if parameters.isEmpty { return [[]] }
        let tagged = parameters.enumerated().map { TaggedValue.argument($0.offset, $0.element, seed: 0) }
        let special = zip(parameters, tagged).enumerated().map { position, parameter in
            SpecialValue.argument(position, parameter.0) ?? parameter.1
        }
        return [parameters.map(WasmValue.zero), tagged, special]
    }
}

/// What the decisions of a fuzzer make.
public enum DecidedCase: Hashable, Sendable {
    case recipe(CaseRecipe)
    case program(GeneratedProgram)

    /// The same in one instance, for engines that link none.
    public var inOneInstance: DecidedCase {
        guard case .program(var program) = self else { return self }
        program.companionFunctionCount = nil
        return .program(program)
    }
}

extension Profile {
    /// A case by the given decisions; exhausted decisions give the smallest recipe.
    public func decidedCase(from decisions: inout DecisionSource, maximumArity: Int) -> DecidedCase {
        if let share = programShare, decisions.choose(share) == share - 1 {
            return .program(
                GeneratedProgram(from: decisions, self, maximumArity: greatestArity(upTo: maximumArity))
            )
        }
        return .recipe(recipe(from: &decisions, maximumArity: maximumArity))
    }
}
