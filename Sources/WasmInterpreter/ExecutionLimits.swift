import WasmModel

/// Bounds on what a store's modules may use; execution that reaches one ends the same way on every host.
public struct ExecutionLimits: Hashable, Sendable {
    /// The fuel of a store, in units.
    ///
    /// A call pays for the instructions of the function that are outside of loops, an iteration pays for those of the
    /// loop's body outside of inner loops, whether they are reached or not; what moves many values, bytes or elements
    /// pays for them too, and so does what a function of the host charges.
    public var fuel: Int64
    /// The number of functions of modules that may be active at one time.
    public var callDepth: Int
    /// The size of the stack that holds locals and operands of all active functions, in slots of 8 bytes.
    public var valueStackSlots: Int
    /// The greatest size of a memory; `memory.grow` beyond it fails as the specification allows.
    public var memoryPages: UInt64
    /// The greatest size at which a memory may begin that is not exported, where that is more than ``memoryPages``.
    public var unseenMemoryPages: UInt64 = 0
    /// The greatest size of a table; `table.grow` beyond it fails as the specification allows.
    public var tableElements: UInt64
    /// The size of all structures, arrays and exceptions together that are alive or were not freed yet, in bytes.
    public var heapBytes: UInt64
    /// The greatest size of all memories of a store together.
    public var allMemoryPages: UInt64
    /// The greatest size of all tables of a store together.
    public var allTableElements: UInt64
    /// The number of calls of logged host functions.
    public var hostCalls: Int

    /// Makes limits; the defaults let every sane program end.
    public init(
        fuel: Int64 = .max,
        callDepth: Int = 20_000,
        valueStackSlots: Int = 4 << 20,
        memoryPages: UInt64 = 65536,
        tableElements: UInt64 = 10_000_000,
        heapBytes: UInt64 = 256 << 20,
        hostCalls: Int = 1_000_000,
        allMemoryPages: UInt64 = 1 << 18,
        allTableElements: UInt64 = 40_000_000
    ) {
        self.fuel = fuel
        self.callDepth = callDepth
        self.valueStackSlots = valueStackSlots
        self.memoryPages = memoryPages
        self.tableElements = tableElements
        self.heapBytes = heapBytes
        self.hostCalls = hostCalls
        self.allMemoryPages = allMemoryPages
        self.allTableElements = allTableElements
    }
}

/// The limit that ended an execution.
public enum Exhaustion: String, Hashable, Sendable, CaseIterable {
    case fuel = "fuel exhausted"
    /// The limit of nested calls, or that of the value stack.
    case callStack = "call stack exhausted"
    /// A memory or a table that is larger than a limit from the start.
    case memory = "memory exhausted"
    /// Structures, arrays and exceptions take more than the limit.
    case heap = "heap exhausted"
    case hostCalls = "host call log exhausted"
}

/// How a call from outside ended, in the terms of the store.
public enum CallOutcome: Hashable, Sendable {
    case returned([WasmValue])
    case trapped(Trap)
    /// An exception was not caught: its tag, and the values that it carries.
    case threw(TagAddress, [WasmValue])
    case exhausted(Exhaustion)
    /// A function of the host ended the run with an exit code.
    case exited(UInt32)
}

/// Why a module could not be instantiated.
public enum InstantiationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The import at a position has no item behind it.
    case unknownImport(position: Int, module: String, name: String)
    /// The item behind the import at a position has another type.
    case incompatibleImport(position: Int, module: String, name: String)
    /// A segment did not fit, or the start function trapped.
    case trapped(Trap)
    /// The start function did not catch an exception of the tag.
    case threw(TagAddress, [WasmValue])
    /// A limit was reached by a memory, a table or the start function.
    case exhausted(Exhaustion)
    /// A function of the host ended the run with an exit code in the start function.
    case exited(UInt32)
    /// The import at a position is of a type of which the host can make no value.
    case unavailableImport(position: Int, module: String, name: String)

    /// The cause; it begins with the text that the specification's test suite uses for it.
    public var description: String {
        switch self {
        case .unknownImport(let position, let module, let name):
            "unknown import: number \(position), \"\(module)\" \"\(name)\""
        case .incompatibleImport(let position, let module, let name):
            "incompatible import type: number \(position), \"\(module)\" \"\(name)\""
        case .trapped(let trap): trap.rawValue
        case .threw(let tag, _): "uncaught exception of tag \(tag)"
        case .exhausted(let limit): limit.rawValue
        case .exited(let code): "exit code \(code)"
        case .unavailableImport(let position, let module, let name):
            "the host has no value for import number \(position), \"\(module)\" \"\(name)\""
        }
    }
}
