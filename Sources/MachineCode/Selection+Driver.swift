import Invariants
import RegisterAllocation
import SSA

/// Selects machine instructions for whole functions; the leaf operations are the back end's.
public struct SelectionDriver {
    private let backend: any MachineBackend
    private let facts: SelectionFacts
    private var selection: Selection
    /// Machine blocks beyond those of the SSA function: each is one jump with the arguments of a branch that has
    /// several targets.
    private var argumentBlocks: [BlockCall] = []
    /// The calls with an exceptional target, by the position of the block where they return to, which comes later.
    private var callsReturningTo: [Int: InstructionRecord] = [:]

    /// Selects a function.
    /// - Throws: what is not supported, and limits that are exceeded.
    public static func select(
        _ function: IRFunction,
        for backend: any MachineBackend,
        stages: SelectionStages,
        limits: CompilationLimits
    ) throws(CompilationError) -> MachineFunction {
        var driver = SelectionDriver(
            backend: backend,
            facts: SelectionFacts(function, foldsOperands: stages.foldsOperands),
            selection: Selection(
                name: function.name,
                shape: .compiled,
                function: function,
                machine: backend.machine,
                stages: stages,
                limits: limits
            )
        )
        try driver.run()
        return driver.selection.machineFunction
    }

    private init(backend: any MachineBackend, facts: SelectionFacts, selection: Selection) {
        self.backend = backend
        self.facts = facts
        self.selection = selection
    }

    private mutating func run() throws(CompilationError) {
        let function = selection.function
        let needed = facts.foldsOperands ? NeededInstructions(of: facts, for: backend) : nil
        for block in function.blocks.indices {
            let record = function.blocks[block]
            let parameters = Int(record.firstParameter)..<Int(record.firstParameter) + Int(record.parameterCount)
            if block == 0 {
                try selection.lowerEntry(function.signature, parameters: parameters.map { VirtualRegister($0) })
            }
            if let call = callsReturningTo.removeValue(forKey: block) {
                selection.current = call
                let signature = function.signatures[Int(call.signature)]
                try selection.lowerResultLoads(signature, results(of: call))
            }
            for position in record.instructions.positions {
                let instruction = function.instructions[position]
                if needed?.contains(instruction) == false { continue }
                try select(instruction, at: position)
            }
            // What the function's parameters hold is defined by the entry instruction.
            selection.finishBlock(parameters: block == 0 ? 0..<0 : parameters)
        }
        selection.current = nil
        for call in argumentBlocks {
            selection.finish(.jump)
            addEdge(call)
            selection.finishBlock()
        }
    }

    private mutating func select(_ instruction: InstructionRecord, at position: Int) throws(CompilationError) {
        selection.current = instruction
        if let selected = backend.selectedInstruction(for: instruction, at: position, in: facts) {
            selection.add(selected)
            // What a back end selects has targets only if it is a branch.
            if instruction.targets.count != 0 { addBranchEdges(instruction) }
        } else {
            try selectShared(instruction)
        }
        invariant(selection.pendingOperandCount == 0, "instruction is finished")
    }

    /// The shared lowerings of what a back end need not select.
    private mutating func selectShared(_ instruction: InstructionRecord) throws(CompilationError) {
        let immediate = instruction.immediate
        switch instruction.operation {
        case .call, .callIndirect, .callRuntime, .returnCall, .returnCallIndirect, .tryCall, .tryCallIndirect,
            .tryCallRuntime:
            try lowerCall(instruction)
        case .landingPad:
            selection.machineFunction.keepsContext = true
            selection.define(selection.result())
            selection.finish(.landingPad)
        case .return:
            selection.lowerReturn(selection.function.operands(of: instruction).map { selection.register(of: $0) })
        case .jump:
            selection.finish(.jump)
            for call in selection.function.targets(of: instruction) { addEdge(call) }
        case .branchIf:
            selection.use(selection.operand(0))
            selection.finish(.branchIfNotZero)
            addBranchEdges(instruction)
        case .branchTable:
            selectBranchTable()
            addBranchEdges(instruction)
        case .loadContext:
            selection.define(selection.result(), .any)
            selection.finish(
                .loadContext,
                auxiliary: MachineInstruction.auxiliary(instruction.type),
                immediate: immediate
            )
        case .storeContext:
            selection.use(selection.operand(0), .any)
            selection.finish(
                .storeContext,
                auxiliary: MachineInstruction.auxiliary(instruction.type),
                immediate: immediate
            )
        case .trapIf:
            selection.use(selection.operand(0))
            selection.finish(.trapIf, immediate: immediate)
        case .trapUnless:
            selection.use(selection.operand(0))
            selection.finish(.trapUnless, immediate: immediate)
        case .trap:
            selection.finish(.trap, immediate: immediate)
        case .constant, .constantVector, .add, .subtract, .multiply, .divideSigned, .divideUnsigned, .remainderSigned,
            .remainderUnsigned, .and, .or, .exclusiveOr, .shiftLeft, .shiftRightSigned, .shiftRightUnsigned,
            .rotateLeft, .rotateRight, .countLeadingZeros, .countTrailingZeros, .populationCount, .compare,
            .signExtend8, .signExtend16, .signExtend32, .extendSigned, .extendUnsigned, .wrap, .floatAdd,
            .floatSubtract, .floatMultiply, .floatDivide, .floatMinimum, .floatMaximum, .floatCopySign, .floatAbsolute,
            .floatNegate, .floatSquareRoot, .floatCeiling, .floatFloor, .floatTruncate, .floatNearest, .floatCompare,
            .demote, .promote, .truncateSigned, .truncateUnsigned, .truncateSaturatingSigned,
            .truncateSaturatingUnsigned, .convertSigned, .convertUnsigned, .reinterpret, .select, .load, .store,
            .vector,
            .vectorFromScalar:
            throw CompilationError(
                .unsupported(
                    "operation \(instruction.operation.name) of type \(instruction.type) on \(backend.machine.name)"
                )
            )
        }
    }

    private mutating func selectBranchTable() {
        let number = selection.machineFunction.branchTableCount
        selection.machineFunction.branchTableCount += 1
        let table = selection.temporary(.i64)
        selection.define(table)
        selection.finish(.branchTableAddress, immediate: Int64(number))
        selection.use(selection.operand(0))
        selection.use(table)
        selection.finish(.branchTable, immediate: Int64(number))
    }

    private mutating func lowerCall(_ instruction: InstructionRecord) throws(CompilationError) {
        let target = callTarget(of: instruction)
        let operation = instruction.operation
        let signature = selection.function.signatures[Int(instruction.signature)]
        var arguments = selection.function.operands(of: instruction).map { selection.register(of: $0) }
        let callee = target == .record ? arguments.removeFirst() : nil
        if operation == .returnCall || operation == .returnCallIndirect {
            try selection.lowerTailCall(target, callee: callee, signature: signature, arguments: arguments)
            return
        }
        let results = results(of: instruction)
        guard operation.isTryCall else {
            try selection.lowerCall(
                target,
                callee: callee,
                signature: signature,
                arguments: arguments,
                results: results
            )
            return
        }
        try selection.lowerTryCall(target, callee: callee, signature: signature, arguments: arguments, results: results)
        let targets = Array(selection.function.targets(of: instruction))
        invariant(1...2 ~= targets.count, "a call that may throw has one or two targets")
        selection.addEdge(to: targets[0].block.position)
        for landing in targets.dropFirst() { selection.addEdge(to: landing.block.position, isExceptional: true) }
        callsReturningTo[targets[0].block.position] = instruction
    }

    private func results(of instruction: InstructionRecord) -> [VirtualRegister] {
        let first = Int(instruction.firstResult)
        return (first..<first + Int(instruction.resultCount)).map { VirtualRegister($0) }
    }

    private func callTarget(of instruction: InstructionRecord) -> CallTarget {
        let operation = instruction.operation
        if operation == .callIndirect || operation == .returnCallIndirect || operation == .tryCallIndirect {
            return .record
        }
        if operation == .callRuntime || operation == .tryCallRuntime {
            guard let function = RuntimeFunction(rawValue: instruction.immediate) else {
                invariantFailed("runtime function exists")
            }
            return .symbol(.runtime(function))
        }
        return .symbol(.function(UInt32(instruction.immediate)))
    }

    // MARK: Edges

    private mutating func addEdge(_ call: BlockCall) {
        selection.addEdge(to: call.block.position)
        for value in selection.function.arguments(of: call) {
            selection.addEdgeArgument(selection.register(of: value))
        }
    }

    /// Adds the edges of a terminator with several targets; a target that takes arguments is reached through a block of
    /// its own, so that the moves have a place.
    private mutating func addBranchEdges(_ instruction: InstructionRecord) {
        for call in selection.function.targets(of: instruction) {
            if call.arguments.count == 0 {
                selection.addEdge(to: call.block.position)
            } else {
                selection.addEdge(to: selection.function.blocks.count + argumentBlocks.count)
                argumentBlocks.append(call)
            }
        }
    }
}
