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

    /// The number of instructions, from this one on, before the first that is one of control or names a poisoned register: there is nothing
    /// to audit in them, and they poison nothing.
    ///
    /// Fields that are no registers may make it smaller than it is.
    func lengthWithoutPoison(_ first: InstructionReference, limit: UInt64) -> UInt64 {
        let poisoned = state.pointee.poisonedGeneral | state.pointee.poisonedVector
        var d = first
        var length: UInt64 = 0
        while length < limit {
            if case .control = d.pointer.pointee.operation { break }
            let named: UInt64 = 1 &<< UInt64(d.rd) | 1 &<< UInt64(d.rn) | 1 &<< UInt64(d.rm) | 1 &<< UInt64(d.ra)
            if named & poisoned != 0 { break }
            length &+= 1
            d = d.next
        }
        return length
    }

    func poison(_ registers: PoisonedRegisters) {
        state.pointee.poisonedGeneral |= UInt64(registers.general & 0x7fff_ffff)
        state.pointee.poisonedVector |= UInt64(registers.vector)
    }

    @inline(__always) private func mask(_ index: UInt8, _ roles: OperandRoles, _ role: OperandRoles) -> UInt64 {
        roles.contains(role) ? 1 << UInt64(index) : 0
    }
}
