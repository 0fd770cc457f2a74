import WasmFormats
import WasmModel

extension CommandFile.Command {
    /// The command; a module that is missing or a part that is not known is an error at the command's line.
    func kind(module: (String) -> [UInt8]?) throws(CommandFileError) -> ScriptCommand.Kind {
        switch type {
        case "module": return .module(try scriptModule(module))
        case "module_definition": return .definition(try scriptModule(module))
        case "module_instance": return .instance(name: instance, of: self.module)
        case "register": return .register(as: try part(registeredName, "as"), instance: name)
        case "action": return .action(try scriptAction())
        case "assert_return":
            return .assertReturn(try scriptAction(), try converted(expected, CommandFile.Value.pattern))
        case "assert_trap": return .assertTrap(try scriptAction(), try part(text, "text"))
        case "assert_exhaustion": return .assertExhaustion(try scriptAction(), try part(text, "text"))
        case "assert_exception": return .assertException(try scriptAction())
        case "assert_invalid": return .assertInvalid(try scriptModule(module), try part(text, "text"))
        case "assert_malformed": return .assertMalformed(try scriptModule(module), try part(text, "text"))
        case "assert_malformed_custom":
            return .assertMalformedCustom(try scriptModule(module), try part(text, "text"))
        case "assert_invalid_custom":
            return .assertInvalidCustom(try scriptModule(module), try part(text, "text"))
        case "assert_unlinkable": return .assertUnlinkable(try scriptModule(module), try part(text, "text"))
        case "assert_uninstantiable":
            return .assertInstantiationTrap(try scriptModule(module), try part(text, "text"))
        default: throw mistake("no such command: \(type)")
        }
    }

    private func mistake(_ reason: String) -> CommandFileError {
        CommandFileError("\(reason) (the command of line \(line) of the source)")
    }

    private func part<Part>(_ value: Part?, _ name: String) throws(CommandFileError) -> Part {
        guard let value else { throw mistake("\(type) without \(name)") }
        return value
    }

    private func scriptModule(_ read: (String) -> [UInt8]?) throws(CommandFileError) -> ScriptModule {
        let file = try part(filename, "filename")
        guard ScriptFolder.isInside(file) else { throw mistake("the module \(file) is outside of the folder") }
        guard let bytes = read(file) else { throw mistake("cannot read the module \(file)") }
        return ScriptModule(name: name, .binary(bytes))
    }

    private func scriptAction() throws(CommandFileError) -> ScriptAction {
        let action = try part(action, "action")
        switch action.type {
        case "get": return .get(instance: action.module, export: action.field)
        case "invoke":
            let arguments = try converted(action.args, CommandFile.Value.argument)
            return .invoke(instance: action.module, export: action.field, arguments: arguments)
        default: throw mistake("no such action: \(action.type)")
        }
    }

    private func converted<Result>(
        _ values: [CommandFile.Value]?,
        _ convert: (CommandFile.Value) -> () throws(CommandFileError) -> Result
    ) throws(CommandFileError) -> [Result] {
        var results: [Result] = []
        for value in values ?? [] {
            do { results.append(try convert(value)()) } catch { throw mistake(error.reason) }
        }
        return results
    }
}
