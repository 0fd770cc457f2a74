import WasmModel

/// What an engine is given: the bytes of a module, and the calls to make, in order.
///
/// Behind its imports stands the host of ``HostImports``, which is the same in every engine.
public struct TestCase: Hashable, Sendable {
    public var wasm: [UInt8]
    public var invocations: [Invocation]
    /// Modules that are instantiated first, in their order, on the same store: what the module, and those behind them, import from
    /// ``companionName(_:)`` is what they export.
    public var companions: [[UInt8]]
    /// Whether each call is made on an instance of its own, so that none hides or changes what another does.
    public var usesFreshInstances: Bool

    /// Makes a test case.
    public init(
        wasm: [UInt8],
        invocations: [Invocation],
        companions: [[UInt8]] = [],
        usesFreshInstances: Bool = false
    ) {
        self.wasm = wasm
        self.invocations = invocations
        self.companions = companions
        self.usesFreshInstances = usesFreshInstances
    }

    /// Why engines of one module a case do not run it.
    public static let companionRefusal = "several modules, which only the engines of this program link"

    /// The name from which the exports of a companion are imported.
    public static func companionName(_ number: Int) -> String { "instance\(number)" }
}

/// What an engine may spend on one test case.
public struct Budget: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case fuel = "fuel"
        case callDepth = "callDepth"
        case stackBytes = "stackBytes"
        case memoryPages = "memoryPages"
        case seconds = "seconds"
        case processBytes = "processBytes"
    }

    /// Work of a call: steps of an interpreter or a simulator, calls and iterations of compiled code; deterministic, unlike time.
    public var fuel: UInt64
    /// Nested calls.
    public var callDepth: Int
    /// The stack of compiled code, in bytes.
    public var stackBytes: Int
    /// In pages of 65,536 bytes.
    public var memoryPages: UInt64
    /// Processor time, in seconds, after which an isolated engine is stopped.
    public var seconds: Double
    /// What the process of an isolated engine may map, in bytes.
    public var processBytes: UInt64

    /// Makes a budget; the defaults are more than any generated case needs.
    public init(
        fuel: UInt64 = 50_000_000,
        callDepth: Int = 2_000,
        stackBytes: Int = 8 << 20,
        memoryPages: UInt64 = 1_024,
        seconds: Double = 10,
        processBytes: UInt64 = 2 << 30
    ) {
        self.fuel = fuel
        self.callDepth = callDepth
        self.stackBytes = stackBytes
        self.memoryPages = memoryPages
        self.seconds = seconds
        self.processBytes = processBytes
    }

    /// The pages of 65,536 bytes with which a memory may begin that is not exported: 4 GiB and a page more. It is seen by what is loaded from
    /// it alone, so that nothing goes through all of it, and what is not touched takes address space only.
    public static let unseenMemoryPages: UInt64 = 65_537

    /// How much more time and memory a run gets that is to confirm that they do not suffice.
    public static let confirmationFactor = 10.0

    /// The budget with so many times the time and the memory of processes; of what is deterministic, only the fuel, and only on demand.
    public func extended(by factor: Double, withFuel: Bool = false) -> Budget {
        var larger = self
        if withFuel { larger.fuel = UInt64(min(Double(fuel) * factor, 0x1p62)) }
        larger.seconds *= factor
        larger.processBytes = UInt64(min(Double(processBytes) * factor, 0x1p62))
        return larger
    }
}
