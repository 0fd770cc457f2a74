import ByteCoding
import WasmModel

/// The content of the `name` section.
///
/// Spec: core 3.0, appendix "Custom Sections", section "Name Section", and the extended name section proposal.
enum NameSection {
    /// The identifiers of the subsections.
    private enum Subsection: UInt8 {
        case module, functions, locals, labels, types, tables, memories, globals, elements, data, fields, tags
    }

    /// Reads names; nil where the content is malformed. Unknown subsections are skipped.
    static func decode(_ content: UnsafeRawBufferPointer) -> ModuleNames? {
        try? read(content)
    }

    private struct Malformed: Error {}

    private static func read(_ content: UnsafeRawBufferPointer) throws -> ModuleNames {
        var names = ModuleNames()
        var reader = ByteReader(content)
        while !reader.isAtEnd {
            let identifier = try reader.byte()
            let size = try reader.count()
            var part = ByteReader(content, range: reader.position..<reader.position + size)
            reader.position += size
            guard let subsection = Subsection(rawValue: identifier) else { continue }
            switch subsection {
            case .module: names.module = try part.name()
            case .functions: names.functions = try map(&part)
            case .locals: names.locals = try indirectMap(&part)
            case .labels:
                let labels: [FunctionIndex: [LabelIndex: String]] = try indirectMap(&part)
                names.labels = labels.mapValues { inner in
                    Dictionary(uniqueKeysWithValues: inner.map { ($0.key.rawValue, $0.value) })
                }
            case .types: names.types = try map(&part)
            case .tables: names.tables = try map(&part)
            case .memories: names.memories = try map(&part)
            case .globals: names.globals = try map(&part)
            case .elements: names.elements = try map(&part)
            case .data: names.data = try map(&part)
            case .fields: names.fields = try indirectMap(&part)
            case .tags: names.tags = try map(&part)
            }
            guard part.isAtEnd else { throw Malformed() }
        }
        return names
    }

    private static func map<Space>(_ reader: inout ByteReader) throws -> [Index<Space>: String] {
        var names: [Index<Space>: String] = [:]
        for _ in 0..<(try reader.count()) {
            let index = Index<Space>(try reader.u32())
            names[index] = try reader.name()
        }
        return names
    }

    private static func indirectMap<Outer, Inner>(
        _ reader: inout ByteReader
    ) throws -> [Index<Outer>: [Index<Inner>: String]] {
        var names: [Index<Outer>: [Index<Inner>: String]] = [:]
        for _ in 0..<(try reader.count()) {
            let index = Index<Outer>(try reader.u32())
            names[index] = try map(&reader)
        }
        return names
    }

    /// Writes names: the content of the section, in the order of the indices.
    static func encode(_ names: ModuleNames, to writer: inout ByteWriter) {
        if let name = names.module {
            writer.byte(Subsection.module.rawValue)
            writer.sized { $0.name(name) }
        }
        write(names.functions, as: .functions, to: &writer)
        write(names.locals, as: .locals, to: &writer)
        let labels = names.labels.mapValues { inner in
            Dictionary(uniqueKeysWithValues: inner.map { (LabelIndex($0.key), $0.value) })
        }
        write(labels, as: .labels, to: &writer)
        write(names.types, as: .types, to: &writer)
        write(names.tables, as: .tables, to: &writer)
        write(names.memories, as: .memories, to: &writer)
        write(names.globals, as: .globals, to: &writer)
        write(names.elements, as: .elements, to: &writer)
        write(names.data, as: .data, to: &writer)
        write(names.fields, as: .fields, to: &writer)
        write(names.tags, as: .tags, to: &writer)
    }

    private static func write<Space>(
        _ names: [Index<Space>: String],
        as subsection: Subsection,
        to writer: inout ByteWriter
    ) {
        guard !names.isEmpty else { return }
        writer.byte(subsection.rawValue)
        writer.sized { append(names, to: &$0) }
    }

    private static func write<Outer, Inner>(
        _ names: [Index<Outer>: [Index<Inner>: String]],
        as subsection: Subsection,
        to writer: inout ByteWriter
    ) {
        guard !names.isEmpty else { return }
        writer.byte(subsection.rawValue)
        writer.sized { part in
            part.count(names.count)
            for index in names.keys.sorted() {
                part.unsigned(index.rawValue)
                append(names[index]!, to: &part)
            }
        }
    }

    private static func append<Space>(_ names: [Index<Space>: String], to writer: inout ByteWriter) {
        writer.count(names.count)
        for index in names.keys.sorted() {
            writer.unsigned(index.rawValue)
            writer.name(names[index]!)
        }
    }
}
