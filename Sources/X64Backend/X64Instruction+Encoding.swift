import Invariants

extension X64Instruction {
    /// Appends the bytes of the instruction: between 1 and 15.
    ///
    /// Displacements take one byte where they fit; a displacement from the instruction pointer always takes four, the last before
    /// the immediate. An immediate must fit its field as a signed or as an unsigned number.
    /// Source: Intel SDM vol. 2, sections 2.1 and 2.2.
    @inline(__always)
    public func encode(into buffer: inout [UInt8]) {
        var bytes = X64InstructionBytes()
        let row = form.row
        var rex: UInt8 = row.rexW ? 0x48 : 0
        var lastOpcodeAddend: UInt8 = 0
        var registerField: UInt8 = 0
        switch row.addend {
        case .none: break
        case .condition: lastOpcodeAddend = condition.rawValue
        case .register:
            lastOpcodeAddend = register & 7
            if register >= 8 { rex |= 0x41 }
        }
        var hasModRM = true
        switch row.modRM {
        case .absent: hasModRM = false
        case .digit(let digit): registerField = digit
        case .register:
            registerField = register & 7
            if register >= 8 { rex |= 0x44 }
            if row.hasByteRegister && register >= 4 { rex |= 0x40 }
        }
        if hasModRM {
            switch rm {
            case .register(let number):
                if number >= 8 { rex |= 0x41 }
                if row.hasByteRM && number >= 4 { rex |= 0x40 }
            case .memory(let memory):
                if memory.base < 16 && memory.base >= 8 { rex |= 0x41 }
                if memory.index < 16 && memory.index >= 8 { rex |= 0x42 }
            }
        }
        if row.mandatoryPrefix != 0 { bytes.append(row.mandatoryPrefix) }
        if rex != 0 { bytes.append(rex) }
        var opcode = row.opcode
        let lastShift = UInt32(row.opcodeLength - 1) * 8
        let last = UInt8(truncatingIfNeeded: opcode >> lastShift) &+ lastOpcodeAddend
        opcode = (opcode & ((1 << lastShift) &- 1)) | (UInt32(last) << lastShift)
        bytes.append(UInt64(opcode), size: row.opcodeLength)
        if hasModRM { Self.appendModRM(rm, registerField << 3, to: &bytes) }
        Self.append(immediate, of: form, size: row.immediateSize, to: &bytes)
        bytes.append(to: &buffer)
    }

    // The parts get what they read of the instruction, and not the instruction: it would come through memory that has just
    // been written in smaller pieces, which stalls.

    /// Appends ModRM, and SIB and displacement where the operand is memory.
    private static func appendModRM(
        _ rm: X64RegisterOrMemory,
        _ registerBits: UInt8,
        to bytes: inout X64InstructionBytes
    ) {
        switch rm {
        case .register(let number):
            bytes.append(0xC0 | registerBits | number & 7)
        case .memory(let memory):
            if memory.base == X64Memory.instructionPointer {
                invariant(memory.index == X64Memory.noRegister, "an address from the instruction pointer has no index")
                bytes.append(registerBits | 5)
                append(memory.displacement, to: &bytes)
                return
            }
            let hasIndex = memory.index != X64Memory.noRegister
            invariant(!hasIndex || memory.index != X64GPR.rsp.rawValue, "rsp is not an index")
            let indexBits = hasIndex ? memory.scaleShift << 6 | (memory.index & 7) << 3 : 4 << 3
            if memory.base == X64Memory.noRegister {
                bytes.append(registerBits | 4)
                bytes.append(indexBits | 5)
                append(memory.displacement, to: &bytes)
                return
            }
            let baseBits = memory.base & 7
            let displacement = memory.displacement
            // The codes of rbp and r13 without a displacement mean other things, as does rsp's and r12's without SIB.
            let mode: UInt8 =
                displacement == 0 && baseBits != 5
                ? 0 : Int32(Int8(truncatingIfNeeded: displacement)) == displacement ? 0x40 : 0x80
            if hasIndex || baseBits == 4 {
                bytes.append(mode | registerBits | 4)
                bytes.append(indexBits | baseBits)
            } else {
                bytes.append(mode | registerBits | baseBits)
            }
            if mode == 0x40 {
                bytes.append(UInt8(truncatingIfNeeded: displacement))
            } else if mode == 0x80 {
                append(displacement, to: &bytes)
            }
        }
    }

    @inline(__always)
    private static func append(_ displacement: Int32, to bytes: inout X64InstructionBytes) {
        bytes.append(UInt64(UInt32(bitPattern: displacement)), size: 4)
    }

    private static func append(
        _ immediate: Int64,
        of form: X64Form,
        size: UInt8,
        to bytes: inout X64InstructionBytes
    ) {
        if size == 0 { return }
        var bits = UInt64(bitPattern: immediate)
        if size < 8 {
            let width = Int64(size) * 8
            invariant(
                immediate >= -(1 << (width - 1)) && immediate < 1 << width,
                "immediate \(immediate) of \(form) fits \(size) bytes"
            )
            bits &= (1 << UInt64(width)) - 1
        }
        bytes.append(bits, size: size)
    }
}

/// The bytes of one instruction, which go into a buffer together: that is several times as fast as one by one.
struct X64InstructionBytes {
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    private var count: UInt64 = 0

    @inline(__always)
    mutating func append(_ byte: UInt8) { append(UInt64(byte), size: 1) }

    /// Appends the lowest bytes of a number, which has zeros above them.
    @inline(__always)
    mutating func append(_ bits: UInt64, size: UInt8) {
        let shift = count * 8
        if shift < 64 {
            low |= bits << shift
            // A shift by 64 gives zero.
            high |= bits >> (64 - shift)
        } else {
            high |= bits << (shift - 64)
        }
        count += UInt64(size)
    }

    /// Appends what there is to a buffer.
    @inline(__always)
    func append(to buffer: inout [UInt8]) {
        withUnsafeBytes(of: (low.littleEndian, high.littleEndian)) {
            buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[..<Int(count)]))
        }
    }
}
