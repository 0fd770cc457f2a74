import WasmModel

extension VerificationError.Reason: Error {}

extension Verifier {
    /// Checks the types of an instruction's operands and results, how many there are, and what its immediate names.
    func checkTypes(of instruction: InstructionRecord) throws(VerificationError.Reason) {
        let type = instruction.type
        switch instruction.operation {
        case .constant:
            try require(type != .v128, type)
            try checkOperands(of: instruction)
        case .constantVector:
            try require(type == .v128, type)
            try checkOperands(of: instruction)
            guard instruction.immediate >= 0, instruction.immediate < function.vectorConstants.count else {
                throw .immediate(instruction.immediate)
            }
        case .add, .subtract, .multiply, .divideSigned, .divideUnsigned, .remainderSigned, .remainderUnsigned, .and,
            .or, .exclusiveOr, .shiftLeft, .shiftRightSigned, .shiftRightUnsigned, .rotateLeft, .rotateRight:
            try require(type == .i32 || type == .i64, type)
            try checkOperands(of: instruction, type, type)
        case .compare(let condition):
            let isEquality = condition == .equal || condition == .notEqual
            try require(type == .i32 || type == .i64 || type == .reference && isEquality, type)
            try checkOperands(of: instruction, type, type)
        case .vector(let opcode): try checkVector(instruction, opcode)
        case .vectorFromScalar:
            try require(type == .f32 || type == .f64, type)
            try checkOperands(of: instruction, type)
        case .landingPad: try checkOperands(of: instruction)
        case .countLeadingZeros, .countTrailingZeros, .populationCount, .signExtend8, .signExtend16:
            try require(type == .i32 || type == .i64, type)
            try checkOperands(of: instruction, type)
        case .signExtend32, .wrap:
            try require(type == .i64, type)
            try checkOperands(of: instruction, .i64)
        case .extendSigned, .extendUnsigned:
            try require(type == .i32, type)
            try checkOperands(of: instruction, .i32)
        case .floatAdd, .floatSubtract, .floatMultiply, .floatDivide, .floatMinimum, .floatMaximum, .floatCopySign,
            .floatCompare:
            try require(type == .f32 || type == .f64, type)
            try checkOperands(of: instruction, type, type)
        case .floatAbsolute, .floatNegate, .floatSquareRoot, .floatCeiling, .floatFloor, .floatTruncate, .floatNearest:
            try require(type == .f32 || type == .f64, type)
            try checkOperands(of: instruction, type)
        case .demote:
            try require(type == .f64, type)
            try checkOperands(of: instruction, .f64)
        case .promote:
            try require(type == .f32, type)
            try checkOperands(of: instruction, .f32)
        case .truncateSigned, .truncateUnsigned, .truncateSaturatingSigned, .truncateSaturatingUnsigned:
            try require(type == .i32 || type == .i64, type)
            try checkOperand(of: instruction) { $0 == .f32 || $0 == .f64 }
        case .convertSigned, .convertUnsigned:
            try require(type == .f32 || type == .f64, type)
            try checkOperand(of: instruction) { $0 == .i32 || $0 == .i64 }
        case .reinterpret:
            try checkOperand(of: instruction) { $0.size == type.size && $0 != type }
        case .select:
            try checkOperands(of: instruction, type, type, .i32)
        case .load(let width):
            try require(width.isPossible(for: type), type)
            try checkOperandCount(of: instruction, 1)
            try checkAddress(of: instruction)
        case .store(let width):
            try require(width.isPossible(for: type), type)
            try checkOperandCount(of: instruction, 2)
            try checkAddress(of: instruction)
            try checkOperand(of: instruction, at: 1, type)
        case .loadContext: try checkOperands(of: instruction)
        case .storeContext: try checkOperands(of: instruction, type)
        case .contextAddress, .functionAddress: try checkOperands(of: instruction)
        case .call, .callIndirect, .tryCall, .tryCallIndirect, .returnCall, .returnCallIndirect:
            try checkCall(instruction)
        case .callRuntime, .tryCallRuntime:
            let signature = function.signatures[Int(instruction.signature)]
            guard RuntimeFunction(rawValue: instruction.immediate)?.signature == signature else {
                throw .immediate(instruction.immediate)
            }
            try checkCall(instruction)
        case .trapIf, .trapUnless:
            try checkOperands(of: instruction, .i32)
            try checkTrapCode(instruction)
        case .jump:
            try checkOperands(of: instruction)
            try checkTargetCount(of: instruction, 1)
        case .branchIf:
            try checkOperands(of: instruction, .i32)
            try checkTargetCount(of: instruction, 2)
        case .branchTable:
            try checkOperands(of: instruction, .i32)
            if instruction.targets.count == 0 { throw .targetCount(expected: 1, found: 0) }
        case .return:
            try checkOperands(of: instruction, list: function.signature.results)
            try checkTargetCount(of: instruction, 0)
        case .trap:
            try checkOperands(of: instruction)
            try checkTargetCount(of: instruction, 0)
            try checkTrapCode(instruction)
        }
        if !instruction.operation.isCall { try checkResult(of: instruction) }
    }

    private func require(_ condition: Bool, _ type: IRType) throws(VerificationError.Reason) {
        if !condition { throw .recordType(type) }
    }

    // MARK: Operands

    private func checkOperandCount(
        of instruction: InstructionRecord,
        _ count: Int
    ) throws(VerificationError.Reason) {
        if Int(instruction.operands.count) != count {
            throw .operandCount(expected: count, found: Int(instruction.operands.count))
        }
    }

    private func checkOperand(
        of instruction: InstructionRecord,
        at position: Int,
        _ expected: IRType
    ) throws(VerificationError.Reason) {
        let found = function.type(of: function.valuePool[Int(instruction.operands.start) + position])
        if found != expected { throw .operandType(position: position, expected: expected, found: found) }
    }

    private func checkOperands(of instruction: InstructionRecord) throws(VerificationError.Reason) {
        try checkOperandCount(of: instruction, 0)
    }

    private func checkOperands(
        of instruction: InstructionRecord,
        _ first: IRType
    ) throws(VerificationError.Reason) {
        try checkOperandCount(of: instruction, 1)
        try checkOperand(of: instruction, at: 0, first)
    }

    private func checkOperands(
        of instruction: InstructionRecord,
        _ first: IRType,
        _ second: IRType
    ) throws(VerificationError.Reason) {
        try checkOperandCount(of: instruction, 2)
        try checkOperand(of: instruction, at: 0, first)
        try checkOperand(of: instruction, at: 1, second)
    }

    private func checkOperands(
        of instruction: InstructionRecord,
        _ first: IRType,
        _ second: IRType,
        _ third: IRType
    ) throws(VerificationError.Reason) {
        try checkOperandCount(of: instruction, 3)
        try checkOperand(of: instruction, at: 0, first)
        try checkOperand(of: instruction, at: 1, second)
        try checkOperand(of: instruction, at: 2, third)
    }

    private func checkOperands(
        of instruction: InstructionRecord,
        list: [IRType],
        after skipped: Int = 0
    ) throws(VerificationError.Reason) {
        try checkOperandCount(of: instruction, list.count + skipped)
        for (position, type) in list.enumerated() {
            try checkOperand(of: instruction, at: position + skipped, type)
        }
    }

    private func checkOperand(
        of instruction: InstructionRecord,
        isSuitable: (IRType) -> Bool
    ) throws(VerificationError.Reason) {
        try checkOperandCount(of: instruction, 1)
        let found = function.type(of: function.valuePool[Int(instruction.operands.start)])
        if !isSuitable(found) { throw .unsuitableOperand(position: 0, found) }
    }

    /// Checks that the first operand, which exists, is an address.
    private func checkAddress(of instruction: InstructionRecord) throws(VerificationError.Reason) {
        let found = function.type(of: function.valuePool[Int(instruction.operands.start)])
        if found != .i64 && found != .reference { throw .operandType(position: 0, expected: .i64, found: found) }
    }

    private func checkVector(_ instruction: InstructionRecord, _ opcode: Opcode) throws(VerificationError.Reason) {
        guard let signature = VectorSignature(opcode) else { throw .immediate(instruction.immediate) }
        try require(instruction.type == signature.result, instruction.type)
        try checkOperandCount(of: instruction, signature.operandCount)
        for position in 0..<signature.operandCount {
            try checkOperand(of: instruction, at: position, signature.operand(position))
        }
        let limit =
            switch signature.immediate {
            case .none: 1
            case .lane(let count): Int(count)
            case .shuffle: function.vectorConstants.count
            }
        guard instruction.immediate >= 0, instruction.immediate < limit else {
            throw .immediate(instruction.immediate)
        }
    }

    // MARK: Results and the rest

    private func checkResult(of instruction: InstructionRecord) throws(VerificationError.Reason) {
        let expected = instruction.operation.resultType(instruction.type)
        let count = expected == nil ? 0 : 1
        if Int(instruction.resultCount) != count {
            throw .resultCount(expected: count, found: Int(instruction.resultCount))
        }
        guard let expected else { return }
        let found = function.valueTypes[Int(instruction.firstResult)]
        if found != expected { throw .resultType(position: 0, expected: expected, found: found) }
    }

    private func checkCall(_ instruction: InstructionRecord) throws(VerificationError.Reason) {
        let signature = function.signatures[Int(instruction.signature)]
        let operation = instruction.operation
        let isIndirect =
            operation == .callIndirect || operation == .tryCallIndirect || operation == .returnCallIndirect
        try checkOperands(of: instruction, list: signature.parameters, after: isIndirect ? 1 : 0)
        if isIndirect { try checkAddress(of: instruction) }
        try checkTargetCount(of: instruction, operation.isTryCall ? 2 : 0)
        let results = function.results(of: instruction)
        if operation == .returnCall || operation == .returnCallIndirect {
            if signature.results != function.signature.results { throw .resultsOfTailCall }
            if !results.isEmpty { throw .resultCount(expected: 0, found: results.count) }
            return
        }
        if results.count != signature.results.count {
            throw .resultCount(expected: signature.results.count, found: results.count)
        }
        var position = 0
        for (result, expected) in zip(results, signature.results) {
            let found = function.type(of: result)
            if found != expected { throw .resultType(position: position, expected: expected, found: found) }
            position += 1
        }
    }

    private func checkTargetCount(
        of instruction: InstructionRecord,
        _ count: Int
    ) throws(VerificationError.Reason) {
        if Int(instruction.targets.count) != count {
            throw .targetCount(expected: count, found: Int(instruction.targets.count))
        }
    }

    private func checkTrapCode(_ instruction: InstructionRecord) throws(VerificationError.Reason) {
        guard let code = UInt32(exactly: instruction.immediate), Trap(code: code) != nil else {
            throw .immediate(instruction.immediate)
        }
    }
}

extension MemoryWidth {
    /// Whether a load or store of a type can have the width.
    fileprivate func isPossible(for type: IRType) -> Bool {
        switch self {
        case .full: true
        case .signed8, .unsigned8, .signed16, .unsigned16: type == .i32 || type == .i64
        case .signed32, .unsigned32: type == .i64
        }
    }
}
