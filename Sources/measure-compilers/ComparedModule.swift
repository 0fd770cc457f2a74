import WasmFormats
import WasmModel

/// Modules whose functions have as many results as wanted, of four types in turn.
enum ComparedModule {
    /// An export that gives so many constants.
    case results
    /// An export from n parameters to n results that calls a function from n to n twenty times in a row.
    case chain

    static let callCount = 20

    /// What tables call it.
    var title: String {
        switch self {
        case .results: "an export of n results"
        case .chain: "\(Self.callCount) chained calls from n to n"
        }
    }

    /// The module as wasm.
    func wasm(arity: Int) -> [UInt8] {
        switch self {
        case .results: BinaryEncoder.encode(Self.constants(arity))
        case .chain: BinaryEncoder.encode(Self.calls(arity))
        }
    }

    private static func types(_ count: Int) -> [ValueType] {
        let mix: [ValueType] = [.f32, .i32, .f64, .i64]
        return (0..<count).map { mix[$0 % mix.count] }
    }

    private static func constants(_ arity: Int) -> Module {
        var module = Module()
        let type = module.addType(FunctionType(results: types(arity)))
        var body = types(arity).enumerated().map { position, type in
            switch type {
            case .i64: Instruction(.i64Const, .i64(Int64(position) << 33))
            case .f32: Instruction(.f32Const, .f32(Float(position).bitPattern))
            case .f64: Instruction(.f64Const, .f64(Double(position).bitPattern))
            default: Instruction(.i32Const, .i32(Int32(position)))
            }
        }
        body.append(Instruction(.end))
        module.functions = [Function(type: type, body: body)]
        module.exports = [Export(name: "run", item: .function(0))]
        return module
    }

    private static func calls(_ arity: Int) -> Module {
        var module = Module()
        let type = module.addType(FunctionType(parameters: types(arity), results: types(arity)))
        let parameters = (0..<arity).map { Instruction(.localGet, .local(LocalIndex($0))) }
        let calls = repeatElement(Instruction(.call, .function(1)), count: callCount)
        let end = Instruction(.end)
        module.functions = [
            Function(type: type, body: parameters + calls + [end]),
            Function(type: type, body: parameters + [end]),
        ]
        module.exports = [Export(name: "run", item: .function(0))]
        return module
    }
}
