import WasmModel

extension Module {
    /// The type of a type index; nil where it is none of a function.
    func functionType(_ index: TypeIndex) -> FunctionType? {
        index.position < types.count ? types[index.position].functionType : nil
    }

    /// Adds a function, and returns its index in the whole space.
    mutating func addFunction(_ type: FunctionType, locals: [ValueType] = [], _ body: [Instruction]) -> FunctionIndex {
        functions.append(
            Function(
                type: addType(type),
                locals: locals.map { LocalRun(count: 1, type: $0) },
                body: body + [Instruction(.end)]
            )
        )
        return FunctionIndex(importedFunctionCount + functions.count - 1)
    }

    /// The exports that are functions, with their positions among the exports and their types.
    var functionExports: [(position: Int, function: FunctionIndex, type: FunctionType)] {
        let types = functionTypeIndices
        return exports.enumerated().compactMap { position, export in
            guard case .function(let index) = export.item, index.position < types.count,
                let type = functionType(types[index.position])
            else { return nil }
            return (position, index, type)
        }
    }
}
