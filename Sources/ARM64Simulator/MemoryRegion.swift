/// What simulated code may do with a region of memory.
public struct RegionPermissions: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let read = RegionPermissions(rawValue: 1)
    public static let write = RegionPermissions(rawValue: 2)
    public static let execute = RegionPermissions(rawValue: 4)
}

/// Why a region or a host call cannot be registered.
public enum RegionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The region is empty, starts at address zero or runs over the end of the address space.
    case invalidExtent(address: UInt64, sizeInBytes: UInt64)
    /// The region shares bytes with a registered one.
    case overlap(address: UInt64, sizeInBytes: UInt64)
    /// Code is predecoded, so that a region may not be both writable and executable.
    case writableCode(address: UInt64)
    /// An executable region must start at, and have a size of, a multiple of 4 bytes.
    case misalignedCode(address: UInt64, sizeInBytes: UInt64)
    /// A host call's address lies in a registered region or is the return address.
    case hostCallAddressTaken(address: UInt64)
    /// No region starts at the address.
    case unknownRegion(address: UInt64)

    public var description: String {
        switch self {
        case .invalidExtent(let address, let size): "region of \(size) bytes at \(address) has no valid extent"
        case .overlap(let address, let size): "region of \(size) bytes at \(address) overlaps a registered region"
        case .writableCode(let address): "region at \(address) is both writable and executable"
        case .misalignedCode(let address, let size): "code region of \(size) bytes at \(address) is not made of words"
        case .hostCallAddressTaken(let address): "host call address \(address) is in use"
        case .unknownRegion(let address): "no region starts at \(address)"
        }
    }
}

/// One registered region, with the predecoded instructions where it is executable.
struct MemoryRegion {
    var base: UInt64
    var size: UInt64
    var permissions: RegionPermissions
    /// One element per word of the region; nil unless the region is executable.
    var instructions: UnsafeMutablePointer<DecodedInstruction>?

    static var empty: MemoryRegion { MemoryRegion(base: 0, size: 0, permissions: [], instructions: nil) }

    var wordCount: Int { Int(size >> 2) }

    func contains(_ address: UInt64) -> Bool {
        address &- base < size
    }
}

/// The registered regions in order of address, in memory that the core reads without any check.
struct RegionTable {
    private(set) var entries: UnsafeMutablePointer<MemoryRegion>
    private(set) var count = 0
    private var capacity = 16

    init() {
        entries = .allocate(capacity: capacity)
    }

    func deallocate() {
        for index in 0..<count {
            entries[index].instructions?.deallocate()
        }
        entries.deallocate()
    }

    /// The number of regions that start at or below `address`.
    func upperBound(_ address: UInt64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].base <= address {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    /// The region that contains `address`.
    func region(containing address: UInt64) -> MemoryRegion? {
        let index = upperBound(address) - 1
        return index >= 0 && entries[index].contains(address) ? entries[index] : nil
    }

    mutating func insert(_ region: MemoryRegion) throws(RegionError) {
        let (end, overflow) = region.base.addingReportingOverflow(region.size)
        guard region.base > 0, region.size > 0, !overflow else {
            throw .invalidExtent(address: region.base, sizeInBytes: region.size)
        }
        let index = upperBound(region.base)
        if index > 0, entries[index - 1].contains(region.base) {
            throw .overlap(address: region.base, sizeInBytes: region.size)
        }
        if index < count, entries[index].base < end {
            throw .overlap(address: region.base, sizeInBytes: region.size)
        }
        if count == capacity {
            grow()
        }
        var position = count
        while position > index {
            entries[position] = entries[position - 1]
            position -= 1
        }
        (entries + index).initialize(to: region)
        count += 1
    }

    func setInstructions(_ instructions: UnsafeMutablePointer<DecodedInstruction>, ofRegionAt address: UInt64) {
        entries[upperBound(address) - 1].instructions = instructions
    }

    mutating func remove(startingAt address: UInt64) throws(RegionError) {
        let index = upperBound(address) - 1
        guard index >= 0, entries[index].base == address else {
            throw .unknownRegion(address: address)
        }
        entries[index].instructions?.deallocate()
        for position in index..<(count - 1) {
            entries[position] = entries[position + 1]
        }
        count -= 1
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<MemoryRegion>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: entries, count: count)
        entries.deallocate()
        entries = larger
        capacity *= 2
    }
}
