import ByteCoding
import WasmModel

/// Writes modules in the binary format.
///
/// Spec: core 3.0, chapter 5 "Binary Format".
public enum BinaryEncoder {
    /// Encodes a module; integers are as short as possible.
    ///
    /// The module need not be valid, but every immediate must be of the kind that its opcode's row names. Decoding gives the same
    /// module again, with two exceptions that the format cannot express: an element segment of function indices whose type is
    /// not `(ref func)` comes back as expressions, and a custom section that is called `name` as names.
    public static func encode(_ module: Module) -> [UInt8] {
        var encoder = ModuleEncoder(module: module)
        encoder.encodeModule()
        return encoder.writer.bytes
    }
}

/// The state of encoding one module.
struct ModuleEncoder {
    let module: Module
    var writer = ByteWriter()

    init(module: Module) { self.module = module }

    mutating func encodeModule() {
        writer.append(BinaryHeader.module)
        encodeCustomSections(after: .custom)
        for section in SectionIdentifier.order {
            // An empty section is written only where it is the place of a custom section.
            let isAnchor = module.customSections.contains { $0.followsSection == section.rawValue }
            if let content = content(of: section, isNeeded: isAnchor) {
                writer.byte(section.rawValue)
                writer.count(content.count)
                writer.append(content.bytes)
            }
            encodeCustomSections(after: section)
            if section == .data && !module.names.isEmpty { encodeNames() }
        }
    }

    private mutating func encodeCustomSections(after section: SectionIdentifier) {
        for custom in module.customSections where custom.followsSection == section.rawValue {
            writer.byte(SectionIdentifier.custom.rawValue)
            writer.sized { part in
                part.name(custom.name)
                part.append(custom.bytes)
            }
        }
    }

    private mutating func encodeNames() {
        writer.byte(SectionIdentifier.custom.rawValue)
        writer.sized { part in
            part.name("name")
            NameSection.encode(module.names, to: &part)
        }
    }

    private func content(of section: SectionIdentifier, isNeeded: Bool) -> ByteWriter? {
        var part = ByteWriter()
        let count: Int
        switch section {
        case .custom: return nil
        case .start:
            guard let start = module.start else { return nil }
            part.unsigned(start.rawValue)
            return part
        case .dataCount:
            guard let dataCount = module.dataCount else { return nil }
            part.unsigned(dataCount)
            return part
        case .type: count = module.recursionGroups.count
        case .import: count = module.imports.count
        case .function, .code: count = module.functions.count
        case .table: count = module.tables.count
        case .memory: count = module.memories.count
        case .tag: count = module.tags.count
        case .global: count = module.globals.count
        case .export: count = module.exports.count
        case .element: count = module.elements.count
        case .data: count = module.data.count
        }
        guard count > 0 || isNeeded else { return nil }
        part.count(count)
        appendItems(of: section, to: &part)
        return part
    }

    private func appendItems(of section: SectionIdentifier, to part: inout ByteWriter) {
        switch section {
        case .custom, .start, .dataCount: break
        case .type: for group in module.recursionGroups { part.append(group, of: module.types) }
        case .import:
            for item in module.imports {
                part.name(item.module)
                part.name(item.name)
                part.append(item.type)
            }
        case .function: for function in module.functions { part.unsigned(function.type.rawValue) }
        case .table:
            for table in module.tables {
                if let initializer = table.initializer {
                    part.append([0x40, 0x00])
                    part.append(table.type)
                    part.append(initializer)
                } else {
                    part.append(table.type)
                }
            }
        case .memory: for memory in module.memories { part.append(memory.addressType, memory.limits) }
        case .tag: for tag in module.tags { part.appendTag(tag) }
        case .global:
            for global in module.globals {
                part.append(global.type)
                part.append(global.initializer)
            }
        case .export: for export in module.exports { append(export, to: &part) }
        case .element: for segment in module.elements { append(segment, to: &part) }
        case .code: for function in module.functions { append(function, to: &part) }
        case .data: for segment in module.data { append(segment, to: &part) }
        }
    }

    private func append(_ export: Export, to part: inout ByteWriter) {
        part.name(export.name)
        let (kind, index): (UInt8, UInt32) =
            switch export.item {
            case .function(let index): (0, index.rawValue)
            case .table(let index): (1, index.rawValue)
            case .memory(let index): (2, index.rawValue)
            case .global(let index): (3, index.rawValue)
            case .tag(let index): (4, index.rawValue)
            }
        part.byte(kind)
        part.unsigned(index)
    }

    private func append(_ segment: ElementSegment, to part: inout ByteWriter) {
        var items = segment.items
        if case .functions(let functions) = items, segment.type != ReferenceType(isNullable: false, .function) {
            items = .expressions(functions.map { [Instruction(.refFunc, .function($0)), Instruction(.end)] })
        }
        let form: UInt32
        var isNullableFunction = true
        switch items {
        case .functions: form = 0
        case .expressions:
            form = 4
            isNullableFunction = segment.type == .function
        }
        var hasType = true
        switch segment.mode {
        case .passive: part.unsigned(form | 1)
        case .declarative: part.unsigned(form | 3)
        case .active(let table, let offset):
            hasType = table != 0 || !isNullableFunction
            part.unsigned(hasType ? form | 2 : form)
            if hasType { part.unsigned(table.rawValue) }
            part.append(offset)
        }
        switch items {
        case .functions(let functions):
            if hasType { part.byte(0) }
            part.count(functions.count)
            for function in functions { part.unsigned(function.rawValue) }
        case .expressions(let expressions):
            if hasType { part.append(segment.type) }
            part.count(expressions.count)
            for expression in expressions { part.append(expression) }
        }
    }

    private func append(_ function: Function, to part: inout ByteWriter) {
        part.sized { $0.appendBody(of: function) }
    }

    private func append(_ segment: DataSegment, to part: inout ByteWriter) {
        switch segment.mode {
        case .passive: part.unsigned(UInt32(1))
        case .active(let memory, let offset):
            part.unsigned(UInt32(memory == 0 ? 0 : 2))
            if memory != 0 { part.unsigned(memory.rawValue) }
            part.append(offset)
        }
        part.count(segment.bytes.count)
        part.append(segment.bytes)
    }
}
