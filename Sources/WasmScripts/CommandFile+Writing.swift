import WasmFormats
import WasmModel

extension CommandFile {
    /// A script as a command file with a file for each module.
    public struct Written: Hashable, Sendable {
        /// The content of the `.json` file.
        public var text: String
        /// The modules, by the names that the commands use.
        public var modules: [(name: String, bytes: [UInt8])] { zip(names, contents).map { ($0, $1) } }
        fileprivate var names: [String] = []
        fileprivate var contents: [[UInt8]] = []
    }

    /// Writes a script in the form that wabt's `spectest-interp` reads, which needs the parts in the order of `wast2json`. The line of a
    /// command is its position, from one.
    /// - Parameter source: what the commands name as the file that they come from.
    /// - Throws: the first command that this form is not written for: only modules in the binary format, their registration, calls and
    ///   what is asserted of calls.
    public static func written(_ script: Script, source: String) throws(CommandFileError) -> Written {
        var writer = CommandFileWriter()
        var lines: [String] = []
        for (position, command) in script.commands.enumerated() {
            lines.append("  " + (try writer.text(of: command.kind, line: position + 1)))
        }
        let text = """
            {"source_filename": \(CommandFileWriter.string(source)),
             "commands": [
            \(lines.joined(separator: ",\n"))]}

            """
        return Written(text: text, names: writer.names, contents: writer.contents)
    }
}

/// Writes commands, and keeps their modules.
private struct CommandFileWriter {
    private(set) var names: [String] = []
    private(set) var contents: [[UInt8]] = []
    /// Of the functions that the current instance exports.
    private var types: [String: FunctionType] = [:]

    mutating func text(of kind: ScriptCommand.Kind, line: Int) throws(CommandFileError) -> String {
        switch kind {
        case .module(let module):
            guard case .binary(let bytes) = module.source, module.name == nil else { throw Self.unwritable(line) }
            let file = "case.\(names.count).wasm"
            names.append(file)
            contents.append(bytes)
            noteTypes(of: bytes)
            return "{\"type\": \"module\", \"line\": \(line), \"filename\": \(Self.string(file))}"
        case .register(let name, nil):
            return "{\"type\": \"register\", \"line\": \(line), \"as\": \(Self.string(name))}"
        case .action(let call): return try assertion("action", line, call, nil)
        case .assertReturn(let call, let patterns):
            let results = types[call.export]?.results ?? []
            var expected: [String] = []
            for (position, pattern) in patterns.enumerated() {
                expected.append(try Self.text(pattern, position < results.count ? results[position] : nil, line))
            }
            return try assertion("assert_return", line, call, nil, expected)
        case .assertTrap(let call, let text): return try assertion("assert_trap", line, call, text)
        case .assertExhaustion(let call, let text): return try assertion("assert_exhaustion", line, call, text)
        case .assertException(let call): return try assertion("assert_exception", line, call, nil)
        case .definition, .instance, .register, .assertInstantiationTrap, .assertMalformed, .assertInvalid,
            .assertUnlinkable, .assertMalformedCustom, .assertInvalidCustom, .assertInstanceTrap,
            .assertInstanceUnlinkable, .script, .input, .output, .unreadable:
            throw Self.unwritable(line)
        }
    }

    private static func unwritable(_ line: Int) -> CommandFileError {
        CommandFileError("command \(line) has no form in a command file here")
    }

    private mutating func noteTypes(of wasm: [UInt8]) {
        types = [:]
        guard let module = try? BinaryDecoder.decode(wasm), let validated = try? Validator.validate(module) else {
            return
        }
        for export in module.exports {
            if case .function(let index) = export.item { types[export.name] = validated.functionType(of: index) }
        }
    }

    private func assertion(
        _ type: String,
        _ line: Int,
        _ action: ScriptAction,
        _ text: String?,
        _ expected: [String]? = nil
    ) throws(CommandFileError) -> String {
        let results = types[action.export]?.results ?? []
        var parts = ["\"type\": \"\(type)\"", "\"line\": \(line)", "\"action\": \(try self.text(action, line))"]
        if let text { parts.append("\"text\": \(Self.string(text))") }
        let values = expected ?? results.map { "{\"type\": \"\(Self.name($0))\"}" }
        parts.append("\"expected\": [\(values.joined(separator: ", "))]")
        return "{\(parts.joined(separator: ", "))}"
    }

    private func text(_ action: ScriptAction, _ line: Int) throws(CommandFileError) -> String {
        switch action {
        case .get(nil, let export): return "{\"type\": \"get\", \"field\": \(Self.string(export))}"
        case .invoke(nil, let export, let arguments):
            let parameters = types[export]?.parameters ?? []
            var values: [String] = []
            for (position, argument) in arguments.enumerated() {
                values.append(
                    try Self.text(.exactly(argument), position < parameters.count ? parameters[position] : nil, line)
                )
            }
            return
                "{\"type\": \"invoke\", \"field\": \(Self.string(export)), \"args\": [\(values.joined(separator: ", "))]}"
        case .get, .invoke: throw Self.unwritable(line)
        }
    }

    // MARK: Values

    /// - Parameter type: what the module says, for null.
    private static func text(_ pattern: ResultPattern, _ type: ValueType?, _ line: Int) throws(CommandFileError)
        -> String
    {
        switch pattern {
        case .exactly(let value):
            switch value {
            case .i32(let bits): return self.value("i32", "\(bits)")
            case .i64(let bits): return self.value("i64", "\(bits)")
            case .f32(let bits): return self.value("f32", "\(bits)")
            case .f64(let bits): return self.value("f64", "\(bits)")
            case .v128(let vector):
                let lanes = [vector.low, vector.low >> 32, vector.high, vector.high >> 32].map {
                    "\"\(UInt32(truncatingIfNeeded: $0))\""
                }.joined(separator: ", ")
                return "{\"type\": \"v128\", \"lane_type\": \"i32\", \"value\": [\(lanes)]}"
            case .reference(.null): return self.value(type.map(name) ?? "externref", "null")
            case .reference(.external(let number)): return self.value("externref", "\(number)")
            case .reference(.function), .reference(.opaque): throw unwritable(line)
            }
        case .f32(let pattern): return value("f32", float(pattern))
        case .f64(let pattern): return value("f64", float(pattern))
        case .reference(.null): return value(type.map(name) ?? "externref", "null")
        case .vector, .reference, .either: throw unwritable(line)
        }
    }

    private static func value(_ type: String, _ text: String) -> String {
        "{\"type\": \"\(type)\", \"value\": \"\(text)\"}"
    }

    private static func float(_ pattern: FloatPattern) -> String {
        switch pattern {
        case .bits(let bits): "\(bits)"
        case .canonicalNaN: "nan:canonical"
        case .arithmeticNaN: "nan:arithmetic"
        }
    }

    private static func name(_ type: ValueType) -> String {
        switch type {
        case .i32: "i32"
        case .i64: "i64"
        case .f32: "f32"
        case .f64: "f64"
        case .v128: "v128"
        case .reference(let reference):
            switch reference.heapType {
            case .external, .noExternal: "externref"
            case .exception, .noException: "exnref"
            case .any, .equatable, .i31, .structure, .array, .none: "anyref"
            case .function, .noFunction, .defined: "funcref"
            }
        }
    }

    /// A string of JSON, with no other escape than by code: wabt knows that one alone.
    static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case _ where scalar.value < 0x20 || scalar.value == 0x7F || scalar == "\"" || scalar == "\\":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension ScriptAction {
    fileprivate var export: String {
        switch self {
        case .invoke(_, let export, _), .get(_, let export): export
        }
    }
}
