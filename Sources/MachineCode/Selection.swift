import Invariants
import RegisterAllocation
import SSA

/// How results beyond the registers come from a call.
public enum ResultStrategy: String, Hashable, Sendable, CaseIterable {
    /// Every stack result is one more definition operand of the call instruction, with the constraint `any`.
    case definitions
    /// Every stack result is a load of its own after the call.
    case loads
}

/// A machine function while its instructions are selected.
///
/// What a back end makes of an SSA instruction is added whole, as a ``SelectedInstruction``. The shared lowerings make an
/// instruction by naming its operands, in the order in which its emission counts them, and then finishing it:
///
///     selection.define(selection.result())
///     selection.use(selection.operand(0))
///     selection.use(selection.operand(1))
///     selection.finish(form)
///
/// SSA value `v` is the virtual register with the same number; temporaries have the numbers after these.
public struct Selection {
    /// What has been selected so far.
    public internal(set) var machineFunction: MachineFunction
    /// The registers and conventions of the machine.
    public let machine: MachineDescription
    /// The function that is selected; stubs have an empty one.
    public let function: IRFunction
    /// The SSA instruction that is selected.
    public internal(set) var current: InstructionRecord?
    /// The stages that selection consults.
    let stages: SelectionStages
    let limits: CompilationLimits
    /// What the function itself takes and gives, once it has an entry.
    var ownSignature = Signature()
    var ownLayout: CallLayout?
    /// The address where the function's own results go, where it has results in memory.
    var resultAreaPointer: VirtualRegister?
    /// The position in the allocation problem of the first operand that no instruction has yet.
    private var firstPendingOperand = 0
    private var firstInstructionOfBlock = 0
    private var firstEdgeOfBlock = 0

    init(
        name: String,
        shape: MachineFunctionShape,
        function: IRFunction,
        machine: MachineDescription,
        stages: SelectionStages,
        limits: CompilationLimits
    ) {
        machineFunction = MachineFunction(name: name, shape: shape)
        self.function = function
        self.machine = machine
        self.stages = stages
        self.limits = limits
        machineFunction.vectorConstants = function.vectorConstants
        machineFunction.problem.allocatable = machine.allocatable
        machineFunction.problem.scratch = machine.scratch
        machineFunction.problem.registerKinds = function.valueTypes.map(VirtualRegisterKind.init)
        reserveCapacity()
    }

    /// Makes room for about as much as there will be: what calls and returns move is an instruction of its own.
    private mutating func reserveCapacity() {
        var moveCount = 0
        for instruction in function.instructions where instruction.operation.isCall || instruction.operation == .return
        {
            moveCount += Int(instruction.operands.count)
            if stages.resultStrategy == .loads { moveCount += Int(instruction.resultCount) }
        }
        let operandCount = function.valuePool.count + function.valueTypes.count + function.signature.results.count
        machineFunction.problem.operands.reserveCapacity(operandCount + 64)
        machineFunction.instructions.reserveCapacity(function.instructions.count + moveCount + 16)
        machineFunction.problem.instructions.reserveCapacity(function.instructions.count + moveCount + 16)
    }

    // MARK: Registers

    /// The virtual register of a value.
    func register(of value: Value) -> VirtualRegister { VirtualRegister(value.position) }

    /// The virtual register of an operand of the current SSA instruction.
    func operand(_ position: Int) -> VirtualRegister {
        guard let current, position < Int(current.operands.count) else { invariantFailed("SSA operand exists") }
        return register(of: function.valuePool[Int(current.operands.start) + position])
    }

    /// The virtual register of a result of the current SSA instruction.
    func result(_ position: Int = 0) -> VirtualRegister {
        guard let current, position < Int(current.resultCount) else { invariantFailed("SSA result exists") }
        return VirtualRegister(Int(current.firstResult) + position)
    }

    /// Makes a virtual register for a value within the selection of one SSA instruction; it is defined by exactly one
    /// instruction.
    mutating func temporary(_ type: IRType) -> VirtualRegister {
        machineFunction.problem.registerKinds.append(VirtualRegisterKind(type))
        return VirtualRegister(machineFunction.problem.registerKinds.count - 1)
    }

    // MARK: Instructions

    /// Adds a use to the instruction that is being made.
    mutating func use(
        _ register: VirtualRegister,
        _ constraint: OperandConstraint = .register,
        _ position: OperandPosition = .early
    ) {
        machineFunction.problem.operands.append(Operand(.use, register, constraint, position))
    }

    /// Adds a definition to the instruction that is being made.
    mutating func define(
        _ register: VirtualRegister,
        _ constraint: OperandConstraint = .register,
        _ position: OperandPosition = .late
    ) {
        machineFunction.problem.operands.append(Operand(.definition, register, constraint, position))
    }

    /// The number of operands of the instruction that is being made.
    var pendingOperandCount: Int { machineFunction.problem.operands.count - firstPendingOperand }

    /// Finishes the instruction that is being made.
    /// - Parameters:
    ///   - form: a ``SharedForm`` or, from ``SharedForm/firstOfBackend`` on, one of the back end's own.
    ///   - clobbers: registers that lose their content; see ``AllocationInstruction/clobbers``.
    mutating func finish(
        _ form: UInt16,
        auxiliary: UInt32 = 0,
        immediate: Int64 = 0,
        clobbers: RegisterSet = RegisterSet()
    ) {
        machineFunction.problem.instructions.append(
            AllocationInstruction(
                firstOperand: firstPendingOperand,
                operandCount: machineFunction.problem.operands.count - firstPendingOperand,
                clobbers: clobbers
            )
        )
        machineFunction.instructions.append(
            MachineInstruction(
                form: form,
                auxiliary: auxiliary,
                immediate: immediate,
                wasmOffset: current?.wasmOffset ?? .max
            )
        )
        firstPendingOperand = machineFunction.problem.operands.count
    }

    /// Finishes the instruction that is being made with a shared form.
    mutating func finish(
        _ form: SharedForm,
        auxiliary: UInt32 = 0,
        immediate: Int64 = 0,
        clobbers: RegisterSet = RegisterSet()
    ) {
        finish(form.rawValue, auxiliary: auxiliary, immediate: immediate, clobbers: clobbers)
    }

    // MARK: Blocks

    /// Adds an edge of the current block; arguments follow with ``addEdgeArgument(_:)``.
    mutating func addEdge(to target: Int, isExceptional: Bool = false) {
        let start = machineFunction.problem.edgeArguments.count
        machineFunction.problem.edges.append(
            AllocationEdge(target: target, arguments: start..<start, isExceptional: isExceptional)
        )
    }

    /// Adds an argument to the last edge.
    mutating func addEdgeArgument(_ register: VirtualRegister) {
        machineFunction.problem.edgeArguments.append(register)
        let last = machineFunction.problem.edges.count - 1
        let start = machineFunction.problem.edges[last].arguments.lowerBound
        machineFunction.problem.edges[last].arguments = start..<machineFunction.problem.edgeArguments.count
    }

    /// Ends the current block behind its terminator.
    /// - Parameter parameters: the virtual registers of the block's parameters.
    mutating func finishBlock(parameters: Range<Int> = 0..<0) {
        invariant(pendingOperandCount == 0, "instruction is finished")
        let start = machineFunction.problem.blockParameters.count
        machineFunction.problem.blockParameters.append(contentsOf: parameters.lazy.map { VirtualRegister($0) })
        machineFunction.problem.blocks.append(
            AllocationBlock(
                instructions: firstInstructionOfBlock..<machineFunction.instructions.count,
                parameters: start..<machineFunction.problem.blockParameters.count,
                successors: firstEdgeOfBlock..<machineFunction.problem.edges.count
            )
        )
        firstInstructionOfBlock = machineFunction.instructions.count
        firstEdgeOfBlock = machineFunction.problem.edges.count
    }
}

extension VirtualRegisterKind {
    /// The kind of register that a value of a type needs.
    @inlinable
    public init(_ type: IRType) {
        switch type {
        case .i32, .i64, .reference: self = .integer
        case .f32, .f64: self = .float
        case .v128: self = .vector
        }
    }

    /// A type that moves all bits of a register of the kind.
    @inlinable
    public var fullType: IRType {
        switch self {
        case .integer: .i64
        case .float: .f64
        case .vector: .v128
        }
    }
}

/// The replaceable decisions of selection.
public struct SelectionStages: Sendable {
    public var resultStrategy = ResultStrategy.definitions
    /// Whether a function that the module defines may return with the context of another instance, because there are
    /// tail calls in the module that may leave it. Set by ``ModuleCompiler`` where the module is so.
    public var directCallsMaySwitchContext = false
    /// Whether back ends fold constants, addresses, loads and comparisons into the instructions that use them.
    public var foldsOperands = false
    /// Where the parameters and results of a signature travel; asked for both sides of every call.
    public var callLayout: @Sendable (Signature, MachineDescription) -> CallLayout = { CallLayout($0, on: $1) }
    /// How far the stack pointer is lowered after a call, in bytes, given the callee's layout.
    public var adjustmentAfterCall: @Sendable (CallLayout) -> Int = { $0.stackArgumentSize }
    /// The type as which a value of a type is stored in a result area.
    public var resultStore: @Sendable (IRType) -> IRType = { $0 }
    /// The type as which a value of a type is loaded from a result area.
    public var resultLoad: @Sendable (IRType) -> IRType = { $0 }

    /// Makes the stages of the healthy pipeline.
    public init() {}
}
