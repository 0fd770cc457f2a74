import MachineCode
import RegisterAllocation
import SSA

/// A back end with some of its leaf decisions changed; what is not changed here is that of the healthy one.
struct AlteredBackend: MachineBackend {
    private let healthy: any MachineBackend
    /// Changes what an instruction becomes.
    var changeSelected: @Sendable (inout SelectedInstruction, InstructionRecord) -> Void = { _, _ in }
    /// Changes the bytes of one of the back end's own forms, which begin at a position.
    var changeOwnBytes: @Sendable (inout [UInt8], Int) -> Void = { _, _ in }
    /// Another offset of a load from a base.
    var offsetOfLoad: @Sendable (IRType, PhysicalRegister, Int) -> Int = { $2 }
    /// Another type for a move between registers.
    var typeOfMove: @Sendable (IRType, PhysicalRegister, PhysicalRegister) -> IRType = { type, _, _ in type }
    /// Another number for 64 bits in a general-purpose register.
    var immediate: @Sendable (UInt64) -> UInt64 = { $0 }
    /// Another distance by which the stack pointer is lowered or raised.
    var stackAdjustment: @Sendable (Int) -> Int = { $0 }
    /// Another size for the stack check of a function.
    var checkedSize: @Sendable (Int, MachineFunction) -> Int = { size, _ in size }
    /// Another number of entries for the check of a branch table's index.
    var entryCountOfBranchTable: @Sendable (Int) -> Int = { $0 }
    /// Another size of what the returns of a function pop.
    var poppedSize: @Sendable (Int, MachineFunction) -> Int = { size, _ in size }
    /// Another offset of a store of a register at a base.
    var offsetOfStore: @Sendable (PhysicalRegister, PhysicalRegister, Int, FrameLayout) -> Int = { _, _, offset, _ in
        offset
    }
    /// The register in which the address of a store of a register at an offset is made before; nil where the back end finds one.
    var addressOfStore: @Sendable (PhysicalRegister, Int) -> PhysicalRegister? = { _, _ in nil }

    init(_ healthy: any MachineBackend) { self.healthy = healthy }

    var machine: MachineDescription { healthy.machine }

    func text(of instruction: MachineInstruction) -> String { healthy.text(of: instruction) }

    func selectedInstruction(
        for instruction: InstructionRecord,
        at position: Int,
        in facts: SelectionFacts
    ) -> SelectedInstruction? {
        guard var selected = healthy.selectedInstruction(for: instruction, at: position, in: facts) else { return nil }
        changeSelected(&selected, instruction)
        return selected
    }

    func emit(_ instruction: MachineInstruction, into emission: inout Emission) {
        let start = emission.code.count
        healthy.emit(instruction, into: &emission)
        changeOwnBytes(&emission.code.bytes, start)
    }

    // MARK: Leaf operations

    func emitMove(
        _ type: IRType,
        from source: PhysicalRegister,
        to destination: PhysicalRegister,
        into emission: inout Emission
    ) {
        let type = typeOfMove(type, source, destination)
        healthy.emitMove(type, from: source, to: destination, into: &emission)
    }

    func emitLoad(
        _ type: IRType,
        to destination: PhysicalRegister,
        base: PhysicalRegister,
        offset: Int,
        into emission: inout Emission
    ) {
        let offset = offsetOfLoad(type, base, offset)
        healthy.emitLoad(type, to: destination, base: base, offset: offset, into: &emission)
    }

    func emitStore(
        _ type: IRType,
        from source: PhysicalRegister,
        base: PhysicalRegister,
        offset: Int,
        into emission: inout Emission
    ) {
        let offset = offsetOfStore(source, base, offset, emission.frame)
        guard let address = addressOfStore(source, offset) else {
            healthy.emitStore(type, from: source, base: base, offset: offset, into: &emission)
            return
        }
        healthy.emitAddress(to: address, base: base, offset: offset, into: &emission)
        healthy.emitStore(type, from: source, base: address, offset: 0, into: &emission)
    }

    func emitAddress(
        to destination: PhysicalRegister,
        base: PhysicalRegister,
        offset: Int,
        into emission: inout Emission
    ) {
        healthy.emitAddress(to: destination, base: base, offset: offset, into: &emission)
    }

    func emitAddress(to destination: PhysicalRegister, of label: Label, into emission: inout Emission) {
        healthy.emitAddress(to: destination, of: label, into: &emission)
    }

    func emitImmediate(_ value: UInt64, to destination: PhysicalRegister, into emission: inout Emission) {
        healthy.emitImmediate(immediate(value), to: destination, into: &emission)
    }

    func emitStackAdjustment(downBy size: Int, into emission: inout Emission) {
        healthy.emitStackAdjustment(downBy: stackAdjustment(size), into: &emission)
    }

    func emitFrameStart(into emission: inout Emission) { healthy.emitFrameStart(into: &emission) }

    func emitStackCheck(size: Int, failing label: Label, into emission: inout Emission) {
        healthy.emitStackCheck(size: checkedSize(size, emission.function), failing: label, into: &emission)
    }

    func emitCountDown(base: PhysicalRegister, offset: Int, failing label: Label, into emission: inout Emission) {
        healthy.emitCountDown(base: base, offset: offset, failing: label, into: &emission)
    }

    func emitReturn(popping size: Int, into emission: inout Emission) {
        healthy.emitReturn(popping: poppedSize(size, emission.function), into: &emission)
    }

    // MARK: Jumps

    func emitCall(_ symbol: Symbol, into emission: inout Emission) { healthy.emitCall(symbol, into: &emission) }

    func emitCall(_ register: PhysicalRegister, into emission: inout Emission) {
        healthy.emitCall(register, into: &emission)
    }

    func emitJump(to register: PhysicalRegister, into emission: inout Emission) {
        healthy.emitJump(to: register, into: &emission)
    }

    func emitJump(to symbol: Symbol, into emission: inout Emission) { healthy.emitJump(to: symbol, into: &emission) }

    func emitJump(to label: Label, into emission: inout Emission) { healthy.emitJump(to: label, into: &emission) }

    func emitBranch(
        ifNotZero: Bool,
        _ register: PhysicalRegister,
        to label: Label,
        into emission: inout Emission
    ) {
        healthy.emitBranch(ifNotZero: ifNotZero, register, to: label, into: &emission)
    }

    func emitBranch(
        ifDifferent left: PhysicalRegister,
        _ right: PhysicalRegister,
        to label: Label,
        into emission: inout Emission
    ) {
        healthy.emitBranch(ifDifferent: left, right, to: label, into: &emission)
    }

    func emitBranch(ifMisaligned register: PhysicalRegister, to label: Label, into emission: inout Emission) {
        healthy.emitBranch(ifMisaligned: register, to: label, into: &emission)
    }

    func emitBranchTable(
        index: PhysicalRegister,
        table: PhysicalRegister,
        entryCount: Int,
        into emission: inout Emission
    ) {
        let entryCount = entryCountOfBranchTable(entryCount)
        healthy.emitBranchTable(index: index, table: table, entryCount: entryCount, into: &emission)
    }
}
