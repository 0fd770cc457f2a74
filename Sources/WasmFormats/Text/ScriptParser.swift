import WasmModel

/// Reads test scripts.
///
/// Spec: the interpreter's README of the specification repository, section "Scripts".
public struct ScriptParser {
    private var reader: TextReader
    /// The positions of the line feeds, in bytes.
    private let lineFeeds: [Int]

    /// Parses a script; a file that holds the fields of one module without parentheses is a script of that module.
    ///
    /// Text modules are parsed, quoted and binary ones are kept as they are.
    /// - Parameter source: UTF-8.
    /// - Throws: the first malformation that is found, with its line and column.
    public static func script(_ source: [UInt8]) throws(TextError) -> Script {
        var parser = ScriptParser(source)
        return try parser.script()
    }

    /// Parses a script, as ``script(_:)-([UInt8])`` does.
    public static func script(_ source: String) throws(TextError) -> Script { try script(Array(source.utf8)) }

    private init(_ source: [UInt8]) {
        reader = TextReader(source)
        lineFeeds = source.indices.filter { source[$0] == UInt8(ascii: "\n") }
    }

    /// The line of the token at hand.
    private var line: Int {
        let offset = Int(reader.tokens[reader.position].start)
        var low = 0
        var high = lineFeeds.count
        while low < high {
            let middle = (low + high) / 2
            if lineFeeds[middle] < offset { low = middle + 1 } else { high = middle }
        }
        return low + 1
    }

    private static let fields: Set<String> = [
        "type", "rec", "func", "table", "memory", "global", "tag", "import", "export", "start", "elem", "data",
    ]

    private mutating func script() throws(TextError) -> Script {
        var script = Script()
        if reader.kind == .leftParenthesis, reader.tokens.count > 1,
            Self.fields.contains(String(decoding: reader.bytes(at: 1), as: UTF8.self))
        {
            var parser = ModuleParser(reader)
            try parser.parseFields()
            reader = parser.reader
            script.commands.append(ScriptCommand(line: 1, .module(ScriptModule(.text(parser.module)))))
        }
        while reader.kind == .leftParenthesis {
            let line = line
            script.commands.append(ScriptCommand(line: line, try command()))
        }
        guard reader.kind == .end, reader.lexicalError == nil else { throw reader.unexpected() }
        return script
    }

    private mutating func command() throws(TextError) -> ScriptCommand.Kind {
        if reader.isList("module") { return try moduleCommand() }
        if reader.isList("invoke") || reader.isList("get") { return .action(try action()) }
        reader.advance()
        let kind: ScriptCommand.Kind
        if reader.takes("register") {
            let name = try reader.name()
            kind = .register(as: name, instance: reader.identifier()?.text)
        } else if reader.takes("assert_return") {
            let action = try action()
            var patterns: [ResultPattern] = []
            while reader.kind == .leftParenthesis { patterns.append(try pattern()) }
            kind = .assertReturn(action, patterns)
        } else if reader.takes("assert_trap") {
            if reader.isList("module") {
                let module = try scriptModule()
                kind = .assertInstantiationTrap(module, try reader.name())
            } else {
                let action = try action()
                kind = .assertTrap(action, try reader.name())
            }
        } else if reader.takes("assert_exhaustion") {
            let action = try action()
            kind = .assertExhaustion(action, try reader.name())
        } else if reader.takes("assert_exception") {
            kind = .assertException(try action())
        } else if reader.takes("assert_malformed") {
            let module = try scriptModule()
            kind = .assertMalformed(module, try reader.name())
        } else if reader.takes("assert_invalid") {
            let module = try scriptModule()
            kind = .assertInvalid(module, try reader.name())
        } else if reader.takes("assert_unlinkable") {
            let module = try scriptModule()
            kind = .assertUnlinkable(module, try reader.name())
        } else {
            throw reader.unexpected()
        }
        try reader.expectRight()
        return kind
    }

    // MARK: Modules

    private mutating func moduleCommand() throws(TextError) -> ScriptCommand.Kind {
        if reader.isWord(at: reader.position + 2, "instance") {
            for _ in 0..<3 { reader.advance() }
            let name = reader.identifier()
            let definition = reader.identifier()
            try reader.expectRight()
            // One name alone is that of the definition's instance.
            return .instance(name: name?.text, of: definition?.text)
        }
        let isDefinition = reader.isWord(at: reader.position + 2, "definition")
        let module = try scriptModule()
        return isDefinition ? .definition(module) : .module(module)
    }

    private mutating func scriptModule() throws(TextError) -> ScriptModule {
        try reader.expectLeft()
        try reader.expect("module")
        _ = reader.takes("definition")
        let name = reader.identifier()?.text
        let source: ScriptModule.Source
        if reader.takes("binary") {
            source = .binary(reader.strings())
        } else if reader.takes("quote") {
            source = .quoted(reader.strings())
        } else {
            var parser = ModuleParser(reader)
            try parser.parseFields()
            parser.module.names.module = name
            reader.move(to: parser.reader.position)
            source = .text(parser.module)
        }
        try reader.expectRight()
        return ScriptModule(name: name, source)
    }

    // MARK: Actions and values

    private mutating func action() throws(TextError) -> ScriptAction {
        try reader.expectLeft()
        let isInvocation = reader.takes("invoke")
        if !isInvocation { try reader.expect("get") }
        let instance = reader.identifier()?.text
        let export = try reader.name()
        var arguments: [WasmValue] = []
        while isInvocation, reader.kind == .leftParenthesis {
            let place = reader.position
            let pattern = try pattern()
            if case .exactly(let value) = pattern {
                arguments.append(value)
            } else if case .reference(.null) = pattern {
                arguments.append(.reference(.null))
            } else {
                throw reader.unexpected(at: place + 1)
            }
        }
        try reader.expectRight()
        return isInvocation
            ? .invoke(instance: instance, export: export, arguments: arguments)
            : .get(instance: instance, export: export)
    }

    private mutating func pattern() throws(TextError) -> ResultPattern {
        try reader.expectLeft()
        let pattern: ResultPattern
        if reader.takes("i32.const") {
            pattern = .exactly(.i32(UInt32(truncatingIfNeeded: try reader.integer(width: 32))))
        } else if reader.takes("i64.const") {
            pattern = .exactly(.i64(try reader.integer(width: 64)))
        } else if reader.takes("f32.const") {
            let float = try floatPattern(.single)
            if case .bits(let bits) = float {
                pattern = .exactly(.f32(UInt32(truncatingIfNeeded: bits)))
            } else {
                pattern = .f32(float)
            }
        } else if reader.takes("f64.const") {
            let float = try floatPattern(.double)
            if case .bits(let bits) = float { pattern = .exactly(.f64(bits)) } else { pattern = .f64(float) }
        } else if reader.takes("v128.const") {
            pattern = try vectorPattern()
        } else if reader.takes("either") {
            var patterns: [ResultPattern] = []
            while reader.kind == .leftParenthesis { patterns.append(try self.pattern()) }
            pattern = .either(patterns)
        } else {
            pattern = try referencePattern()
        }
        try reader.expectRight()
        return pattern
    }

    private mutating func floatPattern(_ format: FloatFormat) throws(TextError) -> FloatPattern {
        if reader.takes("nan:canonical") { return .canonicalNaN }
        if reader.takes("nan:arithmetic") { return .arithmeticNaN }
        return .bits(try reader.float(format))
    }

    private mutating func vectorPattern() throws(TextError) -> ResultPattern {
        let start = reader.position
        let shape = try reader.vectorShape()
        var hasClasses = false
        for distance in 0..<shape.laneCount {
            hasClasses =
                hasClasses || reader.isWord(at: reader.position + distance, "nan:canonical")
                || reader.isWord(at: reader.position + distance, "nan:arithmetic")
        }
        guard hasClasses, shape == .f32x4 || shape == .f64x2 else {
            reader.move(to: start)
            return .exactly(.v128(try reader.vector()))
        }
        var lanes: [FloatPattern] = []
        for _ in 0..<shape.laneCount { lanes.append(try floatPattern(shape == .f32x4 ? .single : .double)) }
        return .vector(shape, lanes)
    }

    private mutating func referencePattern() throws(TextError) -> ResultPattern {
        if reader.takes("ref.null") {
            guard reader.kind != .rightParenthesis else { return .reference(.null(nil)) }
            let type = reader.kind == .word ? ModuleParser.heapTypes[reader.text] : nil
            if type == nil, reader.kind != .identifier, !reader.isNatural { throw reader.unexpected() }
            reader.advance()
            return .reference(.null(type))
        }
        if reader.takes("ref.extern") {
            guard reader.kind == .word else { return .reference(.external) }
            return .exactly(.reference(.external(UInt32(truncatingIfNeeded: try reader.natural(width: 32)))))
        }
        if reader.takes("ref.host") {
            let number = try reader.natural(width: 32)
            return .exactly(.reference(.opaque("host \(number)")))
        }
        if reader.takes("ref.func") {
            if reader.kind == .identifier || reader.isNatural { reader.advance() }
            return .reference(.function)
        }
        if reader.takes("ref.exn") { return .reference(.exception) }
        if reader.takes("ref.any") { return .reference(.any) }
        if reader.takes("ref.eq") { return .reference(.equatable) }
        if reader.takes("ref.i31") { return .reference(.i31) }
        if reader.takes("ref.struct") { return .reference(.structure) }
        if reader.takes("ref.array") { return .reference(.array) }
        throw reader.unexpected()
    }
}
