import ARM64Simulator

/// All that an instruction can change: registers, flags and a scratch buffer; plus what was illegal on the way.
///
/// In bytes it is what the program for the third party loads and stores: ``sizeInBytes`` bytes, the vector registers
/// first, then the scratch buffer, the general registers, sp, the flags in bits 31 to 28, and the sum of signal numbers.
struct MachineSnapshot: Equatable {
    var x = [UInt64](repeating: 0, count: 31)
    var sp: UInt64 = 0
    /// N, Z, C, V in bits 3 to 0.
    var nzcv: UInt8 = 0
    var v = [Vector128](repeating: Vector128(low: 0), count: 32)
    var scratch = [UInt8](repeating: 0, count: ThirdPartyLayout.scratchSize)
    /// The sum of the numbers of the signals that were taken; each illegal instruction counts as ``illegalSignal``.
    var signals: UInt64 = 0

    static let illegalSignal: UInt64 = 4
    /// The offset of x0, from which the program addresses everything.
    static let baseOffset = 512 + ThirdPartyLayout.scratchSize
    static let sizeInBytes = baseOffset + 34 * 8

    init() {}

    /// The state of a simulator whose scratch buffer is at its fixed address.
    init(_ simulator: ARM64Simulator, signals: UInt64) {
        for number in 0..<31 { x[number] = simulator.x[number] }
        for number in 0..<32 { v[number] = simulator.v[number] }
        sp = simulator.sp
        nzcv = simulator.nzcv
        self.signals = signals
        let memory = UnsafeRawPointer(bitPattern: UInt(ThirdPartyLayout.scratchAddress))!
        scratch = Array(UnsafeRawBufferPointer(start: memory, count: ThirdPartyLayout.scratchSize))
    }

    func apply(to simulator: ARM64Simulator) {
        for number in 0..<31 { simulator.x[number] = x[number] }
        for number in 0..<32 { simulator.v[number] = v[number] }
        simulator.sp = sp
        simulator.nzcv = nzcv
        simulator.clearExclusiveMonitor()
        let memory = UnsafeMutableRawPointer(bitPattern: UInt(ThirdPartyLayout.scratchAddress))!
        scratch.withUnsafeBytes { memory.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
    }

    /// Reads what ``bytes`` wrote, or the program.
    init(_ bytes: UnsafeRawBufferPointer) {
        for number in 0..<32 {
            v[number] = Vector128(
                low: bytes.load(fromByteOffset: number * 16, as: UInt64.self),
                high: bytes.load(fromByteOffset: number * 16 + 8, as: UInt64.self)
            )
        }
        scratch = Array(bytes[512..<Self.baseOffset])
        for number in 0..<31 { x[number] = bytes.load(fromByteOffset: Self.baseOffset + number * 8, as: UInt64.self) }
        sp = bytes.load(fromByteOffset: Self.baseOffset + 248, as: UInt64.self)
        nzcv = UInt8(bytes.load(fromByteOffset: Self.baseOffset + 256, as: UInt64.self) >> 28 & 15)
        signals = bytes.load(fromByteOffset: Self.baseOffset + 264, as: UInt64.self)
    }

    var bytes: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(Self.sizeInBytes)
        func append(_ value: UInt64) { withUnsafeBytes(of: value.littleEndian) { result.append(contentsOf: $0) } }
        for register in v {
            append(register.low)
            append(register.high)
        }
        result.append(contentsOf: scratch)
        for register in x { append(register) }
        append(sp)
        append(UInt64(nzcv) << 28)
        append(signals)
        return result
    }

    /// Every part that differs, as `name: this, other`.
    func differences(from other: MachineSnapshot) -> [String] {
        func hex(_ value: UInt64) -> String { String(value, radix: 16) }
        func hex(_ value: Vector128) -> String { "\(hex(value.high))_\(hex(value.low))" }
        var result: [String] = []
        for number in 0..<31 where x[number] != other.x[number] {
            result.append("x\(number): \(hex(x[number])), \(hex(other.x[number]))")
        }
        for number in 0..<32 where v[number] != other.v[number] {
            result.append("v\(number): \(hex(v[number])), \(hex(other.v[number]))")
        }
        if sp != other.sp { result.append("sp: \(hex(sp)), \(hex(other.sp))") }
        if nzcv != other.nzcv { result.append("nzcv: \(nzcv), \(other.nzcv)") }
        if signals != other.signals { result.append("signals: \(signals), \(other.signals)") }
        for index in 0..<scratch.count where scratch[index] != other.scratch[index] {
            result.append("byte \(index): \(scratch[index]), \(other.scratch[index])")
        }
        return result
    }
}

/// The addresses that the program for the third party and the simulator share.
enum ThirdPartyLayout {
    static let codeAddress: UInt64 = 0x40_0000_0000
    static let dataAddress: UInt64 = 0x41_0000_0000
    /// In the middle of a page, so that no access of the sequences is near its end.
    static let scratchAddress = dataAddress + 0x400
    static let scratchSize = 256
    static let counterAddress = dataAddress + 0x1000
    static let signalActionAddress = dataAddress + 0x1040
    static let signalStackDescriptionAddress = dataAddress + 0x1080
    static let signalStackAddress = dataAddress + 0x2000
    static let signalStackSize = 0x10000
    /// The snapshots that the sequences begin with, then those that they end with.
    static let snapshotsAddress = dataAddress + 0x20000
}
