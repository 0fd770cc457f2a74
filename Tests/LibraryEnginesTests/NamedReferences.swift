import Differential
import Execution
import WasmFormats
import WasmModel

extension Case {
    /// The case with a module that exports a table `functions`, whose element N is function N, and all its tags: what engines in libraries
    /// know functions and exceptions by.
    func namingReferences() throws -> Case {
        var module = try BinaryDecoder.decode(test.wasm)
        let validated = try Validator.validate(module)
        let functionCount = validated.functionTypeIndices.count
        let table = TableIndex(validated.tableTypes.count)
        let limits = Limits(minimum: UInt64(functionCount))
        module.tables.append(Table(type: TableType(limits: limits, element: .function)))
        module.elements.append(
            ElementSegment(
                type: .function,
                items: .functions((0..<functionCount).map { FunctionIndex($0) }),
                mode: .active(table, offset: [Instruction(.i32Const, .i32(0)), Instruction(.end)])
            )
        )
        module.exports.append(Export(name: "functions", item: .table(table)))
        for position in validated.tagTypeIndices.indices {
            module.exports.append(Export(name: "tag \(position)", item: .tag(TagIndex(position))))
        }
        return Case(TestCase(wasm: BinaryEncoder.encode(module), invocations: test.invocations))
    }
}
