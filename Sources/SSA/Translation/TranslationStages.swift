import WasmModel

/// The replaceable decisions of translation: what control instructions take from the operand stack and leave on it.
public struct TranslationStages: Sendable {
    /// How many operands a branch to the beginning of a loop of a type carries.
    public var loopArity: @Sendable (FunctionType) -> Int = { $0.parameters.count }
    /// The height of the operand stack on which a frame that ends puts its results.
    public var heightAtEnd: @Sendable (EndingFrame) -> Int = { $0.height }
    /// The operands that a function returns, so many of those that are on its stack.
    public var returned: @Sendable (ArraySlice<Value>, Int) -> ArraySlice<Value> = { $0.suffix($1) }

    /// What the body of a loop finds as the operands that the loop takes; nil for what the branches to it bring.
    public var operandsOfLoop: (@Sendable (EnteredLoop) -> [Value])?

    /// Makes the stages of the healthy translation.
    public init() {}
}

/// A frame at its `end`, to which a branch leads.
public struct EndingFrame: Hashable, Sendable {
    /// The height of the operand stack below the frame's operands.
    public var height: Int
    /// The height of the operand stack where the end of the body is.
    public var heightOfBody: Int
    /// How many operands the frame took.
    public var parameterCount: Int
    /// Whether it is that of an `if`.
    public var isConditional: Bool
    /// Whether the end of the body can be reached.
    public var isReachable: Bool
}

/// A loop where its body begins.
public struct EnteredLoop: Sendable {
    /// The operands that stood before the loop, of those that it takes.
    public var taken: [Value]
    /// What stands for them in the body, whatever the branches to the loop bring.
    public var parameters: [Value]
    /// The locals before the loop.
    public var localsBefore: [Value]
    /// The locals in the body.
    public var locals: [Value]
}
