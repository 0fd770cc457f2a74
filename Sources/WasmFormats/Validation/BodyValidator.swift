import WasmModel

/// What function bodies and constant expressions may refer to.
struct IndexSpaces: Sendable {
    var types: TypeSpace
    var rules = ValidationRules()
    var functions: [TypeIndex] = []
    var tables: [TableType] = []
    var memories: [MemoryType] = []
    var globals: [GlobalType] = []
    var tags: [TypeIndex] = []
    var elements: [PackedType] = []
    var dataCount = 0
    var importedGlobalCount = 0
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
    var parameters: TypeRun
    var results: TypeRun
    /// The number of locals that were initialised where the block began.
    var initializedHeight: Int
    /// The `br_table` that last checked its operands against this block, to check them once.
    var lastTable: UInt32 = .max

    /// What a branch to the block carries.
    var labelTypes: TypeRun { kind == .loop ? parameters : results }
}

/// Checks function bodies and constant expressions, one after another, with storage that is reused.
///
/// Spec: core 3.0, appendix "Validation Algorithm".
struct BodyValidator: ~Copyable {
    let spaces: IndexSpaces
    let features: FeatureSet
    /// The pool of ``TypeSpace``, and after it the result types of blocks of the body that are references.
    var pool: [PackedType]
    let basePoolCount: Int
    let signatures = OpcodeSignatures.all
    var stack = OperandStack()
    var frames: [ControlFrame] = []
    /// Of the innermost frame: the height of the operand stack where it begins.
    var base = 0
    /// Of the innermost frame.
    var isUnreachable = false
    var locals = LocalTypes()
    private var parameterCount = 0
    /// By local, the number of the body where it was given a value; only locals without a default are looked up.
    private var initializations: [UInt32] = []
    /// The locals without a default that were initialised since the beginning, in order.
    private var initializedLocals: [Int] = []
    private var bodyNumber: UInt32 = 0
    var maximumHeight = 0
    var maximumDepth = 0
    var functionResults = TypeRun(start: 0, count: 0)
    /// Whether a constant expression is checked.
    var isConstant = false
    /// How many globals a constant expression may read.
    var visibleGlobals = 0
    /// The instruction that is checked.
    var position = 0
    private var function: FunctionIndex?
    /// What has the constant expression that is checked.
    private var item: ValidationError.Item?
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
        item = nil
        offsets = body.offsets
        isConstant = false
        try setLocals(signature.parameters, body.locals, instructionCount: body.body.count)
        try check(body.body, results: signature.results)
        return ValidatedFunction(
            maximumOperandHeight: maximumHeight,
            localCount: locals.count,
            maximumControlDepth: maximumDepth
        )
    }

    /// What stands before some instructions of a body.
    /// - Parameter positions: in rising order.
    mutating func operandStates(
        _ body: Function,
        index: FunctionIndex,
        before positions: [Int]
    ) throws(ValidationError) -> [OperandState] {
        let signature = spaces.types.signatures[body.type.position]
        function = index
        item = nil
        offsets = body.offsets
        isConstant = false
        try setLocals(signature.parameters, body.locals, instructionCount: body.body.count)
        try begin(results: signature.results, poolCount: nil)
        var states: [OperandState] = []
        states.reserveCapacity(positions.count)
        try body.body.withUnsafeBufferPointer { (buffer) throws(ValidationError) in
            for wanted in positions {
                while position < wanted, position < buffer.count, !frames.isEmpty {
                    try check(buffer.baseAddress! + position)
                    position += 1
                }
                guard position == wanted, !frames.isEmpty else { return }
                let count = stack.count - base
                let operands = isUnreachable ? nil : UnsafeBufferPointer(start: stack.top(count), count: count)
                states.append(OperandState(depth: frames.count - 1, operands: operands.map { $0.map(ValueType.init) }))
            }
        }
        return states
    }

    mutating func validateConstant(
        _ expression: Expression,
        of item: ValidationError.Item,
        type: PackedType,
        visibleGlobals: Int
    ) throws(ValidationError) {
        function = nil
        self.item = item
        offsets = InstructionOffsets()
        isConstant = true
        self.visibleGlobals = visibleGlobals
        locals.reset(parameters: [])
        pool.removeLast(pool.count - basePoolCount)
        pool.append(type)
        try check(expression, results: TypeRun(start: basePoolCount, count: 1), poolCount: basePoolCount + 1)
    }

    private mutating func setLocals(
        _ parameters: TypeRun,
        _ runs: [LocalRun],
        instructionCount: Int
    ) throws(ValidationError) {
        locals.reset(parameters: pool[parameters.start..<parameters.start + parameters.count])
        parameterCount = parameters.count
        bodyNumber += 1
        guard !runs.isEmpty else { return }
        var declared: UInt64 = 0
        for run in runs { declared += UInt64(run.count) }
        if declared > UInt64(ModuleLimits.locals) {
            let reason = "implementation limit: \(declared) locals exceed \(ModuleLimits.locals)"
            throw ValidationError(reason, function: function, offset: offsets[0])
        }
        let bound = parameters.count + 4 * instructionCount
        for run in runs {
            if run.type.isReference || run.type == .v128 { try checkType(run.type) }
            let type = PackedType(run.type)
            locals.append(type, count: Int(run.count), writtenBelow: bound)
            if !type.isDefaultable && initializations.count < locals.count {
                initializations.append(contentsOf: repeatElement(0, count: locals.count - initializations.count))
            }
        }
    }

    /// Prepares for a body, before its first instruction.
    private mutating func begin(results: TypeRun, poolCount: Int?) throws(ValidationError) {
        let kept = poolCount ?? basePoolCount
        pool.removeLast(pool.count - kept)
        stack.shrink(to: 0)
        frames.removeAll(keepingCapacity: true)
        initializedLocals.removeAll(keepingCapacity: true)
        maximumHeight = 0
        maximumDepth = 0
        position = 0
        functionResults = results
        try pushFrame(.body, parameters: TypeRun(start: 0, count: 0), results: results)
    }

    private mutating func check(
        _ instructions: [Instruction],
        results: TypeRun,
        poolCount: Int? = nil
    ) throws(ValidationError) {
        try begin(results: results, poolCount: poolCount)
        try instructions.withUnsafeBufferPointer { (buffer) throws(ValidationError) in
            while position < buffer.count {
                guard !frames.isEmpty else { throw fail("unexpected content after the end of the body") }
                try check(buffer.baseAddress! + position)
                position += 1
            }
        }
        guard frames.isEmpty else { throw fail("unexpected end: the body has no final end", at: nil) }
    }

    // MARK: Errors

    func fail(_ reason: String) -> ValidationError { fail(reason, at: position) }

    private func fail(_ reason: String, at position: Int?) -> ValidationError {
        let offset = position.flatMap { offsets[$0] }
        return ValidationError(reason, function: function, item: item, instruction: position, offset: offset)
    }

    func mismatch(_ expected: PackedType, _ actual: PackedType) -> ValidationError {
        mismatch("\(expected)", "\(actual)")
    }

    /// - Parameters:
    ///   - expected: in words, or types in brackets.
    ///   - actual: likewise.
    func mismatch(_ expected: String, _ actual: String) -> ValidationError {
        fail("type mismatch: expected \(expected), found \(actual)")
    }

    func text(_ list: TypeRun) -> String { PackedType.text(of: pool[list.start..<list.start + list.count]) }

    @inline(never)
    private func missing(_ expected: PackedType) -> ValidationError {
        fail("type mismatch: expected \(expected), and the operand stack is empty")
    }

    /// Says which operands are needed and which are on top of the stack.
    private func mismatch(_ list: TypeRun, _ available: Int) -> ValidationError {
        let required = text(list)
        let top = UnsafeBufferPointer(start: stack.top(available), count: available)
        let actual = PackedType.text(of: Array(top)[...])
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
        stack.push(type)
        if stack.count > maximumHeight { maximumHeight = stack.count }
    }

    /// Pops whatever is on top; the bottom type in unreachable code.
    @inline(__always)
    mutating func popAny() throws(ValidationError) -> PackedType {
        if stack.count > base { return stack.pop() }
        if isUnreachable { return .bottom }
        throw fail("type mismatch: the operand stack is empty")
    }

    @inline(__always)
    mutating func pop(_ expected: PackedType) throws(ValidationError) {
        if stack.count > base {
            let actual = stack.pop()
            if actual != expected { try checkSubtype(actual, of: expected) }
        } else if !isUnreachable {
            throw missing(expected)
        }
    }

    @inline(never)
    private func checkSubtype(_ actual: PackedType, of expected: PackedType) throws(ValidationError) {
        if !spaces.types.isSubtype(actual, of: expected) { throw mismatch(expected, actual) }
    }

    /// Pops a reference of any type; the bottom type in unreachable code.
    mutating func popReference() throws(ValidationError) -> PackedType {
        let type = try popAny()
        guard type.isReference || type == .bottom else { throw mismatch("a reference", "\(type)") }
        return type
    }

    mutating func push(_ list: TypeRun) throws(ValidationError) {
        if list.count == 0 { return }
        if list.count == 1 { return push(pool[list.start]) }
        if stack.count + list.count > ModuleLimits.operands {
            let count = stack.count + list.count
            throw fail("implementation limit: \(count) operands on the stack exceed \(ModuleLimits.operands)")
        }
        pool.withUnsafeBufferPointer { stack.push($0.baseAddress! + list.start, count: list.count) }
        if stack.count > maximumHeight { maximumHeight = stack.count }
    }

    /// Checks the operands on top of the stack; fewer are enough in unreachable code.
    /// - Returns: the number of operands that are there.
    @discardableResult
    func checkTop(_ list: TypeRun) throws(ValidationError) -> Int {
        let available = stack.count - base
        let count = min(available, list.count)
        if count < list.count && !isUnreachable {
            throw mismatch(list, count)
        }
        if count == 0 { return 0 }
        let isMatch = pool.withUnsafeBufferPointer { pool in
            let expected = pool.baseAddress! + list.start + list.count - count
            // Long lists are nearly always the very same types.
            if stack.ends(with: expected, count: count) { return true }
            let actual = stack.top(count)
            for index in 0..<count where !spaces.types.isSubtype(actual[index], of: expected[index]) { return false }
            return true
        }
        if !isMatch { throw mismatch(list, count) }
        return count
    }

    @inline(__always)
    mutating func pop(_ list: TypeRun) throws(ValidationError) {
        if list.count == 0 { return }
        let count = try checkTop(list)
        stack.shrink(to: stack.count - count)
    }

    /// Whether each type of one list may stand where the other's is expected.
    func matches(_ list: TypeRun, _ other: TypeRun) -> Bool {
        if list == other { return true }
        guard list.count == other.count else { return false }
        for index in 0..<list.count
        where !spaces.types.isSubtype(pool[list.start + index], of: pool[other.start + index]) {
            return false
        }
        return true
    }

    mutating func setUnreachable() {
        stack.shrink(to: base)
        frames[frames.count - 1].isUnreachable = true
        isUnreachable = true
    }

    mutating func pushFrame(
        _ kind: ControlFrame.Kind,
        parameters: TypeRun,
        results: TypeRun
    ) throws(ValidationError) {
        base = stack.count
        isUnreachable = false
        frames.append(
            ControlFrame(
                kind: kind,
                height: base,
                parameters: parameters,
                results: results,
                initializedHeight: initializedLocals.count
            )
        )
        if frames.count > maximumDepth { maximumDepth = frames.count }
        try push(parameters)
    }

    /// Closes the innermost block: exactly its results must be on the stack.
    mutating func popFrame() throws(ValidationError) -> ControlFrame {
        let frame = frames[frames.count - 1]
        try pop(frame.results)
        guard stack.count == base else {
            throw fail("type mismatch: \(stack.count - base) values remain on the operand stack")
        }
        while initializedLocals.count > frame.initializedHeight { initializations[initializedLocals.removeLast()] = 0 }
        frames.removeLast()
        if let outer = frames.last {
            base = outer.height
            isUnreachable = outer.isUnreachable
        }
        return frame
    }

    /// Where the frame of a label stands in ``frames``.
    func framePosition(_ label: LabelIndex) throws(ValidationError) -> Int {
        guard label.position < frames.count else { throw fail("unknown label \(label)") }
        return frames.count - 1 - label.position
    }

    func labelTypes(_ label: LabelIndex) throws(ValidationError) -> TypeRun {
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

    func tagParameters(_ index: TagIndex) throws(ValidationError) -> TypeRun {
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
        if isConstant, index.position >= spaces.importedGlobalCount {
            try need(.garbageCollection, "unknown global \(index): a defined one in a constant expression")
        }
        return spaces.globals[index.position]
    }

    @inline(__always)
    func local(_ index: LocalIndex) throws(ValidationError) -> PackedType {
        guard index.position < locals.count else { throw fail("unknown local \(index)") }
        return locals[index.position]
    }

    /// Whether a local has a value where the instruction stands.
    @inline(__always)
    func isInitialized(_ index: LocalIndex, _ type: PackedType) -> Bool {
        type.isDefaultable || index.position < parameterCount || initializations[index.position] == bodyNumber
    }

    @inline(__always)
    mutating func initialize(_ index: LocalIndex, _ type: PackedType) {
        if isInitialized(index, type) { return }
        initializations[index.position] = bodyNumber
        initializedLocals.append(index.position)
    }
}
