import WasmModel

/// Why a module is not valid, and where.
public struct ValidationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The cause; it begins with the text that the specification's test suite uses for it.
    public var reason: String
    /// The function that holds the mistake, in the whole index space.
    public var function: FunctionIndex?
    /// What holds the mistake, where that is a constant expression.
    public var item: Item?
    /// The position of the instruction in the body or the constant expression.
    public var instruction: Int?
    /// The byte offset of the instruction from the start of the binary, where the module was decoded.
    public var offset: UInt32?
    /// The features that the module would need; empty where it is not valid with any.
    public var missingFeatures: FeatureSet

    /// What has constant expressions.
    public enum Item: Hashable, Sendable, CustomStringConvertible {
        case table(TableIndex)
        case global(GlobalIndex)
        case element(ElementIndex)
        case data(DataIndex)

        /// E.g. `global 3`.
        public var description: String {
            switch self {
            case .table(let index): "table \(index)"
            case .global(let index): "global \(index)"
            case .element(let index): "element segment \(index)"
            case .data(let index): "data segment \(index)"
            }
        }
    }

    /// Whether the module is refused for its size alone.
    public var isLimit: Bool { reason.hasPrefix(ModuleLimits.refusal) }

    /// Whether features that are left out or a limit are the cause, and the module is not invalid otherwise.
    public var isRefusal: Bool { !missingFeatures.isEmpty || isLimit }

    /// Makes an error.
    public init(
        _ reason: String,
        function: FunctionIndex? = nil,
        item: Item? = nil,
        instruction: Int? = nil,
        offset: UInt32? = nil,
        missingFeatures: FeatureSet = []
    ) {
        self.reason = reason
        self.function = function
        self.item = item
        self.instruction = instruction
        self.offset = offset
        self.missingFeatures = missingFeatures
    }

    /// The reason followed by what is known of the place.
    public var description: String {
        var text = reason
        if let function { text += ", in function \(function)" }
        if let item { text += ", in \(item)" }
        if let instruction { text += ", instruction \(instruction)" }
        if let offset { text += ", at byte offset 0x\(String(offset, radix: 16))" }
        return text
    }
}
