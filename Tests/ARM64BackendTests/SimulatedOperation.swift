import RegisterAllocation
import SSA
import Testing

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
        let isSelected = try backend.select(function.instructions[0], into: &selection)
        let machineFunction = selection.machineFunction
        try #require(isSelected && machineFunction.instructions.count == 1, "\(operation)")
        self.isOneValue = isOneValue
        name = backend.name(ofForm: machineFunction.instructions[0].form)

        var locations = machineFunction.problem.operands.map { _ in Location.none }
        let first: UInt8 = placement == .high ? 24 : 3
        for (position, operand) in machineFunction.problem.operands.enumerated() where operand.role == .use {
            let kind = machineFunction.problem.registerKinds[operand.register.position]
            let number = first + UInt8(operand.register.position)
            let register = PhysicalRegister(kind.registerClass, number)
            locations[position] = .register(register)
            uses.append((operand.register.position, register))
        }
        for (position, operand) in machineFunction.problem.operands.enumerated() where operand.role == .definition {
            let registerClass = machineFunction.problem.registerKinds[operand.register.position].registerClass
            let shared: Int? =
                switch placement {
                case .definitionInFirst: 0
                case .definitionInSecond: 1
                case .definitionInThird: 2
                case .separate, .oneValue, .high: nil
                }
            var register = PhysicalRegister(registerClass, first + 3)
            if let shared, shared < uses.count, uses[shared].register.registerClass == registerClass {
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
        let poison: UInt64 = 0xBAD0_0000_0000_0000
        let kept = (UInt8(0)..<64).filter { ![17, 30, 31, 32 + 30].contains($0) }
        for number in kept { code[PhysicalRegister(number: number)] = poison + UInt64(number) }
        for use in uses { code[use.register] = arguments[use.argument] }
        try code.run()
        let changed = kept.filter { number in
            let register = PhysicalRegister(number: number)
            let use = uses.last { $0.register == register }
            return register != definition
                && code[register] != (use.map { arguments[$0.argument] } ?? poison + UInt64(number))
        }
        return (definition.map { code[$0] } ?? 0, changed)
    }

    /// How many arguments differ.
    var argumentCount: Int { isOneValue ? 1 : uses.count }
}
