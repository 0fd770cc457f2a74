import Execution
import WasmFormats
import WasmModel

/// Commands that are not carried out, as another engine did not come to their end.
extension ScriptRunner {
    /// Notes what is unknown without a command: the instance that it would have made, or the state of the one that it would have called.
    mutating func leaveOut(_ kind: ScriptCommand.Kind) {
        switch kind {
        case .module(let module):
            names.forgetDefinition(module.name)
            if let validated = try? validate(module) {
                names.define(validated, as: module.name)
                leaveOut(validated.module)
            } else {
                names.markDefinitionRefused(module.name)
            }
            leaveOutInstance(module.name)
        case .instance(let name, let definition):
            if let definition = try? names.definition(definition) { leaveOut(definition.module) }
            leaveOutInstance(name)
        case .action(let action), .assertReturn(let action, _), .assertTrap(let action, _),
            .assertExhaustion(let action, _), .assertException(let action):
            if let instance = try? names.instance(action.instance) { used = [instance.handle] }
        case .assertInstantiationTrap(let module, _), .assertUnlinkable(let module, _):
            if let validated = try? validate(module) { leaveOut(validated.module) }
        case .assertInstanceTrap(_, let definition, _), .assertInstanceUnlinkable(_, let definition, _):
            if let definition = try? names.definition(definition) { leaveOut(definition.module) }
        case .definition, .register, .assertMalformed, .assertInvalid, .assertMalformedCustom, .assertInvalidCustom,
            .script, .input, .output, .unreadable:
            break
        }
    }

    /// Notes that a module would have been instantiated, and may have changed what it imports.
    private mutating func leaveOut(_ module: Module) {
        used += module.imports.compactMap { names.registered(as: $0.module)?.handle }
    }

    private mutating func leaveOutInstance(_ name: String?) {
        names.forgetInstance(name)
        names.markInstanceRefused(name)
    }
}

extension ScriptAction {
    /// The name of the instance; nil for the latest one.
    fileprivate var instance: String? {
        switch self {
        case .invoke(let instance, _, _), .get(let instance, _): instance
        }
    }
}
