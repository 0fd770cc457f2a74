import RegisterAllocation
import SSA
import Testing
import WasmModel

@testable import ARM64Backend
@testable import MachineCode

/// One SSA instruction as machine code in the simulator, with operands in registers that a test chooses.
struct SimulatedOperation {
    /// Which registers the operands get.
    enum Placement: CaseIterable, Sendable {
        case separate
        /// The definition is where the first, second or third use is, which is read before.
        case definitionInFirst, definitionInSecond, definitionInThird
        /// All uses are one value.
        case oneValue
        /// The highest registers that can be allocated.
        case high
    }

    let name: String
    private let bytes: [UInt8]
    private var uses: [(argument: Int, register: PhysicalRegister)] = []
    private var definition: PhysicalRegister?
    private let isOneValue: Bool

    /// Selects and emits one instruction.
    init(
        _ operation: SSA.Operation,
        _ type: IRType,
        operands: [IRType],
        immediate: Int64 = 0,
        vectorConstants: [V128] = [],
        _ placement: Placement = .separate
    ) throws {
        let backend = ARM64Backend()
        let isOneValue = placement == .oneValue && Set(operands).count == 1
        var builder = FunctionBuilder(name: "operation", signature: Signature(parameters: operands))
        let values = builder.parameters(of: builder.entry)
        let arguments = operands.indices.map { isOneValue ? values[0] : values[$0] }
        switch arguments.count {
        case 0: builder.emit(operation, type, immediate: immediate)
        case 1: builder.emit(operation, type, arguments[0], immediate: immediate)
        case 2: builder.emit(operation, type, arguments[0], arguments[1], immediate: immediate)
        default: builder.emit(operation, type, arguments[0], arguments[1], arguments[2], immediate: immediate)
        }
        builder.return()
        let function = builder.finish()
        var selection = Selection(
            name: function.name,
            shape: .compiled,
            function: function,
            machine: backend.machine,
            stages: SelectionStages(),
            limits: CompilationLimits()
        )
        selection.current = function.instructions[0]
        let facts = SelectionFacts(function, foldsOperands: false)
        selection.add(
            try #require(backend.selectedInstruction(for: function.instructions[0], at: 0, in: facts), "\(operation)")
        )
        var machineFunction = selection.machineFunction
        machineFunction.vectorConstants = vectorConstants.map { ($0.low, $0.high) }
        self.isOneValue = isOneValue
        name = ARM64MachineForm.name(machineFunction.instructions[0].form)

        var locations = machineFunction.problem.operands.map { _ in Location.none }
        let first: UInt8 = placement == .high ? 24 : 3
        let operandsOfProblem = machineFunction.problem.operands
        for (position, operand) in operandsOfProblem.enumerated() where operand.role == .use {
            let kind = machineFunction.problem.registerKinds[operand.register.position]
            // A use whose register is overwritten while another is still to be read has a register of its own.
            let isOverwritten = operandsOfProblem.contains { $0.constraint == .reuse(UInt32(position)) }
            let number = first + (isOneValue && isOverwritten ? 4 : UInt8(operand.register.position))
            let register = PhysicalRegister(kind.registerClass, number)
            locations[position] = .register(register)
            uses.append((operand.register.position, register))
        }
        for (position, operand) in operandsOfProblem.enumerated() where operand.role == .definition {
            let registerClass = machineFunction.problem.registerKinds[operand.register.position].registerClass
            let shared: Int? =
                switch placement {
                case .definitionInFirst: 0
                case .definitionInSecond: 1
                case .definitionInThird: 2
                case .separate, .oneValue, .high: nil
                }
            var register = PhysicalRegister(registerClass, first + 3)
            if case .reuse(let use) = operand.constraint {
                register = uses[Int(use) - 1].register
            } else if let shared, shared < uses.count, uses[shared].register.registerClass == registerClass,
                operandsOfProblem[shared + 1].position == .early
            {
                register = uses[shared].register
            }
            locations[position] = .register(register)
            definition = register
        }
        var allocation = Allocation()
        allocation.locations = locations
        var emission = Emission(
            function: machineFunction,
            frame: FrameLayout(),
            machine: backend.machine,
            branchReach: .near,
            allocation: allocation
        )
        backend.emit(machineFunction.instructions[0], into: &emission)
        emission.append(.ret, n: ARM64Register.link)
        emission.code.placeConstants()
        try emission.code.resolve()
        bytes = emission.code.bytes
    }

    /// The code in memory of its own, to be run any number of times.
    func load() throws -> SimulatedCode { try SimulatedCode(bytes) }

    /// Runs the code for arguments, and answers the definition's bits; other registers are not looked at.
    func result(_ arguments: [UInt64], in code: SimulatedCode) throws -> UInt64 {
        for use in uses { code[use.register] = arguments[use.argument] }
        try code.run()
        return definition.map { code[$0] } ?? 0
    }

    /// Runs the code for arguments, and answers the definition's bits and the registers that changed though they may not.
    func run(_ arguments: [UInt64], in code: SimulatedCode) throws -> (result: UInt64, changed: [UInt8]) {
        let vectors = arguments.map { V128(low: $0, high: 0xBAD0BAD) }
        let (result, changed) = try run(vectors: vectors, in: code)
        return (result.low, changed)
    }

    /// The same with whole vectors; what is above the definition of a scalar is not to be looked at.
    func run(vectors arguments: [V128], in code: SimulatedCode) throws -> (result: V128, changed: [UInt8]) {
        let poison: UInt64 = 0xBAD0_0000_0000_0000
        // All but the scratch registers x17, x30, sp, v30 and v31.
        let kept = (UInt8(0)..<62).filter { ![17, 30, 31].contains($0) }
        for number in kept {
            code[vector: PhysicalRegister(number: number)] = V128(low: poison + UInt64(number), high: 0)
        }
        for use in uses { code[vector: use.register] = arguments[use.argument] }
        try code.run()
        let changed = kept.filter { number in
            let register = PhysicalRegister(number: number)
            if register == definition { return false }
            var expected = V128(low: poison + UInt64(number), high: 0)
            if let use = uses.last(where: { $0.register == register }) { expected = arguments[use.argument] }
            let found = code[vector: register]
            return found.low != expected.low || (register.registerClass == .vector && found.high != expected.high)
        }
        return (definition.map { code[vector: $0] } ?? V128(low: 0, high: 0), changed)
    }

    /// How many arguments differ.
    var argumentCount: Int { isOneValue ? 1 : uses.count }
}
