/// A static ELF executable that runs sequences of instructions, each from a snapshot of its own, and writes the
/// snapshots after them to standard output.
///
/// Illegal instructions are skipped by a signal handler, which adds the number of the signal to a counter.
/// ELF for the Arm 64-bit Architecture (IHI 0056); Linux system calls of AArch64.
struct ThirdPartyProgram {
    private var code: [UInt32] = []
    private var inputs: [UInt8] = []
    private(set) var sequenceCount = 0
    private let sequenceLimit: Int

    /// An empty program that will hold at most `sequenceLimit` sequences.
    init(sequenceLimit: Int) {
        self.sequenceLimit = sequenceLimit
        appendSignalSetup()
    }

    // MARK: Words of the program's own

    private static func pair(_ opcode: UInt32, _ first: Int, _ second: Int, offset: Int, scale: Int) -> UInt32 {
        let immediate = UInt32(truncatingIfNeeded: offset / scale) & 0x7f
        return opcode | immediate << 15 | UInt32(second) << 10 | UInt32(first)
    }

    /// x`number` = `value`, always 4 words.
    private mutating func appendMove(_ number: UInt32, _ value: UInt64) {
        for part: UInt32 in 0..<4 {
            let bits = UInt32(truncatingIfNeeded: value >> UInt64(16 * part)) & 0xffff
            code.append((part == 0 ? 0xd280_0000 : 0xf280_0000) | part << 21 | bits << 5 | number)
        }
    }

    private mutating func appendSystemCall(_ number: UInt64, _ arguments: [UInt64]) {
        for (index, argument) in arguments.enumerated() { appendMove(UInt32(index), argument) }
        appendMove(8, number)
        code.append(0xd400_0001)
    }

    /// The address of the handler, which is the program's first instruction but one.
    private static let handlerAddress = ThirdPartyLayout.codeAddress + 4

    private mutating func appendSignalSetup() {
        code.append(0x1400_0000 | 11)  // b over the handler
        appendMove(9, ThirdPartyLayout.counterAddress)
        code += [
            0xf940_012a,  // ldr x10, [x9]
            0x8b00_014a,  // add x10, x10, x0
            0xf900_012a,  // str x10, [x9]
            0xf940_dc4b,  // ldr x11, [x2, #440], the pc in the frame of the signal
            0x9100_116b,  // add x11, x11, #4
            0xf900_dc4b,  // str x11, [x2, #440]
        ]
        precondition(code.count == 11)
        code.append(0xd65f_03c0)
        code[0] = 0x1400_0000 | UInt32(code.count)
        appendSystemCall(132, [ThirdPartyLayout.signalStackDescriptionAddress, 0])
        for signal: UInt64 in [4, 7, 11] {
            appendSystemCall(134, [signal, ThirdPartyLayout.signalActionAddress, 0, 8])
        }
    }

    /// Loads everything from the snapshot at `address`.
    private mutating func appendRestore(_ address: UInt64) {
        appendMove(0, address + UInt64(MachineSnapshot.baseOffset))
        appendMove(1, ThirdPartyLayout.scratchAddress)
        let scratchOffset = -ThirdPartyLayout.scratchSize
        for offset in stride(from: 0, to: ThirdPartyLayout.scratchSize, by: 32) {
            code.append(Self.pair(0xad40_0000, 0, 1, offset: scratchOffset + offset, scale: 16))
            code.append(Self.pair(0xad00_0020, 0, 1, offset: offset, scale: 16))
        }
        for number in stride(from: 0, to: 32, by: 2) {
            let offset = number * 16 - MachineSnapshot.baseOffset
            code.append(Self.pair(0xad40_0000, number, number + 1, offset: offset, scale: 16))
        }
        code += [
            0xf940_8001,  // ldr x1, [x0, #256]
            0xd51b_4201,  // msr nzcv, x1
            0xf940_7c01,  // ldr x1, [x0, #248]
            0x9100_003f,  // mov sp, x1
            0xf940_781e,  // ldr x30, [x0, #240]
            0xd503_3f5f,  // clrex
        ]
        for number in stride(from: 28, through: 0, by: -2) {
            code.append(Self.pair(0xa940_0000, number, number + 1, offset: number * 8, scale: 8))
        }
    }

    /// Stores everything to the snapshot at `address`.
    private mutating func appendSave(_ address: UInt64) {
        code.append(0xd51b_d040)  // msr tpidr_el0, x0
        appendMove(0, address + UInt64(MachineSnapshot.baseOffset))
        for number in stride(from: 2, through: 28, by: 2) {
            code.append(Self.pair(0xa900_0000, number, number + 1, offset: number * 8, scale: 8))
        }
        code += [
            0xf900_0401,  // str x1, [x0, #8]
            0xf900_781e,  // str x30, [x0, #240]
            0xd53b_d041,  // mrs x1, tpidr_el0
            0xf900_0001,  // str x1, [x0]
            0x9100_03e1,  // mov x1, sp
            0xf900_7c01,  // str x1, [x0, #248]
            0xd53b_4201,  // mrs x1, nzcv
            0xf900_8001,  // str x1, [x0, #256]
        ]
        for number in stride(from: 0, to: 32, by: 2) {
            let offset = number * 16 - MachineSnapshot.baseOffset
            code.append(Self.pair(0xad00_0000, number, number + 1, offset: offset, scale: 16))
        }
        appendMove(1, ThirdPartyLayout.counterAddress)
        code += [
            0xf940_0022,  // ldr x2, [x1]
            0xf900_8402,  // str x2, [x0, #264]
            0xf900_003f,  // str xzr, [x1]
        ]
        appendMove(1, ThirdPartyLayout.scratchAddress)
        for offset in stride(from: 0, to: ThirdPartyLayout.scratchSize, by: 32) {
            code.append(Self.pair(0xad40_0020, 0, 1, offset: offset, scale: 16))
            code.append(Self.pair(0xad00_0000, 0, 1, offset: offset - ThirdPartyLayout.scratchSize, scale: 16))
        }
    }

    // MARK: Sequences

    private static let restoreLength = 8 + 16 + 16 + 6 + 15

    /// The address that the first word of the next sequence will have.
    var nextSequenceAddress: UInt64 {
        ThirdPartyLayout.codeAddress + UInt64(4 * (code.count + Self.restoreLength))
    }

    mutating func append(_ words: [UInt32], from snapshot: MachineSnapshot) {
        precondition(sequenceCount < sequenceLimit)
        let size = UInt64(MachineSnapshot.sizeInBytes)
        let start = code.count
        appendRestore(ThirdPartyLayout.snapshotsAddress + UInt64(sequenceCount) * size)
        precondition(code.count == start + Self.restoreLength)
        code += words
        appendSave(ThirdPartyLayout.snapshotsAddress + UInt64(sequenceLimit + sequenceCount) * size)
        inputs += snapshot.bytes
        sequenceCount += 1
    }

    // MARK: The file

    /// The executable's bytes.
    func executable() -> [UInt8] {
        var complete = self
        let outputs = ThirdPartyLayout.snapshotsAddress + UInt64(sequenceLimit * MachineSnapshot.sizeInBytes)
        complete.appendSystemCall(64, [1, outputs, UInt64(sequenceCount * MachineSnapshot.sizeInBytes)])
        complete.appendSystemCall(94, [0])
        return complete.file()
    }

    private func file() -> [UInt8] {
        let codeOffset = 0x1000
        let dataOffset = codeOffset + (code.count * 4 + 0xfff) & ~0xfff
        let inputOffset = Int(ThirdPartyLayout.snapshotsAddress - ThirdPartyLayout.dataAddress)
        let dataSize = inputOffset + inputs.count
        let memorySize = inputOffset + 2 * sequenceLimit * MachineSnapshot.sizeInBytes
        var file: [UInt8] = []
        file.reserveCapacity(dataOffset + dataSize)
        func append<Value: FixedWidthInteger>(_ values: Value...) {
            for value in values { withUnsafeBytes(of: value.littleEndian) { file.append(contentsOf: $0) } }
        }
        func pad(to size: Int) { file.append(contentsOf: repeatElement(0, count: size - file.count)) }
        file += [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]
        pad(to: 16)
        append(2 as UInt16, 183)  // executable, AArch64
        append(1 as UInt32)
        append(ThirdPartyLayout.codeAddress, 64, 0)
        append(0 as UInt32)
        append(64 as UInt16, 56, 2, 0, 0, 0)
        // Loadable segments: code to read and execute, data to read and write.
        append(1 as UInt32, 5)
        append(UInt64(codeOffset), ThirdPartyLayout.codeAddress, ThirdPartyLayout.codeAddress)
        append(UInt64(code.count * 4), UInt64(code.count * 4), 0x1000)
        append(1 as UInt32, 6)
        append(UInt64(dataOffset), ThirdPartyLayout.dataAddress, ThirdPartyLayout.dataAddress)
        append(UInt64(dataSize), UInt64(memorySize), 0x1000)
        pad(to: codeOffset)
        for word in code { append(word) }
        pad(to: dataOffset + Int(ThirdPartyLayout.signalActionAddress - ThirdPartyLayout.dataAddress))
        // The handler, SA_SIGINFO and SA_ONSTACK, no restorer, no mask; then the stack of the handler.
        append(Self.handlerAddress, 0x0800_0004, 0, 0)
        pad(to: dataOffset + Int(ThirdPartyLayout.signalStackDescriptionAddress - ThirdPartyLayout.dataAddress))
        append(ThirdPartyLayout.signalStackAddress, 0, UInt64(ThirdPartyLayout.signalStackSize))
        pad(to: dataOffset + inputOffset)
        file += inputs
        return file
    }
}
