import WasmModel

/// What function bodies and constant expressions may refer to.
struct IndexSpaces: Sendable {
    var types: TypeSpace
    var functions: [TypeIndex] = []
    var tables: [TableType] = []
    var memories: [MemoryType] = []
    var globals: [GlobalType] = []
    var tags: [TypeIndex] = []
    var elements: [PackedType] = []
    var dataCount = 0
    /// By function, whether `ref.func` may name it in a body.
    var isDeclared: [Bool] = []
}

/// A block that is open.
///
/// Spec: core 3.0, appendix "Validation Algorithm".
struct ControlFrame {
    enum Kind: UInt8 {
        case body, block, loop, `if`, `else`, tryTable
    }

    var kind: Kind
    var isUnreachable = false
    /// Of the operand stack where the block begins, without the block's parameters.
    var height: Int
    var parameters: TypeList
    var results: TypeList
    /// The number of locals that were initialised where the block began.
    var initializedHeight: Int
    /// The `br_table` that last checked its operands against this block, to check them once.
    var lastTable = -1

    /// What a branch to the block carries.
    var labelTypes: TypeList { kind == .loop ? parameters : results }
}

/// Checks function bodies and constant expressions, one after another, with storage that is reused.
///
/// Spec: core 3.0, appendix "Validation Algorithm".
struct BodyValidator {
    let spaces: IndexSpaces
    let features: FeatureSet
    /// The pool of ``TypeSpace``, and after it the result types of blocks of the body that are references.
    var pool: [PackedType]
    let basePoolCount: Int
    var stack: [PackedType] = []
    var frames: [ControlFrame] = []
    var locals: [PackedType] = []
    /// By local, whether it has a value; empty where all locals have a default.
    var isInitialized: [Bool] = []
    /// The locals that were initialised since the beginning, in order.
    var initializedLocals: [Int] = []
    var maximumHeight = 0
    var maximumDepth = 0
    var functionResults = TypeList(start: 0, count: 0)
    /// Whether a constant expression is checked.
    var isConstant = false
    /// How many globals a constant expression may read.
    var visibleGlobals = 0
    /// The instruction that is checked.
    var position = 0
    private var function: FunctionIndex?
    private var offsets = InstructionOffsets()

    init(_ spaces: IndexSpaces) {
        self.spaces = spaces
        features = spaces.types.features
        pool = spaces.types.pool
        basePoolCount = pool.count
    }

    // MARK: Entry points

    mutating func validate(_ body: Function, index: FunctionIndex) throws(ValidationError) -> ValidatedFunction {
        let signature = spaces.types.signatures[body.type.position]
        function = index
        offsets = body.offsets
        isConstant = false
        try setLocals(signature.parameters, body.locals)
        try check(body.body, results: signature.results)
        return ValidatedFunction(
            maximumOperandHeight: maximumHeight,
            localCount: locals.count,
            maximumControlDepth: maximumDepth
        )
    }

    mutating func validateConstant(
        _ expression: Expression,
        type: PackedType,
        visibleGlobals: Int
    ) throws(ValidationError) {
        function = nil
        offsets = InstructionOffsets()
        isConstant = true
        self.visibleGlobals = visibleGlobals
        locals.removeAll(keepingCapacity: true)
        isInitialized.removeAll(keepingCapacity: true)
        pool.removeLast(pool.count - basePoolCount)
        pool.append(type)
        try check(expression, results: TypeList(start: basePoolCount, count: 1), poolCount: basePoolCount + 1)
    }

    private mutating func setLocals(_ parameters: TypeList, _ runs: [LocalRun]) throws(ValidationError) {
        locals.removeAll(keepingCapacity: true)
        isInitialized.removeAll(keepingCapacity: true)
        locals.append(contentsOf: pool[parameters.start..<parameters.start + parameters.count])
        var declared: UInt64 = 0
        for run in runs { declared += UInt64(run.count) }
        if declared > UInt64(ModuleLimits.locals) {
            throw fail("implementation limit: \(declared) locals exceed \(ModuleLimits.locals)", at: nil)
        }
        var areAllDefaultable = true
        for run in runs {
            try checkType(run.type)
            let type = PackedType(run.type)
            if run.count > 0 && !type.isDefaultable { areAllDefaultable = false }
            locals.append(contentsOf: repeatElement(type, count: Int(run.count)))
        }
        if !areAllDefaultable {
            for (index, type) in locals.enumerated() {
                isInitialized.append(index < parameters.count || type.isDefaultable)
            }
        }
    }

    private mutating func check(
        _ instructions: [Instruction],
        results: TypeList,
        poolCount: Int? = nil
    ) throws(ValidationError) {
        let kept = poolCount ?? basePoolCount
        pool.removeLast(pool.count - kept)
        stack.removeAll(keepingCapacity: true)
        frames.removeAll(keepingCapacity: true)
        initializedLocals.removeAll(keepingCapacity: true)
        maximumHeight = 0
        maximumDepth = 0
        position = 0
        functionResults = results
        pushFrame(.body, parameters: TypeList(start: 0, count: 0), results: results)
        while position < instructions.count {
            guard !frames.isEmpty else { throw fail("unexpected content after the end of the body") }
            try check(instructions[position])
            position += 1
        }
        guard frames.isEmpty else { throw fail("unexpected end: the body has no final end", at: nil) }
    }

    // MARK: Errors

    func fail(_ reason: String) -> ValidationError { fail(reason, at: position) }

    private func fail(_ reason: String, at position: Int?) -> ValidationError {
        let offset = position.flatMap { offsets[$0] }
        return ValidationError(reason, function: function, instruction: position, offset: offset)
    }

    func mismatch() -> ValidationError { fail("type mismatch") }

    /// Says which operands are needed and which are on top of the stack.
    private func mismatch(_ list: TypeList, _ available: Int) -> ValidationError {
        let required = PackedType.text(of: pool[list.start..<list.start + list.count])
        let actual = PackedType.text(of: stack[(stack.count - available)...])
        return fail("type mismatch: instruction requires \(required) but stack has \(actual)")
    }

    /// Runs a check of a type and adds the place to its error.
    private func located(_ check: () throws(ValidationError) -> Void) throws(ValidationError) {
        do {
            try check()
        } catch {
            var located = fail(error.reason)
            located.missingFeatures = error.missingFeatures
            throw located
        }
    }

    func checkType(_ type: ValueType) throws(ValidationError) {
        try located { () throws(ValidationError) in try spaces.types.check(type) }
    }

    func checkType(_ type: ReferenceType) throws(ValidationError) {
        try located { () throws(ValidationError) in try spaces.types.check(type) }
    }

    func checkType(_ type: HeapType) throws(ValidationError) {
        try located { () throws(ValidationError) in try spaces.types.check(type) }
    }

    func need(_ feature: FeatureSet, _ reason: String) throws(ValidationError) {
        try located { () throws(ValidationError) in try spaces.types.need(feature, reason) }
    }

    // MARK: The stacks

    @inline(__always)
    mutating func push(_ type: PackedType) {
        stack.append(type)
        if stack.count > maximumHeight { maximumHeight = stack.count }
    }

    /// Pops whatever is on top; the bottom type in unreachable code.
    @inline(__always)
    mutating func popAny() throws(ValidationError) -> PackedType {
        let frame = frames[frames.count - 1]
        if stack.count == frame.height {
            if frame.isUnreachable { return .bottom }
            throw fail("type mismatch: the operand stack is empty")
        }
        return stack.removeLast()
    }

    @inline(__always)
    mutating func pop(_ expected: PackedType) throws(ValidationError) {
        let actual = try popAny()
        if !spaces.types.isSubtype(actual, of: expected) { throw mismatch() }
    }

    /// Pops a reference of any type; the bottom type in unreachable code.
    mutating func popReference() throws(ValidationError) -> PackedType {
        let type = try popAny()
        guard type.isReference || type == .bottom else { throw mismatch() }
        return type
    }

    mutating func push(_ list: TypeList) {
        stack.append(contentsOf: pool[list.start..<list.start + list.count])
        if stack.count > maximumHeight { maximumHeight = stack.count }
    }

    /// Checks the operands on top of the stack; fewer are enough in unreachable code.
    /// - Returns: the number of operands that are there.
    @discardableResult
    func checkTop(_ list: TypeList) throws(ValidationError) -> Int {
        let frame = frames[frames.count - 1]
        let available = stack.count - frame.height
        let count = min(available, list.count)
        if count < list.count && !frame.isUnreachable {
            throw mismatch(list, count)
        }
        let shift = list.start + list.count - stack.count
        for index in stack.count - count..<stack.count
        where !spaces.types.isSubtype(stack[index], of: pool[shift + index]) {
            throw mismatch(list, count)
        }
        return count
    }

    mutating func pop(_ list: TypeList) throws(ValidationError) {
        let count = try checkTop(list)
        stack.removeLast(count)
    }

    /// Whether each type of one list may stand where the other's is expected.
    func matches(_ list: TypeList, _ other: TypeList) -> Bool {
        if list == other { return true }
        guard list.count == other.count else { return false }
        for index in 0..<list.count
        where !spaces.types.isSubtype(pool[list.start + index], of: pool[other.start + index]) {
            return false
        }
        return true
    }

    mutating func setUnreachable() {
        let top = frames.count - 1
        stack.removeLast(stack.count - frames[top].height)
        frames[top].isUnreachable = true
    }

    mutating func pushFrame(_ kind: ControlFrame.Kind, parameters: TypeList, results: TypeList) {
        frames.append(
            ControlFrame(
                kind: kind,
                height: stack.count,
                parameters: parameters,
                results: results,
                initializedHeight: initializedLocals.count
            )
        )
        if frames.count > maximumDepth { maximumDepth = frames.count }
        push(parameters)
    }

    /// Closes the innermost block: exactly its results must be on the stack.
    mutating func popFrame() throws(ValidationError) -> ControlFrame {
        let frame = frames[frames.count - 1]
        try pop(frame.results)
        guard stack.count == frame.height else {
            throw fail("type mismatch: \(stack.count - frame.height) values remain on the operand stack")
        }
        while initializedLocals.count > frame.initializedHeight {
            isInitialized[initializedLocals.removeLast()] = false
        }
        frames.removeLast()
        return frame
    }

    /// Where the frame of a label stands in ``frames``.
    func framePosition(_ label: LabelIndex) throws(ValidationError) -> Int {
        guard label.position < frames.count else { throw fail("unknown label \(label)") }
        return frames.count - 1 - label.position
    }

    func labelTypes(_ label: LabelIndex) throws(ValidationError) -> TypeList {
        frames[try framePosition(label)].labelTypes
    }

    // MARK: Index spaces

    func functionSignature(at index: TypeIndex) throws(ValidationError) -> TypeSpace.Signature {
        guard index.position < spaces.types.types.count else { throw fail("unknown type \(index)") }
        guard spaces.types.kinds[index.position] == .function else {
            throw fail("type mismatch: type \(index) is no function type")
        }
        return spaces.types.signatures[index.position]
    }

    func functionSignature(of index: FunctionIndex) throws(ValidationError) -> TypeSpace.Signature {
        guard index.position < spaces.functions.count else { throw fail("unknown function \(index)") }
        return spaces.types.signatures[spaces.functions[index.position].position]
    }

    func tagParameters(_ index: TagIndex) throws(ValidationError) -> TypeList {
        guard index.position < spaces.tags.count else { throw fail("unknown tag \(index)") }
        return spaces.types.signatures[spaces.tags[index.position].position].parameters
    }

    @inline(__always)
    func table(_ index: TableIndex) throws(ValidationError) -> TableType {
        guard index.position < spaces.tables.count else { throw fail("unknown table \(index)") }
        return spaces.tables[index.position]
    }

    @inline(__always)
    func addressType(_ index: MemoryIndex) throws(ValidationError) -> AddressType {
        guard index.position < spaces.memories.count else { throw fail("unknown memory \(index)") }
        return spaces.memories[index.position].addressType
    }

    func element(_ index: ElementIndex) throws(ValidationError) -> PackedType {
        guard index.position < spaces.elements.count else { throw fail("unknown elem segment \(index)") }
        return spaces.elements[index.position]
    }

    func checkData(_ index: DataIndex) throws(ValidationError) {
        guard index.position < spaces.dataCount else { throw fail("unknown data segment \(index)") }
    }

    func global(_ index: GlobalIndex) throws(ValidationError) -> GlobalType {
        let limit = isConstant ? visibleGlobals : spaces.globals.count
        guard index.position < limit else { throw fail("unknown global \(index)") }
        return spaces.globals[index.position]
    }

    func local(_ index: LocalIndex) throws(ValidationError) -> PackedType {
        guard index.position < locals.count else { throw fail("unknown local \(index)") }
        return locals[index.position]
    }
}
