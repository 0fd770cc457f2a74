import WasmGenerator
import WasmModel

/// Makes a valid module of several functions out of decisions: loops, branches with and without values, calls of every
/// kind, exceptions, loads and stores, and every instruction whose operand types its row names.
///
/// The stack of types is tracked while a body grows: an instruction takes what is on the stack where the types fit, and
/// constants and locals otherwise. Total, as the decisions are; nothing bounds how long the program runs.
struct ProgramBuilder {
    private var decisions: DecisionSource
    private var module = Module()
    /// The signatures of the functions, by function index; the first is imported.
    private var signatures: [FunctionType] = []
    private var signatureIndices: [TypeIndex] = []
    private var globals: [ValueType] = []
    private var tag = TagIndex(0)
    private let payload: [ValueType] = [.i32, .i64]

    // The function that grows.
    private var body: [Instruction] = []
    private var stack: [ValueType] = []
    private var locals: [ValueType] = []
    /// The types that a branch to an open block carries, outermost first.
    private var labels: [[ValueType]] = []
    /// Where the part of the stack begins that the innermost block may take from.
    private var floor = 0
    private var budget = 0

    private static let types: [ValueType] = [.i32, .i64, .f32, .f64, .v128]

    /// The instructions without immediates, by the types of their rows.
    private static let plain: [(opcode: Opcode, operands: [ValueType], results: [ValueType])] =
        OpcodeTable.rows.compactMap { row in
            guard let operands = valueTypes(row.operands), let results = valueTypes(row.results), !operands.isEmpty,
                hasNoImmediate(row)
            else { return nil }
            return (row.opcode, operands, results)
        }

    /// Binary instructions that become one word with their neighbours.
    private static let frequent: [(opcode: Opcode, type: ValueType, result: ValueType)] = [
        (.i32Add, .i32, .i32), (.i32Sub, .i32, .i32), (.i32And, .i32, .i32), (.i32Mul, .i32, .i32),
        (.i32Shl, .i32, .i32), (.i32LtS, .i32, .i32), (.i32GeU, .i32, .i32), (.i64Add, .i64, .i64),
        (.i64Sub, .i64, .i64), (.i64And, .i64, .i64), (.i64Xor, .i64, .i64), (.i64ShrU, .i64, .i64),
        (.i64Ne, .i64, .i32), (.i64LtU, .i64, .i32), (.f32Add, .f32, .f32), (.f32Mul, .f32, .f32),
        (.f64Add, .f64, .f64), (.f64Mul, .f64, .f64),
    ]

    private static func valueTypes(_ types: [OperandType]?) -> [ValueType]? {
        guard let types else { return nil }
        var result: [ValueType] = []
        for type in types {
            guard case .value(let value) = type else { return nil }
            result.append(value)
        }
        return result
    }

    private static func hasNoImmediate(_ row: OpcodeRow) -> Bool {
        !row.name.contains("lane_") && !row.name.hasSuffix("_lane") && !row.name.contains("shuffle")
            && !row.name.contains(".const") && !row.name.contains("load") && !row.name.contains("store")
            && !row.name.contains("grow")
    }

    private static let loads: [(opcode: Opcode, result: ValueType, exponent: UInt8)] = [
        (.i32Load, .i32, 2), (.i64Load, .i64, 3), (.f32Load, .f32, 2), (.f64Load, .f64, 3), (.v128Load, .v128, 4),
        (.i32Load8S, .i32, 0), (.i32Load16U, .i32, 1), (.i64Load8U, .i64, 0), (.i64Load32S, .i64, 2),
        (.i64Load16S, .i64, 1), (.v128Load8x8S, .v128, 3), (.v128Load32Splat, .v128, 2),
    ]
    private static let stores: [(opcode: Opcode, operand: ValueType, exponent: UInt8)] = [
        (.i32Store, .i32, 2), (.i64Store, .i64, 3), (.f32Store, .f32, 2), (.f64Store, .f64, 3), (.v128Store, .v128, 4),
        (.i32Store8, .i32, 0), (.i32Store16, .i32, 1), (.i64Store32, .i64, 2),
    ]

    init(_ decisions: DecisionSource) { self.decisions = decisions }

    /// The module; every function is exported as `f0`, `f1` and so on.
    static func module(from decisions: DecisionSource) -> Module {
        var builder = ProgramBuilder(decisions)
        return builder.build()
    }

    private mutating func build() -> Module {
        let imported = FunctionType(parameters: [.i32, .f64], results: [.i64])
        signatures.append(imported)
        signatureIndices.append(module.addType(imported))
        module.imports = [Import(module: "host", name: "f", type: .function(signatureIndices[0]))]
        let count = 1 + decisions.choose(3)
        for _ in 0..<count {
            let signature = FunctionType(parameters: typeList(atMost: 5), results: typeList(atMost: 5))
            signatures.append(signature)
            signatureIndices.append(module.addType(signature))
        }
        module.memories = [MemoryType(limits: Limits(minimum: 1, maximum: 3))]
        if decisions.oneIn(2) {
            module.memories.append(MemoryType(addressType: .i64, limits: Limits(minimum: 1, maximum: 2)))
        }
        module.tags = [module.addType(FunctionType(parameters: payload))]
        for type in Self.types {
            globals.append(type)
            module.globals.append(
                Global(type: GlobalType(type, isMutable: true), initializer: [Self.zero(type), Instruction(.end)])
            )
        }
        let functions = signatures.indices.map { FunctionIndex($0) }
        let reference = ReferenceType(isNullable: true, .function)
        let size = UInt64(functions.count)
        module.tables = [
            Table(type: TableType(limits: Limits(minimum: size + 1, maximum: size + 4), element: reference))
        ]
        module.elements = [
            ElementSegment(
                type: reference,
                items: .functions(functions),
                mode: .active(0, offset: [Instruction(.i32Const, .i32(0)), Instruction(.end)])
            )
        ]
        for index in signatures.indices.dropFirst() { module.functions.append(function(index)) }
        for index in signatures.indices.dropFirst() {
            module.exports.append(Export(name: "f\(index)", item: .function(FunctionIndex(index))))
        }
        return module
    }

    private mutating func typeList(atMost count: Int) -> [ValueType] {
        (0..<decisions.choose(count + 1)).map { _ in decisions.choose(from: Self.types) }
    }

    private static func zero(_ type: ValueType) -> Instruction {
        switch type {
        case .i32: Instruction(.i32Const, .i32(0))
        case .i64: Instruction(.i64Const, .i64(0))
        case .f32: Instruction(.f32Const, .f32(0))
        case .f64: Instruction(.f64Const, .f64(0))
        case .v128: Instruction(.v128Const, .v128(V128(low: 0, high: 0)))
        case .reference(let type): Instruction(.refNull, .heapType(type.heapType))
        }
    }

    // MARK: Functions

    private mutating func function(_ index: Int) -> Function {
        let signature = signatures[index]
        let declared = typeList(atMost: 4)
        body = []
        stack = []
        locals = signature.parameters + declared
        labels = [signature.results]
        floor = 0
        budget = 120
        instructions(4 + decisions.choose(40), depth: 0)
        finish(with: signature.results)
        return Function(
            type: signatureIndices[index],
            locals: declared.map { LocalRun(count: 1, type: $0) },
            body: body
        )
    }

    private mutating func emit(_ opcode: Opcode, _ immediate: Immediate = .none) {
        body.append(Instruction(opcode, immediate))
    }

    /// Ends a block: leaves exactly the results on its part of the stack.
    private mutating func finish(with results: [ValueType]) {
        if Array(stack[floor...]) != results {
            while stack.count > floor {
                emit(.drop)
                stack.removeLast()
            }
            for type in results { push(type) }
        }
        emit(.end)
    }

    /// Puts a value of the type on the stack: a local, a global or a constant.
    private mutating func push(_ type: ValueType) {
        let candidates = locals.indices.filter { locals[$0] == type }
        switch decisions.choose(4) {
        case 1 where !candidates.isEmpty, 2 where !candidates.isEmpty:
            emit(.localGet, .local(LocalIndex(candidates[decisions.choose(candidates.count)])))
        case 3 where globals.contains(type):
            emit(.globalGet, .global(GlobalIndex(globals.firstIndex(of: type) ?? 0)))
        default: constant(type)
        }
        stack.append(type)
    }

    private mutating func constant(_ type: ValueType) {
        let small = decisions.choose(5)
        let number = small == 4 ? decisions.seed() &* 0x9E37_79B9_7F4A_7C15 : UInt64(small) &- 1
        switch type {
        case .i32: emit(.i32Const, .i32(Int32(truncatingIfNeeded: number)))
        case .i64: emit(.i64Const, .i64(Int64(bitPattern: number)))
        case .f32: emit(.f32Const, .f32(small == 4 ? UInt32(truncatingIfNeeded: number) : Float(small).bitPattern))
        case .f64: emit(.f64Const, .f64(small == 4 ? number : Double(small).bitPattern))
        case .v128: emit(.v128Const, .v128(V128(low: number, high: ~number)))
        case .reference(let type): emit(.refNull, .heapType(type.heapType))
        }
    }

    /// Makes the uppermost values those of the types: what is there already, as far as it fits, and new ones.
    private mutating func require(_ types: [ValueType]) {
        var present = min(stack.count - floor, types.count)
        while !stack.suffix(present).elementsEqual(types.prefix(present)) { present -= 1 }
        for type in types.dropFirst(present) { push(type) }
    }

    /// Emits an instruction that takes values of the types and leaves others.
    private mutating func apply(
        _ opcode: Opcode,
        _ immediate: Immediate = .none,
        _ operands: [ValueType],
        _ results: [ValueType]
    ) {
        require(operands)
        emit(opcode, immediate)
        stack.removeLast(operands.count)
        stack += results
    }

    // MARK: Instructions

    private mutating func instructions(_ count: Int, depth: Int) {
        for _ in 0..<count {
            budget -= 1
            if budget < 0 { return }
            switch decisions.choose(16) {
            case 0...2:
                let choice = Self.frequent[decisions.choose(Self.frequent.count)]
                apply(choice.opcode, [choice.type, choice.type], [choice.result])
            case 3: step()
            case 4: indexedLoad()
            case 5:
                let choice = Self.plain[decisions.choose(Self.plain.count)]
                apply(choice.opcode, choice.operands, choice.results)
            case 6, 7: variable()
            case 8: load()
            case 9: store()
            case 10: if depth < 4 { nested(depth) }
            case 11: branch()
            case 12: call()
            case 13: select()
            case 14: memoryOrTable()
            default: exception(depth)
            }
        }
    }

    private mutating func apply(_ opcode: Opcode, _ operands: [ValueType], _ results: [ValueType]) {
        apply(opcode, .none, operands, results)
    }

    /// Adds to a local and branches by a comparison of it, as loops do at their end.
    private mutating func step() {
        let candidates = locals.indices.filter { locals[$0] == .i32 }
        if candidates.isEmpty { return }
        let local = LocalIndex(candidates[decisions.choose(candidates.count)])
        let depth = decisions.choose(labels.count)
        require(labels[labels.count - 1 - depth])
        emit(.localGet, .local(local))
        stack.append(.i32)
        constant(.i32)
        emit(decisions.oneIn(3) ? .i32Sub : .i32Add)
        emit(.localTee, .local(local))
        if !decisions.oneIn(3) {
            push(.i32)
            emit(decisions.choose(from: [.i32LtU, .i32LtS, .i32Ne, .i32Eq, .i32GeS]))
            stack.removeLast()
        }
        emit(.brIf, .label(LabelIndex(depth)))
        stack.removeLast()
    }

    /// Loads an element of an array.
    private mutating func indexedLoad() {
        let hasBase = decisions.oneIn(2)
        if hasBase { require([.i32]) }
        push(.i32)
        constant(.i32)
        emit(.i32Shl)
        if hasBase {
            emit(.i32Add)
            stack.removeLast()
        }
        let choice = Self.loads[decisions.choose(Self.loads.count)]
        let offset: UInt64 = decisions.oneIn(2) ? 16 : 0
        emit(choice.opcode, .memoryArgument(MemoryArgument(offset: offset, alignment: choice.exponent)))
        stack[stack.count - 1] = choice.result
    }

    private mutating func variable() {
        if locals.isEmpty || decisions.oneIn(4) {
            let index = decisions.choose(globals.count)
            apply(.globalSet, .global(GlobalIndex(index)), [globals[index]], [])
            return
        }
        let index = decisions.choose(locals.count)
        let type = locals[index]
        let isTee = decisions.oneIn(2)
        apply(isTee ? .localTee : .localSet, .local(LocalIndex(index)), [type], isTee ? [type] : [])
    }

    private mutating func memory(_ exponent: UInt8) -> (argument: MemoryArgument, address: ValueType) {
        let index = decisions.choose(module.memories.count)
        let offset = decisions.choose(from: [0, 0, 1, 8, 65_528, 70_000, 0xFFFF_FFFF] as [UInt64])
        let argument = MemoryArgument(offset: offset, memory: MemoryIndex(index), alignment: exponent)
        return (argument, index == 0 ? .i32 : .i64)
    }

    private mutating func load() {
        let choice = Self.loads[decisions.choose(Self.loads.count)]
        let (argument, address) = memory(choice.exponent)
        apply(choice.opcode, .memoryArgument(argument), [address], [choice.result])
    }

    private mutating func store() {
        let choice = Self.stores[decisions.choose(Self.stores.count)]
        let (argument, address) = memory(choice.exponent)
        apply(choice.opcode, .memoryArgument(argument), [address, choice.operand], [])
    }

    private mutating func memoryOrTable() {
        let index = decisions.choose(module.memories.count)
        let memory = MemoryIndex(index)
        let address: ValueType = index == 0 ? .i32 : .i64
        switch decisions.choose(7) {
        case 0: apply(.memoryGrow, .memory(memory), [address], [address])
        case 1: apply(.memorySize, .memory(memory), [], [address])
        case 2: apply(.memoryFill, .memory(memory), [address, .i32, address], [])
        case 3: apply(.memoryCopy, .memories(memory, memory), [address, address, address], [])
        case 4: apply(.tableSize, .table(0), [], [.i32])
        case 5:
            emit(.refNull, .heapType(.function))
            stack.append(.reference(ReferenceType(isNullable: true, .function)))
            push(.i32)
            emit(.tableGrow, .table(0))
            stack.removeLast(2)
            stack.append(.i32)
        default: apply(.tableCopy, .tables(0, 0), [.i32, .i32, .i32], [])
        }
    }

    private mutating func select() {
        let type = stack.count > floor ? stack[stack.count - 1] : .i32
        guard Self.types.contains(type) else { return }
        apply(.select, [type, type, .i32], [type])
    }

    private mutating func call() {
        let index = decisions.choose(signatures.count)
        let signature = signatures[index]
        switch decisions.choose(4) {
        case 3:
            require(signature.parameters)
            push(.i32)
            emit(.callIndirect, .callIndirect(signatureIndices[index], 0))
            stack.removeLast(signature.parameters.count + 1)
            stack += signature.results
        case 2 where signature.results == labels[0]:
            apply(.returnCall, .function(FunctionIndex(index)), signature.parameters, [])
            restart()
        default: apply(.call, .function(FunctionIndex(index)), signature.parameters, signature.results)
        }
    }

    /// After an instruction that does not go on: what follows in the block begins with an empty stack.
    private mutating func restart() { stack.removeLast(stack.count - floor) }

    private mutating func branch() {
        let depth = decisions.choose(labels.count)
        let types = labels[labels.count - 1 - depth]
        let label = LabelIndex(depth)
        switch decisions.choose(4) {
        case 3:
            require(types)
            emit(.br, .label(label))
            stack.removeLast(types.count)
            restart()
        case 2:
            require(types)
            push(.i32)
            emit(.brTable, .labelTable([label, label]))
            stack.removeLast(types.count + 1)
            restart()
        default:
            require(types)
            condition()
            emit(.brIf, .label(label))
            stack.removeLast()
        }
    }

    /// Puts a number to branch on onto the stack, often a comparison.
    private mutating func condition() {
        let comparisons: [Opcode] = [.i32Eqz, .i32LtS, .i32LtU, .i32Ne, .i64Eqz, .i64GeU, .i64LtS, .i32And]
        switch decisions.choose(3) {
        case 0: push(.i32)
        default:
            let opcode = decisions.choose(from: comparisons)
            let type: ValueType = opcode.row.name.hasPrefix("i32") ? .i32 : .i64
            for _ in 0..<(opcode.row.operands?.count ?? 1) { push(type) }
            emit(opcode)
            stack.removeLast((opcode.row.operands?.count ?? 1) - 1)
            stack[stack.count - 1] = .i32
        }
    }

    // MARK: Blocks

    private mutating func nested(_ depth: Int) {
        let parameters = decisions.oneIn(3) ? typeList(atMost: 3) : []
        let results = typeList(atMost: 3)
        require(parameters)
        let kind = decisions.choose(3)
        if kind == 2 { condition() }
        let type = BlockType.type(module.addType(FunctionType(parameters: parameters, results: results)))
        emit(kind == 0 ? .loop : kind == 1 ? .block : .if, .block(type))
        if kind == 2 { stack.removeLast() }
        let outer = floor
        floor = stack.count - parameters.count
        labels.append(kind == 0 ? parameters : results)
        instructions(1 + decisions.choose(10), depth: depth + 1)
        if kind == 2 {
            finishArm(with: results)
            emit(.else)
            stack += parameters
            instructions(decisions.choose(6), depth: depth + 1)
        }
        finish(with: results)
        labels.removeLast()
        floor = outer
    }

    /// Ends the first arm of an `if`, and takes its results off the stack.
    private mutating func finishArm(with results: [ValueType]) {
        finish(with: results)
        body.removeLast()
        restart()
    }

    private mutating func exception(_ depth: Int) {
        if depth >= 4 || decisions.oneIn(3) {
            apply(.throw, .tag(tag), payload, [])
            restart()
            return
        }
        // A block that gets the payload around a `try_table` without results.
        let target = BlockType.type(module.addType(FunctionType(results: payload)))
        let outer = floor
        emit(.block, .block(target))
        floor = stack.count
        labels.append(payload)
        emit(.tryTable, .tryTable(.empty, [.tag(tag, 0)]))
        labels.append([])
        instructions(1 + decisions.choose(6), depth: depth + 1)
        finish(with: [])
        labels.removeLast()
        finish(with: payload)
        labels.removeLast()
        floor = outer
    }
}
