/// The code of one function before it has an address.
public struct CompiledFunction: Hashable, Sendable {
    public var name: String
    /// Code, trap stubs and constants; to be placed at a multiple of 16.
    public var bytes: [UInt8]
    public var relocations: [Relocation]
    /// Which bytes are no code: branch tables, constants and what aligns them; in rising order.
    public var dataRanges: [Range<Int>]
    /// Where the code may trap, in rising order.
    public var trapSites: [TrapSite]
    /// Where the code of each wasm instruction begins, in rising order.
    public var wasmOffsets: [WasmOffset]
    /// Where each machine instruction begins, in bytes from the start.
    public var instructionOffsets: [UInt32]
    /// Where exceptions of calls go on, in rising order of the return addresses.
    public var exceptionHandlers: [ExceptionHandler]
    public var frame: FrameLayout
    /// With which conditional branches the function was emitted.
    public var branchReach: BranchReach
}

/// Where the code goes on when a call throws. In bytes from the start of the function's code.
public struct ExceptionHandler: Hashable, Sendable {
    /// What the call's return address is the address of.
    public var returnOffset: Int
    public var landingOffset: Int

    /// Makes an entry.
    public init(returnOffset: Int, landingOffset: Int) {
        self.returnOffset = returnOffset
        self.landingOffset = landingOffset
    }
}

/// Which wasm instruction the code from a place on belongs to.
public struct WasmOffset: Hashable, Sendable {
    /// In bytes from the start of the function's code.
    public var offset: Int
    /// In bytes from the start of the module's binary; `UInt32.max` where the code belongs to no instruction.
    public var wasmOffset: UInt32
}
