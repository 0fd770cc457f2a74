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
    /// How large the program becomes.
    private(set) var scale = ProgramScale.usual
    /// The greatest number of values of a list, where the scale permits more.
    let maximumArity: Int
    /// The signatures of the functions, by function index; the first is imported.
    var signatures: [FunctionType] = []
    var signatureIndices: [TypeIndex] = []
    /// Whether types of functions may have subtypes, and the supertypes of those that have one.
    private(set) var hasOpenTypes = false
    private(set) var supertypes: [TypeIndex: TypeIndex] = [:]
    /// The types of the globals that the program uses as it likes, by index. The last of each type is for what is taken off the stack.
    var globals: [ValueType] = []
    /// What exceptions carry, by their tags.
    var payloads: [[ValueType]] = []
    /// See ``GeneratedProgram/companionFunctionCount``.
    private(set) var companionFunctionCount: Int?
    /// Whether the host makes what the program keeps its state in.
    private var importsState = false
    /// The outermost functions of the recipes.
    var exportedRecipes: [Int] = []
    /// The memory of gigabytes, which is not exported, where there is one.
    var largeMemory: Int?
    /// The function that throws an exception which its parameter chooses, or none; see ``addThrower()``.
    var thrower: Int?
    /// What there is in front of what the program uses.
    var fillers = Fillers()

    /// How often functions that call others are entered, and loops begin that are not counted, before a call of a bounded program traps.
    static let fuel: Int32 = 400
    var fuelGlobal: GlobalIndex { GlobalIndex(globals.count) }

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
    /// Whether it makes no calls, which lets compilers keep more over what it does.
    var isLeaf = false
    /// The locals that stand for the globals for what is taken off the stack, which compilers take for a write of anything; nil where the
    /// globals are written at once.
    var accumulators: [ValueType: LocalIndex]?
    /// Whether a loop is open whose counter alone bounds it.
    var isInUnfueledLoop = false
    /// Locals behind all others, which nothing but who takes them writes.
    var reserved: [ValueType] = []
    /// Reserved locals that hold addresses, each with its memory.
    var pointers: [Pointer] = []
    /// Places in memory that are loaded and stored more than once.
    var slots: [Slot] = []
    /// Reserved locals that hold exceptions, or null.
    var exceptions: [LocalIndex] = []

    /// The types of numbers and vectors, the numbers first.
    let types: [ValueType]
    /// The types of lists: those of values, and now and then of references.
    private(set) var listTypes: [ValueType]
    let choices: InstructionChoices

    init(_ decisions: DecisionSource, isBounded: Bool, features: FeatureSet, maximumArity: Int) {
        stream = decisions
        self.decisions = decisions
        self.isBounded = isBounded
        self.features = features
        self.maximumArity = maximumArity
        types = [.i32, .i64, .f32, .f64] + (features.contains(.simd) ? [.v128] : [])
        listTypes = types
        choices = features.contains(Profile.usualFeatures) ? .all : InstructionChoices(features)
    }

    /// The module; every function is exported as `f1`, `f2` and so on, and so is what can be seen of the state.
    ///
    /// In a bounded one every call ends, by a trap at the latest, which lets the next call begin anew.
    public static func module(from decisions: DecisionSource, isBounded: Bool) -> Module {
        var builder = ProgramBuilder(
            decisions,
            isBounded: isBounded,
            features: .wasm3,
            maximumArity: ArityBoundary.usual
        )
        builder.build(Profile.all[0].portable)
        return builder.module
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

    /// Recipes, none or one in most cases, each by the next decisions of a bounded program.
    mutating func recipes(of profile: Profile, maximumArity: Int) -> [CaseRecipe] {
        var recipes: [CaseRecipe] = []
        stream.open(.recipe)
        while stream.goesOn(averaging: 1.2) {
            recipes.append(profile.recipe(from: &stream, maximumArity: maximumArity))
            stream.close()
            stream.open(.recipe)
        }
        stream.abandon()
        return recipes
    }

    /// How many bytes decide about a part, before what follows from them does.
    static let bytesOfModule = 16
    static let bytesOfSignature = 16
    static let bytesOfFunction = 8
    static let bytesOfInstruction = 8

    /// The greatest number of functions that have signatures of their own.
    private static let mostFunctions = 8

    /// Makes the whole module.
    /// - Parameters:
    ///   - profile: of which recipes are that a bounded program has among its functions.
    ///   - aim: what a bounded program is made for, if for anything.
    mutating func build(_ profile: Profile, _ aim: ProgramAim? = nil) {
        if isBounded {
            decisions = stream.window(of: Self.bytesOfModule)
            isRelaxed = decisions.oneIn(8) || aim?.feature == .relaxedVectors
            isRelaxed = isRelaxed && features.contains(.relaxedSIMD)
            canonicalisesNaNs = !decisions.oneIn(3)
            scale = .choose(from: &decisions)
            if decisions.oneIn(3) {
                listTypes += profile.types.filter {
                    if case .reference = $0 { features.contains($0.feature) } else { false }
                }
            }
        }
        declare(FunctionType(parameters: [.i32, .f64], results: [.i64]))
        module.imports = [Import(module: "host", name: "f", type: .function(signatureIndices[0]))]
        addMemories(profile, aim?.feature)
        // How large it has to be is known when all functions are.
        module.tables = [Table(type: TableType(limits: Limits(minimum: 0), element: .function))]
        if isBounded { addFillers() }
        addTags()
        addGlobals()
        if isBounded {
            addRecipes(profile, aim?.recipe)
            addFillerFunctions()
        }
        if isBounded { addThrower() }
        let own = signatures.count
        if isBounded, profile.hasSubtypes { hasOpenTypes = decisions.oneIn(6) }
        list(of: .signature, as: .signatures, averaging: 1.6, bytes: Self.bytesOfSignature) { builder in
            let signature = FunctionType(parameters: builder.signatureList(), results: builder.signatureList())
            if builder.signatures.count < own + Self.mostFunctions { builder.declare(signature) }
        }
        if signatures.count == own { declare(FunctionType(parameters: signatureList(), results: signatureList())) }
        let needsRelaxed = isRelaxed && aim?.feature == .relaxedVectors
        // The last two are added at the end, if at all.
        let count = signatures.count + (isBounded ? 2 : 0) + (needsRelaxed ? 1 : 0)
        module.tables[0].type.limits = Limits(minimum: UInt64(count + 1), maximum: UInt64(count + 4))
        for index in own..<signatures.count {
            withOwnDecisions(of: Self.bytesOfFunction, as: .function) { $0.module.functions.append($0.function(index)) }
        }
        if needsRelaxed { addRelaxedFunction() }
        addExports(firstFunction: own)
        if isBounded {
            if decisions.oneIn(24) { addStart() }
            if scale == .large, decisions.oneIn(128) { addHugeFrame() }
            // What is left open is explored in one module only.
            importsState = profile.isForOwnEngines && largeMemory == nil && decisions.oneIn(16)
            if canonicalisesNaNs, !isRelaxed, largeMemory == nil, !importsState, decisions.oneIn(6) {
                companionFunctionCount = 2 + decisions.choose(signatures.count)
            }
            if decisions.oneIn(16) || aim?.outcome == .exhausted { addEndlessRecursion() }
        }
        addSegments(signatures.indices.map { FunctionIndex($0) })
        // Its fuel stays its own.
        if importsState { module = module.importingState(from: "host", globalCount: globals.count) }
    }

    // MARK: What functions use

    private mutating func addMemories(_ profile: Profile, _ feature: CellFeature?) {
        module.memories = [MemoryType(limits: Limits(minimum: 1, maximum: 3))]
        let needsAnother = feature == .severalMemories || feature == .longAddresses
        if decisions.oneIn(2) || needsAnother, features.contains([.multiMemory, .memory64]) {
            module.memories.append(MemoryType(addressType: .i64, limits: Limits(minimum: 1, maximum: 2)))
        }
        if isBounded, profile.isForOwnEngines, features.contains(.multiMemory), decisions.oneIn(10) {
            addLargeMemory()
        }
    }

    private mutating func addTags() {
        guard features.contains(.exceptions) else { return }
        payloads = [[.i32, .i64], [], [.f64], (0..<9).map { types[$0 * 3 % types.count] }]
        // Of the same type as another, and one that is as long as the program has them.
        // Where it is caught with a reference, a block has one more.
        if isBounded { payloads += [payloads[0], Array(signatureList().prefix(max(0, maximumArity - 1)))] }
        addFillerTags()
        module.tags = payloads.map { module.addType(FunctionType(parameters: $0)) }
    }

    private mutating func addGlobals() {
        for type in types + types {
            module.exports.append(Export(name: "g\(globals.count)", item: .global(GlobalIndex(globals.count))))
            let isSpecial = isBounded && globals.count < fillers.globals + types.count && !decisions.oneIn(4)
            globals.append(type)
            module.globals.append(
                Global(
                    type: GlobalType(type, isMutable: true),
                    initializer: isSpecial ? initializer(type) : [.zero(of: type), Instruction(.end)]
                )
            )
        }
        guard isBounded else { return }
        module.globals.append(
            Global(
                type: GlobalType(.i32, isMutable: true),
                initializer: [Instruction(.i32Const, .i32(Self.fuel)), Instruction(.end)]
            )
        )
    }

    /// A special constant, or the sum, the difference or the product of two.
    private mutating func initializer(_ type: ValueType) -> [Instruction] {
        specialConstant(type)
        if type == .i32 || type == .i64, features.contains(.extendedConstants), decisions.oneIn(3) {
            specialConstant(type)
            emit(decisions.choose(from: type == .i32 ? [.i32Add, .i32Sub, .i32Mul] : [.i64Add, .i64Sub, .i64Mul]))
        }
        defer { body = [] }
        return body + [Instruction(.end)]
    }

    private mutating func addExports(firstFunction: Int) {
        for index in module.memories.indices where index != largeMemory {
            module.exports.append(Export(name: "m\(index)", item: .memory(MemoryIndex(index))))
        }
        module.exports.append(Export(name: "t", item: .table(0)))
        for index in signatures.indices where index >= firstFunction || exportedRecipes.contains(index) {
            module.exports.append(Export(name: "f\(index)", item: .function(FunctionIndex(index))))
        }
    }

    /// Takes in the signature of the next function.
    mutating func declare(_ signature: FunctionType) {
        signatures.append(signature)
        signatureIndices.append(hasOpenTypes ? openType(signature) : module.addType(signature))
    }

    /// A type that may have subtypes, or one below such a type.
    private mutating func openType(_ signature: FunctionType) -> TypeIndex {
        let upper = module.addType(SubType(isFinal: false, .function(signature)))
        guard decisions.oneIn(2) else { return upper }
        let lower = module.addType(
            SubType(isFinal: decisions.oneIn(2), supertypes: [upper], .function(signature))
        )
        supertypes[lower] = upper
        return lower
    }

    /// Adds a function that is called when the module is instantiated.
    private mutating func addStart() {
        let index = signatures.count
        declare(FunctionType())
        withOwnDecisions(of: Self.bytesOfFunction, as: .extraFunction) {
            $0.module.functions.append($0.function(index))
        }
        module.start = FunctionIndex(index)
    }

    /// Adds a function of one relaxed instruction.
    private mutating func addRelaxedFunction() {
        let relaxed = decisions.choose(from: choices.plain.filter { $0.opcode.row.feature == .relaxedSIMD })
        addFunction(FunctionType(results: relaxed.results)) { builder in
            for type in relaxed.operands { builder.push(type) }
            builder.emit(relaxed.opcode)
        }
    }

    /// Adds a function that calls itself until the stack is used up, which is the last call of the program, as none comes after it.
    private mutating func addEndlessRecursion() {
        let index = signatures.count
        // Half of them have arguments on the stack, below the frame that is checked.
        let parameters = decisions.oneIn(2) ? longList() : signatureList()
        declare(FunctionType(parameters: parameters, results: signatureList()))
        withOwnDecisions(of: Self.bytesOfFunction, as: .extraFunction) {
            $0.module.functions.append($0.function(index, isRecursive: true))
        }
        module.exports.append(Export(name: Self.endlessName, item: .function(FunctionIndex(index))))
    }

    /// The name of the export that uses up the stack.
    static let endlessName = "deep"

    /// Types: up to so many, or as many as the program is to have now and then.
    mutating func typeList(atMost count: Int) -> [ValueType] {
        if isBounded, scale != .usual, body.count < scale.mostInstructions / 2, decisions.oneIn(3) { return longList() }
        return (0..<decisions.choose(count + 1)).map { _ in decisions.choose(from: listTypes) }
    }

    /// Types, in a mix and of a number that recipes have, too.
    private mutating func longList() -> [ValueType] {
        let longest = min(scale.longestList, maximumArity)
        let large = scale == .large && decisions.oneIn(6) ? ArityBoundary.large(upTo: longest) : []
        let count =
            large.isEmpty
            ? ArityBoundary.choose(from: &decisions, maximum: longest) : decisions.choose(from: large)
        return TypeMix.choose(from: &decisions, types: listTypes).list(count: count)
    }

    /// Parameters or results of a function: of a bounded program often many, and now and then those of another function.
    mutating func signatureList() -> [ValueType] {
        guard isBounded else { return typeList(atMost: 5) }
        switch decisions.choose(12) {
        case 11: return longList()
        case 9, 10: return decisions.choose(from: signatures).results
        default: return typeList(atMost: decisions.oneIn(6) ? min(40, maximumArity) : 5)
        }
    }

    // MARK: Functions

    /// - Parameter isRecursive: whether it calls itself without end, in place of other calls and branches.
    mutating func function(_ index: Int, isRecursive: Bool = false) -> Function {
        let signature = signatures[index]
        let declared = typeList(atMost: 4)
        begin(index, locals: declared)
        if isRecursive {
            for type in typeList(atMost: 12) { push(type) }
            let kept = stack.count
            for type in signature.parameters { push(type) }
            emit(.call, .function(FunctionIndex(index)))
            stack = Array(stack[..<kept]) + signature.results
        } else {
            if isBounded {
                isLeaf = decisions.oneIn(4)
                if decisions.oneIn(2) { firstLoads() }
                if isLeaf {
                    // Without calls it ends as its loops do, and takes no fuel.
                    if decisions.oneIn(2) { accumulators = [:] }
                    if decisions.oneIn(3) { countedLoop(0, isFirst: true) }
                } else {
                    takeFuel()
                }
                if accumulators == nil, decisions.oneIn(2) { changeGlobal() }
            }
            instructions(isBounded ? 20 : 30, depth: 0)
        }
        return end(index, locals: declared)
    }

    /// Adds a function.
    /// - Parameter make: emits what leaves the results, and nothing else, on the stack.
    /// - Returns: its index.
    @discardableResult
    mutating func addFunction(_ type: FunctionType, _ make: (inout ProgramBuilder) -> Void) -> Int {
        let index = signatures.count
        declare(type)
        begin(index, locals: [])
        make(&self)
        stack = type.results
        module.functions.append(end(index, locals: []))
        return index
    }

    /// Begins the body of a function.
    mutating func begin(_ index: Int, locals declared: [ValueType]) {
        body = []
        stack = []
        locals = signatures[index].parameters + declared
        labels = [signatures[index].results]
        floor = 0
        budget = 120
        current = index
        isLeaf = false
        isInUnfueledLoop = false
        accumulators = nil
        reserved = canonicalisesNaNs ? Array(types[2...]) : []
        pointers = []
        slots = []
        exceptions = []
    }

    /// Ends the body of the function that was begun, and makes the function.
    mutating func end(_ index: Int, locals declared: [ValueType]) -> Function {
        spillAccumulators()
        finish(with: signatures[index].results)
        return Function(
            type: signatureIndices[index],
            locals: (declared + reserved).reduce(into: []) { runs, type in
                if runs.last?.type == type {
                    runs[runs.count - 1].count += 1
                } else {
                    runs.append(LocalRun(count: 1, type: type))
                }
            },
            body: body
        )
    }

    /// A local behind all others that nothing but who takes it writes.
    mutating func takeLocal(_ type: ValueType) -> LocalIndex {
        reserved.append(type)
        return LocalIndex(locals.count + reserved.count - 1)
    }

    mutating func emit(_ opcode: Opcode, _ immediate: Immediate = .none) {
        body.append(Instruction(opcode, immediate))
        if canonicalisesNaNs, let shape = NaNShape(computedBy: opcode),
            let local = reserved.firstIndex(of: shape.localType)
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
