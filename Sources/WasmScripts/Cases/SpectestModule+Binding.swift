import Execution
import WasmFormats
import WasmModel

extension SpectestModule {
    /// Why a module cannot have its imports from the host module within itself.
    enum Obstacle: Error, Hashable {
        /// It imports from another module.
        case links
        /// The host module has no such item, or one of another kind.
        case unknown(Import)
        /// What can be changed is imported twice, and would be two things.
        case importedTwice(Import)
    }

    /// A module with what it imports from the host module as definitions of its own; the indices of all items stay.
    ///
    /// Functions do nothing, as the host's do for scripts.
    static func bound(_ module: Module) throws(Obstacle) -> Module {
        guard !module.imports.isEmpty else { return module }
        var bound = module
        bound.imports = []
        bound.names = ModuleNames()
        bound.customSections = []
        var definitions = Definitions()
        var mutable: Set<[UInt8]> = []
        for item in module.imports {
            guard item.module == name else { throw .links }
            switch item.type {
            case .table, .memory:
                guard mutable.insert(Array(item.name.utf8)).inserted else { throw .importedTwice(item) }
            case .function, .global, .tag: break
            }
            guard try definitions.add(item) else { throw .unknown(item) }
        }
        bound.functions = definitions.functions + module.functions
        bound.tables = definitions.tables + module.tables
        bound.memories = definitions.memories + module.memories
        bound.globals = definitions.globals + module.globals
        // Releases before 3.0 take no constant expression with a global that is not imported.
        let inlined = { (expression: Expression) in definitions.inlined(expression) }
        for position in definitions.globals.count..<bound.globals.count {
            bound.globals[position].initializer = inlined(bound.globals[position].initializer)
        }
        for position in bound.tables.indices {
            bound.tables[position].initializer = bound.tables[position].initializer.map(inlined)
        }
        for position in bound.elements.indices {
            if case .expressions(let items) = bound.elements[position].items {
                bound.elements[position].items = .expressions(items.map(inlined))
            }
            if case .active(let table, let offset) = bound.elements[position].mode {
                bound.elements[position].mode = .active(table, offset: inlined(offset))
            }
        }
        for position in bound.data.indices {
            if case .active(let memory, let offset) = bound.data[position].mode {
                bound.data[position].mode = .active(memory, offset: inlined(offset))
            }
        }
        return bound
    }

    /// What takes the place of imports, in their order.
    private struct Definitions {
        var functions: [Function] = []
        var tables: [Table] = []
        var memories: [MemoryType] = []
        var globals: [Global] = []

        /// - Returns: false where the host module has no such item.
        mutating func add(_ item: Import) throws(Obstacle) -> Bool {
            for part in SpectestModule.modules {
                guard let export = part.module.exports.first(where: { $0.name == item.name }) else { continue }
                switch (export.item, item.type) {
                case (.function, .function(let type)):
                    functions.append(Function(type: type, body: [Instruction(.end)]))
                case (.table(let index), .table): tables.append(part.module.tables[index.position])
                case (.memory(let index), .memory): memories.append(part.module.memories[index.position])
                case (.global(let index), .global): globals.append(part.module.globals[index.position])
                case (.function, _), (.table, _), (.memory, _), (.global, _), (.tag, _): return false
                }
                return true
            }
            return false
        }

        /// A constant expression with the values of these globals in their places.
        func inlined(_ expression: Expression) -> Expression {
            expression.flatMap { instruction -> [Instruction] in
                guard case .global(let index) = instruction.immediate, instruction.opcode == .globalGet,
                    index.position < globals.count
                else { return [instruction] }
                return globals[index.position].initializer.dropLast()
            }
        }
    }
}
