/// Loads and stores.
extension Core {
    /// The host memory of an access, or nil after setting the fault.
    @inline(__always) func memory(
        _ address: UInt64,
        _ size: UInt64,
        _ kind: MemoryAccessKind,
        _ d: InstructionReference
    ) -> UnsafeMutableRawPointer? {
        let region = state.pointee.regionCache + CoreState.cacheSlot(of: address)
        let offset = address &- region.pointee.base
        let extent = region.pointee.size
        let permission: RegionPermissions = kind == .write ? .write : .read
        if offset < extent && extent &- offset >= size
            && region.pointee.permissions.rawValue & permission.rawValue != 0
        {
            return UnsafeMutableRawPointer(bitPattern: UInt(address))
        }
        return searchMemory(address, size, kind, d)
    }

    @inline(never) private func searchMemory(
        _ address: UInt64,
        _ size: UInt64,
        _ kind: MemoryAccessKind,
        _ d: InstructionReference
    ) -> UnsafeMutableRawPointer? {
        var low = 0
        var high = state.pointee.regionCount
        let regions = state.pointee.regions
        while low < high {
            let middle = (low + high) / 2
            if regions[middle].base <= address {
                low = middle + 1
            } else {
                high = middle
            }
        }
        let offset = low > 0 ? address &- regions[low - 1].base : 0
        guard low > 0, offset < regions[low - 1].size, regions[low - 1].size - offset >= size else {
            let pc = self.address(of: d)
            state.pointee.fault = .accessOutsideRegions(kind: kind, address: address, size: Int(size), pc: pc)
            return nil
        }
        guard regions[low - 1].permissions.contains(kind == .write ? .write : .read) else {
            let pc = self.address(of: d)
            state.pointee.fault = .accessNotPermitted(kind: kind, address: address, size: Int(size), pc: pc)
            return nil
        }
        state.pointee.regionCache[CoreState.cacheSlot(of: address)] = regions[low - 1]
        return UnsafeMutableRawPointer(bitPattern: UInt(address))
    }

    /// The address of the access, or nil after setting the fault of a misaligned stack pointer.
    @inline(__always) private func address(_ d: InstructionReference, _ size: UInt64) -> UInt64? {
        let base = x[Int(d.rn)]
        if d.ra == AddressingMode.offset.rawValue && (d.rn != RegisterIndex.stackPointer || base & 15 == 0) {
            return base &+ d.immediate
        }
        return computedAddress(d, size)
    }

    @inline(never) private func computedAddress(_ d: InstructionReference, _ size: UInt64) -> UInt64? {
        let base = x[Int(d.rn)]
        if d.rn == RegisterIndex.stackPointer && base & 15 != 0 {
            state.pointee.fault = .misalignedStackPointer(stackPointer: base, pc: address(of: d))
            return nil
        }
        switch AddressingMode(rawValue: d.ra).unsafelyUnwrapped {
        case .offset, .preIndex: return base &+ d.immediate
        case .alignedOffset:
            guard base & (size &- 1) == 0 else {
                state.pointee.fault = .misalignedAccess(address: base, size: Int(size), pc: address(of: d))
                return nil
            }
            return base
        case .postIndex: return base
        case .register: return base &+ x[Int(d.rm)] &<< d.immediate
        case .registerUnsignedWord: return base &+ UInt64(wm(d)) &<< d.immediate
        case .registerSignedWord:
            return base &+ UInt64(bitPattern: Int64(Int32(bitPattern: wm(d)))) &<< d.immediate
        }
    }

    @inline(__always) private func writeBack(_ d: InstructionReference) {
        if d.ra == AddressingMode.preIndex.rawValue || d.ra == AddressingMode.postIndex.rawValue {
            x[Int(d.rn)] &+= d.immediate
        }
    }

    @inline(__always) private func load<Value: FixedWidthInteger>(
        _ d: InstructionReference,
        _: Value.Type
    ) -> Value? {
        guard let address = address(d, UInt64(MemoryLayout<Value>.size)),
            let pointer = memory(address, UInt64(MemoryLayout<Value>.size), .read, d)
        else { return nil }
        let value = pointer.loadUnaligned(as: Value.self)
        writeBack(d)
        return value
    }

    @inline(__always) private func loadUnsigned<Value: FixedWidthInteger & UnsignedInteger>(
        _ d: InstructionReference,
        _: Value.Type
    ) -> Bool {
        guard let value = load(d, Value.self) else { return false }
        x[Int(d.rd)] = UInt64(value)
        return true
    }

    @inline(__always) private func loadSigned<Value: FixedWidthInteger & SignedInteger>(
        _ d: InstructionReference,
        _: Value.Type,
        keeping mask: UInt64
    ) -> Bool {
        guard let value = load(d, Value.self) else { return false }
        x[Int(d.rd)] = UInt64(bitPattern: Int64(value)) & mask
        return true
    }

    @inline(__always) private func loadVector<Value: FixedWidthInteger & UnsignedInteger>(
        _ d: InstructionReference,
        _: Value.Type
    ) -> Bool {
        guard let value = load(d, Value.self) else { return false }
        v[Int(d.rd)] = Vector128(low: UInt64(value))
        return true
    }

    @inline(__always) private func store<Value: FixedWidthInteger>(
        _ d: InstructionReference,
        _ value: Value
    ) -> Bool {
        guard let address = address(d, UInt64(MemoryLayout<Value>.size)),
            let pointer = memory(address, UInt64(MemoryLayout<Value>.size), .write, d)
        else { return false }
        pointer.storeBytes(of: value, as: Value.self)
        writeBack(d)
        return true
    }

    /// The memory of a pair, or of 16 bytes as a pair of doublewords.
    @inline(__always) private func pair(
        _ d: InstructionReference,
        _ size: UInt64,
        _ kind: MemoryAccessKind
    ) -> UnsafeMutableRawPointer? {
        guard let address = address(d, size), let pointer = memory(address, size, kind, d) else {
            return nil
        }
        writeBack(d)
        return pointer
    }

    @inline(__always) private func get128(_ pointer: UnsafeMutableRawPointer, _ offset: Int) -> Vector128 {
        Vector128(
            low: pointer.loadUnaligned(fromByteOffset: offset, as: UInt64.self),
            high: pointer.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
        )
    }

    @inline(__always) private func put128(_ value: Vector128, _ pointer: UnsafeMutableRawPointer, _ offset: Int) {
        pointer.storeBytes(of: value.low, toByteOffset: offset, as: UInt64.self)
        pointer.storeBytes(of: value.high, toByteOffset: offset + 8, as: UInt64.self)
    }

    /// False after a fault, which then is in the state; the instruction has had no effect.
    @inline(__always) func executeMemory(_ operation: MemoryOperation, _ d: InstructionReference) -> Bool {
        switch operation {
        case .load8: return loadUnsigned(d, UInt8.self)
        case .load16: return loadUnsigned(d, UInt16.self)
        case .load32: return loadUnsigned(d, UInt32.self)
        case .load64: return loadUnsigned(d, UInt64.self)
        case .load8Signed32: return loadSigned(d, Int8.self, keeping: 0xffff_ffff)
        case .load8Signed64: return loadSigned(d, Int8.self, keeping: .max)
        case .load16Signed32: return loadSigned(d, Int16.self, keeping: 0xffff_ffff)
        case .load16Signed64: return loadSigned(d, Int16.self, keeping: .max)
        case .load32Signed64: return loadSigned(d, Int32.self, keeping: .max)
        case .store8: return store(d, UInt8(truncatingIfNeeded: x[Int(d.rd)]))
        case .store16: return store(d, UInt16(truncatingIfNeeded: x[Int(d.rd)]))
        case .store32: return store(d, UInt32(truncatingIfNeeded: x[Int(d.rd)]))
        case .store64: return store(d, x[Int(d.rd)])
        case .loadVector8: return loadVector(d, UInt8.self)
        case .loadVector16: return loadVector(d, UInt16.self)
        case .loadVector32: return loadVector(d, UInt32.self)
        case .loadVector64: return loadVector(d, UInt64.self)
        case .loadVector128:
            guard let pointer = pair(d, 16, .read) else { return false }
            v[Int(d.rd)] = get128(pointer, 0)
        case .storeVector8: return store(d, UInt8(truncatingIfNeeded: v[Int(d.rd)].low))
        case .storeVector16: return store(d, UInt16(truncatingIfNeeded: v[Int(d.rd)].low))
        case .storeVector32: return store(d, UInt32(truncatingIfNeeded: v[Int(d.rd)].low))
        case .storeVector64: return store(d, v[Int(d.rd)].low)
        case .storeVector128:
            guard let pointer = pair(d, 16, .write) else { return false }
            put128(v[Int(d.rd)], pointer, 0)
        case .loadPair32:
            guard let pointer = pair(d, 8, .read) else { return false }
            x[Int(d.rd)] = UInt64(pointer.loadUnaligned(as: UInt32.self))
            x[Int(d.rm)] = UInt64(pointer.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
        case .loadPairSigned32:
            guard let pointer = pair(d, 8, .read) else { return false }
            x[Int(d.rd)] = UInt64(bitPattern: Int64(pointer.loadUnaligned(as: Int32.self)))
            x[Int(d.rm)] = UInt64(bitPattern: Int64(pointer.loadUnaligned(fromByteOffset: 4, as: Int32.self)))
        case .loadPair64:
            guard let pointer = pair(d, 16, .read) else { return false }
            x[Int(d.rd)] = pointer.loadUnaligned(as: UInt64.self)
            x[Int(d.rm)] = pointer.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        case .storePair32:
            guard let pointer = pair(d, 8, .write) else { return false }
            pointer.storeBytes(of: UInt32(truncatingIfNeeded: x[Int(d.rd)]), as: UInt32.self)
            pointer.storeBytes(of: UInt32(truncatingIfNeeded: x[Int(d.rm)]), toByteOffset: 4, as: UInt32.self)
        case .storePair64:
            guard let pointer = pair(d, 16, .write) else { return false }
            pointer.storeBytes(of: x[Int(d.rd)], as: UInt64.self)
            pointer.storeBytes(of: x[Int(d.rm)], toByteOffset: 8, as: UInt64.self)
        case .loadPairVector32:
            guard let pointer = pair(d, 8, .read) else { return false }
            v[Int(d.rd)] = Vector128(low: UInt64(pointer.loadUnaligned(as: UInt32.self)))
            v[Int(d.rm)] = Vector128(low: UInt64(pointer.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
        case .loadPairVector64:
            guard let pointer = pair(d, 16, .read) else { return false }
            v[Int(d.rd)] = Vector128(low: pointer.loadUnaligned(as: UInt64.self))
            v[Int(d.rm)] = Vector128(low: pointer.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        case .loadPairVector128:
            guard let pointer = pair(d, 32, .read) else { return false }
            v[Int(d.rd)] = get128(pointer, 0)
            v[Int(d.rm)] = get128(pointer, 16)
        case .storePairVector32:
            guard let pointer = pair(d, 8, .write) else { return false }
            pointer.storeBytes(of: UInt32(truncatingIfNeeded: v[Int(d.rd)].low), as: UInt32.self)
            pointer.storeBytes(of: UInt32(truncatingIfNeeded: v[Int(d.rm)].low), toByteOffset: 4, as: UInt32.self)
        case .storePairVector64:
            guard let pointer = pair(d, 16, .write) else { return false }
            pointer.storeBytes(of: v[Int(d.rd)].low, as: UInt64.self)
            pointer.storeBytes(of: v[Int(d.rm)].low, toByteOffset: 8, as: UInt64.self)
        case .storePairVector128:
            guard let pointer = pair(d, 32, .write) else { return false }
            put128(v[Int(d.rd)], pointer, 0)
            put128(v[Int(d.rm)], pointer, 16)
        case .loadExclusive: return loadExclusive(d)
        case .storeExclusive: return storeExclusive(d)
        }
        return true
    }
}
