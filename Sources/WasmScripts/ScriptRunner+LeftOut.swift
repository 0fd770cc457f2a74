import Execution
import WasmFormats

/// Commands that are not carried out, as another engine did not come to their end.
extension ScriptRunner {
    /// Notes what is unknown without a command: the instance that it would have made, or the state of the one that it would have called.
    mutating func leaveOut(_ kind: ScriptCommand.Kind) {
        switch kind {
        case .module(let module): leaveOutInstance(module.name)
        case .instance(let name, _): leaveOutInstance(name)
        case .action(let action), .assertReturn(let action, _), .assertTrap(let action, _),
            .assertExhaustion(let action, _), .assertException(let action):
            if let instance = try? names.instance(action.instance) { used = [instance.handle] }
        case .definition, .register, .assertInstantiationTrap, .assertUnlinkable, .assertInstanceTrap,
            .assertInstanceUnlinkable, .assertMalformed, .assertInvalid, .assertMalformedCustom, .assertInvalidCustom,
            .script, .input, .output, .unreadable:
            break
        }
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
