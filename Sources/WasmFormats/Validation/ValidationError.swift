import WasmModel

/// Why a module is not valid, and where.
public struct ValidationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The cause; it begins with the text that the specification's test suite uses for it.
    public var reason: String
    /// The function that holds the mistake, in the whole index space.
    public var function: FunctionIndex?
    /// The position of the instruction in the body or the constant expression.
    public var instruction: Int?
    /// The byte offset of the instruction from the start of the binary, where the module was decoded.
    public var offset: UInt32?
    /// The features that the module would need; empty where it is not valid with any.
    public var missingFeatures: FeatureSet

    /// Whether the module is refused for its size alone.
    public var isLimit: Bool { reason.hasPrefix(ModuleLimits.refusal) }

    /// Whether features that are left out or a limit are the cause, and the module is not invalid otherwise.
    public var isRefusal: Bool { !missingFeatures.isEmpty || isLimit }

    /// Makes an error.
    public init(
        _ reason: String,
        function: FunctionIndex? = nil,
        instruction: Int? = nil,
        offset: UInt32? = nil,
        missingFeatures: FeatureSet = []
    ) {
        self.reason = reason
        self.function = function
        self.instruction = instruction
        self.offset = offset
        self.missingFeatures = missingFeatures
    }

    /// The reason followed by what is known of the place.
    public var description: String {
        var text = reason
        if let function { text += ", in function \(function)" }
        if let instruction { text += ", instruction \(instruction)" }
        if let offset { text += ", at byte offset 0x\(String(offset, radix: 16))" }
        return text
    }
}
