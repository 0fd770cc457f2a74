import Invariants
import WasmFormats
import WasmModel

/// Translates one function in one pass over its body.
///
/// The operand stack and the locals are held as the values that they have at the point that translation has reached. Where control
/// flow merges, the block's parameters are the label's operands and then those locals that the frame assigns and that may be read
/// later; ``IRFunction/reducingParameters()`` removes the parameters that turn out to be needless. Assignments are logged, so that
/// `else` finds the locals as they were before the `if`.
struct FunctionTranslator {
    /// The most values that all branches of a function may carry.
    static let branchArgumentLimit = 1 << 28

    let module: ModuleTranslator
    let index: FunctionIndex
    let body: [Instruction]
    let offsets: InstructionOffsets
    let lowerings: [Lowering?]
    let stages: TranslationStages
    let outline: BodyOutline
    let localTypes: [IRType]

    var builder: FunctionBuilder
    var stack: [Value] = []
    var locals: [Value] = []
    var frames: [Frame] = []
    /// The positions in ``frames`` of the open `try_table`s with clauses.
    var handlers: [Int] = []
    /// The landings of open `try_table`s.
    var landings: [Landing] = []
    /// The locals that merges carry, in runs that ``Frame/mergedLocals`` names.
    var mergedLocals: [UInt32] = []
    /// The operands of open `if` frames, for their `else`.
    var savedOperands: [Value] = []
    var assignmentLog: [(local: UInt32, previous: Value)] = []
    /// For each local the number of the merge that saw it last, to drop repetitions.
    var mergeMarks: [UInt32]
    var mergeCount: UInt32 = 0
    var branchArgumentCount = 0
    /// How many frames have been opened, in ``outline``'s order.
    var openedFrameCount = 0
    var isReachable = true
    /// How many frames were opened since the code became unreachable.
    var unreachableDepth = 0
    /// The position of the instruction that is being translated.
    var position = 0

    init(
        _ module: ModuleTranslator,
        defined definedPosition: Int,
        stages: TranslationStages
    ) throws(TranslationError) {
        let function = module.module.module.functions[definedPosition]
        let index = module.module.functionIndex(ofDefined: definedPosition)
        self.module = module
        self.index = index
        self.stages = stages
        body = function.body
        offsets = function.offsets
        lowerings = LoweringTable.rows
        localTypes = module.module.localTypes(ofDefined: definedPosition).map(IRType.init)
        outline = try BodyOutline(body, localCount: localTypes.count, lowerings: lowerings) { reason, position in
            TranslationError(
                reason: reason,
                function: index,
                instruction: position,
                offset: function.offsets[position]
            )
        }
        mergeMarks = [UInt32](repeating: 0, count: localTypes.count)
        builder = FunctionBuilder(name: module.name(of: index), signature: module.signature(of: index))
    }

    /// Translates the body.
    /// - Returns: a function in which every block is reachable and branches on conditions may carry arguments.
    mutating func translate() throws(TranslationError) -> IRFunction {
        initializeLocals()
        let signature = module.signature(of: index)
        frames.append(Frame(kind: .function, outline: -1, height: 0, resultCount: signature.results.count))
        for position in body.indices {
            guard let lowering = lowerings[body[position].opcode.position] else {
                invariantFailed("the outline saw every instruction")
            }
            if isReachable {
                self.position = position
                builder.wasmOffset = offsets[position] ?? .max
                try translate(lowering, body[position].immediate)
            } else {
                try skip(lowering)
            }
        }
        return builder.finish()
    }

    /// Sets the locals to the parameters and to one zero for each type.
    private mutating func initializeLocals() {
        locals.reserveCapacity(localTypes.count)
        locals.append(contentsOf: builder.parameters(of: builder.entry))
        var zeros = [Value?](repeating: nil, count: IRType.allCases.count)
        for type in localTypes[locals.count...] {
            let slot = Int(type.rawValue)
            let zero: Value
            if let known = zeros[slot] {
                zero = known
            } else {
                zero = type == .v128 ? builder.constantVector(low: 0, high: 0) : builder.constant(type, 0)
                zeros[slot] = zero
            }
            locals.append(zero)
        }
    }

    private mutating func translate(_ lowering: Lowering, _ immediate: Immediate) throws(TranslationError) {
        switch lowering {
        case .nop: break
        case .unreachable:
            builder.trap(code: Trap.unreachable.code)
            becomeUnreachable()
        case .block: openBlock(immediate.blockType)
        case .loop: try openLoop(immediate.blockType)
        case .if: openIf(immediate.blockType)
        case .else: try translateElse()
        case .end: try translateEnd()
        case .br:
            try jump(toFrame: frameIndex(immediate.label))
            becomeUnreachable()
        case .brIf: try translateBranchIf(pop(), frameIndex(immediate.label))
        case .brOnNull: try translateBranchOnNull(frameIndex(immediate.label))
        case .brOnNonNull: try translateBranchOnNonNull(frameIndex(immediate.label))
        case .tryTable: openTryTable(immediate.tryTable.type, immediate.tryTable.clauses)
        case .throw: try translateThrow(immediate.tag)
        case .throwReference: try translateThrowReference()
        case .brTable: try translateBranchTable(immediate.labelTable)
        case .return:
            try jump(toFrame: 0)
            becomeUnreachable()
        case .call: try translateCall(callee(immediate.function), module.signature(of: immediate.function))
        case .callIndirect:
            let (type, table) = immediate.indirectCallee
            try translateCall(popTableCallee(type, table), module.signatures[type.position])
        case .callReference: try translateCall(popReferenceCallee(), module.signatures[immediate.type.position])
        case .returnCall: translateTailCall(callee(immediate.function), module.signature(of: immediate.function))
        case .returnCallIndirect:
            let (type, table) = immediate.indirectCallee
            translateTailCall(popTableCallee(type, table), module.signatures[type.position])
        case .returnCallReference:
            translateTailCall(popReferenceCallee(), module.signatures[immediate.type.position])
        case .drop: pop()
        case .select:
            let condition = pop()
            let second = pop()
            let first = pop()
            push(builder.emit(.select, builder.type(of: first), first, second, condition))
        case .localGet: push(locals[immediate.local.position])
        case .localSet: setLocal(immediate.local.rawValue, pop())
        case .localTee: setLocal(immediate.local.rawValue, stack[stack.count - 1])
        case .globalGet: translateGlobalGet(immediate.global)
        case .globalSet: translateGlobalSet(immediate.global)
        case .constant: push(constant(immediate))
        case .load(let width, let type): translateLoad(width, type, immediate.memoryArgument)
        case .store(let width, let type): translateStore(width, type, immediate.memoryArgument)
        case .memorySize: translateMemorySize(immediate.memory)
        case .memoryGrow: translateMemoryGrow(immediate.memory)
        case .bulk(let operation): translate(operation, immediate)
        case .reference(let operation): translate(operation, immediate)
        case .table(let operation): translate(operation, immediate)
        case .vector(let opcode): translateVector(opcode, immediate)
        case .vectorAccess(let access): translate(access, immediate)
        case .isZero(let type):
            let operand = pop()
            push(builder.emit(.compare(.equal), type, operand, builder.constant(type, 0)))
        case .unary(let operation, let type): push(builder.emit(operation, type, pop()))
        case .binary(let operation, let type):
            let second = pop()
            let first = pop()
            push(builder.emit(operation, type, first, second))
        case .divide(let operation, let type): translateDivision(operation, type)
        case .truncate(let operation, let type, from: let source): translateTruncation(operation, type, from: source)
        }
    }

    // MARK: Operands and locals

    mutating func push(_ value: Value) { stack.append(value) }

    @discardableResult
    mutating func pop() -> Value { stack.removeLast() }

    mutating func setLocal(_ local: UInt32, _ value: Value) {
        assignmentLog.append((local, locals[Int(local)]))
        locals[Int(local)] = value
    }

    /// Takes back all assignments since the log had so many entries.
    mutating func undoAssignments(downTo count: Int) {
        while assignmentLog.count > count {
            let entry = assignmentLog.removeLast()
            locals[Int(entry.local)] = entry.previous
        }
    }

    private mutating func constant(_ immediate: Immediate) -> Value {
        switch immediate {
        case .i32(let number): return builder.constant(.i32, Int64(number))
        case .i64(let number): return builder.constant(.i64, number)
        case .f32(let bits): return builder.constant(.f32, Int64(bits))
        case .f64(let bits): return builder.constant(.f64, Int64(bitPattern: bits))
        case .v128(let vector): return builder.constantVector(low: vector.low, high: vector.high)
        case .none, .block, .tryTable, .label, .labelTable, .local, .global, .function, .callIndirect, .type,
            .types, .typeAndField, .typeAndLength, .typeAndData, .typeAndElement, .table, .tables, .elementAndTable,
            .element, .memory, .memories, .dataAndMemory, .data, .memoryArgument, .memoryArgumentAndLane, .lane, .lanes,
            .tag, .selectTypes, .heapType, .castBranch:
            invariantFailed("the immediate of a constant is a number")
        }
    }

    // MARK: Errors

    func refusal(_ reason: TranslationError.Reason) -> TranslationError {
        TranslationError(reason: reason, function: index, instruction: position, offset: offsets[position])
    }
}
