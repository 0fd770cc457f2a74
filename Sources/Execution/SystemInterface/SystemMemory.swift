/// The memory of a caller, every access to which is checked.
///
/// Addresses of the system interface have 32 bits: of a larger memory they reach the first 4 GiB.
struct SystemMemory {
    private let bytes: UnsafeMutableRawBufferPointer

    init(_ bytes: UnsafeMutableRawBufferPointer) {
        self.bytes = UnsafeMutableRawBufferPointer(rebasing: bytes.prefix(1 << 32))
    }

    func isWithin(_ address: UInt64, _ count: UInt64) -> Bool {
        let (end, overflow) = address.addingReportingOverflow(count)
        return !overflow && end <= UInt64(bytes.count)
    }

    /// Writes a number; false where there is no memory.
    func store<Number: FixedWidthInteger>(_ number: Number, at address: UInt64) -> Bool {
        guard isWithin(address, UInt64(Number.bitWidth / 8)) else { return false }
        bytes.storeBytes(of: number.littleEndian, toByteOffset: Int(address), as: Number.self)
        return true
    }

    /// Writes numbers one after another, or nothing; false where there is no memory for all of them.
    func store(_ numbers: [UInt64], at address: UInt64) -> Bool {
        guard isWithin(address, UInt64(numbers.count) * 8) else { return false }
        for (position, number) in numbers.enumerated() {
            bytes.storeBytes(of: number.littleEndian, toByteOffset: Int(address) + position * 8, as: UInt64.self)
        }
        return true
    }

    func load<Number: FixedWidthInteger>(_ type: Number.Type, at address: UInt64) -> Number? {
        guard isWithin(address, UInt64(Number.bitWidth / 8)) else { return nil }
        return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: Int(address), as: type))
    }

    func bytes(at address: UInt64, count: UInt64) -> UnsafeMutableRawBufferPointer.SubSequence? {
        isWithin(address, count) ? bytes[Int(address)..<Int(address + count)] : nil
    }
}
