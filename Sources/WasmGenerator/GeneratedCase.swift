import WasmModel

/// A module with the calls to make and, for routing bodies, how they must end.
public struct GeneratedCase: Sendable {
    public var recipe: CaseRecipe
    public var module: Module
    public var invocations: [Invocation]
    /// For each invocation its ending in closed form, computed from the recipe without running anything; empty for arithmetic, whose
    /// results only the oracle knows.
    public var expectedEndings: [ExpectedEnding]
}

/// How an invocation must end.
public enum ExpectedEnding: Hashable, Sendable {
    case returned([WasmValue])
    /// With an exception that nothing caught: the index of its tag and what it carries.
    case threw(tag: UInt32, payload: [WasmValue])
}

extension CaseRecipe {
    /// The name of the exported function.
    public static let exportName = "main"

    /// The module, its invocations and what they must give. Time and size are linear in the arity.
    public func generate() -> GeneratedCase {
        var generator = ModuleGenerator(recipe: self)
        let module = generator.generate()
        let invocations = (0..<invocationCount).map { number in
            Invocation(
                export: Self.exportName,
                arguments: parameters.enumerated().map {
                    TaggedValue.argument($0.offset, $0.element, seed: constantsSeed &+ UInt64(number))
                }
            )
        }
        var expectation = RoutingExpectation(recipe: self)
        return GeneratedCase(
            recipe: self,
            module: module,
            invocations: invocations,
            expectedEndings: routing == .arithmetic
                ? [] : invocations.map { expectation.ending(for: $0.arguments) }
        )
    }
}
