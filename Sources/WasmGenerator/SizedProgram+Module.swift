import WasmModel

extension SizedProgram {
    /// The program, with calls by which both ways of a branch are taken.
    public var program: GeneratedProgram {
        var writer = SizedModuleWriter()
        writer.write(self)
        let arguments: [Int32] = [0, Int32(count - 1), Int32(count)]
        return GeneratedProgram(
            module: writer.module,
            invocations: arguments.map { Invocation(export: "f", arguments: [.i32(UInt32(bitPattern: $0))]) }
        )
    }
}

/// Writes the module of a ``SizedProgram``: `f` takes a number and gives one in which all that is counted is mixed.
private struct SizedModuleWriter {
    private(set) var module = Module()
    private var body: [Instruction] = []
    private var locals: [LocalRun] = []

    /// The parameter of `f`.
    private static let parameter = Immediate.local(0)
    private static let signature = FunctionType(parameters: [.i32], results: [.i64])

    mutating func write(_ program: SizedProgram) {
        let count = program.count
        switch program.item {
        case .tags: tags(count)
        case .clauses: clauses(count)
        case .globals: globals(count)
        case .types: types(count)
        case .dataSegments: dataSegments(count)
        case .tableElements: tableElements(count)
        case .labels: labels(count)
        case .functions: functions(count)
        case .nestedBlocks: nestedBlocks(count)
        case .codeBehindBranch: code(count, opcode: .if)
        case .codeInLoop: code(count, opcode: .loop)
        case .vectorConstants: constants(count, .v128)
        case .floatConstants: constants(count, .f64)
        case .integerConstants: constants(count, .i64)
        case .liveIntegers: live(count, .i64)
        case .liveFloats: live(count, .f64)
        case .liveVectors: live(count, .v128)
        case .locals: manyLocals(count)
        case .blocks: blocks(count)
        case .calls: calls(count)
        }
    }

    // MARK: Functions

    private mutating func emit(_ opcode: Opcode, _ immediate: Immediate = .none) {
        body.append(Instruction(opcode, immediate))
    }

    /// Adds a function of what was emitted, without its `end`.
    @discardableResult
    private mutating func addFunction(_ type: FunctionType) -> FunctionIndex {
        emit(.end)
        module.functions.append(Function(type: module.addType(type), locals: locals, body: body))
        (body, locals) = ([], [])
        return FunctionIndex(module.functions.count - 1)
    }

    private mutating func addExport() {
        let function = addFunction(Self.signature)
        module.exports.append(Export(name: "f", item: .function(function)))
    }

    /// Puts the parameter on the stack, as a value of the type.
    private mutating func seed(_ type: ValueType) {
        emit(.localGet, Self.parameter)
        switch type {
        case .i32, .reference: break
        case .i64: emit(.i64ExtendI32U)
        case .f32: emit(.f32ConvertI32U)
        case .f64: emit(.f64ConvertI32U)
        case .v128: emit(.i32x4Splat)
        }
    }

    /// Turns the value on the stack into the result of `f`.
    private mutating func finish(_ type: ValueType) {
        switch type {
        case .i32, .reference: emit(.i64ExtendI32U)
        case .i64: break
        case .f32:
            emit(.i32ReinterpretF32)
            emit(.i64ExtendI32U)
        case .f64: emit(.i64ReinterpretF64)
        case .v128:
            let value = LocalIndex(1)
            locals = [LocalRun(count: 1, type: .v128)]
            emit(.localTee, .local(value))
            emit(.i64x2ExtractLane, .lane(0))
            emit(.localGet, .local(value))
            emit(.i64x2ExtractLane, .lane(1))
            emit(.i64Const, .i64(7))
            emit(.i64Rotl)
            emit(.i64Xor)
        }
    }

    /// A constant that differs from those of other positions. Small numbers of floats are whole, so that their sums are exact.
    private mutating func constant(_ position: Int, _ type: ValueType) {
        let bits = UInt64(position + 1) &* 0x9E37_79B9_7F4A_7C15
        switch type {
        case .i32, .reference: emit(.i32Const, .i32(Int32(truncatingIfNeeded: bits)))
        case .i64: emit(.i64Const, .i64(Int64(bitPattern: bits)))
        case .f32: emit(.f32Const, .f32(Float(position).bitPattern))
        case .f64: emit(.f64Const, .f64(Double(position).bitPattern))
        case .v128: emit(.v128Const, .v128(V128(low: bits, high: ~bits)))
        }
    }

    /// Mixes the value on top of the stack into the one below it, so that the order matters where it can.
    private mutating func mix(_ position: Int, _ type: ValueType) {
        let isOdd = position % 2 == 1
        switch type {
        case .i32, .reference: emit(isOdd ? .i32Sub : .i32Xor)
        case .i64: emit(isOdd ? .i64Sub : .i64Xor)
        case .f32: emit(isOdd ? .f32Sub : .f32Add)
        case .f64: emit(isOdd ? .f64Sub : .f64Add)
        case .v128: emit(isOdd ? .i32x4Sub : .v128Xor)
        }
    }

    // MARK: Values

    private mutating func constants(_ count: Int, _ type: ValueType) {
        seed(type)
        for position in 0..<count {
            constant(position, type)
            mix(position, type)
        }
        finish(type)
        addExport()
    }

    /// How many values a call gives at most.
    private static let mostResults = 1_000

    /// Results of calls that are all in use at the same time.
    private mutating func live(_ count: Int, _ type: ValueType) {
        let many = min(count, Self.mostResults)
        for position in 0..<many {
            seed(type)
            guard position > 0 else { continue }
            constant(position, type)
            mix(1, type)
        }
        let callee = addFunction(FunctionType(parameters: [.i32], results: [ValueType](repeating: type, count: many)))
        var held = 0
        while held + many <= count {
            emit(.localGet, Self.parameter)
            emit(.i32Const, .i32(Int32(held)))
            emit(.i32Add)
            emit(.call, .function(callee))
            held += many
        }
        while held < count {
            seed(type)
            constant(held, type)
            mix(1, type)
            held += 1
        }
        for position in 1..<count { mix(position, type) }
        finish(type)
        addExport()
    }

    private mutating func manyLocals(_ count: Int) {
        let types: [ValueType] = [.i64, .f64, .i32, .f32]
        let runs = (0..<count).map { LocalRun(count: 1, type: types[$0 % types.count]) }
        let nothing = addFunction(FunctionType())
        for position in 0..<count {
            seed(runs[position].type)
            constant(position, runs[position].type)
            mix(1, runs[position].type)
            emit(.localSet, .local(LocalIndex(1 + position)))
        }
        emit(.call, .function(nothing))
        seed(.i64)
        for position in 0..<count {
            emit(.localGet, .local(LocalIndex(1 + position)))
            finish(runs[position].type)
            mix(position, .i64)
        }
        locals = runs
        addExport()
    }

    // MARK: Code

    /// So many operations that are the content of a block, and constants in front of it and behind it.
    private mutating func code(_ count: Int, opcode: Opcode) {
        let (factor, rounds) = (LocalIndex(1), LocalIndex(2))
        constant(0, .v128)
        emit(.localSet, .local(factor))
        if opcode == .loop {
            emit(.i32Const, .i32(2))
            emit(.localSet, .local(rounds))
        }
        seed(.v128)
        if opcode == .if { emit(.localGet, Self.parameter) }
        emit(opcode, .block(module.blockType([.v128], [.v128])))
        for _ in 0..<count {
            emit(.localGet, .local(factor))
            emit(.i64x2Mul)
        }
        if opcode == .loop {
            emit(.localGet, .local(rounds))
            emit(.i32Const, .i32(1))
            emit(.i32Sub)
            emit(.localTee, .local(rounds))
            emit(.brIf, .label(0))
        }
        emit(.end)
        constant(1, .v128)
        mix(1, .v128)
        emit(.i64x2ExtractLane, .lane(1))
        locals = [LocalRun(count: 1, type: .v128), LocalRun(count: 1, type: .i32)]
        addExport()
    }

    private mutating func nestedBlocks(_ count: Int) {
        for _ in 0..<count { emit(.block, .block(.result(.i64))) }
        // Out of all of them, out of some of them, or out of one.
        for depth in [count - 1, count / 2] {
            emit(.i64Const, .i64(Int64(depth)))
            emit(.localGet, Self.parameter)
            emit(.i32Const, .i32(Int32(depth)))
            emit(.i32Eq)
            emit(.brIf, .label(LabelIndex(depth)))
            emit(.drop)
        }
        emit(.i64Const, .i64(-1))
        for position in 0..<count {
            emit(.end)
            emit(.i64Const, .i64(Int64(position)))
            mix(position, .i64)
        }
        addExport()
    }

    private mutating func blocks(_ count: Int) {
        seed(.i64)
        for position in 0..<count {
            emit(.localGet, Self.parameter)
            emit(.i32Const, .i32(Int32(position)))
            emit(.i32LtU)
            emit(.if, .block(module.types.isEmpty ? module.blockType([.i64], [.i64]) : .type(0)))
            emit(.i64Const, .i64(Int64(position)))
            mix(1, .i64)
            emit(.end)
        }
        addExport()
    }

    private mutating func calls(_ count: Int) {
        seed(.i64)
        emit(.i64Const, .i64(3))
        emit(.i64Mul)
        let callee = addFunction(Self.signature)
        seed(.i64)
        for position in 0..<count {
            emit(.i32Const, .i32(Int32(position)))
            emit(.call, .function(callee))
            mix(1, .i64)
        }
        addExport()
    }

    private mutating func labels(_ count: Int) {
        let depth = 5
        for _ in 0..<depth { emit(.block, .block(.empty)) }
        emit(.localGet, Self.parameter)
        emit(.brTable, .labelTable((0...count).map { LabelIndex($0 == count ? 0 : 1 + $0 % (depth - 1)) }))
        for position in 0..<depth {
            emit(.end)
            emit(.i64Const, .i64(Int64(position)))
            if position < depth - 1 { emit(.return) }
        }
        addExport()
    }

    // MARK: Items

    private mutating func globals(_ count: Int) {
        for position in 0..<count {
            constant(position, .i64)
            emit(.end)
            module.globals.append(Global(type: GlobalType(.i64, isMutable: true), initializer: body))
            body = []
        }
        for position in [0, count / 2, count - 1] {
            emit(.globalGet, .global(GlobalIndex(position)))
            seed(.i64)
            emit(.i64Add)
            emit(.globalSet, .global(GlobalIndex(position)))
        }
        seed(.i64)
        for (number, position) in [0, 1, count / 2, count - 2, count - 1].enumerated() {
            emit(.globalGet, .global(GlobalIndex(position)))
            mix(number, .i64)
        }
        addExport()
    }

    private mutating func types(_ count: Int) {
        let types: [ValueType] = [.i32, .i64, .f32, .f64]
        while module.types.count < count - 2 {
            var (parameters, rest): ([ValueType], Int) = ([], module.types.count)
            while rest > 0 {
                parameters.append(types[rest % types.count])
                rest /= types.count
            }
            _ = module.addType(FunctionType(parameters: parameters))
        }
        let block = module.addType(FunctionType(parameters: [.i64, .i64], results: [.i64]))
        seed(.i64)
        seed(.i64)
        emit(.block, .block(.type(block)))
        emit(.i64Sub)
        emit(.i64Const, .i64(5))
        emit(.i64Add)
        emit(.end)
        addExport()
    }

    private mutating func functions(_ count: Int) {
        for position in 0..<count {
            emit(.i64Const, .i64(Int64(position)))
            addFunction(FunctionType(results: [.i64]))
        }
        seed(.i64)
        for (number, position) in [0, 1, count / 2, count - 1].enumerated() {
            emit(.call, .function(FunctionIndex(position)))
            mix(number, .i64)
        }
        addExport()
    }

    private mutating func tableElements(_ count: Int) {
        seed(.i64)
        let callee = addFunction(Self.signature)
        let limits = Limits(minimum: UInt64(count), maximum: UInt64(count))
        module.tables = [Table(type: TableType(limits: limits, element: .function))]
        module.elements = [
            ElementSegment(
                type: ReferenceType(isNullable: false, .function),
                items: .functions([FunctionIndex](repeating: callee, count: count)),
                mode: .active(0, offset: [Instruction(.i32Const, .i32(0)), Instruction(.end)])
            )
        ]
        emit(.localGet, Self.parameter)
        emit(.localGet, Self.parameter)
        emit(.callIndirect, .callIndirect(0, 0))
        addExport()
    }

    private mutating func dataSegments(_ count: Int) {
        module.memories = [MemoryType(limits: Limits(minimum: 1, maximum: 1))]
        module.data = (0..<count).map { DataSegment(bytes: [UInt8($0 % 251), 1], mode: .passive) }
        module.dataCount = UInt32(count)
        for (number, position) in [0, count / 2, count - 1].enumerated() {
            emit(.i32Const, .i32(Int32(number * 2)))
            emit(.i32Const, .i32(0))
            emit(.i32Const, .i32(2))
            emit(.memoryInit, .dataAndMemory(DataIndex(position), 0))
        }
        emit(.i32Const, .i32(0))
        emit(.i64Load, .memoryArgument(MemoryArgument(alignment: 3)))
        addExport()
    }

    private mutating func tags(_ count: Int) {
        let type = module.addType(FunctionType(parameters: [.i64]))
        module.tags = [TypeIndex](repeating: type, count: count)
        catching(by: [0, count / 2, count - 1], thrown: count - 1)
    }

    private mutating func clauses(_ count: Int) {
        let type = module.addType(FunctionType(parameters: [.i64]))
        module.tags = [TypeIndex](repeating: type, count: count)
        catching(by: Array(0..<count), thrown: count - 1)
    }

    /// Throws in a callee one of the first or one of the last tag, as the parameter has it, and catches it by one of some clauses.
    private mutating func catching(by tags: [Int], thrown last: Int) {
        for tag in [0, last] {
            emit(.block, .block(.empty))
            emit(.localGet, Self.parameter)
            if tag == 0 { emit(.i32Eqz) }
            emit(.i32Eqz)
            emit(.brIf, .label(0))
            seed(.i64)
            emit(.throw, .tag(TagIndex(tag)))
            emit(.end)
        }
        let callee = addFunction(FunctionType(parameters: [.i32]))
        emit(.block, .block(.result(.i64)))
        emit(.block, .block(.result(.i64)))
        emit(
            .tryTable,
            .tryTable(
                .empty,
                tags.enumerated().map { .tag(TagIndex($0.element), $0.offset == tags.count - 1 ? 1 : 0) }
            )
        )
        emit(.localGet, Self.parameter)
        emit(.call, .function(callee))
        emit(.end)
        emit(.i64Const, .i64(-1))
        emit(.end)
        emit(.i64Const, .i64(3))
        emit(.i64Add)
        emit(.end)
        addExport()
    }
}
