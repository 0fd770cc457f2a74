import MachineCode
import SSA
import WasmFormats
import WasmModel

/// A module whose functions are built in SSA form, so that a test needs no wasm instruction for what it looks at.
struct HandmadeModule {
    typealias Body = @Sendable (inout FunctionBuilder, [SSA.Value]) -> Void

    private(set) var imports: [Signature] = []
    private(set) var functions: [(signature: Signature, body: Body)] = []
    var globalCount = 0

    /// Adds an imported function; all of them come first. Answers its index.
    mutating func addImport(_ signature: Signature) -> Int {
        imports.append(signature)
        return imports.count - 1
    }

    /// Adds a function, which is exported too. The body is given a builder in the entry block and the parameters.
    /// Answers its index.
    @discardableResult
    mutating func add(_ signature: Signature, _ body: @escaping Body) -> Int {
        functions.append((signature, body))
        return imports.count + functions.count - 1
    }

    /// The module, and the configuration with a translation that gives its functions.
    func finish(_ configuration: PipelineConfiguration) throws -> (ValidatedModule, PipelineConfiguration) {
        var module = Module()
        for (position, signature) in imports.enumerated() {
            let type = module.addType(FunctionType(signature))
            module.imports.append(Import(module: "host", name: "f\(position)", type: .function(type)))
        }
        for (position, function) in functions.enumerated() {
            let type = module.addType(FunctionType(function.signature))
            module.functions.append(
                Function(type: type, body: [Instruction(.unreachable), Instruction(.end)])
            )
            let index = FunctionIndex(imports.count + position)
            module.exports.append(Export(name: "f\(position)", item: .function(index)))
        }
        for _ in 0..<globalCount {
            module.globals.append(
                Global(
                    type: GlobalType(.i64, isMutable: true),
                    initializer: [Instruction(.i64Const, .i64(0)), Instruction(.end)]
                )
            )
        }
        var configuration = configuration
        let functions = functions
        configuration.translate = { (_, position) throws(TranslationError) in
            let (signature, body) = functions[position]
            var builder = FunctionBuilder(name: "function \(position)", signature: signature)
            body(&builder, Array(builder.parameters(of: builder.entry)))
            return builder.finish()
        }
        return (try Validator.validate(module), configuration)
    }
}

extension CodeStore {
    /// Compiles a module and makes an instance of it.
    func instantiate(_ module: HandmadeModule, _ configuration: PipelineConfiguration) throws -> CodeInstance {
        let (validated, configuration) = try module.finish(configuration)
        return try instantiate(validated, configuration)
    }
}

extension FunctionType {
    /// A wasm type with the representation of a signature.
    init(_ signature: Signature) {
        func type(_ type: IRType) -> ValueType {
            switch type {
            case .i32: .i32
            case .i64: .i64
            case .f32: .f32
            case .f64: .f64
            case .v128: .v128
            case .reference: .externalReference
            }
        }
        self.init(parameters: signature.parameters.map(type), results: signature.results.map(type))
    }
}

extension FunctionBuilder {
    /// The address of the record of a function of the own instance's index space.
    mutating func record(ofFunction index: Int) -> SSA.Value {
        let records = emit(.loadContext, .i64, immediate: Int64(InstanceContextLayout.functionRecords))
        let offset = constant(.i64, Int64(index * InstanceContextLayout.FunctionRecord.size))
        return emit(.add, .i64, records, offset)
    }
}
