/// One call of an imported function.
public struct HostCall: Hashable, Sendable, Codable {
    /// The function's number among the module's function imports.
    public var importOrdinal: Int
    public var arguments: [WasmValue]

    /// Makes a host call.
    public init(importOrdinal: Int, arguments: [WasmValue]) {
        self.importOrdinal = importOrdinal
        self.arguments = arguments
    }
}
