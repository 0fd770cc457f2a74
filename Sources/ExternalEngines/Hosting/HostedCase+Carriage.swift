import Carriage
import Execution
import WasmFormats
import WasmModel
import WorkerIsolation

extension HostedCase {
    /// A test of a carried case, with the types at its boundary.
    /// - Parameter module: of the case before it was rewritten.
    init(_ test: TestCase, _ carried: CarriedCase, _ module: ValidatedModule) {
        self.init(test)
        switch carried.carriage {
        case .direct: describeBoundary(of: module, carried)
        case .memory: results = test.invocations.map { _ in [] }
        case .globals:
            results = test.invocations.map { _ in [] }
            globals = Self.globals(ofExportsIn: test.wasm)
        case .selfCheck: results = test.invocations.map { _ in [.i32] }
        case .script: break
        }
    }

    private mutating func describeBoundary(of module: ValidatedModule, _ carried: CarriedCase) {
        var functions: [String: FunctionIndex] = [:]
        for export in module.module.exports {
            switch export.item {
            case .function(let index): functions[export.name] = index
            case .global(let index):
                globals.append(Item(name: export.name, type: module.globalTypes[index.position].valueType))
            case .table(let index):
                tables.append(Item(name: export.name, type: .reference(module.tableTypes[index.position].element)))
            case .memory, .tag: break
            }
        }
        results = test.invocations.map { call in
            functions[call.export].map { module.functionType(of: $0).results } ?? []
        }
        imports = carried.importedFunctions.map {
            ImportedFunction(module: $0.module, name: $0.name, function: $0.function)
        }
        tags = carried.tagNames.enumerated().map { index, name in
            Tag(
                name: name,
                index: index,
                parameters: module.functionType(of: TagIndex(index)).parameters
            )
        }
        self.functions = carried.functionTable
    }

    /// The numbers in which the storage of a case is.
    private static func globals(ofExportsIn wasm: [UInt8]) -> [Item] {
        guard let module = try? BinaryDecoder.decode(wasm) else { return [] }
        return module.exports.compactMap { export in
            if case .global(let index) = export.item, module.globals.indices.contains(index.position) {
                Item(name: export.name, type: module.globals[index.position].type.valueType)
            } else {
                nil
            }
        }
    }
}

extension HostDescription {
    /// What the host can carry, as carriages ask for it.
    var boundary: BoundaryCapabilities {
        BoundaryCapabilities(
            values: Set(values.compactMap(BoundaryType.init(rawValue:))),
            hasExactNaNs: exactNaNs,
            providesFunctions: providesFunctions,
            showsGlobals: showsGlobals,
            showsTables: showsTables
        )
    }
}
