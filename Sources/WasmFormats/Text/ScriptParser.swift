import WasmModel

/// Reads test scripts.
///
/// Spec: the interpreter's README of the specification repository, section "Scripts".
public struct ScriptParser {
    var reader: TextReader
    /// The positions of the line feeds, in bytes.
    private let lineFeeds: [Int]
    /// Whether a command that cannot be read stands in the script as such; otherwise its error is thrown.
    private let isTolerant: Bool
    /// The number of lists of commands or values that enclose the one at hand.
    private var depth = 0
    /// How often the text was cut anew, which makes all positions before it meaningless.
    private var cutCount = 0

    /// How deep `(script ...)` and `(either ...)` may be nested.
    static let largestDepth = 100

    /// Parses a script; a file that holds the fields of one module without parentheses is a script of that module.
    ///
    /// Text modules are parsed, quoted and binary ones are kept as they are, and so are the modules whose annotations are the matter.
    /// - Parameter source: UTF-8.
    /// - Throws: the first malformation that is found, with its line and column.
    public static func script(_ source: [UInt8]) throws(TextError) -> Script {
        var parser = ScriptParser(source, isTolerant: false)
        return try parser.script()
    }

    /// Parses a script, as ``script(_:)-([UInt8])`` does.
    public static func script(_ source: String) throws(TextError) -> Script { try script(Array(source.utf8)) }

    /// Parses what can be read of a script: a malformed command stands in it as ``ScriptCommand/Kind/unreadable(_:)``.
    ///
    /// Reading goes on behind the parenthesis that closes the command. Where none does, or where the text has no tokens, it goes on at
    /// the next line that begins with an opening parenthesis.
    public static func readableScript(_ source: [UInt8]) -> Script {
        var parser = ScriptParser(source, isTolerant: true)
        do { return try parser.script() } catch { return Script(commands: [parser.unreadable(error, isModule: false)]) }
    }

    private init(_ source: [UInt8], isTolerant: Bool) {
        reader = TextReader(source)
        lineFeeds = source.indices.filter { source[$0] == UInt8(ascii: "\n") }
        self.isTolerant = isTolerant
    }

    /// The number of line feeds before a byte.
    private func lineFeedCount(before offset: Int) -> Int {
        var low = 0
        var high = lineFeeds.count
        while low < high {
            let middle = (low + high) / 2
            if lineFeeds[middle] < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The line of the token at hand.
    private var line: Int { lineFeedCount(before: Int(reader.tokens[reader.position].start)) + 1 }

    private static let fields: Set<String> = [
        "type", "rec", "func", "table", "memory", "global", "tag", "import", "export", "start", "elem", "data",
    ]

    private mutating func script() throws(TextError) -> Script {
        // It has no tokens, wherever reading would go on.
        if let excess = TextLexer.excess(of: reader.source) { throw excess }
        if reader.kind == .leftParenthesis, reader.tokens.count > 1,
            Self.fields.contains(String(decoding: reader.bytes(at: 1), as: UTF8.self))
        {
            return try inlineModule()
        }
        var script = Script()
        while true {
            try commands(into: &script)
            if reader.kind == .end, reader.lexicalError == nil { return script }
            // Here stands what begins no command.
            let start = reader.position
            let error = reader.unexpected()
            guard isTolerant else { throw error }
            script.commands.append(unreadable(error, isModule: false))
            if reader.kind == .end { resumeAtLine(after: start) } else { skipToList() }
        }
    }

    private mutating func inlineModule() throws(TextError) -> Script {
        var parser = ModuleParser(reader)
        try parser.parseFields()
        guard parser.reader.kind == .end, parser.reader.lexicalError == nil else { throw parser.reader.unexpected() }
        return Script(commands: [ScriptCommand(line: 1, .module(ScriptModule(.text(parser.module))))])
    }

    // MARK: Commands that cannot be read

    private func unreadable(_ error: TextError, isModule: Bool) -> ScriptCommand {
        ScriptCommand(line: error.line, .unreadable(error, isModule: isModule))
    }

    private mutating func skipToList() {
        while reader.kind != .leftParenthesis, reader.kind != .end { reader.advance() }
    }

    /// Goes on behind a command, wherever in it the reader is.
    private mutating func resume(behind start: Int) {
        reader.move(to: start)
        if reader.tokens[Int(reader.tokens[start].partner)].kind == .end {
            resumeAtLine(after: start)
        } else {
            reader.skipList()
        }
    }

    /// Goes on at the next line that begins with an opening parenthesis, and cuts the text anew where the lexer did not get there.
    private mutating func resumeAtLine(after start: Int) {
        let begin = Int(reader.tokens[start].start)
        let cutEnd = Int(reader.tokens[reader.tokens.count - 1].start)
        let isCut = reader.lexicalError != nil
        for feed in lineFeeds[lineFeedCount(before: begin)...]
        where feed + 1 < reader.source.count && reader.source[feed + 1] == UInt8(ascii: "(") {
            if feed + 1 < cutEnd {
                // Inside of a comment or a string there is no token.
                guard let position = reader.position(ofTokenAt: feed + 1) else { continue }
                reader.move(to: position)
                return
            }
            guard isCut else { break }
            cut(from: feed + 1)
            return
        }
        cut(from: reader.source.count)
    }

    private mutating func cut(from offset: Int) {
        reader = TextReader(reader.source, from: offset)
        cutCount += 1
    }

    // MARK: Commands

    private mutating func commands(into script: inout Script) throws(TextError) {
        while reader.kind == .leftParenthesis {
            let line = line
            let start = reader.position
            let cutsBefore = cutCount
            let isModule = reader.isList("module")
            do throws(TextError) {
                script.commands.append(ScriptCommand(line: line, try command()))
            } catch {
                guard isTolerant else { throw error }
                script.commands.append(unreadable(error, isModule: isModule))
                if cutCount == cutsBefore { resume(behind: start) }
            }
        }
    }

    private mutating func command() throws(TextError) -> ScriptCommand.Kind {
        if reader.isList("module") { return try moduleCommand() }
        if reader.isList("invoke") || reader.isList("get") { return .action(try action()) }
        let kind: ScriptCommand.Kind
        if reader.enters("register") {
            let name = try reader.name()
            kind = .register(as: name, instance: reader.identifier()?.text)
        } else if reader.enters("script") {
            let name = reader.identifier()?.text
            kind = .script(name: name, file: nil, try nestedScript())
        } else if reader.enters("input") {
            let name = reader.identifier()?.text
            kind = .input(name: name, path: try reader.name())
        } else if reader.enters("output") {
            let name = reader.identifier()?.text
            kind = .output(name: name, path: reader.kind == .string ? try reader.name() : nil)
        } else {
            kind = try assertion()
        }
        try reader.expectRight()
        return kind
    }

    private mutating func nestedScript() throws(TextError) -> Script {
        try enterList()
        defer { depth -= 1 }
        var script = Script()
        try commands(into: &script)
        return script
    }

    /// Counts a list of commands or values, until the caller is through with it.
    mutating func enterList() throws(TextError) {
        guard depth < Self.largestDepth else {
            throw reader.fail("\(ModuleLimits.refusal)\(depth + 1) nested lists exceed \(Self.largestDepth)")
        }
        depth += 1
    }

    mutating func leaveList() { depth -= 1 }

    /// Reads an assertion without its last parenthesis.
    private mutating func assertion() throws(TextError) -> ScriptCommand.Kind {
        reader.advance()
        if reader.takes("assert_return") {
            let action = try action()
            var patterns: [ResultPattern] = []
            while reader.kind == .leftParenthesis { patterns.append(try pattern()) }
            return .assertReturn(action, patterns)
        }
        if reader.takes("assert_exception") { return .assertException(try action()) }
        if reader.takes("assert_exhaustion") {
            let action = try action()
            return .assertExhaustion(action, try reader.name())
        }
        if reader.takes("assert_trap") {
            if let (name, definition) = try instance() {
                return .assertInstanceTrap(name: name, of: definition, try reader.name())
            }
            if reader.isList("module") {
                let module = try scriptModule()
                return .assertInstantiationTrap(module, try reader.name())
            }
            let action = try action()
            return .assertTrap(action, try reader.name())
        }
        if reader.takes("assert_unlinkable") {
            if let (name, definition) = try instance() {
                return .assertInstanceUnlinkable(name: name, of: definition, try reader.name())
            }
            let module = try scriptModule()
            return .assertUnlinkable(module, try reader.name())
        }
        if reader.takes("assert_malformed") {
            let module = try scriptModule()
            return .assertMalformed(module, try reader.name())
        }
        if reader.takes("assert_invalid") {
            let module = try scriptModule()
            return .assertInvalid(module, try reader.name())
        }
        if reader.takes("assert_malformed_custom") {
            let module = try scriptModule(keepsText: true)
            return .assertMalformedCustom(module, try reader.name())
        }
        if reader.takes("assert_invalid_custom") {
            let module = try scriptModule(keepsText: true)
            return .assertInvalidCustom(module, try reader.name())
        }
        throw reader.unexpected()
    }

    // MARK: Modules

    private mutating func moduleCommand() throws(TextError) -> ScriptCommand.Kind {
        if let (name, definition) = try instance() { return .instance(name: name, of: definition) }
        let isDefinition = reader.isWord(at: reader.position + 2, "definition")
        let module = try scriptModule()
        return isDefinition ? .definition(module) : .module(module)
    }

    /// Reads `(module instance $name? $definition?)` where it is at hand; one name alone is that of the instance.
    private mutating func instance() throws(TextError) -> (name: String?, definition: String?)? {
        guard reader.isList("module"), reader.isWord(at: reader.position + 2, "instance") else { return nil }
        for _ in 0..<3 { reader.advance() }
        let name = reader.identifier()?.text
        let definition = reader.identifier()?.text
        try reader.expectRight()
        return (name, definition)
    }

    /// - Parameter keepsText: whether a module in the text format is kept as its source, with its annotations, and is not parsed.
    private mutating func scriptModule(keepsText: Bool = false) throws(TextError) -> ScriptModule {
        let start = reader.position
        try reader.expectLeft()
        try reader.expect("module")
        _ = reader.takes("definition")
        let name = reader.identifier()?.text
        let source: ScriptModule.Source
        if reader.takes("binary") {
            source = .binary(reader.strings())
        } else if reader.takes("quote") {
            source = .quoted(reader.strings())
        } else if keepsText {
            reader.move(to: start)
            source = .quoted(try reader.listSource())
            return ScriptModule(name: name, source)
        } else {
            var parser = ModuleParser(reader)
            try parser.parseFields()
            if parser.module.names.module == nil { parser.module.names.module = name }
            reader.move(to: parser.reader.position)
            source = .text(parser.module)
        }
        try reader.expectRight()
        return ScriptModule(name: name, source)
    }
}
