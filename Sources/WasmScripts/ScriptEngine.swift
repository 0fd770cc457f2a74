import WasmFormats
import WasmModel

/// Something that can run specification scripts: many modules in one store, linked with each other.
///
/// ``ScriptRunner`` does everything that is about scripts: it decodes, parses and validates, finds imports and exports by
/// name, keeps names and registrations, provides the host module, and judges outcomes. An engine only makes
/// instances and calls functions.
public protocol ScriptEngine: Sendable {
    /// The name by which options and reports call the engine.
    var name: String { get }

    /// Makes an empty store for one script.
    func makeScriptStore() -> any ScriptStore
}

/// The instances of one script, which may share functions, tables, memories, globals and tags.
///
/// A store is used by one thread. Instances live as long as the store.
public protocol ScriptStore: AnyObject {
    /// Links and instantiates a module and calls its start function.
    ///
    /// Where that fails after segments were written, what was written stays.
    /// - Parameters:
    ///   - module: the module.
    ///   - imports: what stands behind the module's imports, in their order, one each. The engine compares types.
    /// - Returns: a number that the store has not given before.
    func instantiate(
        _ module: ValidatedModule,
        imports: [ScriptImport]
    ) throws(ScriptInstantiationFailure) -> ScriptInstance

    /// Calls a function of an instance from outside.
    /// - Parameters:
    ///   - function: in the whole index space of the instance's module.
    ///   - arguments: as many and of such types as the function's type says.
    func invoke(_ function: FunctionIndex, of instance: ScriptInstance, _ arguments: [WasmValue]) -> ScriptOutcome

    /// Reads a global of an instance.
    /// - Parameter global: in the whole index space of the instance's module.
    func value(of global: GlobalIndex, in instance: ScriptInstance) -> ScriptOutcome
}

/// An instance, by the number that its store gave.
public struct ScriptInstance: Hashable, Sendable {
    public var number: Int

    /// Makes the name of an instance.
    public init(_ number: Int) { self.number = number }
}

/// What stands behind an import of a module of a script.
public enum ScriptImport: Hashable, Sendable {
    /// An item of another instance, in that instance's index space.
    case item(ExternalIndex, of: ScriptInstance)
    /// A function of the host. Its type is exactly that of the import, and names no defined types.
    case host(HostFunction)

    /// The instance that the item belongs to; nil for functions of the host.
    var exporter: ScriptInstance? {
        switch self {
        case .item(_, let instance): instance
        case .host: nil
        }
    }
}

/// How a call from outside, or the reading of a global, ended.
public enum ScriptOutcome: Hashable, Sendable {
    /// The values; of references only the kind counts, but for the numbers of host references.
    case returned([WasmValue])
    case trapped(Trap)
    /// An exception was not caught.
    case threw
    /// A limit was reached; the text is that of the test suite, e.g. `call stack exhausted`.
    case exhausted(String)
    /// The engine does not do this, and says what: the name of an instruction, a feature or a limit.
    case refused(String)
    /// The engine stopped in a way that it should not.
    case crashed(String)
}

/// Why a module of a script could not be instantiated.
public enum ScriptInstantiationFailure: Error, Hashable, Sendable {
    /// The item behind the import at a position has another type.
    case incompatibleImport(position: Int)
    /// A segment did not fit, or the start function trapped.
    case trapped(Trap)
    /// The start function did not catch an exception.
    case threw
    /// A limit was reached.
    case exhausted(String)
    /// The engine does not take the module, and says what it does not do: the name of an instruction, a feature or a
    /// limit.
    case refused(String)
    /// The engine stopped in a way that it should not.
    case crashed(String)
}
