import WasmModel

/// Writes modules in the text format.
///
/// Spec: core 3.0, chapter 6 "Text Format".
public enum TextPrinter {
    /// The text of a module, which ``TextParser`` reads back as the module's ``normalForm(of:)``.
    ///
    /// Instructions are flat, one a line, indented by nesting; items are referred to by their names, where they have one, and
    /// carry their number as a comment at their definition. Floats are hexadecimal, with every bit. Types are all written
    /// out, with their recursion groups, and every use names its type, so that no index changes. Custom sections are `@custom`
    /// annotations; a data count section that does not follow from the bodies is a `@datacount` annotation.
    ///
    /// Any module can be printed, a malformed one too, but only of one whose bodies are balanced can the text be read back.
    /// Of a function with more than 1,000,000 locals the rest is left out, with a comment that says so.
    public static func text(of module: Module) -> String {
        var printer = ModulePrinter(module)
        return printer.print()
    }

    /// The part of a module that the text format can hold.
    ///
    /// Adjacent locals of one type are one run; names that are empty, taken by an earlier item of their space, or of an item that does
    /// not exist are dropped; lists of functions in an element segment of another type than `(ref func)` are expressions. For all
    /// modules that the text parser or the generator makes, this changes nothing.
    public static func normalForm(of module: Module) -> Module {
        var result = module
        for index in result.functions.indices { normalize(&result.functions[index]) }
        for index in result.elements.indices {
            guard case .functions(let functions) = result.elements[index].items,
                result.elements[index].type != ReferenceType(isNullable: false, .function)
            else { continue }
            result.elements[index].items = .expressions(
                functions.map { [Instruction(.refFunc, .function($0)), Instruction(.end)] }
            )
        }
        for index in result.tables.indices where result.tables[index].initializer == [Instruction(.end)] {
            result.tables[index].initializer = nil
        }
        for index in result.customSections.indices
        where SectionIdentifier(rawValue: result.customSections[index].followsSection) == nil {
            result.customSections[index].followsSection = SectionIdentifier.data.rawValue
        }
        result.names = PrintableNames(module).moduleNames
        return result
    }

    private static func normalize(_ function: inout Function) {
        var runs: [LocalRun] = []
        for run in function.locals where run.count > 0 {
            if let last = runs.indices.last, runs[last].type == run.type, runs[last].count <= .max - run.count {
                runs[last].count += run.count
            } else {
                runs.append(run)
            }
        }
        function.locals = runs
    }
}

/// The names of a module that can stand as identifiers in its text, each at most once in its space.
struct PrintableNames {
    private(set) var moduleNames = ModuleNames()

    init(_ module: Module) {
        let imported = ImportedItems(module.imports)
        let given = module.names
        if let name = given.module, !name.isEmpty { moduleNames.module = name }
        let functionCount = imported.functions + module.functions.count
        moduleNames.functions = Self.distinct(given.functions, count: functionCount)
        moduleNames.types = Self.distinct(given.types, count: module.types.count)
        moduleNames.tables = Self.distinct(given.tables, count: imported.tables + module.tables.count)
        moduleNames.memories = Self.distinct(given.memories, count: imported.memories + module.memories.count)
        moduleNames.globals = Self.distinct(given.globals, count: imported.globals + module.globals.count)
        moduleNames.tags = Self.distinct(given.tags, count: imported.tags + module.tags.count)
        moduleNames.elements = Self.distinct(given.elements, count: module.elements.count)
        moduleNames.data = Self.distinct(given.data, count: module.data.count)
        for (type, names) in given.fields where type.position < module.types.count {
            guard case .structure(let fields) = module.types[type.position].composite else { continue }
            let distinct = Self.distinct(names, count: fields.count)
            if !distinct.isEmpty { moduleNames.fields[type] = distinct }
        }
        for (function, names) in given.locals where function.position < functionCount {
            let distinct = Self.distinct(names, count: imported.localCount(of: function, in: module))
            if !distinct.isEmpty { moduleNames.locals[function] = distinct }
        }
        for (function, names) in given.labels where function.position >= imported.functions {
            guard function.position < functionCount else { continue }
            let body = module.functions[function.position - imported.functions].body
            let blockCount = body.reduce(into: UInt32(0)) { $0 += $1.opcode.opensBlock ? 1 : 0 }
            let kept = names.filter { $0.key < blockCount && !$0.value.isEmpty }
            if !kept.isEmpty { moduleNames.labels[function] = kept }
        }
    }

    private static func distinct<Space>(_ names: [Index<Space>: String], count: Int) -> [Index<Space>: String] {
        guard !names.isEmpty else { return [:] }
        var taken: Set<Identifier> = []
        var kept: [Index<Space>: String] = [:]
        for (index, name) in names.sorted(by: { $0.key < $1.key })
        where index.position < count && !name.isEmpty && taken.insert(Identifier(name)).inserted {
            kept[index] = name
        }
        return kept
    }
}

/// The numbers of imports by kind.
struct ImportedItems {
    private(set) var functions = 0
    private(set) var tables = 0
    private(set) var memories = 0
    private(set) var globals = 0
    private(set) var tags = 0
    private var functionTypes: [TypeIndex] = []

    init(_ imports: [Import]) {
        for item in imports {
            switch item.type {
            case .function(let type):
                functions += 1
                functionTypes.append(type)
            case .table: tables += 1
            case .memory: memories += 1
            case .global: globals += 1
            case .tag: tags += 1
            }
        }
    }

    /// The number of parameters and locals of a function; it must exist.
    func localCount(of function: FunctionIndex, in module: Module) -> Int {
        let type: TypeIndex
        var declared = 0
        if function.position < functions {
            type = functionTypes[function.position]
        } else {
            let definition = module.functions[function.position - functions]
            type = definition.type
            declared = definition.locals.reduce(0) { $0 + Int($1.count) }
        }
        guard type.position < module.types.count else { return declared }
        return declared + (module.types[type.position].functionType?.parameters.count ?? 0)
    }
}
