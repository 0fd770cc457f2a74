import Execution
import WasmFormats
import WasmModel

/// The host of test cases as modules, for scripts, whose only host is other modules.
struct HostModule {
    /// The module name that is imported from.
    let name: String
    private(set) var module: Module

    /// For each module name that a module imports from, a module with what ``WasmFormats/ValidatedModule/hostImports()`` has.
    /// - Returns: nil where something is a value that no module can make, is performed by the system interface, or would have to be two
    ///   things under one name.
    static func modules(for module: Module) -> [HostModule]? {
        guard !module.imports.isEmpty else { return [] }
        guard let validated = try? Validator.validate(module) else { return nil }
        var hosts: [HostModule] = []
        for (item, made) in zip(module.imports, validated.hostImports()) {
            let position: Int
            if let known = hosts.firstIndex(where: { $0.name.utf8.elementsEqual(item.module.utf8) }) {
                position = known
            } else {
                position = hosts.count
                // All of the types, so that each has the same place in the same recursion group.
                var host = HostModule(name: item.module, module: Module())
                host.module.types = module.types
                host.module.recursionGroups = module.recursionGroups
                hosts.append(host)
            }
            guard hosts[position].add(made, item) else { return nil }
        }
        return hosts
    }

    /// What is behind an import by its first one.
    private var items: [[UInt8]: HostImport] = [:]

    private init(name: String, module: Module) {
        self.name = name
        self.module = module
    }

    /// Adds what is behind an import.
    /// - Returns: false where a module cannot have it.
    private mutating func add(_ made: HostImport, _ item: Import) -> Bool {
        if case .again = made { return true }
        let key = Array(item.name.utf8)
        if let first = items[key] { return first == made }
        items[key] = made
        guard let index = define(made, item) else { return false }
        module.exports.append(Export(name: item.name, item: index))
        return true
    }

    private mutating func define(_ made: HostImport, _ item: Import) -> ExternalIndex? {
        switch made {
        case .function(let function, let type):
            guard SystemFunction(item, type: function.type, importOrdinal: function.importOrdinal) == nil,
                let body = Self.body(of: function)
            else { return nil }
            module.functions.append(Function(type: type, body: body))
            return .function(FunctionIndex(module.functions.count - 1))
        case .table(let type, let value):
            guard type.element.isNullable || value != nil else { return nil }
            var table = Table(type: type)
            if let value {
                guard let constant = Self.constant(value, .reference(type.element)) else { return nil }
                table.initializer = constant
            }
            module.tables.append(table)
            return .table(TableIndex(module.tables.count - 1))
        case .memory(let type):
            module.memories.append(type)
            return .memory(MemoryIndex(module.memories.count - 1))
        case .global(let type, let value):
            guard let constant = Self.constant(value, type.valueType) else { return nil }
            module.globals.append(Global(type: type, initializer: constant))
            return .global(GlobalIndex(module.globals.count - 1))
        case .tag(let type):
            module.tags.append(type)
            return .tag(TagIndex(module.tags.count - 1))
        case .again, .unavailable: return nil
        }
    }

    /// The value as a constant expression; nil where it is one of the host's own.
    private static func constant(_ value: HostImport.Value, _ type: ValueType) -> Expression? {
        guard case .made(.value(let value)) = value else { return nil }
        switch value {
        case .reference(.external), .reference(.function), .reference(.opaque): return nil
        case .i32, .i64, .f32, .f64, .v128, .reference(.null):
            return [Instruction.constant(value, type: type), Instruction(.end)]
        }
    }

    /// The instructions that answer as the function does; nil where it makes a reference that is not null.
    private static func body(of function: HostFunction) -> [Instruction]? {
        var body: [Instruction] = []
        for (answer, type) in zip(function.answers, function.type.results) {
            switch answer {
            case .parameter(let source): body.append(Instruction(.localGet, .local(LocalIndex(source))))
            case .made(.value(.reference(.external))), .made(.converted), .made(.integer), .made(.function), .missing:
                return nil
            case .made(.value(let value)): body.append(.constant(value, type: type))
            }
        }
        return body + [Instruction(.end)]
    }
}
