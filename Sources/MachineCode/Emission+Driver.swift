import Invariants
import RegisterAllocation
import SSA

/// Turns allocated machine functions into code: walks instructions and moves in order, and lowers shared forms to leaf
/// operations.
public struct EmissionDriver {
    let backend: any MachineBackend
    let machine: MachineDescription
    var emission: Emission
    var tailCallCopies = TailCallCopies.lastFirst
    private var branchTableLabels = Label(0)
    private var wasmOffsets: [WasmOffset] = []
    private var instructionOffsets: [UInt32] = []

    /// Emits a function.
    /// - Parameters:
    ///   - isAudited: with the checks of ``AuditViolation``.
    /// - Throws: limits that are exceeded.
    public static func emit(
        _ function: MachineFunction,
        _ allocation: Allocation,
        for backend: any MachineBackend,
        limits: CompilationLimits,
        isAudited: Bool = false,
        stages: EmissionStages = EmissionStages()
    ) throws(CompilationError) -> CompiledFunction {
        var frame = try FrameLayout(
            of: function,
            spillSlotCount: allocation.spillSlotCount,
            on: backend.machine,
            limits: limits,
            isAudited: isAudited
        )
        stages.changeFrame?(&frame, function, allocation.spillSlotCount)
        invariant(
            allocation.locations.count == function.problem.operands.count,
            "every operand has an entry in the allocation"
        )
        let compiled: CompiledFunction
        if let near = try? emit(function, allocation, frame, .near, for: backend, stages) {
            compiled = near
        } else {
            do {
                compiled = try emit(function, allocation, frame, .far, for: backend, stages)
            } catch {
                throw CompilationError(
                    .limit(.branchDistance, actual: abs(error.distance), limit: error.kind.reach.upperBound)
                )
            }
        }
        let size = compiled.bytes.count
        guard size <= limits.functionCodeSize else {
            throw CompilationError(.limit(.functionCodeSize, actual: size, limit: limits.functionCodeSize))
        }
        return compiled
    }

    private static func emit(
        _ function: MachineFunction,
        _ allocation: Allocation,
        _ frame: FrameLayout,
        _ reach: BranchReach,
        for backend: any MachineBackend,
        _ stages: EmissionStages
    ) throws(FixUpOutOfReach) -> CompiledFunction {
        var driver = EmissionDriver(
            backend: backend,
            emission: Emission(
                function: function,
                frame: frame,
                machine: backend.machine,
                branchReach: reach,
                allocation: allocation
            )
        )
        driver.tailCallCopies = stages.tailCallCopies
        driver.run(worstCaseSize: stages.worstCaseSize)
        try driver.emission.code.resolve(within: stages.reach)
        return CompiledFunction(
            name: function.name,
            bytes: driver.emission.code.bytes,
            relocations: driver.emission.code.relocations,
            dataRanges: driver.emission.code.dataRanges,
            trapSites: driver.emission.trapSites,
            wasmOffsets: driver.wasmOffsets,
            instructionOffsets: driver.instructionOffsets,
            exceptionHandlers: driver.emission.landings.map {
                ExceptionHandler(
                    returnOffset: $0.returnOffset,
                    landingOffset: driver.emission.code.offset(of: $0.label)
                )
            },
            frame: frame,
            branchReach: reach
        )
    }

    private init(backend: any MachineBackend, emission: Emission) {
        self.backend = backend
        self.emission = emission
        machine = backend.machine
    }

    private mutating func run(worstCaseSize: (@Sendable (MachineInstruction, MachineFunction) -> Int)?) {
        let function = emission.function
        let blocks = function.problem.blocks
        // A call may move as many results as it has operands.
        let count = function.instructions.count + function.problem.operands.count
        emission.code.bytes.reserveCapacity(count * 5 + 64)
        instructionOffsets.reserveCapacity(function.instructions.count)
        emission.firstBlockLabel = emission.code.makeLabels(blocks.count)
        branchTableLabels = emission.code.makeLabels(function.branchTableCount)
        emitPrologue()
        let counted = countedBlocks()
        var edit = 0
        for block in blocks.indices {
            emission.currentBlock = block
            emission.code.bind(emission.label(ofBlock: block))
            if emission.threading.isLeftOut(block) {
                instructionOffsets.append(UInt32(emission.code.count))
                continue
            }
            if counted?[block] == true { emitCountOfFuel() }
            for position in blocks[block].instructions {
                emitEdits(through: .before(position), &edit)
                let instruction = function.instructions[position]
                instructionOffsets.append(UInt32(emission.code.count))
                if instruction.wasmOffset != wasmOffsets.last?.wasmOffset {
                    wasmOffsets.append(WasmOffset(offset: emission.code.count, wasmOffset: instruction.wasmOffset))
                }
                emission.firstOperand = Int(function.problem.instructions[position].firstOperand)
                let start = emission.code.count
                if let form = SharedForm(rawValue: instruction.form) {
                    emit(form, instruction, at: position)
                } else {
                    backend.emit(instruction, into: &emission)
                }
                if let worstCaseSize {
                    let size = emission.code.count - start
                    invariant(
                        size <= worstCaseSize(instruction, function),
                        "code of an instruction has its worst-case size"
                    )
                }
                emitEdits(through: .after(position), &edit)
            }
        }
        invariant(edit == emission.allocation.edits.count, "every edit is at a point of the function")
        emitTrapStubs()
        emission.code.placeConstants()
    }

    // MARK: Edges of the function

    private mutating func emitPrologue() {
        backend.emitFrameStart(into: &emission)
        if emission.function.shape == .entryStub { emitEntryFrame() }
        let size = emission.frame.size - emission.frame.entrySize
        let exhausted = emission.trapLabel(InstanceContextLayout.stackExhaustedCode)
        backend.emitStackCheck(size: size, failing: exhausted, into: &emission)
        if emission.function.countsFuel { emitCountOfFuel() }
        for offset in stride(
            from: MachineDescription.probeDistance,
            through: size,
            by: MachineDescription.probeDistance
        ) {
            backend.emitStore(
                .i64,
                from: machine.framePointer,
                base: machine.stackPointer,
                offset: -offset,
                into: &emission
            )
        }
        if size > 0 { backend.emitStackAdjustment(downBy: size, into: &emission) }
        auditPrologue()
        if emission.function.keepsContext {
            let slot = FrameLayout.contextSlot
            backend.emitStore(.i64, from: machine.context, base: machine.framePointer, offset: slot, into: &emission)
        }
    }

    /// Saves the host's registers, takes over the context, and links the entry frame.
    private mutating func emitEntryFrame() {
        let layout = EntryFrame(on: machine)
        backend.emitStackAdjustment(downBy: layout.size, into: &emission)
        for saved in layout.savedRegisters {
            backend.emitStore(
                saved.type,
                from: saved.register,
                base: machine.framePointer,
                offset: saved.offset,
                into: &emission
            )
        }
        backend.emitMove(.i64, from: machine.hostArguments[0], to: machine.context, into: &emission)
        // The context has been taken from the first argument's register.
        let previous = machine.hostArguments[0]
        let state = emitStoreStateAddress()
        let field = InstanceContextLayout.StoreState.entryFramePointer
        backend.emitLoad(.i64, to: previous, base: state, offset: field, into: &emission)
        backend.emitStore(
            .i64,
            from: previous,
            base: machine.framePointer,
            offset: EntryFrame.previousEntryFramePointer,
            into: &emission
        )
        backend.emitStore(.i64, from: machine.framePointer, base: state, offset: field, into: &emission)
    }

    /// Puts the address of the store's state into the scratch register.
    mutating func emitStoreStateAddress() -> PhysicalRegister {
        let scratch = machine.scratch(.integer)
        let field = InstanceContextLayout.storeState
        backend.emitLoad(.i64, to: scratch, base: machine.context, offset: field, into: &emission)
        return scratch
    }

    /// Leaves the entry frame at the frame pointer, with the trap code in the host's result register.
    mutating func emitLeaveEntryFrame() {
        let previous = machine.hostArguments[1]
        invariant(previous != machine.hostResult, "the trap code is not in the second argument's register")
        let state = emitStoreStateAddress()
        backend.emitLoad(
            .i64,
            to: previous,
            base: machine.framePointer,
            offset: EntryFrame.previousEntryFramePointer,
            into: &emission
        )
        backend.emitStore(
            .i64,
            from: previous,
            base: state,
            offset: InstanceContextLayout.StoreState.entryFramePointer,
            into: &emission
        )
        for saved in EntryFrame(on: machine).savedRegisters {
            backend.emitLoad(
                saved.type,
                to: saved.register,
                base: machine.framePointer,
                offset: saved.offset,
                into: &emission
            )
        }
        backend.emitReturn(popping: 0, into: &emission)
    }

    private mutating func emitTrapStubs() {
        for trap in emission.trapLabels {
            emission.code.bind(trap.label)
            backend.emitImmediate(UInt64(trap.code), to: machine.hostResult, into: &emission)
            backend.emitJump(to: .trapExit, into: &emission)
        }
    }

    /// Emits the code that all traps jump to: returns from the innermost entry stub with the code in the host's result
    /// register, or, where this says that an exception was thrown, goes to the landing that the host has found.
    static func trapExit(for backend: any MachineBackend) -> CodeBuffer {
        let machine = backend.machine
        let function = MachineFunction(name: "trap exit", shape: .entryStub)
        let frame = FrameLayout()
        var driver = EmissionDriver(
            backend: backend,
            emission: Emission(
                function: function,
                frame: frame,
                machine: machine,
                branchReach: .near,
                allocation: Allocation()
            )
        )
        let leave = driver.emission.code.makeLabel()
        let difference = machine.scratch(.integer)
        backend.emitAddress(
            to: difference,
            base: machine.hostResult,
            offset: -Int(InstanceContextLayout.exceptionLandedCode),
            into: &driver.emission
        )
        backend.emitBranch(ifNotZero: true, difference, to: leave, into: &driver.emission)
        driver.emitLanding()
        driver.emission.code.bind(leave)
        let state = driver.emitStoreStateAddress()
        backend.emitLoad(
            .i64,
            to: machine.framePointer,
            base: state,
            offset: InstanceContextLayout.StoreState.entryFramePointer,
            into: &driver.emission
        )
        driver.emitLeaveEntryFrame()
        do {
            try driver.emission.code.resolve()
        } catch {
            invariantFailed("branches of the trap exit reach their targets")
        }
        return driver.emission.code
    }

    // MARK: Moves

    private mutating func emitEdits(through point: ProgramPoint, _ next: inout Int) {
        while next < emission.allocation.edits.count, emission.allocation.edits[next].point <= point {
            let edit = emission.allocation.edits[next]
            invariant(edit.point == point, "edits are sorted and inside their block")
            let type = edit.kind.fullType
            switch (edit.source, edit.destination) {
            case (.register(let source), .register(let destination)):
                if source != destination { backend.emitMove(type, from: source, to: destination, into: &emission) }
            case (.slot(let slot), .register(let register)):
                backend.emitLoad(
                    type,
                    to: register,
                    base: machine.stackPointer,
                    offset: emission.offset(ofSlot: slot),
                    into: &emission
                )
            case (.register(let register), .slot(let slot)):
                backend.emitStore(
                    type,
                    from: register,
                    base: machine.stackPointer,
                    offset: emission.offset(ofSlot: slot),
                    into: &emission
                )
            case (.slot, .slot), (.none, _), (_, .none):
                invariantFailed("a move has a register at one end at least")
            }
            next += 1
        }
    }

    /// Moves a value from memory to where an operand is.
    mutating func load(_ type: IRType, operand: Int, base: PhysicalRegister, offset: Int) {
        switch emission.location(operand) {
        case .register(let register):
            backend.emitLoad(type, to: bank(register, for: type), base: base, offset: offset, into: &emission)
        case .slot(let slot):
            let kind = VirtualRegisterKind(type)
            let scratch = machine.scratch(kind.registerClass)
            backend.emitLoad(type, to: scratch, base: base, offset: offset, into: &emission)
            backend.emitStore(
                kind.fullType,
                from: scratch,
                base: machine.stackPointer,
                offset: emission.offset(ofSlot: slot),
                into: &emission
            )
        case .none: invariantFailed("register is real")
        }
    }

    /// Moves the value of an operand to memory.
    private mutating func store(_ type: IRType, operand: Int, base: PhysicalRegister, offset: Int) {
        switch emission.location(operand) {
        case .register(let register):
            backend.emitStore(type, from: bank(register, for: type), base: base, offset: offset, into: &emission)
        case .slot(let slot):
            let kind = VirtualRegisterKind(type)
            let scratch = machine.scratch(kind.registerClass)
            backend.emitLoad(
                kind.fullType,
                to: scratch,
                base: machine.stackPointer,
                offset: emission.offset(ofSlot: slot),
                into: &emission
            )
            backend.emitStore(type, from: scratch, base: base, offset: offset, into: &emission)
        case .none: invariantFailed("register is real")
        }
    }

    /// The register that an instruction for the type reads when it is given the number of another.
    private func bank(_ register: PhysicalRegister, for type: IRType) -> PhysicalRegister {
        PhysicalRegister(VirtualRegisterKind(type).registerClass, register.encoding)
    }

    // MARK: Shared forms

    private mutating func emit(_ form: SharedForm, _ instruction: MachineInstruction, at position: Int) {
        let offset = Int(instruction.immediate)
        switch form {
        case .entry: break
        case .loadFrame:
            let (base, start) = address(of: instruction.area)
            load(instruction.type, operand: 0, base: base, offset: start + offset)
        case .storeFrame:
            let (base, start) = address(of: instruction.area)
            store(instruction.type, operand: 0, base: base, offset: start + offset)
        case .frameAddress:
            let (base, start) = address(of: instruction.area)
            backend.emitAddress(to: emission.register(0), base: base, offset: start + offset, into: &emission)
        case .loadAddress:
            load(instruction.type, operand: 0, base: emission.register(1), offset: offset)
        case .storeAddress:
            store(instruction.type, operand: 0, base: emission.register(1), offset: offset)
        case .loadImmediate:
            backend.emitImmediate(
                UInt64(bitPattern: instruction.immediate),
                to: emission.register(0),
                into: &emission
            )
        case .contextAddress:
            backend.emitMove(.i64, from: machine.context, to: emission.register(0), into: &emission)
        case .loadContext: load(instruction.type, operand: 0, base: machine.context, offset: offset)
        case .storeContext: store(instruction.type, operand: 0, base: machine.context, offset: offset)
        case .call: emitCall(emission.function.callSites[offset], at: position, hasLanding: false)
        case .tryCall:
            let hasLanding = emission.function.problem.blocks[emission.currentBlock].successors.count > 1
            emitCall(emission.function.callSites[offset], at: position, hasLanding: hasLanding)
            if !emission.isNext(0) { backend.emitJump(to: emission.target(0), into: &emission) }
        case .tailCall: emitTailCall(emission.function.callSites[offset], at: position)
        case .landingPad: emitLandingPad(to: emission.register(0), loweringBy: offset)
        case .callHost:
            let scratch = machine.scratch(.integer)
            let gate = InstanceContextLayout.hostGate
            // No operand is in the fourth argument's register, which the call clobbers anyway.
            let fourth = machine.hostArguments[3]
            backend.emitMove(.i64, from: machine.framePointer, to: fourth, into: &emission)
            backend.emitLoad(.i64, to: scratch, base: machine.context, offset: gate, into: &emission)
            backend.emitCall(scratch, into: &emission)
        case .leaveIfNotZero:
            let stay = emission.code.makeLabel()
            backend.emitBranch(ifNotZero: false, emission.register(0), to: stay, into: &emission)
            backend.emitJump(to: .trapExit, into: &emission)
            emission.code.bind(stay)
        case .trapIf, .trapUnless:
            let label = emission.trapLabel(UInt32(offset))
            backend.emitBranch(ifNotZero: form == .trapIf, emission.register(0), to: label, into: &emission)
        case .trap:
            let label = emission.trapLabel(UInt32(offset))
            backend.emitJump(to: label, into: &emission)
        case .jump:
            if !emission.isNext(0) { backend.emitJump(to: emission.target(0), into: &emission) }
        case .branchIfNotZero: emitBranch()
        case .branchTableAddress:
            let label = Label(Int(branchTableLabels.index) + offset)
            backend.emitAddress(to: emission.register(0), of: label, into: &emission)
        case .branchTable: emitBranchTable(Label(Int(branchTableLabels.index) + offset))
        case .return:
            auditReturn(at: position)
            backend.emitReturn(popping: emission.frame.incomingArgumentSize, into: &emission)
        case .returnToHost:
            auditLeave()
            emitLeaveEntryFrame()
        }
    }

    private func address(of area: FrameArea) -> (base: PhysicalRegister, offset: Int) {
        switch area {
        case .incomingArguments: (machine.framePointer, emission.frame.offset(of: area))
        case .outgoingArguments, .results, .values: (machine.stackPointer, emission.frame.offset(of: area))
        }
    }

    private mutating func emitBranch() {
        let condition = emission.register(0)
        if emission.isNext(0) {
            backend.emitBranch(ifNotZero: false, condition, to: emission.target(1), into: &emission)
        } else {
            backend.emitBranch(ifNotZero: true, condition, to: emission.target(0), into: &emission)
            if !emission.isNext(1) { backend.emitJump(to: emission.target(1), into: &emission) }
        }
    }

    private mutating func emitBranchTable(_ table: Label) {
        let count = emission.function.problem.blocks[emission.currentBlock].successors.count
        backend.emitBranchTable(
            index: emission.register(0),
            table: emission.register(1),
            entryCount: count,
            into: &emission
        )
        emission.code.bind(table)
        for edge in 0..<count {
            let target = emission.target(edge)
            emission.code.tableEntry(target, from: table)
        }
    }
}
