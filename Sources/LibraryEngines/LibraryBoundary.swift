/// What can cross the edge between an engine in a library and its host.
public struct LibraryBoundary: Hashable, Sendable {
    /// The types of arguments and results, as type lists write them: of `i32`, `i64`, `f32`, `f64`, `v128`, `funcref` and `externref`.
    public var values: [String]
    /// Whether the bits of NaNs come through as they are.
    public var exactNaNs: Bool
    /// Whether the host can stand behind imported functions, of the same types.
    public var providesFunctions: Bool
    /// Whether exported globals of the same types can be read.
    public var showsGlobals: Bool
    /// Whether exported tables of functions and of the host's references can be read.
    public var showsTables: Bool
    /// Whether traps say what they are; ``WasmModel/Trap/unnamed`` stands for those that still do not.
    public var namesTraps: Bool

    /// Makes a boundary.
    public init(
        values: [String],
        exactNaNs: Bool,
        providesFunctions: Bool,
        showsGlobals: Bool,
        showsTables: Bool,
        namesTraps: Bool
    ) {
        self.values = values
        self.exactNaNs = exactNaNs
        self.providesFunctions = providesFunctions
        self.showsGlobals = showsGlobals
        self.showsTables = showsTables
        self.namesTraps = namesTraps
    }
}
