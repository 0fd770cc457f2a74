import WasmModel

extension VerificationError.Reason: Error {}

extension Verifier {
    /// Checks the types of an instruction's operands and results, how many there are, and what its immediate names, by its operation's row.
    func checkTypes(of instruction: InstructionRecord) throws(VerificationError.Reason) {
        let row = instruction.operation.row
        if !row.types.contains(instruction.type) { throw .recordType(instruction.type) }
        try checkOperands(of: instruction, row.operands)
        if let targets = row.targets { try checkTargetCount(of: instruction, targets) }
        try checkResults(of: instruction, row.results)
        try checkImmediate(of: instruction)
    }

    // MARK: Operands

    private func checkOperands(
        of instruction: InstructionRecord,
        _ rules: OperandRules
    ) throws(VerificationError.Reason) {
        switch rules {
        case .none: try checkOperandCount(of: instruction, 0)
        case .one(let first):
            try checkOperandCount(of: instruction, 1)
            try checkOperand(of: instruction, at: 0, first)
        case .two(let first, let second):
            try checkOperandCount(of: instruction, 2)
            try checkOperand(of: instruction, at: 0, first)
            try checkOperand(of: instruction, at: 1, second)
        case .three(let first, let second, let third):
            try checkOperandCount(of: instruction, 3)
            try checkOperand(of: instruction, at: 0, first)
            try checkOperand(of: instruction, at: 1, second)
            try checkOperand(of: instruction, at: 2, third)
        case .opcode:
            guard let signature = instruction.operation.vectorSignature else { throw .immediate(instruction.immediate) }
            try checkOperandCount(of: instruction, signature.operandCount)
            for position in 0..<signature.operandCount {
                try checkOperand(of: instruction, at: position, .only(signature.operand(position)))
            }
        case .returned: try checkOperands(of: instruction, list: function.signature.results)
        case .arguments: try checkOperands(of: instruction, list: signature(of: instruction).parameters)
        case .calleeArguments:
            try checkOperands(of: instruction, list: signature(of: instruction).parameters, after: 1)
            try checkOperand(of: instruction, at: 0, .address)
        }
    }

    private func checkOperands(
        of instruction: InstructionRecord,
        list: [IRType],
        after skipped: Int = 0
    ) throws(VerificationError.Reason) {
        try checkOperandCount(of: instruction, list.count + skipped)
        for (position, type) in list.enumerated() {
            try checkOperand(of: instruction, at: position + skipped, .only(type))
        }
    }

    private func checkOperandCount(
        of instruction: InstructionRecord,
        _ count: Int
    ) throws(VerificationError.Reason) {
        if Int(instruction.operands.count) != count {
            throw .operandCount(expected: count, found: Int(instruction.operands.count))
        }
    }

    /// Checks an operand, which exists.
    private func checkOperand(
        of instruction: InstructionRecord,
        at position: Int,
        _ rule: OperandRule
    ) throws(VerificationError.Reason) {
        let type = instruction.type
        let found = function.type(of: function.valuePool[Int(instruction.operands.start) + position])
        switch rule {
        case .type: if found != type { throw .operandType(position: position, expected: type, found: found) }
        case .only(let expected):
            if found != expected { throw .operandType(position: position, expected: expected, found: found) }
        case .address:
            if found != .i64 && found != .reference {
                throw .operandType(position: position, expected: .i64, found: found)
            }
        case .integer: if found != .i32 && found != .i64 { throw .unsuitableOperand(position: position, found) }
        case .float: if found != .f32 && found != .f64 { throw .unsuitableOperand(position: position, found) }
        case .otherOfSameSize:
            if found == type || found.size != type.size { throw .unsuitableOperand(position: position, found) }
        }
    }

    // MARK: Results and the rest

    private func signature(of instruction: InstructionRecord) -> Signature {
        function.signatures[Int(instruction.signature)]
    }

    private func checkResults(
        of instruction: InstructionRecord,
        _ rule: ResultRule
    ) throws(VerificationError.Reason) {
        switch rule {
        case .none: try checkResults(of: instruction, [])
        case .type: try checkResults(of: instruction, CollectionOfOne(instruction.type))
        case .always(let type): try checkResults(of: instruction, CollectionOfOne(type))
        case .opcode:
            guard let type = instruction.operation.resultType(instruction.type) else { return }
            if instruction.type != type { throw .recordType(instruction.type) }
            try checkResults(of: instruction, CollectionOfOne(type))
        case .signature: try checkResults(of: instruction, signature(of: instruction).results)
        case .returned:
            if signature(of: instruction).results != function.signature.results { throw .resultsOfTailCall }
            try checkResults(of: instruction, [])
        }
    }

    private func checkResults(
        of instruction: InstructionRecord,
        _ types: some Collection<IRType>
    ) throws(VerificationError.Reason) {
        let results = function.results(of: instruction)
        if results.count != types.count { throw .resultCount(expected: types.count, found: results.count) }
        var position = 0
        for (result, expected) in zip(results, types) {
            let found = function.type(of: result)
            if found != expected { throw .resultType(position: position, expected: expected, found: found) }
            position += 1
        }
    }

    private func checkTargetCount(
        of instruction: InstructionRecord,
        _ rule: TargetRule
    ) throws(VerificationError.Reason) {
        let found = Int(instruction.targets.count)
        let expected =
            switch rule {
            case .zero: 0
            case .one: 1
            case .two: 2
            case .oneOrMore: max(found, 1)
            }
        if found != expected { throw .targetCount(expected: expected, found: found) }
    }

    private func checkImmediate(of instruction: InstructionRecord) throws(VerificationError.Reason) {
        let immediate = instruction.immediate
        let isPossible =
            switch instruction.operation.immediate {
            case .none: immediate == 0
            case .opcode, .number, .optionalOffset, .offset, .function: true
            case .vector: function.vectorConstants.indices.contains(Int(immediate))
            case .lane: immediate >= 0 && immediate < Int64(instruction.operation.vectorSignature?.laneCount ?? 0)
            case .runtime: RuntimeFunction(rawValue: immediate)?.signature == signature(of: instruction)
            case .trap: UInt32(exactly: immediate).flatMap(Trap.init(code:)) != nil
            }
        if !isPossible { throw .immediate(immediate) }
    }
}
