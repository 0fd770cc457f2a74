/// Gives slots to sets of values: sets that do not live at the same time share them.
struct SpillSlots {
    /// By set, its slot, or -1.
    private(set) var slotOf: [Int32]
    private(set) var count = 0

    /// A set that needs a slot, with the points at which it begins and has ended.
    struct Demand {
        var from: Int32
        var to: Int32
        var set: Int32
        var isWide: Bool
    }

    init(_ demands: [Demand], setCount: Int) {
        slotOf = [Int32](repeating: -1, count: setCount)
        let starts = demands.sorted { $0.from != $1.from ? $0.from < $1.from : $0.set < $1.set }
        let ends = demands.sorted { $0.to != $1.to ? $0.to < $1.to : $0.set < $1.set }
        var free: [[Int32]] = [[], []]
        var next = ends.startIndex
        for demand in starts {
            while next < ends.endIndex && ends[next].to <= demand.from {
                let ended = ends[next]
                free[ended.isWide ? 1 : 0].append(slotOf[Int(ended.set)])
                next += 1
            }
            slotOf[Int(demand.set)] = free[demand.isWide ? 1 : 0].popLast() ?? add(isWide: demand.isWide, &free)
        }
    }

    private mutating func add(isWide: Bool, _ free: inout [[Int32]]) -> Int32 {
        if isWide && count % 2 != 0 {
            free[0].append(Int32(count))
            count += 1
        }
        let slot = count
        count += isWide ? 2 : 1
        return Int32(min(slot, SinglePassAllocator.spillSlotLimit))
    }

    /// Slots that share nothing with those of sets.
    mutating func addTemporary() -> UInt32 {
        var none: [[Int32]] = [[], []]
        return UInt32(add(isWide: true, &none))
    }
}
