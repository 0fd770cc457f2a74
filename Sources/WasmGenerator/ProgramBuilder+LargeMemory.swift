import WasmModel

/// A memory of gigabytes, of which little is touched: addresses and offsets whose highest bit counts, and those beyond 32 bits.
extension ProgramBuilder {
    /// Adds a memory of 2 or 4 GiB, or a little more, behind all others.
    ///
    /// It is not exported: what is in it shows by what is loaded, as nobody compares gigabytes.
    mutating func addLargeMemory() {
        let isLong = features.contains(.memory64) && decisions.oneIn(2)
        let sizes: [UInt64] = isLong ? [32_768, 65_536, 65_537] : [32_768, 32_769, 65_535, 65_536]
        let pages = decisions.choose(from: sizes)
        largeMemory = module.memories.count
        module.memories.append(
            MemoryType(addressType: isLong ? .i64 : .i32, limits: Limits(minimum: pages, maximum: pages))
        )
    }

    /// Emits an address in the large memory: around 2 GiB or right before its end, known to a compiler or not.
    mutating func largeAddress(in memory: Int) {
        let address = addressType(of: memory)
        let end = Int64(module.memories[memory].limits.minimum) << 16
        let places: [Int64] = [
            1 << 31 - 0x4000, 1 << 31 - 8, 1 << 31 - 1, 1 << 31, 1 << 31 + 16, end - 0x8000, end - 64,
        ]
        let place = decisions.choose(from: places.filter { $0 + 64 <= end })
        guard decisions.oneIn(2) else { return number(place, address) }
        push(address)
        stack.removeLast()
        number(0x30, address)
        emit(address == .i64 ? .i64And : .i32And)
        number(place & ~0x3F, address)
        emit(address == .i64 ? .i64Or : .i32Or)
    }

    /// An offset of an instruction that leads from the first page to a byte in the large memory.
    mutating func largeOffset(in memory: Int) -> UInt64 {
        let end = module.memories[memory].limits.minimum << 16
        let reach = UInt64(Self.addressMask) + 17
        let offsets: [UInt64] = [
            0, 8, 1 << 24, 1 << 31 - 0x8000, 1 << 31 - 8, 1 << 31, end - 0x10000 - reach, end - reach,
        ]
        return decisions.choose(from: offsets.filter { $0 + reach <= end })
    }
}
