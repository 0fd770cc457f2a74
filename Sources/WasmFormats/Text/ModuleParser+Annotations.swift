import WasmModel

extension ModuleParser {
    /// Reads the annotations of the module that carry content.
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
        for annotation in reader.annotations[low...] {
            guard annotation.position <= end else { break }
            do throws(TextError) {
                var content = TextReader(Array(reader.source[annotation.content]))
                switch annotation.kind {
                case .customSection: try customSection(&content)
                case .dataCount:
                    module.dataCount =
                        content.isNatural ? UInt32(truncatingIfNeeded: try content.natural(width: 32)) : nil
                }
                guard content.kind == .end else { throw content.unexpected() }
            } catch {
                throw TextError(
                    "@custom annotation: \(error.reason)",
                    at: annotation.content.lowerBound,
                    in: reader.source
                )
            }
        }
    }

    private mutating func customSection(_ content: inout TextReader) throws(TextError) {
        let name = try content.name()
        var section: UInt8 = SectionIdentifier.data.rawValue
        let isAfter = content.isList("after")
        if isAfter || content.isList("before") {
            content.advance()
            content.advance()
            guard content.kind == .word else { throw content.unexpected() }
            if content.isWord("first") {
                section = 0
            } else if !content.isWord("last") {
                guard let position = SectionIdentifier.order.firstIndex(where: { $0.annotationName == content.text })
                else { throw content.unexpected() }
                if isAfter {
                    section = SectionIdentifier.order[position].rawValue
                } else {
                    section = position == 0 ? 0 : SectionIdentifier.order[position - 1].rawValue
                }
            }
            content.advance()
            try content.expectRight()
        }
        module.customSections.append(CustomSection(name: name, bytes: content.strings(), followsSection: section))
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
