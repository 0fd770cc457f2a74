/// The check of poisoned registers.
extension Core {
    /// Faults where the instruction reads a poisoned register; registers that it writes are poisoned no longer.
    ///
    /// The data operands of stores are not checked (see ``OperandRoles``).
    @inline(never) func auditOperands(_ d: InstructionReference) -> Bool {
        let roles = d.roles
        let general =
            mask(d.rd, roles, .readsRd) | mask(d.rn, roles, .readsRn) | mask(d.rm, roles, .readsRm)
            | mask(d.ra, roles, .readsRa)
        let vector =
            mask(d.rd, roles, .readsVd) | mask(d.rn, roles, .readsVn) | mask(d.rm, roles, .readsVm)
            | mask(d.ra, roles, .readsVa)
        let badGeneral = general & state.pointee.poisonedGeneral
        let badVector = vector & state.pointee.poisonedVector
        guard badGeneral | badVector == 0 else {
            let register: SimulatedRegister =
                badGeneral != 0 ? .general(badGeneral.trailingZeroBitCount) : .vector(badVector.trailingZeroBitCount)
            state.pointee.fault = .poisonedRegister(register: register, pc: address(of: d))
            return false
        }
        if roles.contains(.call) { poison(state.pointee.poisonedByCall) }
        if roles.contains(.functionReturn) { poison(state.pointee.poisonedByReturn) }
        state.pointee.poisonedGeneral &=
            ~(mask(d.rd, roles, .writesRd) | mask(d.rn, roles, .writesRn) | mask(d.rm, roles, .writesRm))
        state.pointee.poisonedVector &= ~(mask(d.rd, roles, .writesVd) | mask(d.rm, roles, .writesVm))
        return true
    }

    func poison(_ registers: PoisonedRegisters) {
        state.pointee.poisonedGeneral |= UInt64(registers.general & 0x7fff_ffff)
        state.pointee.poisonedVector |= UInt64(registers.vector)
    }

    @inline(__always) private func mask(_ index: UInt8, _ roles: OperandRoles, _ role: OperandRoles) -> UInt64 {
        roles.contains(role) ? 1 << UInt64(index) : 0
    }
}
