import WasmModel

/// Reads modules in the text format.
///
/// Spec: core 3.0, chapter 6 "Text Format".
public enum TextParser {
    /// Parses a module: `(module ...)`, or its fields without the parentheses.
    ///
    /// All of WebAssembly 3.0 is read, whatever its feature, and also its ways to write what an earlier release has, such as
    /// `(ref null func)`; nothing is validated. Symbolic names become the module's names.
    /// Time and memory are linear in the size of the source, and nesting is not limited. `(@custom ...)` annotations become
    /// custom sections, `(@name ...)` annotations of the module and of its items become names, `(@metadata.code.branch_hint ...)`
    /// annotations are only checked; other annotations are skipped.
    /// - Parameter source: UTF-8.
    /// - Throws: the first malformation that is found, with its line and column.
    public static func module(_ source: [UInt8]) throws(TextError) -> Module { try parse(source).module }

    /// Parses a module, as ``module(_:)-([UInt8])`` does.
    public static func module(_ source: String) throws(TextError) -> Module { try module(Array(source.utf8)) }

    /// Parses a module and says what its annotations claim that does not hold; nil where there is nothing.
    public static func invalidAnnotation(in source: [UInt8]) throws(TextError) -> TextError? {
        try parse(source).invalidAnnotations.first
    }

    /// What is not valid in a module that was read from a text, at its line and column.
    ///
    /// The text is parsed again, so that only who has an error pays for places. Instructions of functions have their own; what is wrong in a
    /// constant expression, or with a function as a whole, is at the field that has it.
    /// - Returns: nil where the error says nothing of the place.
    public static func located(_ error: ValidationError, in source: [UInt8]) -> TextError? {
        guard let parser = try? parse(source, keepsPlaces: true) else { return nil }
        if let function = error.function, let instruction = error.instruction,
            let places = parser.instructionPlaces[function], instruction < places.count
        {
            return parser.reader.fail(error.reason, at: Int(places[instruction]))
        }
        let field = parser.parsedFields.first { field in
            switch (field.item, error.function, error.item) {
            case (.function(let index), .some(let function), _): index == function
            case (.global(let index), nil, .global(let global)): index == global
            case (.table(let index), nil, .table(let table)): index == table
            case (.element(let index), nil, .element(let element)): index == element
            case (.data(let index), nil, .data(let data)): index == data
            case (.type, _, _), (.function, _, _), (.table, _, _), (.memory, _, _), (.global, _, _), (.tag, _, _),
                (.element, _, _), (.data, _, _), (.nothing, _, _):
                false
            }
        }
        return field.map { parser.reader.fail(error.reason, at: $0.start) }
    }

    private static func parse(_ source: [UInt8], keepsPlaces: Bool = false) throws(TextError) -> ModuleParser {
        var reader = TextReader(source)
        if reader.isList("component") {
            reader.advance()
            throw reader.unexpected()
        }
        let isWrapped = reader.enters("module")
        let name = isWrapped ? reader.identifier() : nil
        var parser = ModuleParser(reader, keepsPlaces: keepsPlaces)
        try parser.parseFields()
        if parser.module.names.module == nil { parser.module.names.module = name?.text }
        if isWrapped { try parser.reader.expectRight() }
        guard parser.reader.kind == .end, parser.reader.lexicalError == nil else { throw parser.reader.unexpected() }
        return parser
    }
}
