import WasmModel

/// What became of a test case in one engine.
public enum Outcome: Hashable, Sendable, Codable {
    /// The module was compiled and instantiated, and every invocation ended in a way that wasm defines.
    case completed(Observation)
    /// The engine does not take the module, and says so: an unsupported feature or a documented limit. Neither agreement nor a failure.
    case refused(reason: String)
    /// The engine says that the module is malformed or invalid.
    case rejected(reason: String)
    /// The engine stopped in a way that it should not.
    case crashed(Crash)
    /// The engine did not end within the budget's time.
    case timedOut(Phase)
}

/// How far an engine had come.
public enum Phase: String, Hashable, Sendable, Codable {
    case decode, validate, compile, instantiate, execute
}

/// A failed assertion, a signal, or exhausted memory.
public struct Crash: Hashable, Sendable, Codable {
    public var phase: Phase
    /// The first telling line, e.g. `assertion failed: register is real, MachineCode/Emission.swift:120`, or the signal's name.
    public var message: String
    /// The signal that ended the process, where one did.
    public var signal: Int32?

    /// Makes a crash.
    public init(phase: Phase, message: String, signal: Int32? = nil) {
        self.phase = phase
        self.message = message
        self.signal = signal
    }
}

/// Everything that can be seen of a run from outside.
public struct Observation: Hashable, Sendable, Codable {
    /// How each invocation ended, in order.
    public var invocations: [InvocationOutcome]
    /// The exported globals of number or vector type after the last invocation, sorted by name.
    public var globals: [NamedValue]
    /// The exported memories after the last invocation, sorted by name.
    public var memories: [NamedBytes]
    /// The exported tables after the last invocation, sorted by name.
    public var tables: [NamedElements]
    /// The calls of imported functions, in order.
    public var hostCalls: [HostCall]
    /// What else the specification allows; nothing but from an oracle.
    public var freedom = Freedom()

    /// Makes an observation.
    public init(
        invocations: [InvocationOutcome] = [],
        globals: [NamedValue] = [],
        memories: [NamedBytes] = [],
        tables: [NamedElements] = [],
        hostCalls: [HostCall] = []
    ) {
        self.invocations = invocations
        self.globals = globals
        self.memories = memories
        self.tables = tables
        self.hostCalls = hostCalls
    }
}

/// What else than an observation the specification allows.
public struct Freedom: Hashable, Sendable, Codable {
    /// What relaxed instructions may do instead, without the observation itself; each has its own other NaNs.
    public var alternatives: [Observation] = []
    /// The observations with each of ``NaNChoice/alternatives``; empty where no NaN that an instruction makes can be seen.
    public var otherNaNs: [Observation] = []
    /// Whether there are more ways than were tried, so that a difference proves nothing.
    public var isCutShort = false

    /// Makes the freedom of a program that leaves nothing open.
    public init() {}

    /// Whether it can be seen, with any choice of what relaxed instructions do, which NaNs instructions make.
    public var showsNaNs: Bool { !otherNaNs.isEmpty || alternatives.contains { !$0.freedom.otherNaNs.isEmpty } }
}

extension Observation {
    /// Whether a limit of the budget ended the last invocation.
    public var isExhausted: Bool {
        switch invocations.last {
        case .exhausted: true
        case .returned, .trapped, .threw, nil: false
        }
    }
}

/// How one call from outside ended.
public enum InvocationOutcome: Hashable, Sendable, Codable {
    case returned([WasmValue])
    case trapped(Trap)
    /// An exception was not caught: the lowest index of its tag in the module under test, nil where it has none, and
    /// the values that it carries.
    case threw(tag: UInt32?, payload: [WasmValue])
    /// A limit of the budget was reached; how far a program gets is not defined by wasm, so nothing is compared after it.
    case exhausted(reason: String)
}

/// A value under an export name.
public struct NamedValue: Hashable, Sendable, Codable {
    public var name: String
    public var value: WasmValue

    /// Makes a named value.
    public init(name: String, value: WasmValue) {
        self.name = name
        self.value = value
    }
}

/// The content of a memory under an export name.
public struct NamedBytes: Hashable, Sendable {
    public var name: String
    public var bytes: [UInt8]

    /// Makes named bytes.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// The content of a table under an export name.
public struct NamedElements: Hashable, Sendable, Codable {
    /// An element that is not null.
    public struct Element: Hashable, Sendable, Codable {
        public var position: Int
        public var value: WasmValue
    }

    public var name: String
    /// The size of the table.
    public var count: Int
    /// The elements that are not null, in rising order of their positions.
    public var elements: [Element]

    /// Makes the content of a table from all its elements.
    public init(name: String, _ references: [WasmReference]) {
        self.name = name
        count = references.count
        elements = []
        for (position, reference) in references.enumerated() where reference != .null {
            elements.append(Element(position: position, value: .reference(reference)))
        }
    }
}
