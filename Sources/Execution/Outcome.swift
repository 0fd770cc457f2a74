import Foundation
import WasmModel

/// What became of a test case in one engine.
public enum Outcome: Hashable, Sendable {
    /// The module was compiled and instantiated, and every invocation ended in a way that wasm defines.
    case completed(Observation)
    /// The engine does not take the module, and says so: an unsupported feature or a documented limit. Neither agreement nor a failure.
    case refused(reason: String)
    /// The engine says that the module is malformed or invalid.
    case rejected(reason: String)
    /// The engine stopped in a way that it should not.
    case crashed(Crash)
    /// The engine did not end within the budget's time; no verdict by itself, as a busy machine does that to any engine.
    case timedOut(Phase)
    /// The engine used up the memory of the budget; no verdict by itself either.
    case memoryExhausted(Phase)
    /// Nothing could run the engine: no process could be started, say. Tells nothing of the engine or of the case.
    case notRun(reason: String)
}

/// How far an engine had come.
public enum Phase: String, Hashable, Sendable, Codable {
    case decode, validate, compile, instantiate, execute
}

/// A failed assertion, or a signal.
public struct Crash: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case phase = "phase"
        case message = "message"
        case signal = "signal"
    }

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
    private enum CodingKeys: String, CodingKey {
        case instantiation = "instantiation"
        case invocations = "invocations"
        case instances = "instances"
    }

    /// How the instantiation ended where it made no instance; nil where it made one.
    public var instantiation: InvocationOutcome?
    /// How each invocation ended, in order; none after one that ended with the budget, on the same instance.
    public var invocations: [InvocationOutcome]
    /// What the instances show at the end: of one instance for all invocations, or of one for each of them, as the test case has it.
    /// Empty where there is none.
    public var instances: [InstanceState]

    /// Makes an observation.
    public init(
        instantiation: InvocationOutcome? = nil,
        invocations: [InvocationOutcome] = [],
        instances: [InstanceState] = []
    ) {
        self.instantiation = instantiation
        self.invocations = invocations
        self.instances = instances
    }

    /// An observation of one instance.
    public init(
        invocations: [InvocationOutcome] = [],
        globals: [NamedValue] = [],
        memories: [NamedBytes] = [],
        tables: [NamedElements] = [],
        hostCalls: [HostCall] = []
    ) {
        self.init(
            invocations: invocations,
            instances: [
                InstanceState(
                    globals: globals,
                    memories: memories,
                    tables: tables,
                    hostCalls: HostCallLog(hostCalls)
                )
            ]
        )
    }
}

/// What an instance shows to its host.
public struct InstanceState: Hashable, Sendable {
    /// The exported globals, sorted by name.
    public var globals: [NamedValue]
    /// The exported memories, sorted by name.
    public var memories: [NamedBytes]
    /// The exported tables, sorted by name.
    public var tables: [NamedElements]
    /// The calls of imported functions, in order.
    public var hostCalls: HostCallLog

    /// Makes a state.
    public init(
        globals: [NamedValue] = [],
        memories: [NamedBytes] = [],
        tables: [NamedElements] = [],
        hostCalls: HostCallLog = HostCallLog()
    ) {
        self.globals = globals
        self.memories = memories
        self.tables = tables
        self.hostCalls = hostCalls
    }

    /// Whether nothing of the instance can be seen.
    public var isEmpty: Bool { globals.isEmpty && memories.isEmpty && tables.isEmpty && hostCalls.isEmpty }
}

extension Observation {
    /// Whether a limit of the budget ended the instantiation or the last invocation.
    public var isExhausted: Bool { (invocations.last ?? instantiation)?.isExhausted ?? false }
}

/// How one call from outside ended.
public enum InvocationOutcome: Hashable, Sendable {
    case returned([WasmValue])
    case trapped(Trap)
    /// An exception was not caught: the lowest index of its tag in the module under test, nil where it has none, and
    /// the values that it carries.
    case threw(tag: UInt32?, payload: [WasmValue])
    /// A limit of the budget was reached; how far a program gets is not defined by wasm, so nothing is compared after it.
    case exhausted(reason: String)
    /// The program asked its host to end it, with a status.
    case exited(status: UInt32)
    /// Not as it has to be, and in words what is not: of an engine that is told what to expect, and shows no values.
    case mismatched(String)
    /// An engine that is told what to expect was not asked for this call, or says nothing of it.
    case unseen

    /// Whether a limit of the budget ended the call.
    public var isExhausted: Bool {
        switch self {
        case .exhausted: true
        case .returned, .trapped, .threw, .exited, .mismatched, .unseen: false
        }
    }
}

/// A value under an export name.
public struct NamedValue: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case name = "name"
        case value = "value"
    }

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

    /// Whether both are the same; memories are large, and an array compares one byte after the other.
    public static func == (left: NamedBytes, right: NamedBytes) -> Bool {
        left.name == right.name && left.bytes.count == right.bytes.count
            && left.bytes.withUnsafeBytes { left in
                right.bytes.withUnsafeBytes { right in
                    left.isEmpty || memcmp(left.baseAddress!, right.baseAddress!, left.count) == 0
                }
            }
    }
}

/// The content of a table under an export name.
public struct NamedElements: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case name = "name"
        case count = "count"
        case elements = "elements"
    }

    /// An element that is not null.
    public struct Element: Hashable, Sendable, Codable {
        private enum CodingKeys: String, CodingKey {
            case position = "position"
            case value = "value"
        }

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
