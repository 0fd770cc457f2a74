import ARM64Simulator

/// A simulator with a code region, a data region and what tests need to reach them.
final class Machine {
    let simulator = ARM64Simulator()
    let code: UnsafeMutableRawBufferPointer
    let data: UnsafeMutableRawBufferPointer
    static let hostCall: UInt64 = 0x7000_0000_0000_0100

    /// The words, followed by `ret`, in a region of their own; the data region is 512 bytes that count up from zero.
    init(_ words: [UInt32], dataPermissions: RegionPermissions = [.read, .write]) throws {
        code = .allocate(byteCount: (words.count + 1) * 4, alignment: 4096)
        data = .allocate(byteCount: 512, alignment: 16)
        for (index, word) in (words + [0xd65f_03c0]).enumerated() {
            code.storeBytes(of: word, toByteOffset: index * 4, as: UInt32.self)
        }
        for index in 0..<512 { data[index] = UInt8(truncatingIfNeeded: index) }
        try simulator.addRegion(UnsafeRawBufferPointer(code), permissions: [.read, .execute])
        try simulator.addRegion(UnsafeRawBufferPointer(data), permissions: dataPermissions)
        try simulator.registerHostCall(Self.hostCall)
        simulator.x[30] = ARM64Simulator.returnAddress
        simulator.sp = dataAddress + 256
    }

    deinit {
        code.deallocate()
        data.deallocate()
    }

    var codeAddress: UInt64 { UInt64(UInt(bitPattern: code.baseAddress)) }
    var dataAddress: UInt64 { UInt64(UInt(bitPattern: data.baseAddress)) }

    func run(budget: UInt64 = 1000) -> StopReason {
        simulator.run(from: codeAddress, budget: budget)
    }

    func load<Value>(_ offset: Int, _: Value.Type) -> Value {
        data.loadUnaligned(fromByteOffset: offset, as: Value.self)
    }
}
