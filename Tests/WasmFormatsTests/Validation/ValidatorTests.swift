import Testing
import WasmFormats
import WasmModel

/// A module with one function of the type and body, a memory, a table, a mutable and an immutable global.
private func module(
    _ parameters: [ValueType] = [],
    _ results: [ValueType] = [],
    locals: [LocalRun] = [],
    body: [Instruction]
) -> Module {
    var module = Module()
    let type = module.addType(FunctionType(parameters: parameters, results: results))
    module.functions = [Function(type: type, locals: locals, body: body + [Instruction(.end)])]
    module.memories = [MemoryType(limits: Limits(minimum: 1))]
    module.tables = [Table(type: TableType(limits: Limits(minimum: 1), element: .function))]
    let zero = [Instruction(.i32Const, .i32(0)), Instruction(.end)]
    module.globals = [
        Global(type: GlobalType(.i32, isMutable: true), initializer: zero),
        Global(type: GlobalType(.i32, isMutable: false), initializer: zero),
    ]
    return module
}

private func zero(_ type: ValueType) -> Instruction {
    switch type {
    case .i32: Instruction(.i32Const, .i32(0))
    case .i64: Instruction(.i64Const, .i64(0))
    case .f32: Instruction(.f32Const, .f32(0))
    case .f64: Instruction(.f64Const, .f64(0))
    case .v128: Instruction(.v128Const, .v128(V128(low: 0, high: 0)))
    case .reference(let type): Instruction(.refNull, .heapType(type.heapType))
    }
}

private func reason(_ module: Module, _ features: FeatureSet = .wasm3) -> String? {
    do {
        _ = try Validator.validate(module, features: features)
        return nil
    } catch { return error.reason }
}

struct ValidatorTests {
    @Test func `a function with ten thousand results through nested blocks is valid`() throws {
        let pattern: [ValueType] = [.i32, .f64, .i64, .f32, .v128, .functionReference]
        let types = (0..<10_000).map { pattern[$0 % pattern.count] }
        var body = types.map(zero)
        body = [Instruction(.block, .block(.type(0)))] + body + [Instruction(.br, .label(0)), Instruction(.end)]
        body.append(Instruction(.loop, .block(.type(1))))
        body.append(Instruction(.end))
        var sample = module([], types, body: body)
        _ = sample.addType(FunctionType(parameters: types, results: types))
        let validated = try Validator.validate(sample)
        #expect(validated.definedFunctions[0].maximumOperandHeight == 10_000)
        #expect(validated.definedFunctions[0].maximumControlDepth == 2)
        #expect(validated.functionType(of: FunctionIndex(0)).results == types)
    }

    @Test func `a result of another type is refused at its instruction`() {
        let sample = module([], [.i32], body: [Instruction(.nop), zero(.i64)])
        #expect(
            throws: ValidationError(
                "type mismatch: instruction requires [i32] but stack has [i64]",
                function: 0,
                instruction: 2
            )
        ) {
            try Validator.validate(sample)
        }
    }

    @Test func `code after a branch takes operands of any type`() {
        let sample = module([], [.i32], body: [Instruction(.unreachable), Instruction(.select), Instruction(.i32Add)])
        #expect(reason(sample) == nil)
        let wrong = module([], [.i32], body: [Instruction(.unreachable), zero(.i64), Instruction(.i32Add)])
        #expect(reason(wrong) == "type mismatch: expected i32, found i64")
    }

    @Test(arguments: [
        ([Instruction(.localGet, .local(1))], "unknown local 1"),
        ([Instruction(.call, .function(7))], "unknown function 7"),
        ([Instruction(.globalGet, .global(2))], "unknown global 2"),
        ([Instruction(.br, .label(1))], "unknown label 1"),
        ([Instruction(.i32Add)], "type mismatch: expected i32, and the operand stack is empty"),
        ([Instruction(.drop)], "type mismatch: the operand stack is empty"),
        ([Instruction(.brIf, .label(0))], "type mismatch: expected i32, and the operand stack is empty"),
        (
            [
                Instruction(.block, .block(.result(.i32))), zero(.i32), Instruction(.brIf, .label(0)),
                Instruction(.end), Instruction(.drop),
            ],
            "type mismatch: instruction requires [i32] but stack has []"
        ),
        ([Instruction(.i32Const, .i32(1)), Instruction(.globalSet, .global(1))], "immutable global 1"),
        (
            [Instruction(.i32Const, .i32(1)), Instruction(.i32Load, .memoryArgument(MemoryArgument(alignment: 3)))],
            "alignment must not be larger than natural"
        ),
        ([Instruction(.i32Const, .i32(1))], "type mismatch: 1 values remain on the operand stack"),
        ([Instruction(.refFunc, .function(0)), Instruction(.drop)], "undeclared function reference 0"),
        (
            [zero(.i32), Instruction(.if, .block(.result(.i32))), zero(.i32), Instruction(.end), Instruction(.drop)],
            "type mismatch: expected [i32] of an if without else, found its parameters []"
        ),
        ([Instruction(.i32Const, .none)], "immediate operands of another kind than i32.const has"),
        ([zero(.i32), zero(.i32), zero(.i32), Instruction(.selectTyped, .selectTypes([]))], "invalid result arity"),
        ([Instruction(.block, .block(.type(9))), Instruction(.end)], "unknown type 9"),
        (
            [Instruction(.tryTable, .tryTable(.empty, [.allWithReference(0)])), Instruction(.end)],
            "type mismatch: expected a label of [] and (ref exn), found []"
        ),
    ])
    func `an invalid body is refused with its reason`(body: [Instruction], expected: String) {
        #expect(reason(module(body: body)) == expected)
    }

    @Test func `a local without a default must be set before it is read`() {
        let type = ValueType.reference(ReferenceType(isNullable: false, .function))
        let run = [LocalRun(count: 1, type: type)]
        let read = [Instruction(.localGet, .local(1)), Instruction(.drop)]
        #expect(reason(module([type], [], locals: run, body: read)) == "uninitialized local 1")
        let set = [Instruction(.localGet, .local(0)), Instruction(.localSet, .local(1))]
        #expect(reason(module([type], [], locals: run, body: set + read)) == nil)
        let inBlock = [Instruction(.block, .block(.empty))] + set + [Instruction(.end)]
        #expect(reason(module([type], [], locals: run, body: inBlock + read)) == "uninitialized local 1")
    }

    @Test func `features that are off are named`() {
        let several = module([], [.i32, .i32], body: [zero(.i32), zero(.i32)])
        #expect(reason(several, .mvp)?.hasSuffix("requires feature multi-value") == true)
        #expect(reason(several, .multiValue) == nil)
        let extended = module([], [.i32], body: [zero(.i32), Instruction(.i32Extend8S)])
        #expect(reason(extended, .mvp) == "i32.extend8_s requires feature sign-extension")
    }

    @Test func `modules are checked outside of bodies too`() {
        var sample = module(body: [])
        sample.exports = [Export(name: "a", item: .function(0)), Export(name: "a", item: .memory(0))]
        #expect(reason(sample) == "duplicate export name a")
        sample.exports = [Export(name: "a", item: .function(1))]
        #expect(reason(sample) == "unknown function 1")
        sample = module(body: [])
        sample.memories = [MemoryType(limits: Limits(minimum: 65537))]
        #expect(reason(sample) == "memory size must be at most 65536 pages (4GiB)")
        sample.memories = [MemoryType(limits: Limits(minimum: 2, maximum: 1))]
        #expect(reason(sample) == "size minimum must not be greater than maximum")
        sample = module(body: [])
        sample.memories.append(sample.memories[0])
        #expect(reason(sample, .wasm2)?.hasPrefix("multiple memories") == true)
        sample = module([.i32], [], body: [])
        sample.start = 0
        #expect(reason(sample)?.hasPrefix("start function") == true)
        sample = module(body: [])
        sample.globals[0].initializer = [Instruction(.nop), Instruction(.end)]
        #expect(reason(sample) == "constant expression required")
    }

    @Test func `equal types have one identity`() throws {
        var sample = Module()
        _ = sample.addType(FunctionType(parameters: [.i32]))
        _ = sample.addType(FunctionType(parameters: [.i64]))
        _ = sample.addType(FunctionType(parameters: [.i32]))
        #expect(try Validator.validate(sample).canonicalTypes == [0, 1, 0])
    }

    @Test func `With other rules a tail call may return more, but not other types`() throws {
        var rules = ValidationRules()
        rules.tailCallMayReturn = { $0 >= $1 }
        func isValid(_ results: String, _ rules: ValidationRules) throws -> Bool {
            let text = "(module (func $f (result \(results)) (unreachable)) (func (result i32) (return_call $f)))"
            return (try? Validator.validate(try TextParser.module(text), rules: rules)) != nil
        }
        #expect(try isValid("i32", rules))
        #expect(try isValid("i64 i32", rules))
        #expect(try !isValid("i32 i64", rules))
        #expect(try !isValid("i64 i32", ValidationRules()))
        #expect(try !isValid("", rules))
    }
}
