import WasmModel

/// A field of a module, for the annotations in it.
struct ParsedField {
    /// The token of the opening parenthesis.
    var start: Int
    var item: Item

    /// What a field defines that can have a name.
    enum Item {
        case type
        case function(FunctionIndex)
        case table(TableIndex)
        case memory(MemoryIndex)
        case global(GlobalIndex)
        case tag(TagIndex)
        case element(ElementIndex)
        case data(DataIndex)
        /// An import, an export or a start.
        case nothing
    }
}

extension ModuleParser {
    /// Reads the annotations of the module that carry content.
    ///
    /// Names that stand where locals, labels, fields and types have theirs are white space.
    ///
    /// Spec: core 3.0, appendix "Custom Sections", section "Annotations".
    mutating func parseAnnotations(from start: Int, to end: Int) throws(TextError) {
        // Binary search, so that a script of many modules stays linear.
        var low = 0
        var high = reader.annotations.count
        while low < high {
            let middle = (low + high) / 2
            if reader.annotations[middle].position < start { low = middle + 1 } else { high = middle }
        }
        var hasModuleName = false
        var lastHint: Int?
        for annotation in reader.annotations[low...] {
            guard annotation.position <= end else { break }
            let place = annotation.content.lowerBound
            do throws(TextError) {
                var content = TextReader(Array(reader.source[annotation.content]))
                switch annotation.kind {
                case .customSection:
                    let section = try customSection(&content)
                    if field(around: annotation) != nil {
                        throw TextError("misplaced @custom annotation", at: place, in: reader.source)
                    }
                    module.customSections.append(section)
                case .dataCount:
                    module.dataCount =
                        content.isNatural ? UInt32(truncatingIfNeeded: try content.natural(width: 32)) : nil
                    guard content.kind == .end else { throw content.unexpected() }
                case .name:
                    let name = try annotatedName(&content)
                    if let field = field(around: annotation) {
                        try setName(name, annotation, in: field)
                    } else if annotation.position != start {
                        throw TextError("misplaced @name annotation", at: place, in: reader.source)
                    } else if hasModuleName {
                        throw content.fail("multiple module names")
                    } else {
                        module.names.module = name
                        hasModuleName = true
                    }
                case .branchHint:
                    try branchHint(&content, annotation)
                    if lastHint == annotation.position { throw content.fail("duplicate annotation") }
                    lastHint = annotation.position
                }
            } catch {
                guard !error.reason.hasPrefix("misplaced @") else { throw error }
                throw TextError(
                    "@\(annotation.kind.rawValue) annotation: \(error.reason)",
                    at: place,
                    in: reader.source
                )
            }
        }
    }

    /// The field that an annotation stands in.
    private func field(around annotation: TextAnnotation) -> ParsedField? {
        var low = 0
        var high = parsedFields.count
        while low < high {
            let middle = (low + high) / 2
            if parsedFields[middle].start < annotation.position { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let field = parsedFields[low - 1]
        return annotation.position <= Int(reader.tokens[field.start].partner) ? field : nil
    }

    // MARK: Custom sections

    private func customSection(_ content: inout TextReader) throws(TextError) -> CustomSection {
        guard content.kind == .string else { throw content.fail("missing section name") }
        let name = try content.name()
        var section: UInt8 = SectionIdentifier.data.rawValue
        if content.kind == .leftParenthesis { section = try placement(&content) }
        let bytes = content.strings()
        guard content.kind == .end else {
            if let error = content.lexicalError { throw error }
            throw content.fail("unexpected token \(content.text)")
        }
        return CustomSection(name: name, bytes: bytes, followsSection: section)
    }

    /// Reads `(before S)` or `(after S)`: the section that the custom section follows.
    private func placement(_ content: inout TextReader) throws(TextError) -> UInt8 {
        content.advance()
        let isAfter = content.isWord("after")
        guard isAfter || content.isWord("before") else { throw content.fail("malformed placement") }
        content.advance()
        var section: UInt8 = SectionIdentifier.data.rawValue
        if content.isWord("first") {
            section = 0
        } else if !content.isWord("last") {
            guard content.kind == .word,
                let position = SectionIdentifier.order.firstIndex(where: { $0.annotationName == content.text })
            else { throw content.fail("malformed section kind") }
            if isAfter {
                section = SectionIdentifier.order[position].rawValue
            } else {
                section = position == 0 ? 0 : SectionIdentifier.order[position - 1].rawValue
            }
        }
        content.advance()
        guard content.kind == .rightParenthesis else { throw content.fail("unexpected token \(content.text)") }
        content.advance()
        return section
    }

    // MARK: Names

    private func annotatedName(_ content: inout TextReader) throws(TextError) -> String {
        guard content.kind == .string else { throw content.fail("string expected") }
        let name = try content.name()
        guard content.kind == .end else { throw content.fail("unexpected token \(content.text)") }
        return name
    }

    /// Gives the item of a field the name of an annotation that stands behind the identifier.
    private mutating func setName(
        _ name: String,
        _ annotation: TextAnnotation,
        in field: ParsedField
    ) throws(TextError) {
        let hasIdentifier = reader.tokens[min(field.start + 2, reader.tokens.count - 1)].kind == .identifier
        let isOwn = annotation.position == field.start + (hasIdentifier ? 3 : 2)
        switch field.item {
        case .function(let index): if isOwn { module.names.functions[index] = name }
        case .table(let index): if isOwn { module.names.tables[index] = name }
        case .memory(let index): if isOwn { module.names.memories[index] = name }
        case .global(let index): if isOwn { module.names.globals[index] = name }
        case .tag(let index): if isOwn { module.names.tags[index] = name }
        case .element(let index): if isOwn { module.names.elements[index] = name }
        case .data(let index): if isOwn { module.names.data[index] = name }
        case .type: break
        case .nothing:
            // An import has an item inside of it.
            guard reader.isWord(at: field.start + 1, "import") else {
                throw TextError("misplaced @name annotation", at: annotation.content.lowerBound, in: reader.source)
            }
        }
    }

    // MARK: Branch hints

    /// Checks a hint; it changes nothing.
    private mutating func branchHint(_ content: inout TextReader, _ annotation: TextAnnotation) throws(TextError) {
        let bytes = content.strings()
        guard content.kind == .end else { throw content.fail("unexpected token \(content.text)") }
        guard let field = field(around: annotation), case .function = field.item else {
            throw content.fail("not in a function")
        }
        guard bytes == [0] || bytes == [1] else { throw content.fail("invalid hint value") }
        var position = annotation.position
        if reader.tokens[position].kind == .leftParenthesis { position += 1 }
        guard reader.tokens[position].kind == .word, !reader.isWord(at: position, "end") else {
            throw content.fail("invalid placement")
        }
        if !reader.isWord(at: position, "if"), !reader.isWord(at: position, "br_if") {
            invalidAnnotations.append(
                TextError(
                    "@\(annotation.kind.rawValue) annotation: invalid target",
                    at: annotation.content.lowerBound,
                    in: reader.source
                )
            )
        }
    }
}

extension SectionIdentifier {
    /// What the section is called in annotations.
    var annotationName: String {
        switch self {
        case .custom: "custom"
        case .type: "type"
        case .import: "import"
        case .function: "func"
        case .table: "table"
        case .memory: "memory"
        case .global: "global"
        case .export: "export"
        case .start: "start"
        case .element: "elem"
        case .code: "code"
        case .data: "data"
        case .dataCount: "datacount"
        case .tag: "tag"
        }
    }
}
