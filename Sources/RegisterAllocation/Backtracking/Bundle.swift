/// Ranges that get one register, or none: of one value, or of several whose lives do not overlap and that are copied
/// to each other.
struct Bundle {
    /// The positions in ``BundlePool/ranges``, in ascending order of points.
    var ranges: Range<Int> {
        get { Int(firstRange)..<Int(endOfRanges) }
        set { (firstRange, endOfRanges) = (Int32(newValue.lowerBound), Int32(newValue.upperBound)) }
    }
    // There are as many bundles as values, so that their size matters.
    private var firstRange: Int32 = 0
    private var endOfRanges: Int32 = 0
    /// The set of values whose slots are the same.
    var spillSet: Int32
    /// What it costs not to have a register, by the number of points.
    var weight: Float = 0
    /// The number of points of its ranges.
    var length: Int32 = 0
    var registerClass: RegisterClass
    /// The register to try first, or 255.
    var hint: UInt8
    /// The register that it has, or 255.
    var register: UInt8 = 255
    /// How often it was split off another bundle.
    var generation: UInt8 = 0

    /// Makes a bundle without ranges.
    init(spillSet: Int32, registerClass: RegisterClass, hint: UInt8) {
        self.spillSet = spillSet
        self.registerClass = registerClass
        self.hint = hint
    }

    /// What was split so often falls into minimal parts.
    static let lastGeneration: UInt8 = 6

    /// The weight of what cannot be split; longer ones come first.
    static let unsplittableWeight: Float = 1e12
}

/// The bundles of one allocation and the ranges that they consist of.
struct BundlePool {
    var bundles: [Bundle] = []
    var ranges: [LiveRange] = []

    /// Adds a bundle of the given stretches of other ranges.
    mutating func add(_ bundle: Bundle) -> Int32 {
        bundles.append(bundle)
        return Int32(bundles.count - 1)
    }
}

/// Sets of values that share a slot, merged where values are copied to each other and never live at the same time.
struct SpillSets {
    /// By value, the set that it was merged into, by one or more steps.
    private var parent: [Int32]
    /// By set, its ranges.
    private var members: [[LiveRange]?]
    let live: LiveRanges
    /// The most ranges that a merged set may have, so that merging stays linear.
    private static let rangeLimit = 256

    init(_ live: LiveRanges) {
        self.live = live
        parent = (0..<Int32(live.valueCount)).map { $0 }
        members = [[LiveRange]?](repeating: nil, count: live.valueCount)
    }

    mutating func set(of value: Int32) -> Int32 {
        var root = value
        while parent[Int(root)] != root { root = parent[Int(root)] }
        var step = value
        while parent[Int(step)] != root {
            let next = parent[Int(step)]
            parent[Int(step)] = root
            step = next
        }
        return root
    }

    /// The ranges of a set, given by its number.
    func ranges(of set: Int32) -> ArraySlice<LiveRange> {
        if let merged = members[Int(set)] { return merged[...] }
        return live.ranges[live.rangePositions(of: Int(set))]
    }

    /// The range of a set that consists of one value with one range.
    func onlyRange(of set: Int32) -> LiveRange? {
        let positions = live.rangePositions(of: Int(set))
        return members[Int(set)] == nil && positions.count == 1 ? live.ranges[positions.lowerBound] : nil
    }

    /// Merges the sets of two values, if none of their ranges overlap.
    mutating func merge(_ first: Int32, _ second: Int32) {
        let left = set(of: first)
        let right = set(of: second)
        if left == right { return }
        let leftRanges = ranges(of: left)
        let rightRanges = ranges(of: right)
        guard leftRanges.count + rightRanges.count <= Self.rangeLimit else { return }
        var merged: [LiveRange] = []
        merged.reserveCapacity(leftRanges.count + rightRanges.count)
        var leftPosition = leftRanges.startIndex
        var rightPosition = rightRanges.startIndex
        var end = Int32.min
        while leftPosition < leftRanges.endIndex || rightPosition < rightRanges.endIndex {
            let next: LiveRange
            if rightPosition == rightRanges.endIndex
                || leftPosition < leftRanges.endIndex && leftRanges[leftPosition].from < rightRanges[rightPosition].from
            {
                next = leftRanges[leftPosition]
                leftPosition += 1
            } else {
                next = rightRanges[rightPosition]
                rightPosition += 1
            }
            if next.from < end { return }
            end = next.to
            merged.append(next)
        }
        parent[Int(right)] = left
        members[Int(left)] = merged
        members[Int(right)] = nil
    }
}
