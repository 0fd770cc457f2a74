import Execution
import WasmFormats

/// Commands that are not carried out, as another engine did not come to their end.
extension ScriptRunner {
    /// Notes whose state is unknown without a command: of those that it would have called, or whose items it would have imported.
    mutating func leaveOut(_ kind: ScriptCommand.Kind) {
        switch kind {
        case .module(let module):
            names.forgetInstance(module.name)
            try? define(module)
            leaveOut(definition: nil)
        case .instance(let name, let definition):
            names.forgetInstance(name)
            leaveOut(definition: definition)
        case .action(let action), .assertReturn(let action, _), .assertTrap(let action, _),
            .assertExhaustion(let action, _), .assertException(let action):
            if let instance = try? names.instance(action.instance) { used = [instance.handle] }
        case .assertInstantiationTrap(let module, _), .assertUnlinkable(let module, _):
            if let validated = try? validate(module) { used = exporters(to: validated.module) }
        case .assertInstanceTrap(_, let definition, _), .assertInstanceUnlinkable(_, let definition, _):
            leaveOut(definition: definition)
        case .definition, .register, .assertMalformed, .assertInvalid, .assertMalformedCustom, .assertInvalidCustom,
            .script, .input, .output, .unreadable:
            break
        }
    }

    /// Notes that a defined module would have been instantiated, and may have changed what it imports.
    private mutating func leaveOut(definition: String?) {
        if let module = try? names.definition(definition) { used = exporters(to: module.module) }
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
