/// The bytes that the last exclusive load has marked.
///
/// The manual leaves open what a plain store of the same core to marked bytes does; here the mark ends where the bytes changed.
/// Arm ARM section B2.12 (synchronization and semaphores).
struct ExclusiveMonitor {
    var address: UInt64 = 0
    /// In bytes; zero where nothing is marked.
    var size: UInt64 = 0
    var value = Vector128(low: 0)

    static let open = ExclusiveMonitor()
}

/// The shape of an exclusive access, packed into the field `ra` of an instruction.
struct ExclusiveForm {
    /// Of one register's data, in bytes.
    var elementSize: UInt64
    var isPair: Bool

    var size: UInt64 { isPair ? elementSize * 2 : elementSize }
    var packed: UInt8 { UInt8(elementSize) | (isPair ? 16 : 0) }

    init(elementSize: UInt64, isPair: Bool) {
        self.elementSize = elementSize
        self.isPair = isPair
    }

    init(packed: UInt8) {
        elementSize = UInt64(packed & 15)
        isPair = packed & 16 != 0
    }
}

/// Exclusive loads and stores of one core. Arm ARM section C3.2.6 (load/store exclusive).
extension Core {
    /// Loads and marks what was loaded; false after a fault.
    @inline(never) func loadExclusive(_ d: InstructionReference) -> Bool {
        let form = ExclusiveForm(packed: d.ra)
        guard let address = exclusiveAddress(d, form.size), let pointer = memory(address, form.size, .read, d) else {
            return false
        }
        let value = bytes(at: pointer, form.size)
        state.pointee.exclusiveMonitor = ExclusiveMonitor(address: address, size: form.size, value: value)
        if !form.isPair {
            x[Int(d.rd)] = value.low
        } else if form.elementSize == 8 {
            x[Int(d.rd)] = value.low
            x[Int(d.rm)] = value.high
        } else {
            x[Int(d.rd)] = value.low & 0xffff_ffff
            x[Int(d.rm)] = value.low >> 32
        }
        return true
    }

    /// Stores where the bytes are still marked, says so in the status register, and ends the mark; false after a fault.
    ///
    /// A store of another size than the load at the same address is constrained unpredictable, and a fault here.
    @inline(never) func storeExclusive(_ d: InstructionReference) -> Bool {
        let form = ExclusiveForm(packed: d.ra)
        let monitor = state.pointee.exclusiveMonitor
        guard let address = exclusiveAddress(d, form.size), let pointer = memory(address, form.size, .write, d) else {
            return false
        }
        if monitor.size != 0 && monitor.address == address && monitor.size != form.size {
            let pc = self.address(of: d)
            let word = UInt32(littleEndian: UnsafeRawPointer(bitPattern: UInt(pc))!.load(as: UInt32.self))
            state.pointee.fault = .unpredictableEncoding(word: word, pc: pc)
            return false
        }
        state.pointee.exclusiveMonitor = .open
        let isMarked = monitor.size != 0 && monitor.address == address
        guard isMarked && bytes(at: pointer, form.size) == monitor.value else {
            x[Int(d.rd)] = 1
            return true
        }
        let first = x[Int(d.rm)]
        switch form.elementSize {
        case 1: pointer.storeBytes(of: UInt8(truncatingIfNeeded: first), as: UInt8.self)
        case 2: pointer.storeBytes(of: UInt16(truncatingIfNeeded: first), as: UInt16.self)
        case 4: pointer.storeBytes(of: UInt32(truncatingIfNeeded: first), as: UInt32.self)
        default: pointer.storeBytes(of: first, as: UInt64.self)
        }
        if form.isPair {
            let second = x[Int(d.immediate)]
            if form.elementSize == 8 {
                pointer.storeBytes(of: second, toByteOffset: 8, as: UInt64.self)
            } else {
                pointer.storeBytes(of: UInt32(truncatingIfNeeded: second), toByteOffset: 4, as: UInt32.self)
            }
        }
        x[Int(d.rd)] = 0
        return true
    }

    /// The address, which must be a multiple of the size of the whole access, or nil after setting the fault.
    private func exclusiveAddress(_ d: InstructionReference, _ size: UInt64) -> UInt64? {
        let address = x[Int(d.rn)]
        let pc = self.address(of: d)
        if d.rn == RegisterIndex.stackPointer && address & 15 != 0 {
            state.pointee.fault = .misalignedStackPointer(stackPointer: address, pc: pc)
            return nil
        }
        guard address & (size - 1) == 0 else {
            state.pointee.fault = .misalignedAccess(address: address, size: Int(size), pc: pc)
            return nil
        }
        return address
    }

    private func bytes(at pointer: UnsafeMutableRawPointer, _ size: UInt64) -> Vector128 {
        switch size {
        case 1: Vector128(low: UInt64(pointer.load(as: UInt8.self)))
        case 2: Vector128(low: UInt64(pointer.load(as: UInt16.self)))
        case 4: Vector128(low: UInt64(pointer.load(as: UInt32.self)))
        case 8: Vector128(low: pointer.load(as: UInt64.self))
        default:
            Vector128(
                low: pointer.load(as: UInt64.self),
                high: pointer.load(fromByteOffset: 8, as: UInt64.self)
            )
        }
    }
}
