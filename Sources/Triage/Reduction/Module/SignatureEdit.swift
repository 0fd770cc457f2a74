import WasmModel

/// Values anywhere in one list of one function type that go, or become i32, with the code that makes and takes them: as far as each is
/// pushed by an instruction of its own, as constants are, and dropped at once where a call gives it.
struct SignatureEdit {
    /// What becomes of the values.
    enum Kind {
        case removal, toI32
    }

    private let kind: Kind
    private let module: Module
    private let items: ItemTypes
    private let type: TypeIndex
    private let isOfResults: Bool
    private let positions: Set<Int>

    /// The case with the values edited in code and arguments; it need not be valid.
    /// - Returns: nil where code needs the values otherwise.
    static func apply(
        _ kind: Kind,
        to subject: DecodedCase,
        type: TypeIndex,
        isOfResults: Bool,
        positions: Set<Int>
    ) -> DecodedCase? {
        let edit = SignatureEdit(
            kind: kind,
            module: subject.module,
            items: ItemTypes(subject.module),
            type: type,
            isOfResults: isOfResults,
            positions: positions
        )
        guard let module = edit.edited() else { return nil }
        var result = subject
        result.module = module
        if isOfResults { return result }
        let exported = subject.module.exportedFunctions
        for number in result.invocations.indices {
            guard let function = exported[result.invocations[number].export], edit.items.type(of: function) == type
            else { continue }
            result.invocations[number].arguments = edit.edited(result.invocations[number].arguments) {
                .i32(UInt32($0 + 1))
            }
        }
        return result
    }

    /// A list with other elements at the positions, or without them.
    private func edited<Element>(_ list: [Element], _ replacement: (Int) -> Element) -> [Element] {
        list.enumerated().compactMap { position, element in
            guard positions.contains(position) else { return element }
            return kind == .toI32 ? replacement(position) : nil
        }
    }

    private func edited() -> Module? {
        guard let whole = module.functionType(at: type) else { return nil }
        var function = whole
        if isOfResults {
            function.results = edited(whole.results) { _ in .i32 }
        } else {
            function.parameters = edited(whole.parameters) { _ in .i32 }
        }
        var result = module
        result.types[type.position].composite = .function(function)
        for number in module.functions.indices {
            guard let body = edited(module.functions[number], whole) else { return nil }
            result.functions[number].body = body
        }
        return result
    }

    private func edited(_ function: Function, _ whole: FunctionType) -> [Instruction]? {
        let isOwn = function.type == type
        var body: [Instruction] = []
        /// How many instructions that drop results of a call are left out.
        var pendingDrops = 0
        for (position, instruction) in function.body.enumerated() {
            if pendingDrops > 0, instruction.opcode == .drop {
                pendingDrops -= 1
                continue
            }
            guard pendingDrops == 0 else { return nil }
            if isOwn, !isOfResults, case .local(let local) = instruction.immediate {
                guard let edited = edited(instruction, local, whole) else { return nil }
                body.append(edited)
                continue
            }
            let isLast = position + 1 == function.body.count
            if isOwn, isOfResults, isLast || instruction.opcode == .return {
                editProducers(in: &body, whole.results.count, below: 0)
            }
            let operandsAbove = operandsAbove(instruction)
            if let operandsAbove, !isOfResults {
                editProducers(in: &body, whole.parameters.count, below: operandsAbove)
            }
            body.append(instruction)
            if isOfResults, kind == .removal, operandsAbove != nil, instruction.opcode != .throw {
                let drops = function.body[(position + 1)...].prefix { $0.opcode == .drop }.count
                guard positions.allSatisfy({ $0 >= whole.results.count - drops }) else { return nil }
                pendingDrops = positions.count
            }
        }
        return body
    }

    /// An access of a local of a function that has the type.
    private func edited(_ instruction: Instruction, _ local: LocalIndex, _ whole: FunctionType) -> Instruction? {
        if positions.contains(local.position) {
            return instruction.opcode == .localGet ? .zero(of: whole.parameters[local.position]) : nil
        }
        if kind == .toI32 { return instruction }
        let before = positions.count { $0 < local.position }
        return Instruction(instruction.opcode, .local(LocalIndex(local.position - before)))
    }

    /// The number of operands above the values of the type that an instruction passes on; nil of one that passes on none.
    private func operandsAbove(_ instruction: Instruction) -> Int? {
        switch (instruction.opcode, instruction.immediate) {
        case (.call, .function(let callee)), (.returnCall, .function(let callee)):
            return items.type(of: callee) == type ? 0 : nil
        case (.callIndirect, .callIndirect(type, _)), (.returnCallIndirect, .callIndirect(type, _)),
            (.callRef, .type(type)), (.returnCallRef, .type(type)):
            return 1
        case (.throw, .tag(let tag)):
            return items.type(of: tag) == type ? 0 : nil
        default: return nil
        }
    }

    /// Edits the instructions at the end that push so many values, where each is pushed by one, as is each of those above them.
    private func editProducers(in body: inout [Instruction], _ count: Int, below above: Int) {
        let first = body.count - count - above
        guard first >= 0, body[first...].allSatisfy({ $0.operandCountIfRemovable == 0 }) else { return }
        let values = edited(Array(body[first..<first + count])) {
            Instruction(.i32Const, .i32(Int32($0 % 63 + 1)))
        }
        body.replaceSubrange(first..<first + count, with: values)
    }
}
