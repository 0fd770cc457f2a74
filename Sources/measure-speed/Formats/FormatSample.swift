import WasmModel

/// A family of modules of one shape, whose binaries grow in proportion to a scale.
struct FormatSample {
    /// What the modules are made of, at scale two.
    let name: String
    /// Builds the module; scale two is at the public limit that the sample is about.
    let build: (_ scale: Int) -> Module

    static var all: [FormatSample] {
        [
            FormatSample(name: "one body of 7.6 MB, numbers and locals") { numberBody(bytes: 3_800_000 * $0) },
            FormatSample(name: "one body of 7.6 MB, loads, stores and vectors") { memoryBody(bytes: 3_800_000 * $0) },
            FormatSample(name: "one body of 7.6 MB, blocks, branches and calls") { controlBody(bytes: 3_800_000 * $0) },
            FormatSample(name: "100,000 functions") { manyFunctions(50_000 * $0) },
            FormatSample(name: "functions of 1000 parameters and results") { wideSignatures(functions: 500 * $0) },
            FormatSample(name: "functions of 50,000 locals, a run each") { manyLocals(functions: 20 * $0) },
            FormatSample(name: "1,000,000 types") { manyTypes(500_000 * $0) },
            FormatSample(name: "one recursion group of 1,000,000 types") { recursionGroup(500_000 * $0) },
            FormatSample(name: "10,000 chains of 60 sub types") { subTypeChains(5_000 * $0) },
            FormatSample(name: "200,000 nested blocks") { nestedBlocks(100_000 * $0) },
            FormatSample(name: "br_table of 1,000,000 targets") { branchTable(targets: 500_000 * $0) },
            FormatSample(name: "br_tables to 1000 blocks of 1000 results") { wideBranchTables(200 * $0) },
            FormatSample(name: "100,000 exports, globals and data segments") { manyItems(50_000 * $0) },
        ]
    }

    // MARK: Bodies

    private static func module(
        _ type: FunctionType,
        locals: [LocalRun] = [],
        _ body: [Instruction]
    ) -> Module {
        var module = Module()
        let index = module.addType(type)
        module.memories = [MemoryType(limits: Limits(minimum: 1))]
        module.functions = [Function(type: index, locals: locals, body: body + [Instruction(.end)])]
        return module
    }

    private static func repeated(_ part: [Instruction], sizeInBytes: Int, upTo total: Int) -> [Instruction] {
        var body: [Instruction] = []
        let count = total / sizeInBytes
        body.reserveCapacity(count * part.count + 1)
        for _ in 0..<count { body.append(contentsOf: part) }
        return body
    }

    private static func numberBody(bytes: Int) -> Module {
        let part: [Instruction] = [
            Instruction(.localGet, .local(0)), Instruction(.localGet, .local(1)), Instruction(.i32Add),
            Instruction(.i32Const, .i32(1_000_000)), Instruction(.i32Xor), Instruction(.localTee, .local(0)),
            Instruction(.i64ExtendI32U), Instruction(.localGet, .local(2)), Instruction(.i64Mul),
            Instruction(.localSet, .local(2)), Instruction(.localGet, .local(3)), Instruction(.f64Const, .f64(1 << 62)),
            Instruction(.f64Add), Instruction(.localSet, .local(3)),
        ]
        let type = FunctionType(parameters: [.i32, .i32, .i64, .f64])
        return module(type, repeated(part, sizeInBytes: 33, upTo: bytes))
    }

    private static func memoryBody(bytes: Int) -> Module {
        let part: [Instruction] = [
            Instruction(.localGet, .local(0)), Instruction(.localGet, .local(0)),
            Instruction(.i32Load, .memoryArgument(MemoryArgument(offset: 16, alignment: 2))),
            Instruction(.i32Store, .memoryArgument(MemoryArgument(offset: 1024, alignment: 2))),
            Instruction(.localGet, .local(1)), Instruction(.localGet, .local(0)),
            Instruction(.v128Load, .memoryArgument(MemoryArgument(offset: 4, alignment: 4))),
            Instruction(.i32x4Add), Instruction(.localGet, .local(1)),
            Instruction(.i8x16Shuffle, .lanes(V128(low: 0x0706_0504_0302_0100, high: 0x1716_1514_1312_1110))),
            Instruction(.localTee, .local(1)), Instruction(.i32x4ExtractLane, .lane(3)),
            Instruction(.localSet, .local(0)),
        ]
        let type = FunctionType(parameters: [.i32, .v128])
        return module(type, repeated(part, sizeInBytes: 52, upTo: bytes))
    }

    private static func controlBody(bytes: Int) -> Module {
        let part: [Instruction] = [
            Instruction(.block, .block(.result(.i32))), Instruction(.localGet, .local(0)),
            Instruction(.localGet, .local(0)), Instruction(.brIf, .label(0)),
            Instruction(.if, .block(.empty)), Instruction(.i32Const, .i32(7)), Instruction(.call, .function(0)),
            Instruction(.else), Instruction(.loop, .block(.empty)), Instruction(.localGet, .local(0)),
            Instruction(.brIf, .label(0)), Instruction(.end), Instruction(.end), Instruction(.i32Const, .i32(3)),
            Instruction(.br, .label(0)), Instruction(.end), Instruction(.localSet, .local(0)),
        ]
        return module(FunctionType(parameters: [.i32]), repeated(part, sizeInBytes: 30, upTo: bytes))
    }

    private static func nestedBlocks(_ count: Int) -> Module {
        var body = Array(repeating: Instruction(.block, .block(.empty)), count: count)
        body.append(contentsOf: repeatElement(Instruction(.end), count: count))
        return module(FunctionType(), body)
    }

    private static func branchTable(targets: Int) -> Module {
        let blocks = 300
        var body = Array(repeating: Instruction(.block, .block(.empty)), count: blocks)
        let labels = (0...targets).map { LabelIndex($0 % blocks) }
        body += [Instruction(.i32Const, .i32(0)), Instruction(.brTable, .labelTable(labels))]
        body.append(contentsOf: repeatElement(Instruction(.end), count: blocks))
        return module(FunctionType(), body)
    }

    private static func wideBranchTables(_ count: Int) -> Module {
        let blocks = 1000
        var result = Module()
        let run = result.addType(FunctionType())
        let wide = result.addType(FunctionType(results: types(1000)))
        var body = Array(repeating: Instruction(.block, .block(.type(wide))), count: blocks)
        let table = Instruction(.brTable, .labelTable((0..<blocks).map { LabelIndex($0) }))
        for _ in 0..<count {
            body += [Instruction(.call, .function(1)), Instruction(.i32Const, .i32(0)), table]
        }
        body.append(Instruction(.end))
        for _ in 1..<blocks { body.append(Instruction(.end)) }
        body += [Instruction(.unreachable), Instruction(.end)]
        result.functions = [
            Function(type: run, body: body),
            Function(type: wide, body: [Instruction(.unreachable), Instruction(.end)]),
        ]
        return result
    }

    // MARK: Counts

    private static func types(_ count: Int) -> [ValueType] {
        let mix: [ValueType] = [.i32, .i64, .f32, .f64]
        return (0..<count).map { mix[$0 % 4] }
    }

    private static func manyFunctions(_ count: Int) -> Module {
        var module = Module()
        let type = module.addType(FunctionType(parameters: [.i32, .i64], results: [.i32]))
        let body = [
            Instruction(.localGet, .local(0)), Instruction(.localGet, .local(2)), Instruction(.i32Add),
            Instruction(.localGet, .local(1)), Instruction(.i32WrapI64), Instruction(.i32Sub), Instruction(.end),
        ]
        let function = Function(type: type, locals: [LocalRun(count: 1, type: .i32)], body: body)
        module.functions = Array(repeating: function, count: count)
        return module
    }

    private static func wideSignatures(functions: Int) -> Module {
        var module = Module()
        let type = module.addType(FunctionType(parameters: types(1000), results: types(1000)))
        var body = (0..<1000).map { Instruction(.localGet, .local(LocalIndex($0))) }
        for callee in 0..<50 { body.append(Instruction(.call, .function(FunctionIndex(callee)))) }
        body.append(Instruction(.end))
        module.functions = Array(repeating: Function(type: type, body: body), count: functions)
        return module
    }

    private static func manyLocals(functions: Int) -> Module {
        var module = Module()
        let type = module.addType(FunctionType())
        let runs = types(50_000).map { LocalRun(count: 1, type: $0) }
        let body = [
            Instruction(.localGet, .local(49_998)), Instruction(.localSet, .local(2)), Instruction(.end),
        ]
        module.functions = Array(repeating: Function(type: type, locals: runs, body: body), count: functions)
        return module
    }

    private static func manyTypes(_ count: Int) -> Module {
        let digits: [ValueType] = [.i32, .i64, .f32, .f64]
        var module = Module()
        for number in 0..<count {
            let parameters = (0..<10).map { digits[number >> (2 * $0) & 3] }
            _ = module.addType(FunctionType(parameters: parameters, results: [.i32]))
        }
        return module
    }

    private static func recursionGroup(_ count: Int) -> Module {
        var module = Module()
        module.types = (0..<count).map { position in
            let next = ReferenceType(isNullable: true, .defined(TypeIndex((position + 1) % count)))
            return SubType(.structure([FieldType(.value(.reference(next)), isMutable: true)]))
        }
        module.recursionGroups = [0..<count]
        return module
    }

    private static func subTypeChains(_ count: Int) -> Module {
        var module = Module()
        let field = FieldType(.value(.i32), isMutable: true)
        for _ in 0..<count {
            for depth in 0..<60 {
                let supertypes = depth == 0 ? [] : [TypeIndex(module.types.count - 1)]
                _ = module.addType(SubType(isFinal: false, supertypes: supertypes, .structure([field])))
            }
        }
        return module
    }

    private static func manyItems(_ count: Int) -> Module {
        var module = Module()
        module.memories = [MemoryType(limits: Limits(minimum: 1))]
        let zero = [Instruction(.i32Const, .i32(0)), Instruction(.end)]
        for number in 0..<count {
            module.globals.append(Global(type: GlobalType(.i32, isMutable: true), initializer: zero))
            module.exports.append(Export(name: "global number \(number)", item: .global(GlobalIndex(number))))
            module.data.append(DataSegment(bytes: [1, 2, 3, 4], mode: .active(0, offset: zero)))
        }
        return module
    }
}
