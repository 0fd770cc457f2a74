import WasmFormats
import WasmModel

/// What stands behind the imports of a module that is run by itself: the same in every engine.
///
/// Functions are those of ``WasmModel/HostFunction``, numbered in the order of the module's function imports. Tables, memories, globals
/// and tags are made as the imports ask for them: of the least size, filled with nulls and zeros.
public struct HostImports: Sendable {
    /// In the order of the imports, one each.
    public let items: [ImportedItem]

    /// Why a module cannot be given what it imports.
    public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        public var description: String
    }

    /// Finds something for every import.
    /// - Throws: where an import is of a type that has no value which a host could make.
    public init(_ module: ValidatedModule) throws(Refusal) {
        var items: [ImportedItem] = []
        items.reserveCapacity(module.module.imports.count)
        var functionCount = 0
        for item in module.module.imports {
            func require(_ type: ReferenceType, _ what: String) throws(Refusal) {
                if type.isNullable { return }
                throw Refusal(
                    description: "the host has no value for the imported \(what) '\(item.module)' '\(item.name)' "
                        + "of type \(TypeList.name(of: .reference(type)))"
                )
            }
            switch item.type {
            case .function(let type):
                items.append(
                    .host(HostFunction(importOrdinal: functionCount, type: module.functionType(at: type)))
                )
                functionCount += 1
            case .table(let type):
                try require(type.element, "table")
                items.append(.made)
            case .global(let type):
                if case .reference(let reference) = type.valueType { try require(reference, "global") }
                items.append(.made)
            case .memory, .tag: items.append(.made)
            }
        }
        self.items = items
    }
}
