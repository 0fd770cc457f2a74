import Execution
import WasmFormats
import WasmModel

/// An instance of a script's module, with what its exports mean.
struct ScriptInstance {
    var handle: InstanceNumber
    var module: ValidatedModule
    /// By the code units of the names, as strings of Swift are equal by canonical equivalence.
    private let exports: [[UInt8]: ExternalIndex]

    init(handle: InstanceNumber, module: ValidatedModule) {
        self.handle = handle
        self.module = module
        exports = Dictionary(module.module.exports.map { (Array($0.name.utf8), $0.item) }) { first, _ in first }
    }

    /// What the instance exports under a name.
    subscript(export name: String) -> ExternalIndex? { exports[Array(name.utf8)] }
}

/// What the names of a script stand for: defined modules, instances, and instances that modules can import from.
struct ScriptNames {
    /// The code units of a name, as strings of Swift are equal by canonical equivalence.
    private typealias Key = [UInt8]

    /// What is missing because the engine refused a module.
    private enum Refused: Hashable {
        case definition(Key)
        case instance(Key)
        case registration(Key)
    }

    private var definitions: [Key: ValidatedModule] = [:]
    private var lastDefinition: ValidatedModule?
    private var isLastDefinitionRefused = false
    private var instances: [Key: ScriptInstance] = [:]
    private var current: ScriptInstance?
    private var isCurrentRefused = false
    private var registered: [Key: ScriptInstance] = [:]
    private var refused: Set<Refused> = []

    // MARK: Definitions

    /// Makes a name of a definition, which becomes the last one, stand for nothing.
    mutating func forgetDefinition(_ name: String?) {
        lastDefinition = nil
        isLastDefinitionRefused = false
        if let name { definitions[Key(name.utf8)] = nil }
    }

    mutating func define(_ module: ValidatedModule, as name: String?) {
        lastDefinition = module
        if let name { definitions[Key(name.utf8)] = module }
    }

    mutating func markDefinitionRefused(_ name: String?) {
        isLastDefinitionRefused = true
        if let name { refused.insert(.definition(Key(name.utf8))) }
    }

    /// A defined module, the last one where none is named.
    func definition(_ name: String?) throws(ScriptObstacle) -> ValidatedModule {
        if let module = name.map({ definitions[Key($0.utf8)] }) ?? lastDefinition { return module }
        let isRefused = name.map { refused.contains(.definition(Key($0.utf8))) } ?? isLastDefinitionRefused
        throw isRefused ? .refusal(nil) : .failure(expected: "a module definition \(name ?? "")", got: "none")
    }

    // MARK: Instances

    /// Makes a name of an instance, which becomes the latest one, stand for nothing.
    mutating func forgetInstance(_ name: String?) {
        current = nil
        isCurrentRefused = false
        if let name {
            instances[Key(name.utf8)] = nil
            refused.remove(.instance(Key(name.utf8)))
        }
    }

    mutating func add(_ instance: ScriptInstance, as name: String?) {
        current = instance
        if let name { instances[Key(name.utf8)] = instance }
    }

    mutating func markInstanceRefused(_ name: String?) {
        isCurrentRefused = true
        if let name { refused.insert(.instance(Key(name.utf8))) }
    }

    /// An instance, the latest one where none is named.
    func instance(_ name: String?) throws(ScriptObstacle) -> ScriptInstance {
        if let instance = name.map({ instances[Key($0.utf8)] }) ?? current { return instance }
        let isRefused = name.map { refused.contains(.instance(Key($0.utf8))) } ?? isCurrentRefused
        throw isRefused ? .refusal(nil) : .failure(expected: "an instance \(name ?? "")", got: "none")
    }

    // MARK: Registered instances

    /// Makes an instance importable under the name of a module.
    mutating func register(_ name: String?, as module: String) throws(ScriptObstacle) {
        let instance: ScriptInstance
        do {
            instance = try self.instance(name)
        } catch {
            if case .refusal = error { refused.insert(.registration(Key(module.utf8))) }
            throw error
        }
        registered[Key(module.utf8)] = instance
        refused.remove(.registration(Key(module.utf8)))
    }

    /// The instance that is importable under the name of a module.
    func registered(as module: String) -> ScriptInstance? { registered[Key(module.utf8)] }

    /// Whether the instance to be registered under the name of a module was refused.
    func isRegistrationRefused(as module: String) -> Bool { refused.contains(.registration(Key(module.utf8))) }

    // MARK: Modules

    /// Whether a name stands for a definition or an instance.
    func holds(_ name: String) -> Bool { instances[Key(name.utf8)] != nil || definitions[Key(name.utf8)] != nil }

    /// Whether a definition or an instance of a name was refused.
    func isRefused(_ name: String) -> Bool {
        refused.contains(.instance(Key(name.utf8))) || refused.contains(.definition(Key(name.utf8)))
    }
}
