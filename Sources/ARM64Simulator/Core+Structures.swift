/// Loads and stores of structures.
extension Core {
    /// False after a fault, which then is in the state; the instruction has had no effect.
    @inline(never) func executeStructure(_ operation: StructureOperation, _ d: InstructionReference) -> Bool {
        let form = StructureForm(packed: d.immediate)
        let base = x[Int(d.rn)]
        if d.rn == RegisterIndex.stackPointer && base & 15 != 0 {
            state.pointee.fault = .misalignedStackPointer(stackPointer: base, pc: address(of: d))
            return false
        }
        let elementSize = 1 << Int(form.sizeLog2)
        let lanes = (form.is128 ? 16 : 8) / elementSize
        let isStore = operation == .storeMultiple || operation == .storeLane
        let isMultiple = operation == .loadMultiple || operation == .storeMultiple
        let size = form.registers * elementSize * (isMultiple ? lanes : 1)
        guard let pointer = memory(base, UInt64(size), isStore ? .write : .read, d) else { return false }
        switch operation {
        case .loadMultiple:
            for register in 0..<form.registers { v[(Int(d.rd) + register) & 31] = Vector128(low: 0) }
            transferMultiple(d, form, lanes, pointer, isStore: false)
        case .storeMultiple:
            transferMultiple(d, form, lanes, pointer, isStore: true)
        case .loadLane:
            for register in 0..<form.registers {
                let value = read(pointer + register * elementSize, form.sizeLog2)
                v[(Int(d.rd) + register) & 31].insert(value, UInt64(form.lane), form.sizeLog2)
            }
        case .storeLane:
            for register in 0..<form.registers {
                let value = v[(Int(d.rd) + register) & 31].lane(UInt64(form.lane), form.sizeLog2)
                write(value, pointer + register * elementSize, form.sizeLog2)
            }
        case .loadReplicated:
            for register in 0..<form.registers {
                let value = read(pointer + register * elementSize, form.sizeLog2)
                let half = Vector128.replicate(value, form.sizeLog2)
                v[(Int(d.rd) + register) & 31] = Vector128(low: half, high: form.is128 ? half : 0)
            }
        }
        switch form.increment {
        case .none: break
        case .size: x[Int(d.rn)] = base &+ UInt64(size)
        case .register: x[Int(d.rn)] = base &+ x[Int(d.rm)]
        }
        return true
    }

    /// Groups of registers one after the other; in a group element by element, each of all its registers.
    private func transferMultiple(
        _ d: InstructionReference,
        _ form: StructureForm,
        _ lanes: Int,
        _ start: UnsafeMutableRawPointer,
        isStore: Bool
    ) {
        var pointer = start
        for group in 0..<(form.registers / form.elements) {
            for lane in 0..<lanes {
                for element in 0..<form.elements {
                    let register = (Int(d.rd) + group + element) & 31
                    if isStore {
                        write(v[register].lane(UInt64(lane), form.sizeLog2), pointer, form.sizeLog2)
                    } else {
                        v[register].insert(read(pointer, form.sizeLog2), UInt64(lane), form.sizeLog2)
                    }
                    pointer += 1 << Int(form.sizeLog2)
                }
            }
        }
    }

    private func read(_ pointer: UnsafeMutableRawPointer, _ sizeLog2: UInt8) -> UInt64 {
        switch sizeLog2 {
        case 0: UInt64(pointer.load(as: UInt8.self))
        case 1: UInt64(pointer.loadUnaligned(as: UInt16.self))
        case 2: UInt64(pointer.loadUnaligned(as: UInt32.self))
        default: pointer.loadUnaligned(as: UInt64.self)
        }
    }

    private func write(_ value: UInt64, _ pointer: UnsafeMutableRawPointer, _ sizeLog2: UInt8) {
        switch sizeLog2 {
        case 0: pointer.storeBytes(of: UInt8(truncatingIfNeeded: value), as: UInt8.self)
        case 1: pointer.storeBytes(of: UInt16(truncatingIfNeeded: value), as: UInt16.self)
        case 2: pointer.storeBytes(of: UInt32(truncatingIfNeeded: value), as: UInt32.self)
        default: pointer.storeBytes(of: value, as: UInt64.self)
        }
    }
}
