import WasmModel

/// Lengthens the lists of function types, and makes all code fit: each value more is a constant of its own, which is checked where it
/// arrives, so that one that arrives wrong is seen as a trap.
///
/// The mirror image of ``SignatureTruncation``; time and the size of what is added are linear in the size of the module and the number of
/// values that its instructions move.
struct SignatureExtension {
    /// What comes behind the lists of a function type.
    struct Addition {
        var parameters: [ValueType] = []
        var results: [ValueType] = []
    }

    private let module: Module
    /// By type index.
    private let additions: [Addition]
    fileprivate let items: ItemTypes

    private init(_ module: Module, added: (_ index: TypeIndex, _ type: FunctionType) -> Addition) {
        self.module = module
        additions = module.types.enumerated().map { position, type in
            type.functionType.map { added(TypeIndex(position), $0) } ?? Addition()
        }
        items = ItemTypes(module)
    }

    /// The case with the types lengthened, and the code and the arguments as they have to be; nil where an index is out of range.
    static func apply(
        to subject: DecodedCase,
        added: (_ index: TypeIndex, _ type: FunctionType) -> Addition
    ) -> DecodedCase? {
        let lengthened = SignatureExtension(subject.module, added: added)
        var result = subject
        for position in subject.module.types.indices {
            guard var type = subject.module.types[position].functionType else { continue }
            type.parameters += lengthened.additions[position].parameters
            type.results += lengthened.additions[position].results
            result.module.types[position].composite = .function(type)
        }
        for (position, function) in subject.module.functions.enumerated() {
            guard let type = subject.module.functionType(at: function.type) else { return nil }
            var body = BodyExtension(lengthened, function, type)
            for instruction in function.body where !body.rewrite(instruction) { return nil }
            result.module.functions[position] = body.function
        }
        let exported = subject.module.exportedFunctions
        for position in result.invocations.indices {
            guard let function = exported[result.invocations[position].export],
                let type = lengthened.items.type(of: function)
            else { return nil }
            let added = lengthened.addition(type).parameters
            result.invocations[position].arguments += added.enumerated().map { WasmValue.sentinel(number: $0, of: $1) }
        }
        return result
    }

    fileprivate func addition(_ type: TypeIndex) -> Addition {
        type.position < additions.count ? additions[type.position] : Addition()
    }

    /// Whether the values that a function gives are those of the host.
    fileprivate func isImported(_ function: FunctionIndex) -> Bool {
        function.position < module.importedFunctionCount
    }
}

/// The rewriting of one body.
private struct BodyExtension {
    /// A block that is open, with what is added to its type.
    private struct Frame {
        var addition: SignatureExtension.Addition
        var isLoop = false

        var label: [ValueType] { isLoop ? addition.parameters : addition.results }
    }

    private let module: SignatureExtension
    private let original: Function
    private let parameterCount: Int
    private let added: SignatureExtension.Addition
    private var locals: SpillLocals
    private var instructions: [Instruction] = []
    private var frames: [Frame]

    init(_ module: SignatureExtension, _ function: Function, _ type: FunctionType) {
        self.module = module
        original = function
        parameterCount = type.parameters.count
        added = module.addition(function.type)
        locals = SpillLocals(parameterCount: parameterCount + added.parameters.count, locals: function.locals)
        frames = [Frame(addition: SignatureExtension.Addition(results: added.results))]
        for number in added.parameters.indices {
            instructions.append(Instruction(.localGet, .local(LocalIndex(parameterCount + number))))
            instructions += Instruction.checkOfSentinel(number: number, of: added.parameters[number])
        }
    }

    var function: Function { Function(type: original.type, locals: locals.runs, body: instructions) }

    // MARK: Values

    private mutating func push(_ types: [ValueType]) { instructions += Instruction.sentinels(of: types) }

    /// Takes the values off the stack, and traps where one of them is another one.
    private mutating func check(_ types: [ValueType]) {
        for (number, type) in types.enumerated().reversed() {
            instructions += Instruction.checkOfSentinel(number: number, of: type)
        }
    }

    /// Pushes values below the one on top, which has the type.
    private mutating func pushBelowTop(_ types: [ValueType], type: ValueType) {
        if types.isEmpty { return }
        let spill = locals.spill(of: type)
        instructions.append(Instruction(.localSet, .local(spill)))
        push(types)
        instructions.append(Instruction(.localGet, .local(spill)))
    }

    // MARK: Instructions

    private func frame(_ label: LabelIndex) -> Frame? {
        label.position < frames.count ? frames[frames.count - 1 - label.position] : nil
    }

    private func addition(_ type: BlockType) -> SignatureExtension.Addition {
        if case .type(let index) = type { module.addition(index) } else { SignatureExtension.Addition() }
    }

    private mutating func open(_ instruction: Instruction, _ type: BlockType, isLoop: Bool = false) {
        let frame = Frame(addition: addition(type), isLoop: isLoop)
        if instruction.opcode == .if {
            pushBelowTop(frame.addition.parameters, type: .i32)
        } else {
            push(frame.addition.parameters)
        }
        instructions.append(instruction)
        frames.append(frame)
        check(frame.addition.parameters)
    }

    /// - Returns: false where an index is out of range.
    mutating func rewrite(_ instruction: Instruction) -> Bool {
        switch (instruction.opcode, instruction.immediate) {
        case (_, .local(let local)) where local.position >= parameterCount:
            let moved = LocalIndex(local.position + added.parameters.count)
            instructions.append(Instruction(instruction.opcode, .local(moved)))
        case (.block, .block(let type)), (.tryTable, .tryTable(let type, _)), (.if, .block(let type)):
            open(instruction, type)
        case (.loop, .block(let type)): open(instruction, type, isLoop: true)
        case (.else, _):
            guard let frame = frames.last else { return false }
            push(frame.addition.results)
            instructions.append(instruction)
            check(frame.addition.parameters)
        case (.end, _):
            guard let frame = frames.popLast() else { return false }
            push(frame.addition.results)
            instructions.append(instruction)
            if !frames.isEmpty { check(frame.addition.results) }
        case (.br, .label(let label)):
            guard let frame = frame(label) else { return false }
            push(frame.label)
            instructions.append(instruction)
        case (.brIf, .label(let label)):
            guard let frame = frame(label) else { return false }
            pushBelowTop(frame.label, type: .i32)
            instructions.append(instruction)
            check(frame.label)
        case (.brTable, .labelTable(let labels)):
            guard let label = labels.last, let frame = frame(label) else { return false }
            pushBelowTop(frame.label, type: .i32)
            instructions.append(instruction)
        case (.return, _):
            push(added.results)
            instructions.append(instruction)
        case (.call, .function(let callee)), (.returnCall, .function(let callee)):
            guard let type = module.items.type(of: callee) else { return false }
            push(module.addition(type).parameters)
            call(instruction, type, checks: !module.isImported(callee))
        case (.callIndirect, .callIndirect(let type, let table)),
            (.returnCallIndirect, .callIndirect(let type, let table)):
            pushBelowTop(module.addition(type).parameters, type: module.items.addressType(of: table))
            call(instruction, type)
        case (.callRef, .type(let type)), (.returnCallRef, .type(let type)):
            let reference = ReferenceType(isNullable: true, .defined(type))
            pushBelowTop(module.addition(type).parameters, type: .reference(reference))
            call(instruction, type)
        case (.throw, .tag(let tag)):
            guard let type = module.items.type(of: tag) else { return false }
            push(module.addition(type).parameters)
            instructions.append(instruction)
        default: instructions.append(instruction)
        }
        return true
    }

    private mutating func call(_ instruction: Instruction, _ type: TypeIndex, checks: Bool = true) {
        instructions.append(instruction)
        guard [.call, .callIndirect, .callRef].contains(instruction.opcode) else { return }
        let results = module.addition(type).results
        if checks {
            check(results)
        } else {
            instructions += results.map { _ in Instruction(.drop) }
        }
    }
}
