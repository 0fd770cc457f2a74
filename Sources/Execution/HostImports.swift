import WasmFormats
import WasmModel

/// What stands behind the imports of a module that is run by itself: the same in every engine.
///
/// Functions are those of ``SystemInterface``, and else stubs as ``WasmModel/HostFunction`` makes them, numbered in the order of the
/// module's function imports. Tables, memories, globals and tags are made as ``WasmFormats/HostImport`` says. What is imported twice by
/// the same name and with the same type is one item.
public struct HostImports: Sendable {
    /// In the order of the imports, one each.
    public let items: [ImportedItem]
    /// The imported functions behind which stands a stub, and what holds one that is no import, in their order.
    public let stubs: [(module: String, name: String)]

    /// The positions of the functions by which a program writes, among its imported functions.
    public var writers: Set<Int> {
        Set(
            items.compactMap { item in
                if case .system(let function) = item, function.kind == .write { function.importOrdinal } else { nil }
            }
        )
    }

    /// Why a module cannot be given what it imports.
    public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        public var description: String
    }

    /// Finds something for every import.
    /// - Throws: where an import is of a type that has no value which a host could make.
    public init(_ module: ValidatedModule) throws(Refusal) {
        var items: [ImportedItem] = []
        var stubs: [(module: String, name: String)] = []
        items.reserveCapacity(module.module.imports.count)
        var functionCount = 0
        for (item, made) in zip(module.module.imports, module.hostImports()) {
            switch made {
            case .function(let function, _):
                let system = SystemFunction(item, type: function.type, importOrdinal: function.importOrdinal)
                items.append(system.map(ImportedItem.system) ?? .host(function))
                let isFirst = function.importOrdinal == functionCount
                if system == nil, isFirst { stubs.append((item.module, item.name)) }
                functionCount += 1
            case .table, .memory, .global, .tag, .again:
                items.append(.made)
                if made.valueFunction != nil { stubs.append((item.module, item.name)) }
            case .unavailable:
                throw Refusal(description: "the host has no value for the import '\(item.module)' '\(item.name)'")
            }
        }
        self.items = items
        self.stubs = stubs
    }
}
