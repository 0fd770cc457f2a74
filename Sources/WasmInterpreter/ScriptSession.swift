import WasmFormats
import WasmModel

/// The state of a specification script: one store, its instances by name, and what was registered for import.
///
/// Spec: the interpreter's script format (`interpreter/README.md`, section "Scripts"), and `test/core/README.md` for
/// the host module.
public struct ScriptSession {
    /// The store of all modules of the script.
    public let store: Store
    /// The latest instance.
    public private(set) var current: ModuleInstance?
    private var instances: [String: ModuleInstance] = [:]
    private var registered: [ExactName: [ExactName: ExternalValue]] = [:]

    /// Makes a session that knows the host module `spectest`.
    public init(limits: ExecutionLimits = ExecutionLimits()) throws(InstantiationError) {
        store = Store(limits: limits)
        var exports: [ExactName: ExternalValue] = [:]
        let parameters: [(String, [ValueType])] = [
            ("print", []), ("print_i32", [.i32]), ("print_i64", [.i64]), ("print_f32", [.f32]), ("print_f64", [.f64]),
            ("print_i32_f32", [.i32, .f32]), ("print_f64_f64", [.f64, .f64]),
        ]
        for (name, types) in parameters {
            exports[ExactName(name)] = .function(
                store.allocateFunction(FunctionType(parameters: types)) { _ in .returned([]) }
            )
        }
        let globals: [(String, ValueType, WasmValue)] = [
            ("global_i32", .i32, .i32(666)), ("global_i64", .i64, .i64(666)),
            ("global_f32", .f32, .f32(Float(666.6).bitPattern)), ("global_f64", .f64, .f64(Double(666.6).bitPattern)),
        ]
        for (name, type, value) in globals {
            exports[ExactName(name)] = .global(store.allocateGlobal(GlobalType(type, isMutable: false), value))
        }
        let size = Limits(minimum: 10, maximum: 20)
        exports[ExactName("table")] = .table(try store.allocateTable(TableType(limits: size, element: .function)))
        exports[ExactName("table64")] = .table(
            try store.allocateTable(TableType(addressType: .i64, limits: size, element: .function))
        )
        exports[ExactName("memory")] = .memory(
            try store.allocateMemory(MemoryType(limits: Limits(minimum: 1, maximum: 2)))
        )
        registered[ExactName("spectest")] = exports
    }

    /// Instantiates a module, which becomes the latest one.
    /// - Parameter name: the name by which later commands refer to it.
    public mutating func instantiate(_ module: ValidatedModule, name: String? = nil) throws(InstantiationError) {
        let registered = registered
        let instance = try store.instantiate(module) { registered[ExactName($0.module)]?[ExactName($0.name)] }
        current = instance
        if let name { instances[name] = instance }
    }

    /// Makes the exports of an instance importable.
    /// - Parameters:
    ///   - module: the name of the module that imports use.
    ///   - name: the name of the instance; nil for the latest.
    /// - Returns: whether there is such an instance.
    public mutating func register(as module: String, name: String? = nil) -> Bool {
        guard let instance = instance(name) else { return false }
        registered[ExactName(module)] = instance.exportsByName
        return true
    }

    /// An instance by its name; the latest where there is none.
    public func instance(_ name: String?) -> ModuleInstance? { name.map { instances[$0] } ?? current }

    /// Calls an exported function; nil where there is none of the name.
    public func invoke(_ function: String, _ arguments: [WasmValue], in name: String? = nil) -> InvocationOutcome? {
        instance(name)?.exportedFunction(function).map { store.invoke($0, arguments) }
    }

    /// The value of an exported global; nil where there is none of the name.
    public func value(ofGlobal global: String, in name: String? = nil) -> WasmValue? {
        guard let instance = instance(name), case .global(let address) = instance.export(global) else { return nil }
        return store.value(of: address, in: instance)
    }
}
