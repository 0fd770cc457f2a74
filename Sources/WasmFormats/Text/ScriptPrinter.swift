import WasmModel

/// Writes test scripts that ``ScriptParser`` and the specification's own interpreter read.
///
/// Spec: the interpreter's README of the specification repository, section "Scripts".
public struct ScriptPrinter {
    private var writer = TextWriter()
    /// The parameter types of the exported functions of the last text module, for the types of null arguments.
    private var parameterTypes: [String: [ValueType]] = [:]
    private var types: [SubType] = []

    private init() {}

    /// The text of a script. Every value is written with every bit.
    ///
    /// What has no form in a script is approximated: a reference to a function is written `(ref.func)`, one to another object
    /// by its kind; as arguments, these are refused by other tools.
    public static func text(of script: Script) -> String {
        var printer = ScriptPrinter()
        for command in script.commands { printer.print(command.kind) }
        return printer.writer.text + "\n"
    }

    /// The same text with the number of the line, from one, in which each command begins.
    public static func numberedText(of script: Script) -> (text: String, lines: [Int]) {
        var printer = ScriptPrinter()
        var lines: [Int] = []
        var counted = 0
        var next = 1
        for command in script.commands {
            lines.append(next)
            printer.print(command.kind)
            let text = printer.writer.text.utf8
            next += text.dropFirst(counted).count { $0 == UInt8(ascii: "\n") } + (counted == 0 ? 1 : 0)
            counted = text.count
        }
        return (printer.writer.text + "\n", lines)
    }

    /// The text of a value as the argument of an action.
    public static func text(of value: WasmValue) -> String { text(value) }

    /// The text of what a result may be.
    public static func text(of pattern: ResultPattern) -> String { text(pattern) }

    private mutating func print(_ command: ScriptCommand.Kind) {
        switch command {
        case .module(let module): print(module, keyword: "")
        case .definition(let module): print(module, keyword: " definition")
        case .instance(let name, let definition):
            writer.line("(module instance\(Self.optional(name))\(Self.optional(definition)))")
        case .register(let name, let instance):
            writer.line("(register \(ModulePrinter.name(name))\(Self.optional(instance)))")
        case .action(let action):
            writer.line("")
            print(action)
        case .assertReturn(let action, let patterns):
            writer.line("(assert_return ")
            print(action)
            for pattern in patterns { writer.item(Self.text(pattern)) }
            writer.append(")")
        case .assertTrap(let action, let text): assertion("assert_trap", action, text)
        case .assertExhaustion(let action, let text): assertion("assert_exhaustion", action, text)
        case .assertException(let action):
            writer.line("(assert_exception ")
            print(action)
            writer.append(")")
        case .assertInstantiationTrap(let module, let text): assertion("assert_trap", module, text)
        case .assertMalformed(let module, let text): assertion("assert_malformed", module, text)
        case .assertInvalid(let module, let text): assertion("assert_invalid", module, text)
        case .assertUnlinkable(let module, let text): assertion("assert_unlinkable", module, text)
        case .assertMalformedCustom(let module, let text): assertion("assert_malformed_custom", module, text)
        case .assertInvalidCustom(let module, let text): assertion("assert_invalid_custom", module, text)
        case .assertInstanceTrap(let name, let definition, let text):
            assertion("assert_trap", instance: name, of: definition, text)
        case .assertInstanceUnlinkable(let name, let definition, let text):
            assertion("assert_unlinkable", instance: name, of: definition, text)
        case .script(let name, _, let script):
            writer.line("(script\(Self.optional(name))")
            writer.indentation += 1
            for command in script.commands { print(command.kind) }
            writer.indentation -= 1
            writer.line(")")
        case .input(let name, let path):
            writer.line("(input\(Self.optional(name)) \(ModulePrinter.name(path)))")
        case .output(let name, let path):
            writer.line("(output\(Self.optional(name))\(path.map { " " + ModulePrinter.name($0) } ?? ""))")
        case .unreadable(let error, _): writer.line(";; a command that cannot be read: \(error.reason)")
        }
    }

    private mutating func assertion(_ keyword: String, instance name: String?, of definition: String?, _ text: String) {
        writer.line("(\(keyword) (module instance\(Self.optional(name))\(Self.optional(definition)))")
        writer.item(ModulePrinter.name(text))
        writer.append(")")
    }

    private static func optional(_ name: String?) -> String { name.map { " " + ModulePrinter.identifier($0) } ?? "" }

    private mutating func assertion(_ keyword: String, _ action: ScriptAction, _ text: String) {
        writer.line("(\(keyword) ")
        print(action)
        writer.item(ModulePrinter.name(text))
        writer.append(")")
    }

    private mutating func assertion(_ keyword: String, _ module: ScriptModule, _ text: String) {
        let known = (parameterTypes, types)
        writer.line("(\(keyword)")
        writer.indentation += 1
        print(module, keyword: "")
        writer.line(ModulePrinter.name(text))
        writer.append(")")
        writer.indentation -= 1
        (parameterTypes, types) = known
    }

    private mutating func print(_ module: ScriptModule, keyword: String) {
        parameterTypes = [:]
        types = []
        switch module.source {
        case .text(var content):
            content.names.module = module.name
            noteExports(of: content)
            var text = TextPrinter.text(of: content)
            while text.last == "\n" { text.removeLast() }
            if !keyword.isEmpty { text = "(module\(keyword)" + text.dropFirst("(module".count) }
            writer.block(text)
        case .binary(let bytes):
            if let content = try? BinaryDecoder.decode(bytes) { noteExports(of: content) }
            strings("(module\(keyword)\(Self.optional(module.name)) binary", bytes)
        case .quoted(let bytes): strings("(module\(keyword)\(Self.optional(module.name)) quote", bytes)
        }
    }

    private mutating func strings(_ head: String, _ bytes: [UInt8]) {
        writer.line(head)
        for start in stride(from: 0, to: bytes.count, by: 64) {
            var literal = ""
            StringLiteral.append(bytes[start..<min(start + 64, bytes.count)], to: &literal)
            writer.item(literal)
        }
        writer.append(")")
    }

    private mutating func noteExports(of module: Module) {
        types = module.types
        var functions: [TypeIndex] = []
        for item in module.imports {
            if case .function(let type) = item.type { functions.append(type) }
        }
        functions += module.functions.map(\.type)
        for export in module.exports {
            guard case .function(let index) = export.item, index.position < functions.count,
                functions[index.position].position < types.count,
                let type = types[functions[index.position].position].functionType
            else { continue }
            parameterTypes[export.name] = type.parameters
        }
    }

    // MARK: Actions and values

    private mutating func print(_ action: ScriptAction) {
        switch action {
        case .get(let instance, let export):
            writer.append("(get\(Self.optional(instance)) \(ModulePrinter.name(export)))")
        case .invoke(let instance, let export, let arguments):
            writer.append("(invoke\(Self.optional(instance)) \(ModulePrinter.name(export))")
            let parameters = parameterTypes[export] ?? []
            for (position, argument) in arguments.enumerated() {
                if case .reference(.null) = argument {
                    let type = position < parameters.count ? parameters[position] : .externalReference
                    writer.item("(ref.null \(nullType(type)))")
                } else {
                    writer.item(Self.text(argument))
                }
            }
            writer.append(")")
        }
    }

    /// The abstract heap type of a null of a type.
    private func nullType(_ type: ValueType) -> String {
        guard case .reference(let reference) = type else { return "extern" }
        switch reference.heapType {
        case .function, .noFunction: return "func"
        case .external, .noExternal: return "extern"
        case .exception, .noException: return "exn"
        case .any, .equatable, .i31, .structure, .array, .none: return "none"
        case .defined(let index):
            guard index.position < types.count, types[index.position].functionType == nil else { return "nofunc" }
            return "none"
        }
    }

    private static func text(_ value: WasmValue) -> String {
        switch value {
        case .i32(let bits): "(i32.const \(Int32(bitPattern: bits)))"
        case .i64(let bits): "(i64.const \(Int64(bitPattern: bits)))"
        case .f32(let bits): "(f32.const \(NumberText.float(UInt64(bits), format: .single)))"
        case .f64(let bits): "(f64.const \(NumberText.float(bits, format: .double)))"
        case .v128(let vector): "(v128.const \(NumberText.vector(vector)))"
        case .reference(.null): "(ref.null)"
        case .reference(.external(let number)): "(ref.extern \(number))"
        case .reference(.function): "(ref.func)"
        case .reference(.opaque(let kind)):
            kind.hasPrefix("host") ? "(ref.\(kind))" : "(ref.\(kind.prefix { $0.isLetter || $0.isNumber }))"
        }
    }

    private static func text(_ pattern: ResultPattern) -> String {
        switch pattern {
        case .exactly(let value): text(value)
        case .f32(let pattern): "(f32.const \(text(pattern, .single)))"
        case .f64(let pattern): "(f64.const \(text(pattern, .double)))"
        case .vector(let shape, let lanes):
            "(v128.const \(shape) "
                + lanes.map { text($0, shape == .f64x2 ? .double : .single) }.joined(separator: " ") + ")"
        case .reference(let pattern): "(\(text(pattern)))"
        case .either(let patterns): "(either \(patterns.map { text($0) }.joined(separator: " ")))"
        }
    }

    private static func text(_ pattern: FloatPattern, _ format: FloatFormat) -> String {
        switch pattern {
        case .bits(let bits): NumberText.float(bits, format: format)
        case .canonicalNaN: "nan:canonical"
        case .arithmeticNaN: "nan:arithmetic"
        }
    }

    private static func text(_ pattern: ReferencePattern) -> String {
        switch pattern {
        case .null(let type):
            type.flatMap { type in ModuleParser.heapTypes.first { $0.value == type }?.key }.map { "ref.null \($0)" }
                ?? "ref.null"
        case .nonNull: "ref"
        case .function: "ref.func"
        case .external: "ref.extern"
        case .exception: "ref.exn"
        case .any: "ref.any"
        case .equatable: "ref.eq"
        case .i31: "ref.i31"
        case .structure: "ref.struct"
        case .array: "ref.array"
        }
    }
}
