/// Ranges of addresses that do not overlap, each with the position of the instance that it belongs to, for searching.
struct AddressRanges {
    private var starts: [UInt64] = []
    private var sizes: [UInt64] = []
    private var owners: [Int] = []

    mutating func insert(start: UnsafeRawPointer, byteCount: Int, owner: Int) {
        if byteCount == 0 { return }
        let start = UInt64(UInt(bitPattern: start))
        let position = upperBound(start)
        starts.insert(start, at: position)
        sizes.insert(UInt64(byteCount), at: position)
        owners.insert(owner, at: position)
    }

    /// The owner of the range that holds an address, and the address's distance from the start of the range.
    func find(_ address: UInt64) -> (owner: Int, offset: Int)? {
        let position = upperBound(address) - 1
        guard position >= 0, address - starts[position] < sizes[position] else { return nil }
        return (owners[position], Int(address - starts[position]))
    }

    private func upperBound(_ address: UInt64) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= address { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
