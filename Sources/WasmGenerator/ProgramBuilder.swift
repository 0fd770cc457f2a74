import WasmModel

/// Makes a valid module of several functions out of decisions: loops, branches with and without values, calls of every
/// kind, exceptions, loads and stores, and every instruction whose operand types its row names.
///
/// The stack of types is tracked while a body grows: an instruction takes what is on the stack where the types fit, and
/// constants and locals otherwise. Total, as the decisions are. Where the program is not bounded, nothing bounds how long it runs.
public struct ProgramBuilder {
    /// Those of the part that is made: of the module, of a function or of an instruction.
    var decisions: DecisionSource
    /// From which each part of a bounded program gets its decisions.
    private var stream: DecisionSource
    /// Whether every call ends: fuel is counted.
    let isBounded: Bool
    /// What the module may use.
    let features: FeatureSet
    /// Whether computed NaNs are made canonical, so that nothing that is seen is left open. That keeps instructions apart which
    /// compilers and interpreters like to fuse, so it is not always done.
    private(set) var canonicalisesNaNs = false
    /// Whether relaxed instructions occur, each of which may leave several ways open.
    var isRelaxed = true
    var module = Module()
    /// The signatures of the functions, by function index; the first is imported.
    var signatures: [FunctionType] = []
    var signatureIndices: [TypeIndex] = []
    var globals: [ValueType] = []
    /// What exceptions carry, by their tags.
    let payloads: [[ValueType]]

    /// How many functions are entered and how often loops begin before a call of a bounded program traps.
    static let fuel: Int32 = 400
    var fuelGlobal: GlobalIndex { GlobalIndex(globals.count) }

    /// How many locals count the iterations of loops in the current function.
    private var counterCount = 0

    // The function that grows.
    var body: [Instruction] = []
    var stack: [ValueType] = []
    var locals: [ValueType] = []
    /// The types that a branch to an open block carries, outermost first.
    var labels: [[ValueType]] = []
    /// Where the part of the stack begins that the innermost block may take from.
    var floor = 0
    var budget = 0
    /// Its index.
    var current = 0
    /// How many `try_table` are open.
    var openTries = 0

    /// The types of values, the numbers first.
    let types: [ValueType]
    let choices: InstructionChoices

    private init(_ decisions: DecisionSource, isBounded: Bool, features: FeatureSet) {
        stream = decisions
        self.decisions = decisions
        self.isBounded = isBounded
        self.features = features
        types = [.i32, .i64, .f32, .f64] + (features.contains(.simd) ? [.v128] : [])
        let numbers = types
        payloads = [[.i32, .i64], [], [.f64], (0..<23).map { numbers[$0 * 3 % numbers.count] }]
        choices = features == .wasm3 ? .all : InstructionChoices(features)
    }

    /// The module; every function is exported as `f1`, `f2` and so on, and so is what can be seen of the state.
    ///
    /// In a bounded one every call ends, by a trap at the latest, which lets the next call begin anew.
    public static func module(from decisions: DecisionSource, isBounded: Bool) -> Module {
        built(from: decisions, isBounded: isBounded).module
    }

    /// Whether the module may have segments that are used by instructions, and instructions on whole tables.
    var hasBulk: Bool { features.contains([.bulkMemory, .referenceTypes]) }

    /// The builder after its work.
    static func built(
        from decisions: DecisionSource,
        isBounded: Bool,
        features: FeatureSet = .wasm3
    ) -> ProgramBuilder {
        var builder = ProgramBuilder(decisions, isBounded: isBounded, features: features)
        builder.build()
        return builder
    }

    /// Makes a part of the program by decisions of its own, where the program is bounded.
    mutating func withOwnDecisions(
        of count: Int,
        as name: DecisionSpan.Name,
        _ make: (inout ProgramBuilder) -> Void
    ) {
        guard isBounded else { return make(&self) }
        stream.open(name)
        makeByWindow(of: count, make)
        stream.close()
    }

    private mutating func makeByWindow(of count: Int, _ make: (inout ProgramBuilder) -> Void) {
        let outer = decisions
        decisions = stream.window(of: count)
        make(&self)
        decisions = outer
    }

    /// Makes the elements of a list, so many on average: each by decisions of its own, where the program is bounded.
    mutating func list(
        of name: DecisionSpan.Name,
        as listName: DecisionSpan.Name,
        averaging average: Double,
        bytes count: Int,
        _ make: (inout ProgramBuilder) -> Void
    ) {
        guard isBounded else {
            while decisions.goesOn(averaging: average) { make(&self) }
            return
        }
        stream.open(listName)
        stream.open(name)
        while stream.goesOn(averaging: average) {
            makeByWindow(of: count, make)
            stream.close()
            stream.open(name)
        }
        stream.abandon()
        stream.close()
    }

    /// How many bytes decide about a part, before what follows from them does.
    static let bytesOfModule = 8
    static let bytesOfSignature = 16
    static let bytesOfFunction = 8
    static let bytesOfInstruction = 8

    /// The greatest number of functions of a module, beside one that calls itself without end.
    private static let mostFunctions = 8

    private mutating func build() {
        if isBounded {
            decisions = stream.window(of: Self.bytesOfModule)
            isRelaxed = decisions.oneIn(8) && features.contains(.relaxedSIMD)
            canonicalisesNaNs = !decisions.oneIn(3)
        }
        declare(FunctionType(parameters: [.i32, .f64], results: [.i64]))
        module.imports = [Import(module: "host", name: "f", type: .function(signatureIndices[0]))]
        list(of: .signature, as: .signatures, averaging: 1.6, bytes: Self.bytesOfSignature) { builder in
            let signature = FunctionType(parameters: builder.signatureList(), results: builder.signatureList())
            if builder.signatures.count <= Self.mostFunctions { builder.declare(signature) }
        }
        if signatures.count == 1 { declare(FunctionType(parameters: signatureList(), results: signatureList())) }
        module.memories = [MemoryType(limits: Limits(minimum: 1, maximum: 3))]
        if decisions.oneIn(2), features.contains([.multiMemory, .memory64]) {
            module.memories.append(MemoryType(addressType: .i64, limits: Limits(minimum: 1, maximum: 2)))
        }
        if features.contains(.exceptions) {
            module.tags = payloads.map { module.addType(FunctionType(parameters: $0)) }
        }
        for type in types {
            module.exports.append(Export(name: "g\(globals.count)", item: .global(GlobalIndex(globals.count))))
            globals.append(type)
            module.globals.append(
                Global(type: GlobalType(type, isMutable: true), initializer: [.zero(of: type), Instruction(.end)])
            )
        }
        if isBounded {
            module.globals.append(
                Global(
                    type: GlobalType(.i32, isMutable: true),
                    initializer: [Instruction(.i32Const, .i32(Self.fuel)), Instruction(.end)]
                )
            )
        }
        for index in module.memories.indices {
            module.exports.append(Export(name: "m\(index)", item: .memory(MemoryIndex(index))))
        }
        module.exports.append(Export(name: "t", item: .table(0)))
        let functions = signatures.indices.map { FunctionIndex($0) }
        let reference = ReferenceType(isNullable: true, .function)
        let size = UInt64(functions.count)
        module.tables = [
            Table(type: TableType(limits: Limits(minimum: size + 1, maximum: size + 4), element: reference))
        ]
        addSegments(functions, reference)
        for index in signatures.indices.dropFirst() {
            withOwnDecisions(of: Self.bytesOfFunction, as: .function) {
                $0.module.functions.append($0.function(index))
            }
        }
        for index in signatures.indices.dropFirst() {
            module.exports.append(Export(name: "f\(index)", item: .function(FunctionIndex(index))))
        }
        if isBounded, decisions.oneIn(16) { addEndlessRecursion() }
    }

    /// Takes in the signature of the next function.
    private mutating func declare(_ signature: FunctionType) {
        signatures.append(signature)
        signatureIndices.append(module.addType(signature))
    }

    /// Adds a function that calls itself until the stack is used up, which is the last call of the program, as none comes after it.
    private mutating func addEndlessRecursion() {
        let index = signatures.count
        declare(FunctionType(parameters: signatureList(), results: signatureList()))
        withOwnDecisions(of: Self.bytesOfFunction, as: .function) {
            $0.module.functions.append($0.function(index, isRecursive: true))
        }
        module.exports.append(Export(name: Self.endlessName, item: .function(FunctionIndex(index))))
    }

    /// The name of the export that uses up the stack.
    static let endlessName = "deep"

    mutating func typeList(atMost count: Int) -> [ValueType] {
        (0..<decisions.choose(count + 1)).map { _ in decisions.choose(from: types) }
    }

    /// Parameters or results of a function: of a bounded program often many, and now and then as many as edges of recipes have.
    mutating func signatureList() -> [ValueType] {
        if isBounded, decisions.oneIn(12) {
            let count = decisions.choose(from: ArityBoundary.upTo(300))
            return (0..<count).map { _ in decisions.choose(from: types) }
        }
        return typeList(atMost: isBounded && decisions.oneIn(3) ? 40 : 5)
    }

    // MARK: Functions

    /// - Parameter isRecursive: whether it calls itself without end, in place of other calls and branches.
    mutating func function(_ index: Int, isRecursive: Bool = false) -> Function {
        let signature = signatures[index]
        let declared = typeList(atMost: 4)
        body = []
        stack = []
        locals = signature.parameters + declared
        labels = [signature.results]
        floor = 0
        budget = 120
        current = index
        counterCount = 0
        if isRecursive {
            for type in typeList(atMost: 12) { push(type) }
            let kept = stack.count
            for type in signature.parameters { push(type) }
            emit(.call, .function(FunctionIndex(index)))
            stack = Array(stack[..<kept]) + signature.results
        } else {
            if isBounded { takeFuel() }
            instructions(30, depth: 0)
        }
        finish(with: signature.results)
        return Function(
            type: signatureIndices[index],
            locals: (declared + (canonicalisesNaNs ? canonicalisationTypes : [])
                + [ValueType](repeating: .i32, count: counterCount)).map { LocalRun(count: 1, type: $0) },
            body: body
        )
    }

    /// A local behind all others that nothing but who takes it writes.
    mutating func takeCounter() -> LocalIndex {
        defer { counterCount += 1 }
        return LocalIndex(locals.count + (canonicalisesNaNs ? canonicalisationTypes.count : 0) + counterCount)
    }

    /// The types of the locals behind the function's own that canonicalising NaNs needs.
    private var canonicalisationTypes: [ValueType] { Array(types[2...]) }

    mutating func emit(_ opcode: Opcode, _ immediate: Immediate = .none) {
        body.append(Instruction(opcode, immediate))
        if canonicalisesNaNs, let shape = NaNShape(computedBy: opcode),
            let local = canonicalisationTypes.firstIndex(of: shape.localType)
        {
            body += shape.canonicalised(by: LocalIndex(locals.count + local))
        }
    }

    /// Counts the fuel down; traps where there is none, and fills up for the next call.
    mutating func takeFuel() {
        emit(.globalGet, .global(fuelGlobal))
        emit(.i32Eqz)
        emit(.if, .block(.empty))
        emit(.i32Const, .i32(Self.fuel))
        emit(.globalSet, .global(fuelGlobal))
        emit(.unreachable)
        emit(.end)
        emit(.globalGet, .global(fuelGlobal))
        emit(.i32Const, .i32(1))
        emit(.i32Sub)
        emit(.globalSet, .global(fuelGlobal))
    }

    /// Ends a block: leaves exactly the results on its part of the stack.
    mutating func finish(with results: [ValueType]) {
        if Array(stack[floor...]) != results {
            absorbAll()
            for type in results { push(type) }
        }
        emit(.end)
    }

    /// Takes all values of the innermost block away.
    mutating func absorbAll() { while stack.count > floor { absorbTop() } }

    /// Takes the value on top of the stack away.
    mutating func absorbTop() { absorb(stack.removeLast()) }

    /// Takes a value that was on top of the stack away: mixed into a global, so that it is seen, or where the program is not bounded dropped.
    private mutating func absorb(_ type: ValueType) {
        guard isBounded, !decisions.oneIn(8) else { return emit(.drop) }
        switch type {
        case .i32: mix(.i32)
        case .i64: mix(.i64)
        case .f32:
            emit(.i32ReinterpretF32)
            mix(.i32)
        case .f64:
            emit(.i64ReinterpretF64)
            mix(.i64)
        case .v128: mix(.v128)
        case .reference:
            emit(.refIsNull)
            mix(.i32)
        }
    }

    /// Combines the value on the stack with the global of its type, in a way that depends on the order.
    private mutating func mix(_ type: ValueType) {
        let global = Immediate.global(GlobalIndex(globals.firstIndex(of: type) ?? 0))
        emit(.globalGet, global)
        switch type {
        case .i64:
            emit(.i64Const, .i64(13))
            emit(.i64Rotl)
            emit(.i64Xor)
        case .v128:
            emit(.i32Const, .i32(3))
            emit(.i64x2Shl)
            emit(.v128Xor)
        case .i32, .f32, .f64, .reference:
            emit(.i32Const, .i32(7))
            emit(.i32Rotl)
            emit(.i32Xor)
        }
        emit(.globalSet, global)
    }

    /// Puts a value of the type on the stack: a local, a global or a constant.
    mutating func push(_ type: ValueType) {
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

    /// Emits a whole number as a constant, cut to 32 bits where its type has no more.
    mutating func number(_ value: Int64, _ type: ValueType) {
        if type == .i64 {
            emit(.i64Const, .i64(value))
        } else {
            emit(.i32Const, .i32(Int32(truncatingIfNeeded: value)))
        }
    }

    mutating func constant(_ type: ValueType) {
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
    mutating func require(_ types: [ValueType]) {
        var present = min(stack.count - floor, types.count)
        while !stack.suffix(present).elementsEqual(types.prefix(present)) { present -= 1 }
        for type in types.dropFirst(present) { push(type) }
    }

    /// Emits an instruction that takes values of the types and leaves others.
    mutating func apply(
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
}
