import WasmFormats
import WasmModel

/// The modules with which engines are tried.
enum ProbeModule {
    /// What a module has many of.
    enum Size: String {
        case parameters, results, locals
        case branchTargets = "branch targets"

        /// How far a limit is searched for. An engine without one is given more than all others take, but not without end.
        var greatest: Int {
            switch self {
            case .parameters, .results: 10_000
            case .locals: 50_000
            case .branchTargets: 65_520
            }
        }

        /// Spec: JavaScript interface, section "Implementation-defined Limits".
        var publicLimit: Int {
            switch self {
            case .parameters, .results: 1_000
            case .locals: 50_000
            case .branchTargets: 65_520
            }
        }
    }

    /// What every engine takes.
    static let empty = wasm(.locals, 0)

    /// Its start function traps.
    static let trapping = wasm(
        ofText: "(module (func $start (export \"\(startName)\") (export \"trap\") unreachable) (start $start))"
    )

    /// A module that has no use for any feature but one.
    static func wasm(ofFeature name: String) -> [UInt8] {
        guard let text = texts[name] else { preconditionFailure("the feature '\(name)' has a module") }
        return wasm(ofText: text)
    }

    private static func wasm(ofText text: String) -> [UInt8] {
        guard let module = try? TextParser.module(text) else { preconditionFailure("\(text) is a module") }
        return BinaryEncoder.encode(module)
    }

    /// Each has functions without parameters that use the feature and return.
    private static let texts: [String: String] = [
        "multi-value":
            "(module (func $two (result i32 i32) i32.const 1 i32.const 2) (func call $two drop drop))",
        "sign-extension": "(module (func i32.const 1 i32.extend8_s drop))",
        "saturating-truncation": "(module (func f32.const 1 i32.trunc_sat_f32_s drop))",
        "bulk-memory": "(module (memory 1) (func i32.const 0 i32.const 0 i32.const 0 memory.fill))",
        "reference-types":
            "(module (table 1 externref) (func i32.const 0 ref.null extern table.set 0))",
        "simd": "(module (func i32.const 1 i32x4.splat drop))",
        "relaxed-simd":
            "(module (func (local v128) local.get 0 local.get 0 local.get 0 f32x4.relaxed_madd drop))",
        "tail-calls": "(module (func $g) (func return_call $g))",
        "exceptions":
            "(module (tag $t (param i32)) (func block (result i32) try_table (catch $t 0) i32.const 1 "
            + "throw $t end i32.const 0 end drop))",
        "function-references":
            "(module (type $t (func)) (func $g (type $t)) (elem declare func $g) (func ref.func $g "
            + "call_ref $t))",
        "gc":
            "(module (type $s (struct (field i32))) (func i32.const 1 struct.new $s struct.get $s 0 drop "
            + "i32.const 1 ref.i31 extern.convert_any drop))",
        "extended-const":
            "(module (global $g i32 i32.const 1 i32.const 2 i32.add) (func global.get $g drop))",
        "multi-memory":
            "(module (memory 1) (memory 1) (func i32.const 0 i32.const 0 i32.store 1))",
        "memory64":
            "(module (memory i64 1) (func memory.size i64.const 1 i64.ne if unreachable end i64.const 0 memory.grow drop "
            + "i64.const 0 i32.const 0 i32.store))",
    ]

    static let startName = "_start"

    /// A module of these with a `_start` in the place of what it exports, which is its start function as well and calls every other: some
    /// engines compile, and refuse, a function when it is called.
    static func startable(_ wasm: [UInt8]) -> [UInt8] {
        guard var module = try? BinaryDecoder.decode(wasm) else { return wasm }
        var body: [Instruction] = []
        for (position, function) in module.functions.enumerated() {
            guard let type = module.types[function.type.position].functionType else { continue }
            for parameter in type.parameters { body.append(.constant(parameter.zero, type: parameter)) }
            body.append(Instruction(.call, .function(FunctionIndex(position))))
            for _ in type.results { body.append(Instruction(.drop)) }
        }
        body.append(Instruction(.end))
        module.functions.append(Function(type: module.addType(FunctionType()), body: body))
        let start = FunctionIndex(module.functions.count - 1)
        module.exports = [Export(name: startName, item: .function(start))]
        module.start = start
        return BinaryEncoder.encode(module)
    }

    /// A module with so many of something.
    static func wasm(_ size: Size, _ count: Int) -> [UInt8] {
        var module = Module()
        var function = Function(type: TypeIndex(0), body: [])
        switch size {
        case .parameters:
            function.type = module.addType(
                FunctionType(parameters: [ValueType](repeating: .i32, count: count), results: [])
            )
        case .results:
            function.type = module.addType(
                FunctionType(parameters: [], results: [ValueType](repeating: .i32, count: count))
            )
            for position in 0..<count { function.body.append(Instruction(.i32Const, .i32(Int32(position)))) }
        case .locals:
            function.type = module.addType(FunctionType())
            function.locals = [LocalRun(count: UInt32(count), type: .i32)]
        case .branchTargets:
            function.type = module.addType(FunctionType())
            function.body = [
                Instruction(.block, .block(.empty)), Instruction(.i32Const, .i32(0)),
                Instruction(.brTable, .labelTable([LabelIndex](repeating: 0, count: count + 1))), Instruction(.end),
            ]
        }
        function.body.append(Instruction(.end))
        module.functions.append(function)
        module.exports.append(Export(name: "f", item: .function(0)))
        return BinaryEncoder.encode(module)
    }
}

extension ValueType {
    /// Zero, or null.
    fileprivate var zero: WasmValue {
        switch self {
        case .i32: .i32(0)
        case .i64: .i64(0)
        case .f32: .f32(0)
        case .f64: .f64(0)
        case .v128: .v128(V128(low: 0, high: 0))
        case .reference: .reference(.null)
        }
    }
}
