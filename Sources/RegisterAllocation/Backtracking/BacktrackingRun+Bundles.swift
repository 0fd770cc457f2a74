/// Forming bundles: which values share one, and which parts of their lives ask for a register.
extension BacktrackingRun {
    mutating func formBundles() {
        mergeCopies()
        for value in Int32(0)..<Int32(live.valueCount) where sets.set(of: value) == value {
            if let only = sets.onlyRange(of: value),
                live.values[Int(value)].firstAnchor == live.values[Int(value) + 1].firstAnchor,
                barrier(from: only.from, problem.registerKinds[Int(value)].registerClass) < only.to
            {
                // In its slot all its life: the most frequent case among many results.
                continue
            }
            let ranges = sets.ranges(of: value)
            if !ranges.isEmpty { formBundles(of: value, ranges) }
        }
    }

    /// Merges block parameters with the arguments for them, and definitions with the uses whose registers they take.
    private mutating func mergeCopies() {
        for edge in problem.edges {
            for (argument, parameter) in zip(edge.arguments, problem.blocks[edge.target].parameters) {
                merge(problem.edgeArguments[argument], problem.blockParameters[parameter])
            }
        }
        for shape in problem.instructions {
            for position in shape.operands {
                guard case .reuse(let use) = problem.operands[position].constraint else { continue }
                let reused = shape.operands.lowerBound + Int(use)
                guard shape.operands.contains(reused) else { continue }
                merge(problem.operands[position].register, problem.operands[reused].register)
            }
        }
    }

    private mutating func merge(_ first: VirtualRegister, _ second: VirtualRegister) {
        if problem.registerKinds[first.position] == problem.registerKinds[second.position] {
            sets.merge(Int32(first.index), Int32(second.index))
        }
    }

    private mutating func formBundles(of set: Int32, _ ranges: ArraySlice<LiveRange>) {
        let registerClass = problem.registerKinds[Int(set)].registerClass
        let crosses = ranges.contains { barrier(from: $0.from, registerClass) < $0.to }
        var hint = Self.noRegister
        var weight: Float = 0
        var last: Int32 = -1
        for range in ranges where range.value != last {
            last = range.value
            weight += live.values[Int(range.value)].weight
            if hint == Self.noRegister { hint = live.values[Int(range.value)].hint }
        }
        let bundle = Bundle(spillSet: set, registerClass: registerClass, hint: hint)
        guard crosses else {
            var whole = bundle
            whole.ranges = pool.ranges.count..<pool.ranges.count + ranges.count
            pool.ranges.append(contentsOf: ranges)
            whole.length = ranges.reduce(0) { $0 + $1.to - $1.from }
            whole.weight = weight / Float(whole.length)
            enqueue(whole, points: nil)
            return
        }
        let anchors = anchors(in: ranges)
        var group: [Anchor] = []
        for anchor in anchors {
            if let before = group.last, barrier(from: before.from, registerClass) < anchor.from {
                addPiece(of: bundle, ranges, group, isExtended: true)
                group.removeAll(keepingCapacity: true)
            }
            group.append(anchor)
        }
        if !group.isEmpty { addPiece(of: bundle, ranges, group, isExtended: true) }
    }

    /// The first late point from a point on at which all registers of a class are overwritten.
    func barrier(from point: Int32, _ registerClass: RegisterClass) -> Int32 {
        let instructions = barriers[Int(registerClass.rawValue)]
        var low = 0
        var high = instructions.count
        while low < high {
            let middle = (low + high) / 2
            if instructions[middle] * 2 + 1 < point { low = middle + 1 } else { high = middle }
        }
        return low < instructions.count ? instructions[low] * 2 + 1 : Int32.max
    }

    /// The anchors in ranges, in their order.
    func anchors(in ranges: ArraySlice<LiveRange>) -> [Anchor] {
        var found: [Anchor] = []
        for range in ranges {
            var low = Int(live.values[Int(range.value)].firstAnchor)
            let end = Int(live.values[Int(range.value) + 1].firstAnchor)
            var high = end
            while low < high {
                let middle = (low + high) / 2
                if live.anchors[middle].from < range.from { low = middle + 1 } else { high = middle }
            }
            while low < end && live.anchors[low].from < range.to {
                found.append(live.anchors[low])
                low += 1
            }
        }
        return found
    }

    /// Adds the part of a bundle that covers a run of its anchors.
    /// - Parameter isExtended: whether the part takes in the loops in which it begins and ends, where nothing there
    ///   overwrites the registers.
    mutating func addPiece(
        of parent: Bundle,
        _ ranges: ArraySlice<LiveRange>,
        _ anchors: [Anchor],
        isExtended: Bool
    ) {
        if anchors.isEmpty { return }
        let merged = splitting.merge(anchors)
        var from = merged.lowerBound
        var to = merged.upperBound
        if isExtended {
            let loop = live.loop(of: from)
            if loop.from < from, contains(loop.from, ranges), barrier(from: loop.from, parent.registerClass) >= from {
                from = loop.from
            }
            let last = live.loop(of: to - 1)
            if last.to > to, contains(last.to - 1, ranges), barrier(from: to, parent.registerClass) >= last.to {
                to = last.to
            }
        }
        var piece = parent
        piece.register = Self.noRegister
        let start = pool.ranges.count
        var length: Int32 = 0
        for range in ranges {
            if range.to <= from { continue }
            if range.from >= to { break }
            let part = LiveRange(from: max(range.from, from), to: min(range.to, to), value: range.value)
            length += part.to - part.from
            pool.ranges.append(part)
        }
        piece.ranges = start..<pool.ranges.count
        piece.length = length
        piece.weight = anchors.reduce(0) { $0 + $1.weight } / Float(length)
        enqueue(piece, points: from..<to)
    }

    private func contains(_ point: Int32, _ ranges: ArraySlice<LiveRange>) -> Bool {
        for range in ranges where range.from <= point && point < range.to { return true }
        return false
    }

    /// - Parameter points: of a part; nil for a bundle that was not split yet.
    private mutating func enqueue(_ bundle: Bundle, points: Range<Int32>?) {
        var bundle = bundle
        if let points, splitting.isMinimal(points) {
            bundle.weight = Bundle.unsplittableWeight * Float(bundle.length)
        }
        let length = bundle.length
        queue.push(pool.add(bundle), priority: length)
    }
}
