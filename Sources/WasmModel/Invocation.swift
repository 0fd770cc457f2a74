/// One call of an exported function from outside.
public struct Invocation: Hashable, Sendable, Codable {
    /// The name under which the function is exported.
    public var export: String
    public var arguments: [WasmValue]

    /// Makes an invocation.
    public init(export: String, arguments: [WasmValue]) {
        self.export = export
        self.arguments = arguments
    }
}
