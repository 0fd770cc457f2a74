import WasmModel

/// Why the runtime cannot make or run an instance.
public enum RuntimeFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The system gives no memory.
    case memory(bytes: Int)
    /// The import at a position has no item behind it.
    case unknownImport(position: Int, module: String, name: String)
    /// The item behind the import at a position has another type.
    case incompatibleImport(position: Int, module: String, name: String)
    /// An active segment does not fit, or the start function trapped.
    case trapped(Trap)
    /// The start function did not catch an exception.
    case threw(ThrownException)
    /// A limit of the store was reached by a memory, a table or the start function.
    case exhausted(String)
    /// A function of the host ended the run with an exit code in the start function.
    case exited(UInt32)
    /// The import at a position is of a type of which the host can make no value.
    case unavailableImport(position: Int, module: String, name: String)
    /// The machine refused to go on in the start function: a mistake of the compiler.
    case fault(String)
    /// A construct that the runtime does not do, by name.
    case unsupported(String)

    /// One line.
    public var description: String {
        switch self {
        case .memory(let bytes): "the system gives no \(bytes) bytes of memory"
        case .unknownImport(let position, let module, let name):
            "unknown import: number \(position), \"\(module)\" \"\(name)\""
        case .incompatibleImport(let position, let module, let name):
            "incompatible import type: number \(position), \"\(module)\" \"\(name)\""
        case .trapped(let trap): trap.rawValue
        case .threw: "uncaught exception"
        case .exhausted(let limit): limit
        case .exited(let code): "exit code \(code)"
        case .unavailableImport(let position, let module, let name):
            "the host has no value for import number \(position), \"\(module)\" \"\(name)\""
        case .fault(let text): text
        case .unsupported(let what): "\(what) is not supported"
        }
    }
}

/// How a call from outside ended.
public enum CallEnd: Hashable, Sendable {
    case returned([WasmValue])
    case trapped(Trap)
    /// An exception was not caught.
    case threw(ThrownException)
    /// A limit of the store or of its machine was reached.
    case exhausted(String)
    /// A function of the host ended the run with an exit code.
    case exited(UInt32)
    /// The machine refused to go on: a mistake of the compiler.
    case fault(String)
}

/// An exception as the host sees it.
public struct ThrownException: Hashable, Sendable {
    /// The lowest index of its tag in the instance that was called; nil where it has none.
    public var tag: TagIndex?
    /// The values that it carries.
    public var payload: [WasmValue]

    /// Makes an exception from its parts.
    public init(tag: TagIndex?, payload: [WasmValue]) {
        self.tag = tag
        self.payload = payload
    }
}
